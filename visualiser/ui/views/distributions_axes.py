"""Where the three panels of the histograms stand, and what is painted around them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from visualiser.core.numerals import numeral
from visualiser.ui.palette import Palette
from visualiser.ui.views.axes import linear_ticks

HEALTHY_DECADE = -3
"""A healthy update-to-weight ratio is about 0.001 (Karpathy 2015, CS231n notes)."""
_FREE_RIGHT = 0.6
"""Lines left free right of the last panel, so that its numbers and words do not touch the edge."""
_BESIDE, _LEAST_HIGH = 18, 6
"""Lines of text of width in which panels stand side by side, and that one is high at least."""
_USUAL_NUMBER = "−0.05"
"""Numbers beside an axis rarely are wider, so that the axis seldom moves."""

Tick = tuple[float, str]
"""A place from 0, at the bottom, to 1, and what is written beside it."""


@dataclass(frozen=True)
class Titles:
    """What stands above and beside the three panels.

    Attributes:
        weights, gradients, ratios: of a panel, and shorter ones where that has no room.
        others: what the grey curves are.
        lost, outside, zeros: what no bin has, with {share} for how much that is.
    """

    weights: tuple[str, ...]
    gradients: tuple[str, ...]
    ratios: tuple[str, ...]
    others: str
    step: str
    healthy: str
    empty: str
    lost: str
    outside: str
    zeros: str


@dataclass(frozen=True)
class Panel:
    """Where a panel stands.

    Attributes:
        titles: the one above it, and shorter ones.
        left: of its title and of the numbers beside its upright axis.
        area: of its heat map or its curves.
        beside: of the histogram of now, which shares the upright axis; empty without one.
        legend: a few words at the right end of the line of the title.
        top: of its title.
    """

    titles: tuple[str, ...]
    left: float
    area: QRectF
    beside: QRectF
    legend: str = ""
    top: float = 0.0


def least_size(width: int, metrics: QFontMetricsF) -> QSize:
    """Pixels that the panels need, in that width."""
    line = metrics.height()
    rows = 3 if _stacked(width, metrics) else 1
    return QSize(round(9 * line), round(rows * _LEAST_HIGH * line))


def places(size: QSize, metrics: QFontMetricsF) -> list[QRectF]:
    """Of three panels with their titles and numbers: side by side, or below each other."""
    line = metrics.height()
    room = size.width() - _FREE_RIGHT * line
    if _stacked(size.width(), metrics):
        height = size.height() / 3
        return [QRectF(0, row * height, room, height - 0.3 * line) for row in range(3)]
    gap = 1.1 * line
    width = (room - 2 * gap) / 3
    return [QRectF(column * (width + gap), 0, width, size.height()) for column in range(3)]


def _stacked(width: int, metrics: QFontMetricsF) -> bool:
    return width < _BESIDE * metrics.height()


def _upright(place: QRectF, metrics: QFontMetricsF) -> tuple[int, int]:
    """Top and bottom of what is drawn in a panel."""
    top = round(place.top() + 1.5 * metrics.height())
    return top, max(round(place.bottom() - 1.25 * metrics.height()), top + 8)


def ticks_within(size: QSize, metrics: QFontMetricsF) -> int:
    """How many numbers have room beside an upright axis."""
    top, bottom = _upright(places(size, metrics)[0], metrics)
    return int((bottom - top) / (1.7 * metrics.height()))


def lay_out(
    size: QSize, metrics: QFontMetricsF, titles: Titles, numbers: Sequence[Sequence[Tick]]
) -> tuple[Panel, Panel, Panel]:
    """Three panels, each with room for its numbers: weights, gradients, ratios."""
    where = places(size, metrics)

    def panel(number: int, names: tuple[str, ...], share_beside: float, legend: str = "") -> Panel:
        place = where[number]
        top, bottom = _upright(place, metrics)
        texts = (_USUAL_NUMBER, *(text for _, text in numbers[number]))
        start = round(place.left() + max(map(metrics.horizontalAdvance, texts)) + 5)
        beside = share_beside * (place.right() - start)
        area = QRectF(start, top, round(place.right() - start - beside), bottom - top)
        strip = QRectF(area.right() + (4 if beside else 0), top, max(beside - 4, 0), area.height())
        return Panel(names, place.left(), area, strip, legend, place.top())

    return (
        panel(0, titles.weights, 0.22),
        panel(1, titles.gradients, 0.22),
        panel(2, titles.ratios, 0.0, titles.others),
    )


def ratio_ticks(decades: tuple[int, int], most: int, healthy: str) -> list[Tick]:
    """About `most` round ratios of an axis of decades; the healthy one is among them, in words."""
    low, high = decades
    every = max(1, math.ceil((high - low) / max(most - 1, 1)))
    first = HEALTHY_DECADE - (HEALTHY_DECADE - low) // every * every
    ticks = range(first, high + 1, every)
    return [
        ((d - low) / (high - low), healthy if d == HEALTHY_DECADE else numeral(10.0**d))
        for d in ticks
    ]


class AxesPainter:
    """Paints titles, numbers and grid lines of panels, with a painter that has the font."""

    def __init__(self, painter: QPainter, palette: Palette, titles: Titles) -> None:
        self._painter, self._palette, self._titles = painter, palette, titles
        self._font, self._bold = painter.font(), QFont(painter.font())
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._font)

    def paint(self, panel: Panel, ticks: list[Tick], last_step: float) -> None:
        """The title, the upright axis with these ticks, and the steps below."""
        self._paint_title(panel)
        for tick in ticks:
            self._paint_tick(panel, *tick)
        self._paint_steps(panel.area, last_step)
        if panel.beside.width() > 0:
            self._painter.setPen(QColor(self._palette.border))
            x = round(panel.beside.left()) - 0.5
            self._painter.drawLine(
                QPointF(x, panel.beside.top()), QPointF(x, panel.beside.bottom())
            )

    def _paint_title(self, panel: Panel) -> None:
        room = self._right(panel) - panel.left
        metrics, title = QFontMetricsF(self._bold), self.title_of(panel)
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        self._painter.setFont(self._bold)
        self._painter.setPen(QColor(self._palette.text))
        self._painter.drawText(QPointF(panel.left, panel.top + self._metrics.ascent()), title)
        self._painter.setFont(self._font)
        self.paint_note(panel, panel.legend, self._palette.muted)

    def title_of(self, panel: Panel) -> str:
        """The longest title that has room beside the legend, or else without it."""
        wide = QFontMetricsF(self._bold).horizontalAdvance
        room = self._right(panel) - panel.left
        legend = self._metrics.horizontalAdvance(panel.legend) + self._metrics.height()
        rooms = (room - legend, room) if panel.legend else (room,)
        fitting = (title for most in rooms for title in panel.titles if wide(title) <= most)
        return next(fitting, panel.titles[-1])

    def paint_note(self, panel: Panel, text: str, colour: str) -> None:
        """A few words at the right end of the line of the title, as far as they have room."""
        room = self._right(panel) - panel.left - self._metrics.height()
        room -= QFontMetricsF(self._bold).horizontalAdvance(self.title_of(panel))
        if text and self._metrics.horizontalAdvance(text) <= room:
            self._painter.setFont(self._font)
            self._painter.setPen(QColor(colour))
            width = math.floor(self._right(panel) - panel.left) - 2  # the last letter is whole
            box = QRectF(panel.left, panel.top, width, self._metrics.height())
            self._painter.drawText(box, Qt.AlignmentFlag.AlignRight, text)

    def _right(self, panel: Panel) -> float:
        return max(panel.area.right(), panel.beside.right())

    def _paint_tick(self, panel: Panel, place: float, text: str) -> None:
        """A number and its line; that of the healthy ratio is dotted, to tell it from the grid."""
        area, line = panel.area, self._metrics.height()
        healthy = text == self._titles.healthy
        y = round(area.bottom() - place * area.height()) + 0.5
        grid = QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DotLine)
        self._painter.setPen(grid if healthy else QColor(self._palette.grid))
        self._painter.drawLine(QPointF(area.left() - 3, y), QPointF(area.right(), y))
        self._painter.setPen(QColor(self._palette.text if healthy else self._palette.muted))
        box = QRectF(panel.left - line, y - line, area.left() - 5 - panel.left + line, 2 * line)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._painter.drawText(box, flags, text)

    def _paint_steps(self, area: QRectF, last_step: float) -> None:
        """The numbers below, with the word “step” at the first one."""
        metrics = self._metrics
        wide = metrics.horizontalAdvance("100,000")
        ticks = linear_ticks(0.0, last_step, max(int(area.width() / (1.3 * wide)), 2))
        self._painter.setPen(QColor(self._palette.muted))
        base, free_from = area.bottom() + 2 + metrics.ascent(), area.left()
        for tick in ticks.tolist():
            x = area.left() + tick / last_step * area.width()
            text = numeral(tick) if tick else self._titles.step
            own = metrics.horizontalAdvance(text)
            left = min(max(x - own / 2, area.left()), area.right() - own)
            if left >= free_from:
                self._painter.drawText(QPointF(left, base), text)
                free_from = left + own + 0.5 * metrics.height()
