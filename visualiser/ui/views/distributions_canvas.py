"""Three panels of one layer: its weights and its gradients over time, and how fast it changes."""

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.numerals import share_text
from visualiser.core.training.snapshot import DistributionView
from visualiser.core.training.spread import Spread
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import round_up
from visualiser.ui.views.distributions_axes import (
    HEALTHY_DECADE,
    AxesPainter,
    Panel,
    Titles,
    lay_out,
    least_size,
    ratio_ticks,
    ticks_within,
)
from visualiser.ui.views.distributions_bins import Kind
from visualiser.ui.views.distributions_heat import SpreadHeat
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.kept_drawing import KeptDrawing

_KINDS: tuple[Kind, Kind] = ("weights", "gradients")
"""What the first two panels show; the third shows the update ratios."""
_LEAST_STEPS = 10.0


@dataclass(frozen=True)
class Reading:
    """What is under the pointer.

    Attributes:
        kind: “ratios” for the update ratios.
        step: of the latest column at that place.
        low, high: the bin that the upright axis says: of weights, or of sizes of gradients.
        share: of the numbers, in that bin; the update ratio of the layer shown, wherever on the
            axis the pointer is.
        zeros, lost, outside: shares that no bin has; see Spread.
    """

    kind: Kind | Literal["ratios"]
    step: int
    low: float
    high: float
    share: float
    zeros: float = 0.0
    lost: float = 0.0
    outside: float = 0.0


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
        self._heat = {kind: SpreadHeat(kind) for kind in _KINDS}
        self._panels: tuple[Panel, ...] = ()
        self._ground = KeptDrawing(self, self._paint_ground)
        self._ground.set_ground(LIGHT.card)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        return least_size(self.width(), QFontMetricsF(self.font()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def show_views(self, views: tuple[DistributionView, ...], layer: int) -> None:
        """Draw one layer's histograms, and the ratios of all; none before another run's."""
        if layer != self._layer or not views:
            for heat in self._heat.values():
                heat.forget()
        self._views, self._layer = views, layer
        view = self._shown()
        if view is not None:
            self._prepare(view)
        bins = tuple(heat.bins for heat in self._heat.values())
        self._ground.show((view is not None, bins, self._last_step, self._decades))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for heat in self._heat.values():
            heat.apply_palette(palette)
        self._ground.set_ground(palette.card)
        self.show_views(self._views, self._layer)

    def _shown(self) -> DistributionView | None:
        """The histograms of the layer shown, if there are any."""
        if not self._views or not len(self._views[self._layer].steps):
            return None
        return self._views[self._layer]

    def _prepare(self, view: DistributionView) -> None:
        self._last_step = max(round_up(float(view.steps[-1])), _LEAST_STEPS)
        for heat in self._heat.values():
            heat.show(view, self._last_step)
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
            up = (area.bottom() - place.y()) / area.height()
            return self._reading(view, index, column, up)
        return None

    def _reading(self, view: DistributionView, panel: int, column: int, up: float) -> Reading:
        step = int(view.steps[column])
        if panel == len(_KINDS):
            ratio = float(view.update_ratios[column])
            return Reading("ratios", step, ratio, ratio, ratio)
        kind = _KINDS[panel]
        heat, spread = self._heat[kind], _spread(view, kind)
        low, high, share = heat.share(column, up)
        zeros, lost = float(spread.zeros[column]), float(spread.lost[column])
        return Reading(kind, step, low, high, share, zeros, lost, heat.outside(column))

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.draw(painter)
        view = self._shown()
        if view is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            axes = AxesPainter(painter, self._palette, self._titles)
            for kind, panel in zip(_KINDS, self._panels, strict=False):
                self._heat[kind].paint(painter, panel)
                axes.paint_note(panel, *self._note(view, kind))
            self._paint_ratios(painter, self._panels[-1].area)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        if self._shown() is None:
            paint_empty(painter, QRectF(self.rect()), self._titles.empty, self._palette)
            return
        metrics = QFontMetricsF(self.font())
        most = ticks_within(self.size(), metrics)
        shown = [heat.bins for heat in self._heat.values()]
        ticks = [bins.ticks(most) for bins in shown if bins is not None]
        ticks.append(ratio_ticks(self._decades, min(most, 5), self._titles.healthy))
        titles = self._titles if len(self._views) > 1 else replace(self._titles, others="")
        self._panels = lay_out(self.size(), metrics, titles, ticks)
        axes = AxesPainter(painter, self._palette, self._titles)
        for panel, numbers in zip(self._panels, ticks, strict=True):
            axes.paint(panel, numbers, self._last_step)

    def _note(self, view: DistributionView, kind: Kind) -> tuple[str, str]:
        """What no bin has of the numbers of now, and in which colour that is said."""
        spread, titles, palette = _spread(view, kind), self._titles, self._palette
        if lost := float(spread.lost[-1]):
            return titles.lost.format(share=share_text(lost)), palette.danger
        if outside := self._heat[kind].outside(-1):
            return titles.outside.format(share=share_text(outside)), palette.spoiled
        if zeros := float(spread.zeros[-1]):
            return titles.zeros.format(share=share_text(zeros)), palette.muted
        return "", palette.muted

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
            painter.setPen(QPen(QColor(colour), 1.0 if chosen else 0.8))
            # A wider pen would cost many times as much; see curves_strokes.py.
            for down in (-0.4, 0.4) if chosen else (0.0,):
                painter.drawPolyline(line.translated(0.0, down))
        painter.setClipping(False)


def _spread(view: DistributionView, kind: Kind) -> Spread:
    return view.weights if kind == "weights" else view.gradients
