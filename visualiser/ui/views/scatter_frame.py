"""Where numbers stand on a plane of two axes, and the axes themselves."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from visualiser.core.numerals import numeral
from visualiser.ui.palette import Palette
from visualiser.ui.views.axes import linear_ticks

Values = NDArray[np.float64]
Range = tuple[float, float]
Ticks = tuple[tuple[float, str], ...]
"""Places on an axis, each with what stands there."""

_BETWEEN_NUMBERS = 12
"""Pixels left free at least between two numbers below the box."""


@dataclass(frozen=True)
class Frame:
    """A box of pixels and the range of numbers that it covers on either axis."""

    box: QRectF
    x: Range
    y: Range

    def place(self, x: Values, y: Values) -> tuple[Values, Values, NDArray[np.bool_]]:
        """Pixels of points; those outside are moved to the edge and marked as such."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        outside = (across < 0) | (across > 1) | (up < 0) | (up > 1)
        left = self.box.left() + np.clip(across, 0, 1) * self.box.width()
        top = self.box.bottom() - np.clip(up, 0, 1) * self.box.height()
        return left, top, outside

    def point(self, x: float, y: float) -> QPointF:
        """The pixel of one point, inside the box or not."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return QPointF(
            self.box.left() + across * self.box.width(), self.box.bottom() - up * self.box.height()
        )

    def numbers(self, place: QPointF) -> tuple[float, float]:
        """The point at a pixel."""
        across = (place.x() - self.box.left()) / self.box.width()
        up = (self.box.bottom() - place.y()) / self.box.height()
        x, y = self.x, self.y
        return x[0] + across * (x[1] - x[0]), y[0] + up * (y[1] - y[0])

    def zoomed(self, where: QPointF, factor: float) -> "Frame":
        """The ranges shrunk by `factor` around a pixel, which keeps its place."""
        across = (where.x() - self.box.left()) / self.box.width()
        up = (self.box.bottom() - where.y()) / self.box.height()
        return replace(self, x=_shrunk(self.x, across, factor), y=_shrunk(self.y, up, factor))

    def moved(self, shift: QPointF) -> "Frame":
        """The ranges after what they show was drawn along by so many pixels."""
        across = shift.x() / self.box.width() * (self.x[1] - self.x[0])
        up = -shift.y() / self.box.height() * (self.y[1] - self.y[0])
        x, y = self.x, self.y
        return replace(self, x=(x[0] - across, x[1] - across), y=(y[0] - up, y[1] - up))


def equal_units(area: QRectF, x: Range, y: Range) -> Frame:
    """The largest frame at the top left of `area` with as many pixels to a unit on either axis."""
    across, up = x[1] - x[0], y[1] - y[0]
    unit = min(area.width() / across, area.height() / up)
    return Frame(QRectF(area.left(), area.top(), unit * across, unit * up), x, y)


def _number_ticks(frame: Frame, metrics: QFontMetrics) -> Ticks:
    return tuple((tick, numeral(tick)) for tick in ticks_below(frame, metrics))


def lines_up(frame: Frame, metrics: QFontMetrics) -> int:
    """How many texts stand apart on the left of the box, two at least."""
    return max(2, int(frame.box.height() / (2.2 * metrics.height())))


def _number_ticks_up(frame: Frame, metrics: QFontMetrics) -> Ticks:
    ticks = linear_ticks(*frame.y, lines_up(frame, metrics)).tolist()
    return tuple((tick, numeral(tick)) for tick in ticks)


def _shrunk(around: Range, share: float, factor: float) -> Range:
    low, high = around
    fixed, span = low + share * (high - low), (high - low) / factor
    return fixed - share * span, fixed + (1 - share) * span


def ticks_below(frame: Frame, metrics: QFontMetrics) -> list[float]:
    """As many round numbers below the box as stand apart there."""
    ticks: list[float] = []
    for count in (8, 6, 5, 4, 3, 2):
        ticks = linear_ticks(*frame.x, count).tolist()
        widest = max((metrics.horizontalAdvance(numeral(tick)) for tick in ticks), default=0)
        apart = (ticks[1] - ticks[0]) / (frame.x[1] - frame.x[0]) if len(ticks) > 1 else 1.0
        if apart * frame.box.width() >= widest + _BETWEEN_NUMBERS:
            break
    return ticks


def paint_axes(
    painter: QPainter,
    frame: Frame,
    palette: Palette,
    titles: tuple[str, str],
    room: float,
    across: Ticks | None = None,
    up: Ticks | None = None,
) -> None:
    """Grid, numbers and titles; `room` is the width left of the box for its numbers.

    `across` and `up` are what stands along the bottom and on the left where that is no plain
    numbers.
    """
    box, metrics = frame.box, painter.fontMetrics()
    line = metrics.height()
    grid, muted = QPen(QColor(palette.grid), 1), QColor(palette.muted)
    for tick, text in _number_ticks(frame, metrics) if across is None else across:
        x = frame.point(tick, frame.y[0]).x()
        painter.setPen(grid)
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        painter.setPen(muted)
        where = QRectF(x - 100, box.bottom() + 3, 200, line)
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), text)
    for tick, text in _number_ticks_up(frame, metrics) if up is None else up:
        y = frame.point(frame.x[0], tick).y()
        painter.setPen(grid)
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(muted)
        where = QRectF(box.left() - room, y - line / 2, room - 6, line)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(where, int(flags), text)
    painter.setPen(QPen(QColor(palette.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.setPen(muted)
    below = QRectF(box.left(), box.bottom() + 4 + line, box.width(), line)
    painter.drawText(below, int(Qt.AlignmentFlag.AlignHCenter), titles[0])
    painter.save()
    painter.translate(box.left() - room - line / 2 - 2, box.center().y())
    painter.rotate(-90)
    beside = QRectF(-box.height() / 2, -line / 2, box.height(), line)
    title = metrics.elidedText(titles[1], Qt.TextElideMode.ElideRight, int(box.height()))
    painter.drawText(beside, int(Qt.AlignmentFlag.AlignCenter), title)
    painter.restore()
