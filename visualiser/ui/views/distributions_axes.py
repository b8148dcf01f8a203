"""Where the three panels of the histograms stand, and what is painted around them."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from visualiser.ui.palette import Palette
from visualiser.ui.views.axes import linear_ticks, number_text

HEALTHY_DECADE = -3
"""A healthy update-to-weight ratio is about 0.001 (Karpathy 2015, CS231n notes)."""
_WIDEST_NUMBER = "−0.005"

Tick = tuple[float, str]
"""A place from 0, at the bottom, to 1, and what is written beside it."""


@dataclass(frozen=True)
class Titles:
    """What stands above and beside the three panels."""

    weights: str
    gradients: str
    ratios: str
    step: str
    healthy: str
    empty: str


@dataclass(frozen=True)
class Panel:
    """Where a panel stands.

    Attributes:
        left: of its title and of the numbers beside its upright axis.
        area: of its heat map or its curves.
        beside: of the histogram of now, which shares the upright axis; empty without one.
    """

    title: str
    left: float
    area: QRectF
    beside: QRectF


def lay_out(size: QSize, metrics: QFontMetricsF, titles: Titles) -> tuple[Panel, Panel, Panel]:
    """Three panels side by side: weights, gradients, update ratios."""
    line = metrics.height()
    number = metrics.horizontalAdvance(_WIDEST_NUMBER)
    gap = 1.1 * line
    width = (size.width() - 2 * gap) / 3
    top, bottom = round(1.5 * line), round(size.height() - 1.25 * line)

    def panel(place: int, title: str, numbers: float, share_beside: float) -> Panel:
        left = place * (width + gap)
        start = round(left + numbers)
        beside = share_beside * (left + width - start)
        area = QRectF(start, top, round(left + width - start - beside), max(bottom - top, 8))
        strip = QRectF(area.right() + 4, top, max(beside - 4, 0), area.height())
        return Panel(title, left, area, strip)

    words = max(number, metrics.horizontalAdvance(titles.healthy) + 5)
    return (
        panel(0, titles.weights, number, 0.22),
        panel(1, titles.gradients, number, 0.22),
        panel(2, titles.ratios, words, 0.0),
    )


def ratio_ticks(decades: tuple[int, int], most: int, healthy: str) -> list[Tick]:
    """About `most` round ratios of an axis of decades; the healthy one is among them, in words."""
    low, high = decades
    every = max(1, math.ceil((high - low) / max(most - 1, 1)))
    first = HEALTHY_DECADE - (HEALTHY_DECADE - low) // every * every
    ticks = range(first, high + 1, every)
    return [
        ((d - low) / (high - low), healthy if d == HEALTHY_DECADE else _power_of_ten(d))
        for d in ticks
    ]


def _power_of_ten(exponent: int) -> str:
    return f"1e{exponent}".replace("-", "−") if exponent < -3 else f"{10.0**exponent:g}"


class AxesPainter:
    """Paints titles, numbers and grid lines of panels, with a painter that has the font."""

    def __init__(self, painter: QPainter, palette: Palette, titles: Titles) -> None:
        self._painter, self._palette, self._titles = painter, palette, titles
        self._font = painter.font()
        self._metrics = QFontMetricsF(self._font)

    def ticks_in(self, panel: Panel) -> int:
        """How many numbers have room beside the upright axis of a panel."""
        return int(panel.area.height() / (1.7 * self._metrics.height()))

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
        bold = QFont(self._font)
        bold.setWeight(QFont.Weight.DemiBold)
        room = max(panel.area.right(), panel.beside.right()) - panel.left
        title = QFontMetricsF(bold).elidedText(panel.title, Qt.TextElideMode.ElideRight, room)
        self._painter.setFont(bold)
        self._painter.setPen(QColor(self._palette.text))
        self._painter.drawText(QPointF(panel.left, self._metrics.ascent()), title)
        self._painter.setFont(self._font)

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
            text = number_text(tick) if tick else self._titles.step
            own = metrics.horizontalAdvance(text)
            left = min(max(x - own / 2, area.left()), area.right() - own)
            if left >= free_from:
                self._painter.drawText(QPointF(left, base), text)
                free_from = left + own + 0.5 * metrics.height()
