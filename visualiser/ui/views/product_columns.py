"""Columns of products beside each other; of a step only the lines that it changed are painted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import Texts
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.hover import Hover

_MOST_KEPT = 2000
"""Texts whose cut form is kept: the names of all products at one width, and more."""
Mark = Literal["plain", "hit", "muted", "changed", "removed"]
_GAP, _PAD, _HEAD_LINES = 14.0, 4.0, 1.5
_LEAST_COLUMN = 6.0
"""Lines of text that a column is wide at least; where there is no room others go on below."""
_LEAST_NAME = 5.5
"""Lines of text that a name has room for; where a column is narrower, what stands behind is left
to the tip."""


@dataclass(frozen=True)
class Line:
    """A product in a column.

    Attributes:
        text: its name.
        lead: what stands before it, as its place.
        move: how many places it has gone up (> 0) or down since it was last compared; 0 for none.
        tail: what stands behind it, as its score.
        mark: "hit" is bold in the accent colour; "changed" and "removed" are spoiled.
        tip: all about it, in a sentence.
    """

    text: str
    lead: str = ""
    move: int = 0
    tail: str = ""
    mark: Mark = "plain"
    tip: str = ""


@dataclass(frozen=True)
class Column:
    """A list with a heading and what that means."""

    title: str
    tip: str
    lines: tuple[Line, ...]


class ProductColumns(QWidget):
    """Paints the columns; a line under the pointer is told in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = ()
        self._nothing = ""
        self._palette = LIGHT
        self._types: dict[tuple[bool, bool], Texts] = {}
        self._cut: dict[tuple[str, int, bool], str] = {}
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setAccessibleName(self.tr("Purchases and recommendations"))

    @property
    def columns(self) -> tuple[Column, ...]:
        """What is shown."""
        return self._columns

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        size, before = self.minimumSizeHint(), self._columns
        self._columns, self._nothing = tuple(columns), ""
        if self.minimumSizeHint() != size:
            self.updateGeometry()
        if len(before) != len(self._columns):
            self.update()
        else:
            for old, new, box in zip(before, self._columns, self._boxes(), strict=True):
                self._update_column(old, new, box)
        self.hover.refresh()

    def _update_column(self, old: Column, new: Column, box: QRectF) -> None:
        """Have painted what differs: the whole column where all of it moves, else its lines."""
        if new is old:
            return
        if new.title != old.title or self._widths(new) != self._widths(old):
            self.update(box.toAlignedRect())
            return
        for number, (line, other) in enumerate(zip_longest(old.lines, new.lines)):
            if line != other:
                self.update(self._line_box(box, number).toAlignedRect())

    def _line_box(self, box: QRectF, number: int) -> QRectF:
        line = self._line()
        top = box.top() + (_HEAD_LINES + number) * line
        return QRectF(box.left(), top, box.width(), line)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._columns, self._nothing = (), why
        self.updateGeometry()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def minimumSizeHint(self) -> QSize:
        bands = math.ceil(len(self._columns) / self._in_a_band()) or 1
        height = bands * self._band_high() + (bands - 1) * _GAP
        return QSize(round(_LEAST_COLUMN * self._line()), round(height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _in_a_band(self) -> int:
        """How many columns have room side by side; the others go on below."""
        least = _LEAST_COLUMN * self._line() + _GAP
        return min(max(int((self.width() + _GAP) / least), 1), max(len(self._columns), 1))

    def _band_high(self) -> float:
        return (_HEAD_LINES + max(self._line_count(), 4)) * self._line()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def read(self, place: QPointF) -> str:
        """What a line or a heading says in full; empty beside them."""
        for column, box in zip(self._columns, self._boxes(), strict=True):
            if not box.contains(place):
                continue
            down = place.y() - box.top() - _HEAD_LINES * self._line()
            number = int(down // self._line())
            if down < 0:
                return column.tip
            return column.lines[number].tip if number < len(column.lines) else ""
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._columns:
            box = QRectF(self.visibleRegion().boundingRect())
            paint_empty(painter, box, self._nothing, self._palette)
        for column, box in zip(self._columns, self._boxes(), strict=True):
            if event.region().intersects(box.toAlignedRect()):
                self._paint_column(painter, column, box, event.region())
        painter.end()

    def _line(self) -> float:
        return 1.25 * self.fontMetrics().height()

    def _line_count(self) -> int:
        return max((len(column.lines) for column in self._columns), default=0)

    def _boxes(self) -> list[QRectF]:
        """As wide as each other."""
        count, high = self._in_a_band(), self._band_high()
        width = (self.width() - (count - 1) * _GAP) / count
        bands = (divmod(number, count) for number in range(len(self._columns)))
        return [
            QRectF(across * (width + _GAP), down * (high + _GAP), width, high)
            for down, across in bands
        ]

    def _paint_column(
        self, painter: QPainter, column: Column, box: QRectF, region: QRegion
    ) -> None:
        line = self._line()
        head = QRectF(box.left(), box.top(), box.width(), line)
        self._write(painter, head, column.title, self._palette.text, bold=True)
        painter.setPen(QColor(self._palette.border))
        painter.drawLine(
            QPointF(box.left(), head.bottom() + 1), QPointF(box.right(), head.bottom() + 1)
        )
        lead, tail = self._widths(column)
        if box.width() - lead - tail < _LEAST_NAME * line:
            tail = 0.0
        for number, entry in enumerate(column.lines):
            place = self._line_box(box, number)
            if region.intersects(place.toAlignedRect()):
                self._paint_line(painter, entry, place, lead, tail)

    def _widths(self, column: Column) -> tuple[float, float]:
        """Room for what stands before and behind the names."""
        advance = self._bold().horizontalAdvance
        lead = max((advance(line.lead) for line in column.lines), default=0)
        if any(line.move for line in column.lines):
            moves = (f"▲{abs(line.move)}" for line in column.lines)
            lead += max(advance(move) for move in moves) + _PAD
        tail = max((advance(line.tail) for line in column.lines), default=0)
        return lead + 2 * _PAD if lead else 0.0, tail + 2 * _PAD if tail else 0.0

    def _paint_line(
        self, painter: QPainter, line: Line, box: QRectF, lead: float, tail: float
    ) -> None:
        palette, hit = self._palette, line.mark == "hit"
        ink = {
            "hit": palette.accent,
            "muted": palette.muted,
            "changed": palette.spoiled,
            "removed": palette.spoiled,
        }.get(line.mark, palette.text)
        if hit:
            painter.fillRect(box, QColor(palette.sunken))
        before = QRectF(box.left() + _PAD, box.top(), max(lead - _PAD, 0), box.height())
        self._write(painter, before, line.lead, ink, bold=hit)
        if line.move:
            text = f"{'▲' if line.move > 0 else '▼'}{abs(line.move)}"
            shift = self._bold().horizontalAdvance("10") + _PAD
            self._write(painter, before.adjusted(shift, 0, 0, 0), text, palette.muted)
        name = box.adjusted(max(lead, _PAD), 0, -tail - _PAD, 0)
        self._write(painter, name, line.text, ink, bold=hit, struck=line.mark == "removed")
        behind = QRectF(box.right() - tail, box.top(), tail - _PAD, box.height())
        if tail:
            self._write(painter, behind, line.tail, palette.muted, right=True)

    def _write(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        colour: str,
        *,
        bold: bool = False,
        struck: bool = False,
        right: bool = False,
    ) -> None:
        room = int(box.width()) + 1
        if not text or room < 2:
            return
        texts = self._type(bold, struck)
        shown = self._cut.get((text, room, bold))
        if shown is None:
            if len(self._cut) >= _MOST_KEPT:
                self._cut.clear()
            shown = texts.metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            self._cut[text, room, bold] = shown
        left = box.right() - texts.width(shown) if right else box.left()
        top = box.center().y() - texts.height / 2
        texts.draw(painter, shown, left, top, QColor(colour))

    def _type(self, bold: bool, struck: bool) -> Texts:
        found = self._types.get((bold, struck))
        if found is None:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            font.setStrikeOut(struck)
            found = self._types[bold, struck] = Texts(font)
        return found

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: fonts and what was cut are made anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._types.clear()
            self._cut.clear()
            self.updateGeometry()

    def _bold(self) -> QFontMetricsF:
        return self._type(bold=True, struck=False).metrics
