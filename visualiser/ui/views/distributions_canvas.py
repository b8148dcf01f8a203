"""Three panels of one layer: its weights and its gradients over time, and how fast it changes."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.training.snapshot import DistributionView
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import linear_ticks, number_text, round_up
from visualiser.ui.views.distributions_bins import (
    Bins,
    Kind,
    of_now,
    over_time,
    visible_bins,
)
from visualiser.ui.views.weights_map import HeatPicture, sequential_colours

HEALTHY = 1e-3
"""A healthy update-to-weight ratio, about (Karpathy 2015, CS231n notes)."""
_LEAST_STEPS = 10.0


@dataclass(frozen=True)
class Titles:
    """What stands above the three panels."""

    weights: str
    gradients: str
    ratios: str
    step: str
    healthy: str
    empty: str


@dataclass
class _Panel:
    """Where a panel stands: its curves or heat map, and the histogram of now beside it."""

    title: str
    area: QRectF
    beside: QRectF


@dataclass(frozen=True)
class Reading:
    """What is under the pointer: a value along the upright axis, at a step."""

    panel: int
    step: float
    value: float


class DistributionsCanvas(QWidget):
    """Draws DistributionViews; knows nothing of snapshots."""

    def __init__(self, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._titles = titles
        self._palette = LIGHT
        self._views: tuple[DistributionView, ...] = ()
        self._layer = 0
        self._last_step = _LEAST_STEPS
        self._decades = (-4, -2)
        self._bins: dict[Kind, Bins] = {}
        self._heat: dict[Kind, HeatPicture] = {
            "weights": HeatPicture(),
            "gradients": HeatPicture(),
        }
        self._panels: list[_Panel] = []
        self._ground = QPixmap()
        self._ground_of: object = None

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(18 * line, 6 * line)

    def show_views(self, views: tuple[DistributionView, ...], layer: int) -> None:
        """Draw one layer's histograms, and the ratios of all."""
        self._views, self._layer = views, layer
        if views and len(views[layer].steps):
            self._prepare(views[layer])
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.show_views(self._views, self._layer)

    def _prepare(self, view: DistributionView) -> None:
        self._last_step = max(round_up(float(view.steps[-1])), _LEAST_STEPS)
        colours = sequential_colours(self._palette, self._palette.accent)
        kinds: tuple[Kind, Kind] = ("weights", "gradients")
        for kind in kinds:
            bins = self._bins[kind] = visible_bins(view, kind)
            table = over_time(view.steps, getattr(view, kind), bins, self._last_step)
            self._heat[kind].show(table, 0.0, 1.0, colours)
        known = np.concatenate([view.update_ratios for view in self._views])
        known = known[np.isfinite(known) & (known > 0)]
        if len(known):
            low, high = math.floor(np.log10(known.min())), math.ceil(np.log10(known.max()))
            self._decades = min(low, -4), max(high, -2)

    def reading_at(self, place: QPointF) -> Reading | None:
        """What the axes say at a point within one of the three panels."""
        kinds: tuple[Kind, Kind] = ("weights", "gradients")
        for index, panel in enumerate(self._panels):
            area = panel.area
            if not area.contains(place) or not self._bins:
                continue
            step = (place.x() - area.left()) / area.width() * self._last_step
            up = (area.bottom() - place.y()) / area.height()
            if index < len(kinds):
                return Reading(index, step, self._bins[kinds[index]].value(up))
            low, high = self._decades
            return Reading(index, step, 10 ** (low + up * (high - low)))
        return None

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        ground_of = self._what_the_ground_shows()
        if ground_of != self._ground_of:
            self._ground_of = ground_of
            self._paint_ground()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        if self._something():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            view = self._views[self._layer]
            kinds: tuple[Kind, Kind] = ("weights", "gradients")
            for kind, panel in zip(kinds, self._panels, strict=False):
                self._heat[kind].paint(painter, panel.area)
                counts: NDArray[np.float32] = getattr(view, kind)[-1]
                self._paint_histogram(painter, panel.beside, of_now(counts, self._bins[kind]))
            self._paint_ratios(painter, self._panels[-1].area)
        painter.end()

    def _something(self) -> bool:
        return bool(self._views) and len(self._views[self._layer].steps) > 0

    def _what_the_ground_shows(self) -> object:
        bins = tuple((b.first, b.last, b.edges[0]) for b in self._bins.values())
        return (
            self._something(),
            bins,
            self._last_step,
            self._decades,
            self.size(),
            self.devicePixelRatioF(),
            self.font().toString(),
            self._palette.name,
        )

    def _paint_histogram(
        self, painter: QPainter, box: QRectF, heights: NDArray[np.float32]
    ) -> None:
        """Lying on its side, so that it shares the upright axis of the heat map."""
        if box.width() < 1:
            return
        edges = box.bottom() - np.arange(len(heights) + 1) * (box.height() / len(heights))
        x = box.left() + np.repeat(heights, 2) * box.width()
        y = np.repeat(edges, 2)[1:-1]
        outline = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        outline = [box.bottomLeft(), *outline, box.topLeft()]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.accent))
        painter.drawPolygon(QPolygonF(outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_ratios(self, painter: QPainter, area: QRectF) -> None:
        low, high = self._decades
        painter.setClipRect(area.adjusted(0, -2, 2, 2))
        order = [i for i in range(len(self._views)) if i != self._layer] + [self._layer]
        for index in order:
            view, chosen = self._views[index], index == self._layer
            known = np.isfinite(view.update_ratios) & (view.update_ratios > 0)
            if known.sum() < 2:
                continue
            x = area.left() + view.steps[known] * (area.width() / self._last_step)
            up = (np.log10(view.update_ratios[known]) - low) / (high - low)
            y = area.bottom() - up * area.height()
            line = QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
            colour = self._palette.accent if chosen else self._palette.train
            painter.setPen(QPen(QColor(colour), 1.8 if chosen else 0.8))
            painter.drawPolyline(line)
        painter.setClipping(False)

    def _paint_ground(self) -> None:
        ratio = self.devicePixelRatioF()
        self._ground = QPixmap(self.size() * ratio)
        self._ground.setDevicePixelRatio(ratio)
        self._ground.fill(QColor(self._palette.card))
        painter = QPainter(self._ground)
        if not self._something():
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), int(flags), self._titles.empty)
            painter.end()
            return
        metrics = QFontMetricsF(self.font())
        self._lay_out(metrics)
        kinds: tuple[Kind, Kind] = ("weights", "gradients")
        for kind, panel in zip(kinds, self._panels, strict=False):
            ticks = self._bins[kind].ticks(int(panel.area.height() / (1.7 * metrics.height())))
            self._paint_axes(painter, panel, ticks, metrics)
            self._paint_beside_ground(painter, panel)
        ratios = self._panels[-1]
        self._paint_axes(painter, ratios, self._ratio_ticks(), metrics)
        self._paint_healthy(painter, ratios.area, metrics)
        painter.end()

    def _lay_out(self, metrics: QFontMetricsF) -> None:
        line = metrics.height()
        numbers = metrics.horizontalAdvance("−0.005")
        gap = 1.1 * line
        width = (self.width() - 2 * gap) / 3
        top, bottom = round(1.5 * line), round(self.height() - 1.25 * line)
        titles = (self._titles.weights, self._titles.gradients, self._titles.ratios)
        self._panels = []
        for index, title in enumerate(titles):
            left = round(index * (width + gap) + numbers)
            right = index * (width + gap) + width
            beside = 0.22 * (right - left) if index < len(titles) - 1 else 0.0
            area = QRectF(left, top, round(right - left - beside), max(bottom - top, 8))
            strip = QRectF(area.right() + 4, top, max(beside - 4, 0), area.height())
            self._panels.append(_Panel(title, area, strip))

    def _ratio_ticks(self) -> list[tuple[float, str]]:
        low, high = self._decades
        every = max(1, math.ceil((high - low) / 4))
        names = [
            (d, f"1e{d}".replace("-", "−") if d < -3 else f"{10.0**d:g}")
            for d in range(low, high + 1, every)
        ]
        return [((d - low) / (high - low), text) for d, text in names]

    def _paint_axes(
        self,
        painter: QPainter,
        panel: _Panel,
        ticks: list[tuple[float, str]],
        metrics: QFontMetricsF,
    ) -> None:
        area, line = panel.area, metrics.height()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self._palette.text))
        left = area.left() - metrics.horizontalAdvance("−0.005")
        room = max(area.right(), panel.beside.right()) - left
        title = QFontMetricsF(bold).elidedText(panel.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, metrics.ascent()), title)
        painter.setFont(self.font())
        for place, text in ticks:
            y = round(area.bottom() - place * area.height()) + 0.5
            painter.setPen(QColor(self._palette.grid))
            painter.drawLine(QPointF(area.left() - 3, y), QPointF(area.right(), y))
            painter.setPen(QColor(self._palette.muted))
            box = QRectF(left - line, y - line, area.left() - 5 - left + line, 2 * line)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, text)
        self._paint_steps(painter, area, metrics)

    def _paint_steps(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        """The numbers below, with the word “step” at the last one."""
        wide = metrics.horizontalAdvance("100,000")
        ticks = linear_ticks(0.0, self._last_step, max(int(area.width() / (1.3 * wide)), 2))
        painter.setPen(QColor(self._palette.muted))
        top, free_from = area.bottom() + 2, area.left()
        for tick in ticks.tolist():
            x = area.left() + tick / self._last_step * area.width()
            text = number_text(tick) if tick else self._titles.step
            own = metrics.horizontalAdvance(text)
            left = min(max(x - own / 2, area.left()), area.right() - own)
            if left >= free_from:
                painter.drawText(QPointF(left, top + metrics.ascent()), text)
                free_from = left + own + 0.5 * metrics.height()

    def _paint_beside_ground(self, painter: QPainter, panel: _Panel) -> None:
        painter.setPen(QColor(self._palette.border))
        box = panel.beside
        x = round(box.left()) - 0.5
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))

    def _paint_healthy(self, painter: QPainter, area: QRectF, metrics: QFontMetricsF) -> None:
        low, high = self._decades
        y = area.bottom() - (math.log10(HEALTHY) - low) / (high - low) * area.height()
        painter.setPen(QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        own = metrics.horizontalAdvance(self._titles.healthy)
        painter.drawText(QPointF(area.right() - own, y - 3), self._titles.healthy)
