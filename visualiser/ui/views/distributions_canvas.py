"""Three panels of one layer: its weights and its gradients over time, and how fast it changes."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.training.snapshot import DistributionView
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import round_up
from visualiser.ui.views.distributions_axes import (
    HEALTHY_DECADE,
    AxesPainter,
    Panel,
    Titles,
    lay_out,
    ratio_ticks,
)
from visualiser.ui.views.distributions_bins import Bins, Kind, of_now, over_time, visible_bins
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.weights_map import HeatPicture, sequential_colours

_KINDS: tuple[Kind, Kind] = ("weights", "gradients")
"""What the first two panels show; the third shows the update ratios."""
_LEAST_STEPS = 10.0


@dataclass(frozen=True)
class Reading:
    """What is under the pointer.

    Attributes:
        panel: 0 for weights, 1 for gradients, 2 for update ratios.
        step: of the latest histogram at that place.
        value: the weight or the size of a gradient that the upright axis says; the update ratio
            of the layer shown, wherever on the axis the pointer is.
    """

    panel: int
    step: int
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
        self._decades = HEALTHY_DECADE - 1, HEALTHY_DECADE + 1
        self._bins: dict[Kind, Bins] = {}
        self._heat = {kind: HeatPicture() for kind in _KINDS}
        self._panels: tuple[Panel, ...] = ()
        self._ground = KeptDrawing(self, self._paint_ground)
        self._ground.set_ground(LIGHT.card)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(18 * line, 6 * line)

    def show_views(self, views: tuple[DistributionView, ...], layer: int) -> None:
        """Draw one layer's histograms, and the ratios of all."""
        self._views, self._layer = views, layer
        view = self._shown()
        if view is not None:
            self._prepare(view)
        bins = tuple((b.first, b.last, b.edges[0]) for b in self._bins.values())
        self._ground.show((view is not None, bins, self._last_step, self._decades))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._ground.set_ground(palette.card)
        self.show_views(self._views, self._layer)

    def _shown(self) -> DistributionView | None:
        """The histograms of the layer shown, if there are any."""
        if not self._views or not len(self._views[self._layer].steps):
            return None
        return self._views[self._layer]

    def _prepare(self, view: DistributionView) -> None:
        self._last_step = max(round_up(float(view.steps[-1])), _LEAST_STEPS)
        colours = sequential_colours(self._palette, self._palette.accent)
        for kind in _KINDS:
            bins = self._bins[kind] = visible_bins(view, kind)
            table = over_time(view.steps, getattr(view, kind), bins, self._last_step)
            self._heat[kind].show(table, 0.0, 1.0, colours)
        known = np.concatenate([view.update_ratios for view in self._views])
        known = known[np.isfinite(known) & (known > 0)]
        if len(known):
            low, high = math.floor(np.log10(known.min())), math.ceil(np.log10(known.max()))
            self._decades = min(low, HEALTHY_DECADE - 1), max(high, HEALTHY_DECADE + 1)

    def reading_at(self, place: QPointF) -> Reading | None:
        """What is known of a point within one of the panels; of steps to come that is nothing."""
        view = self._shown()
        if view is None:
            return None
        for index, panel in enumerate(self._panels):
            area = panel.area
            if not area.contains(place):
                continue
            step = (place.x() - area.left()) / area.width() * self._last_step
            if step > view.steps[-1]:
                return None
            column = max(int(view.steps.searchsorted(step, "right")) - 1, 0)
            if index < len(_KINDS):
                up = (area.bottom() - place.y()) / area.height()
                value = self._bins[_KINDS[index]].value(up)
            else:
                value = float(view.update_ratios[column])
            return Reading(index, int(view.steps[column]), value)
        return None

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.draw(painter)
        view = self._shown()
        if view is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for kind, panel in zip(_KINDS, self._panels, strict=False):
                self._heat[kind].paint(painter, panel.area)
                counts: NDArray[np.float32] = getattr(view, kind)[-1]
                self._paint_histogram(painter, panel.beside, of_now(counts, self._bins[kind]))
            self._paint_ratios(painter, self._panels[-1].area)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._shown() is None:
            paint_empty(painter, QRectF(self.rect()), self._titles.empty, self._palette)
            return
        *histograms, ratios = self._panels = lay_out(
            self.size(), QFontMetricsF(self.font()), self._titles
        )
        axes = AxesPainter(painter, self._palette, self._titles)
        for kind, panel in zip(_KINDS, histograms, strict=True):
            axes.paint(panel, self._bins[kind].ticks(axes.ticks_in(panel)), self._last_step)
        ticks = ratio_ticks(self._decades, min(axes.ticks_in(ratios), 5), self._titles.healthy)
        axes.paint(ratios, ticks, self._last_step)

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
