"""The table of suspects, walked with the arrow keys."""

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QTableView,
    QWidget,
)

from visualiser.core.data.dataset import Table
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_picture import is_picture, picture_ratio
from visualiser.ui.views.find_model import (
    DECISION,
    EXAMPLE,
    LABEL,
    SUSPICION,
    THOUGHT,
    TRUTH,
    WHY,
    Index,
    SuspectsModel,
)
from visualiser.ui.views.hearing import Hearing

_LINES, _PICTURE_LINES = 1.7, 2.6
"""Heights of a row, in lines of text."""
_SCORE, _PICTURE, _EXAMPLE, _LABEL, _THOUGHT, _DECISION, _WHY = 6, 9, 18, 9, 18, 13, 24
"""Widths in letters. What is left over goes to why a row is suspect, or to the example; where there
is no room for the why, it is not a column."""

_LEAST = {SUSPICION: 0, THOUGHT: 10, DECISION: 9, TRUTH: 8, EXAMPLE: 8, LABEL: 6}
"""Letters to which columns are narrowed where room is short, the first ones first; 0 hides one."""

_TOLD = (THOUGHT, TRUTH, DECISION)
"""Columns that go, the first ones first, where narrow ones do not fit either: words tell them."""


class SuspectTable(QTableView):
    """Keys that decide are for the view around it.

    Signals:
        turned: another row is the current one, or none.
    """

    turned = Signal()

    def __init__(self, rows: SuspectsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.hearing = Hearing(self)
        self.setModel(rows)
        self.setAccessibleName(self.tr("Suspect rows"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setStretchLastSection(False)
        across.setMinimumSectionSize(24)
        self.activated.connect(self._hear)
        rows.modelReset.connect(self.fit)

    @property
    def place(self) -> int:
        """The current row; −1 for none."""
        return self.currentIndex().row()

    @property
    def told(self) -> tuple[int, ...]:
        """Columns for which there is no room, though they say something of the row."""
        hidden = (column for column in _TOLD if self.isColumnHidden(column))
        return tuple(c for c in hidden if c != TRUTH or self.rows.shows_truth)

    def go_to(self, row: int) -> None:
        """Make a row the current one, in sight."""
        if 0 <= row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, EXAMPLE))
            self.scrollTo(self.rows.index(row, EXAMPLE))

    def bring_into_sight(self) -> bool:
        """Scroll, the places around it too, until the current row is seen; False where it is."""
        current = self.currentIndex()
        middle = self.visualRect(current).center()
        if not current.isValid() or self.viewport().visibleRegion().contains(middle):
            return False
        self.scrollTo(current)
        row = self.visualRect(current)
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea) and around.widget() is not None:
                place = self.viewport().mapTo(around.widget(), row.center())
                around.ensureVisible(place.x(), place.y(), 0, row.height())
            around = around.parentWidget()
        return True

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk; letters are no search here, and Ctrl+Z is no cell's."""
        walking = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
            Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter,
        )  # fmt: skip
        if event.key() in walking:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.rows.apply_palette(palette)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """It takes what there is, and scrolls by itself."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """A header and two rows."""
        row = self.verticalHeader().defaultSectionSize()
        return QSize(160, self.horizontalHeader().sizeHint().height() + 2 * row + 4)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.player.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def fit(self) -> None:
        """Heights of rows and widths of columns for this text and this kind of example."""
        findings = self.rows.findings
        line, letter = self.fontMetrics().height(), self.fontMetrics().averageCharWidth()
        pictures = findings is not None and is_picture(findings.search.dataset)
        height = round((_PICTURE_LINES if pictures else _LINES) * line)
        side = height - 6
        self.rows.set_side(side)
        self.verticalHeader().setDefaultSectionSize(height)
        words = not pictures or bool(findings is not None and findings.search.dataset.captions)
        widths = {
            SUSPICION: _SCORE * letter,
            EXAMPLE: _EXAMPLE * letter if words else _PICTURE * letter,
            LABEL: _LABEL * letter,
            THOUGHT: _THOUGHT * letter,
            DECISION: _DECISION * letter,
            TRUTH: _DECISION * letter if self.rows.shows_truth else 0,
        }
        if pictures and findings is not None:
            wide = round(side * picture_ratio(findings.search.dataset))
            self.setIconSize(QSize(wide, side))
            widths[EXAMPLE] = max(widths[EXAMPLE], wide + 12)
        widths = _fitted(widths, self.viewport().width(), letter)
        left = self.viewport().width() - sum(widths.values())
        widths[WHY] = left if left >= _WHY * letter and pictures else 0
        if left >= 3 * _WHY * letter:
            widths[WHY] = left // 2
        widths[EXAMPLE] += max(left - widths[WHY], 0)
        for column, width in widths.items():
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)

    def _hear(self, index: QModelIndex) -> None:
        findings = self.rows.findings
        if findings is not None and not isinstance(findings.part.features, Table):
            example = findings.part.features[self.rows.position(index.row())]
            self.hearing.play(findings.search.dataset, example)


def _fitted(wanted: dict[int, int], room: int, letter: int) -> dict[int, int]:
    """Widths of columns that have room beside each other; some may be hidden."""
    wanted = dict(wanted)
    widths = _shrunk(wanted, room, letter)
    for column in _TOLD:
        if sum(widths.values()) > room:
            wanted[column] = 0
            widths = _shrunk(wanted, room, letter)
    return widths


def _shrunk(wanted: dict[int, int], room: int, letter: int) -> dict[int, int]:
    """Columns narrower one after the other, where all do not fit, down to their least."""
    widths = dict(wanted)
    for column, least in _LEAST.items():
        over = sum(widths.values()) - room
        if over > 0 and widths[column]:
            narrow = min(widths[column], max(least * letter, widths[column] - over))
            widths[column] = 0 if least == 0 else narrow
    return widths
