"""A look at the data before training, and at what spoiling has done to it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.dataset import Table
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.data_look_card import DataCardPanel
from visualiser.ui.views.data_look_part import ShownPart, Which, shown_part
from visualiser.ui.views.data_look_points import PointsPlot
from visualiser.ui.views.data_look_rows import RowsModel
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.tiles import ExampleTiles, Tile, Words
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.flow_layout import FlowLayout

_WIDEST_COLUMN = 26
"""Characters; longer values end in “…” and are read by pointing."""


class DataLookView(QWidget):
    """The data card at the left; rows, pictures, points or messages at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._info: RunInfo | None = None
        self._spoiled: Part | None = None
        self.card = DataCardPanel(self)
        self.which = Choice(self._choices(), self)
        self.which.setAccessibleName(self.tr("Which rows"))
        self.which.setToolTip(
            self.tr("Which rows to look at; the test part stays sealed until the exam.")
        )
        self.which.edited.connect(self._show_rows)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.legend = Legend(self)
        self.rows = RowsModel(self)
        self.table = self._new_table()
        self.tiles = ExampleTiles(self)
        self.points = PointsPlot(self)
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setProperty("role", "muted")
        self.stack = QStackedWidget(self)
        for page in (self.nothing, self.table, self.tiles, self.points):
            self.stack.addWidget(page)
        self._lay_out()

    def _lay_out(self) -> None:
        top = FlowLayout(gap=12)
        top.addWidget(self.which)
        top.addWidget(self.legend)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.words)
        column.addWidget(self.stack, 1)
        splitter = QSplitter(self)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.card)
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 2)
        splitter.setStretchFactor(1, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _new_table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.rows)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(True)
        table.setCornerButtonEnabled(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        # Rows of one height, so that a million of them need no measuring.
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.horizontalHeader().setResizeContentsPrecision(30)
        table.setAccessibleName(self.tr("Rows"))
        return table

    def _choices(self) -> tuple[tuple[Which, str], ...]:
        return (
            ("seen", self.tr("training, as the model sees it")),
            ("changed", self.tr("training, changed rows only")),
            ("clean", self.tr("training, before any change")),
            ("validation", self.tr("validation")),
        )

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run and show the data of the new one, still clean."""
        self._info, self._spoiled = info, info.split.train
        self.card.show_run(info, self._spoiled)
        self._show_rows()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the spoiling; costs nothing as long as it stays what it was."""
        if snapshot.info is self._info and snapshot.spoiled_train is self._spoiled:
            return
        self._info, self._spoiled = snapshot.info, snapshot.spoiled_train
        self.card.show_run(self._info, self._spoiled)
        self._show_rows()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for part in (self.card, self.tiles, self.points, self.legend, self.rows):
            part.apply_palette(palette)

    def _show_rows(self) -> None:
        if self._info is None or self._spoiled is None:
            return
        shown = shown_part(self._info, self._spoiled, self.which.get())
        self.words.setText(self._sentence(shown))
        self.legend.show_entries(self._entries(shown))
        modality = shown.dataset.modality
        if not len(shown):
            self.nothing.setText(
                self.tr("No row is changed. Spoil the data and the changed rows are listed here.")
            )
            self.stack.setCurrentWidget(self.nothing)
        elif modality == "images":
            self._show_pictures(shown)
        elif modality == "points" and shown.dataset.features.shape[1] == 2:
            self.points.show_part(shown)
            self.stack.setCurrentWidget(self.points)
        else:
            self._show_table(shown)

    def _show_pictures(self, shown: ShownPart) -> None:
        tiles = []
        for row in range(len(shown)):
            wrong = bool(shown.relabelled[row])
            lines = [Words(shown.label_text(row), "wrong" if wrong else "text")]
            if shown.altered[row]:
                lines.append(Words(self.tr("noisy"), "muted"))
            number = int(shown.part.rows[row]) + 1
            tip = self.tr("Picture {number:,}, label {label}").format(
                number=number, label=shown.label_text(row)
            )
            tiles.append(Tile(tuple(lines), tip))
        self.tiles.show_examples(shown.dataset, shown.part.features, tuple(tiles))
        self.stack.setCurrentWidget(self.tiles)

    def _show_table(self, shown: ShownPart) -> None:
        self.rows.show_part(shown)
        table, metrics = self.table, self.fontMetrics()
        messages = shown.dataset.modality == "text"
        lines = 2 if messages else 1
        table.verticalHeader().setDefaultSectionSize(lines * metrics.height() + 8)
        table.resizeColumnsToContents()
        header = table.horizontalHeader()
        header.setStretchLastSection(messages)
        widest = _WIDEST_COLUMN * metrics.averageCharWidth()
        for column in range(header.count()):
            header.resizeSection(column, min(header.sectionSize(column), widest))
        self.stack.setCurrentWidget(table)

    def _sentence(self, shown: ShownPart) -> str:
        changed = int((shown.relabelled | shown.altered).sum())
        text = self.tr("{rows:,} rows").format(rows=len(shown))
        clean = len(self._info.split.train) if self._info is not None else 0
        if self.which.get() == "seen":
            if changed:
                text += self.tr(", {changed:,} of them changed").format(changed=changed)
            if len(shown) < clean:
                text += self.tr(", {lost:,} left out").format(lost=clean - len(shown))
        return text

    def _entries(self, shown: ShownPart) -> tuple[Entry, ...]:
        dataset = shown.dataset
        entries: list[Entry] = []
        if dataset.modality == "points" and dataset.task == "classification":
            entries += [
                Entry("dot", category_colour(code), name)
                for code, name in enumerate(dataset.class_names)
            ]
        if bool((shown.relabelled | shown.altered).any()):
            points = dataset.modality == "points"
            tip = self.tr("Label before → label after; point at it to read what it was.")
            mark = Entry("area", "spoiled", self.tr("changed"), tip)
            entries.append(Entry("ringed", "text", self.tr("changed"), tip) if points else mark)
        return tuple(entries)
