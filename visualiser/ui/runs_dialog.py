"""The runs of this session: overlay them on the curves, rename, remove, export."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.errors import UserError
from visualiser.core.outcome_figures import Comparison, compare
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.message_bar import Message
from visualiser.ui.run_export import EXPORTS, export_run

_NAME, _STEPS, _RESULT, _TWIN = range(4)


class RunsDialog(QDialog):
    """A list beside the window, not in its way.

    Signals:
        overlays_changed: the ticked runs, a tuple of RunRecord.
        message: something to tell in the window's message bar.
    """

    overlays_changed = Signal(object)
    message = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Runs of this session"))
        self.resize(640, 360)
        self._records: list[RunRecord] = []
        self._overlaid: tuple[int, ...] = ()
        self.empty = QLabel(
            self.tr("No finished run yet: a run is listed here when the next one starts.")
        )
        self.empty.setProperty("role", "muted")
        self.empty.setWordWrap(True)
        self.table = QTableWidget(0, 4)
        self._build_table()
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Forgets the selected run."))
        self.remove_button.clicked.connect(self.remove_selected)
        self.export_buttons = {
            kind: QPushButton(self.tr("Export {kind}…").format(kind=kind.upper()))
            for kind in EXPORTS
        }
        self._files: QFileDialog | None = None
        self._lay_out()
        self._select()

    def _build_table(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [self.tr("Run (tick to overlay)"), self.tr("Steps"), self.tr("Validation"),
             self.tr("Clean twin")]
        )  # fmt: skip
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_STEPS, _RESULT, _TWIN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemChanged.connect(self._edited)
        self.table.itemSelectionChanged.connect(self._select)
        self.table.setAccessibleName(self.tr("Runs of this session"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        for kind, button in self.export_buttons.items():
            button.setObjectName(kind)
            button.setToolTip(EXPORTS[kind].tip)
            button.clicked.connect(self._ask_for_file)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)

    @property
    def records(self) -> tuple[RunRecord, ...]:
        """The runs kept, newest first."""
        return tuple(self._records)

    def put(self, record: RunRecord) -> None:
        """Add a run, or replace the one with its number."""
        titles = {old.number: old.title for old in self._records}
        if record.number in titles:
            record = RunRecord(record.number, titles[record.number], record.snapshot)
            self._records = [record if r.number == record.number else r for r in self._records]
        else:
            self._records.insert(0, record)
        self._fill()

    def remove_selected(self) -> None:
        """Forget the selected run."""
        record = self._selected()
        if record is not None:
            self._records.remove(record)
            self._fill()
            self._tell_overlays()

    def _fill(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._records))
        for row, record in enumerate(self._records):
            comparison = _validation(record.snapshot)
            name = QTableWidgetItem(record.title)
            ticked = record.number in self._overlaid
            name.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.table.setItem(row, _NAME, name)
            texts = (f"{record.snapshot.step:,}", comparison.student_text, comparison.twin_text)
            for column, text in zip((_STEPS, _RESULT, _TWIN), texts, strict=True):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        self._select()

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() != _NAME:
            return
        record = self._records[item.row()]
        title = item.text().strip() or record.title
        self._records[item.row()] = RunRecord(record.number, title, record.snapshot)
        self._tell_overlays()

    def _tell_overlays(self) -> None:
        ticked = []
        for row, record in enumerate(self._records):
            item = self.table.item(row, _NAME)
            if item is not None and item.checkState() == Qt.CheckState.Checked:
                ticked.append(record)
        self._overlaid = tuple(record.number for record in ticked)
        self.overlays_changed.emit(tuple(ticked))

    def _selected(self) -> RunRecord | None:
        rows = self.table.selectionModel().selectedRows()
        return self._records[rows[0].row()] if rows else None

    def _select(self) -> None:
        self.empty.setVisible(not self._records)
        if self._records and self._selected() is None:
            self.table.selectRow(0)
        for button in (self.remove_button, *self.export_buttons.values()):
            button.setEnabled(self._selected() is not None)

    def _ask_for_file(self) -> None:
        kind = self.sender().objectName()
        self._files = QFileDialog(self, self.tr("Export the run"))
        self._files.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._files.setDefaultSuffix(kind)
        self._files.setNameFilter(f"{kind.upper()} (*.{kind})")
        self._files.setObjectName(kind)
        self._files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._files.fileSelected.connect(self._export)
        self._files.open()

    def _export(self, path: str) -> None:
        self.export_selected(self.sender().objectName(), Path(path))

    def export_selected(self, kind: str, path: Path) -> None:
        """Write the selected run as “csv”, “png” or “svg”, and say so."""
        record = self._selected()
        if record is None:
            return
        try:
            export_run(record, kind, path)
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="export"))
        else:
            self.message.emit(
                Message(self.tr("Saved “{name}”.").format(name=path.name), key="export")
            )


def _validation(snapshot: Snapshot) -> Comparison:
    info = snapshot.info
    return compare(info, snapshot.validation, snapshot.twin_validation, len(info.watched))
