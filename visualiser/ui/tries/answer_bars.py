"""Probabilities as bars, in as many columns as make them all fit."""

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.numerals import probability_text
from visualiser.ui.widgets.bar_rows import BarRow, paint_bar

_CLOSE, _WIDE = 1.0, 1.35
"""Distance of the rows at least and at most, in heights of a line of text."""
_MOST_COLUMNS = 3
_LEAST_BAR = 0.7
"""Length of a bar, in heights of a line of text."""
_MOST_TITLE = 0.55
"""Share of a column's width that its titles may take."""
_GAP, _APART = 6, 12
"""Pixels around a bar, and between two columns."""
_FEWEST_ROWS = 3
_WIDEST_TEXTS = (probability_text(1.0), probability_text(0.0))
"""Of any share, so that columns and bars stay where they are while the answers change."""


class AnswerBars(QWidget):
    """Rows that have no room become one row of others; the probable ones stay.

    Attributes:
        rows: what there is to show.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[BarRow, ...] = ()
        self._order: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def show_rows(self, rows: tuple[BarRow, ...], order: tuple[int, ...]) -> None:
        """Show these; `order` are their places, those first that must not be left out."""
        fewer = len(rows) != len(self.rows)
        self.rows, self._order = rows, order
        self.setAccessibleName("; ".join(f"{row.title} {row.text}" for row in rows))
        if fewer:
            self.updateGeometry()
        self.update()

    @property
    def shown(self) -> tuple[BarRow, ...]:
        """The rows that there is room for, the last one of all others where some are left out."""
        room = self._columns * self._lines
        if len(self.rows) <= room:
            return self.rows
        kept = sorted(self._order[: max(room - 1, 1)])
        others = [row for place, row in enumerate(self.rows) if place not in kept]
        share = sum(row.share for row in others)
        last = BarRow(self._others(len(others)), share, probability_text(share))
        return (*(self.rows[place] for place in kept), last)

    def sizeHint(self) -> QSize:
        return QSize(6 * self._line, self._line * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        rows = min(len(self.rows), _FEWEST_ROWS)
        return QSize(6 * self._line if rows else 0, self._line * rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, columns = self.shown, self._columns
        lines = max(-(-len(shown) // columns), 1)
        line = min(max(self.height() / lines, self._line), _WIDE * self.fontMetrics().height())
        width = (self.width() + _APART) / columns - _APART
        title = min(self._widest(row.title for row in shown), _MOST_TITLE * width)
        for place, row in enumerate(shown):
            column, below = divmod(place, lines)
            box = QRectF(column * (width + _APART), below * line, width, line)
            self._paint_row(painter, box, title, row)
        painter.end()

    @property
    def _line(self) -> int:
        """Least distance of the rows."""
        return round(self.fontMetrics().height() * _CLOSE)

    @property
    def _lines(self) -> int:
        """Rows that a column has room for."""
        return max(self.height() // self._line, 1)

    @property
    def _columns(self) -> int:
        """As few as show all rows; where none does, as many as are wide enough for “3 others”."""
        wanted = max(-(-len(self.rows) // self._lines), 1)
        if wanted <= self._most_columns(row.title for row in self.rows):
            return wanted
        titles = (*(row.title for row in self.rows), self._others(len(self.rows)))
        return self._most_columns(titles)

    def _most_columns(self, titles: Iterable[str]) -> int:
        """So many are wide enough for whole titles; one always is there."""
        least = self._least_width(titles) + _APART
        return min(max(int((self.width() + _APART) / least), 1), _MOST_COLUMNS)

    def _others(self, count: int) -> str:
        return self.tr("{count} others").format(count=count)

    def _least_width(self, titles: Iterable[str]) -> float:
        """Of a column with whole titles."""
        bar = _LEAST_BAR * self.fontMetrics().height()
        return self._widest(titles) + self._widest(_WIDEST_TEXTS) + bar + 2 * _GAP

    def _widest(self, texts: Iterable[str]) -> float:
        metrics = QFontMetricsF(self.font())
        return max((metrics.horizontalAdvance(text) for text in texts), default=0.0)

    def _paint_row(self, painter: QPainter, box: QRectF, title: float, row: BarRow) -> None:
        metrics, flag = self.fontMetrics(), Qt.AlignmentFlag
        text = self._widest(_WIDEST_TEXTS)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        name = metrics.elidedText(row.title, Qt.TextElideMode.ElideRight, ceil(title))
        painter.drawText(box, flag.AlignLeft | flag.AlignVCenter, name)
        painter.drawText(box, flag.AlignRight | flag.AlignVCenter, row.text)
        bar = box.adjusted(title + _GAP, 0, -text - _GAP, 0)
        paint_bar(painter, bar, row, self.palette())
