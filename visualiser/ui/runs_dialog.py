"""The runs of this session: overlay them on the curves, rename, remove, export."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.outcome_figures import Comparison, compare
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import run_colour
from visualiser.ui.run_export import RunExport
from visualiser.ui.views.curves_content import comparable

_NUMBER, _NAME, _STEPS, _RESULT, _TWIN = range(5)
_WIDE, _HIGH = 92, 20
"""Characters and lines that there is room for, to begin with or in larger text."""

_CURRENT = 0
"""Number of the run under way: kept runs count from 1."""


class RunsDialog(QDialog):
    """A list beside the window, not in its way.

    Signals:
        overlays_changed: the ticked runs, a tuple of RunRecord.
        message: something to tell in the window's message bar.
        refresh_wanted: the run under way as it stands is to be given by `set_current`, at once.
    """

    overlays_changed = Signal(object)
    message = Signal(object)
    refresh_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Runs of this session"))
        self._records: list[RunRecord] = []
        self._current: RunRecord | None = None
        self._info: RunInfo | None = None
        self._overlaid: frozenset[int] = frozenset()
        self._selected_number: int | None = None
        self.empty = QLabel(self.tr("No run yet: press Play, and it is listed here."))
        self.apart = QLabel(
            self.tr("Grey runs have another target or measure: they are not drawn on this one.")
        )
        self.overlaying = QLabel(
            self.tr(
                "Tick a run to draw its curves behind those of the run under way. Double-click its "
                "name, or press F2, to write another one."
            )
        )
        for label in (self.empty, self.apart, self.overlaying):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
        self.table = QTableWidget(0, 5)
        self._build_table()
        self.remove_button = QPushButton(self.tr("Remove"))
        self.remove_button.setToolTip(self.tr("Forgets the selected run."))
        self.remove_button.clicked.connect(self.remove_selected)
        self.saving = RunExport(self, self._selected_now)
        self.saving.message.connect(self.message)
        self.export_button = QPushButton(self.tr("Export ▾"))
        self.export_button.setToolTip(
            self.tr("Saves the figures of the selected run as CSV, its curves as PNG or SVG.")
        )
        self.export_button.setMenu(self.saving.menu)
        self._lay_out()
        self._select()

    def _build_table(self) -> None:
        self.table.setHorizontalHeaderLabels(
            [
                self.tr("No."),
                self.tr("Run"),
                self.tr("Steps"),
                self.tr("Validation"),
                self.tr("Clean twin"),
            ]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column in (_NUMBER, _STEPS, _RESULT, _TWIN):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.itemChanged.connect(self._edited)
        self.table.itemSelectionChanged.connect(self._select)
        self.table.setAccessibleName(self.tr("Runs of this session"))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.export_button)
        buttons.addStretch(1)
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.addWidget(self.empty)
        layout.addWidget(self.overlaying)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.apart)
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
        self._current = None  # it may be this one
        self._fill()

    def set_current(self, snapshot: Snapshot | None) -> None:
        """List the run under way above the others; it can be exported at any time."""
        self._info = None if snapshot is None else snapshot.info
        self._current = None
        if snapshot is not None and snapshot.step:
            self._current = RunRecord(_CURRENT, self.tr("current run"), snapshot)
        self._fill()

    @property
    def _rows(self) -> list[RunRecord]:
        return self._records if self._current is None else [self._current, *self._records]

    def remove_selected(self) -> None:
        """Forget the selected run."""
        record = self._selected()
        if record is not None and record.number != _CURRENT:
            self._records.remove(record)
            self._fill()
            self._tell_overlays()

    def _fill(self) -> None:
        chosen = self._selected_number
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._rows))
        for row, record in enumerate(self._rows):
            self.table.setItem(row, _NAME, self._name_item(record))
            comparison = _validation(record.snapshot)
            texts = {
                _NUMBER: "" if record.number == _CURRENT else str(record.number),
                _STEPS: f"{record.snapshot.step:,}",
                _RESULT: comparison.student_text,
                _TWIN: comparison.twin_text,
            }
            for column, text in texts.items():
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if column == _NUMBER and text:
                    colour = QColor(run_colour(record.number))
                    item.setData(Qt.ItemDataRole.DecorationRole, colour)
                self.table.setItem(row, column, item)
            if record.number == chosen:
                self.table.selectRow(row)
        self.table.blockSignals(False)
        self.apart.setVisible(not all(map(self._fits, self._records)))
        self._select()

    def _name_item(self, record: RunRecord) -> QTableWidgetItem:
        """The name of a run, with a box to tick where it can be overlaid on the current one."""
        item = QTableWidgetItem(record.title)
        item.setToolTip(record.title)
        if record.number == _CURRENT:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        elif self._fits(record):
            ticked = record.number in self._overlaid
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        else:
            item.setForeground(self.palette().placeholderText())
            item.setToolTip(f"{record.title}\n{self.apart.text()}")
        return item

    def _fits(self, record: RunRecord) -> bool:
        return self._info is None or comparable(record.snapshot.info, self._info)

    def _edited(self, item: QTableWidgetItem) -> None:
        if item.column() != _NAME:
            return
        record = self._rows[item.row()]
        title = item.text().strip() or record.title
        self._records[self._records.index(record)] = replace(record, title=title)
        if self._fits(record):
            ticked = item.checkState() == Qt.CheckState.Checked
            others = self._overlaid - {record.number}
            self._overlaid = others | {record.number} if ticked else others
        self._tell_overlays()

    def _tell_overlays(self) -> None:
        kept = [record for record in self._records if record.number in self._overlaid]
        self.overlays_changed.emit(tuple(kept))

    def _selected(self) -> RunRecord | None:
        rows = self.table.selectionModel().selectedRows()
        return self._rows[rows[0].row()] if rows and rows[0].row() < len(self._rows) else None

    def _select(self) -> None:
        self.empty.setVisible(not self._rows)
        self.overlaying.setVisible(bool(self._records))
        if self._rows and self._selected() is None:
            self.table.selectRow(0)
        record = self._selected()
        self._selected_number = None if record is None else record.number
        self.remove_button.setEnabled(record is not None and record.number != _CURRENT)
        self.export_button.setEnabled(record is not None)

    def _selected_now(self) -> RunRecord | None:
        """The selected run; the one under way as it stands at this moment."""
        self.refresh_wanted.emit()
        return self._selected()

    def showEvent(self, event: QShowEvent) -> None:
        self.refresh_wanted.emit()
        super().showEvent(event)
        self._grow()

    def _grow(self) -> None:
        """To the room that is usually enough for text of this size."""
        metrics, screen = self.fontMetrics(), self.screen().availableSize()
        usual = QSize(_WIDE * metrics.averageCharWidth(), _HIGH * metrics.height())
        self.resize(self.size().expandedTo(usual).boundedTo(screen))

    def changeEvent(self, event: QEvent) -> None:
        """Turned to again, the run under way may be another one; larger text needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.refresh_wanted.emit()
        elif event.type() == QEvent.Type.FontChange and self.isVisible():
            self._grow()


def _validation(snapshot: Snapshot) -> Comparison:
    info = snapshot.info
    return compare(info, snapshot.validation, snapshot.twin_validation, len(info.watched))
