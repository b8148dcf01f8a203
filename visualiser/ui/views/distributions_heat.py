"""One panel of the histograms: densities over time, those of now beside, and marks at the edges."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from visualiser.core.training.snapshot import DistributionView
from visualiser.core.training.spread import Spread
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.distributions_axes import Panel
from visualiser.ui.views.distributions_bins import (
    COLUMNS,
    Bins,
    Densities,
    Kind,
    Values,
    columns_of,
    over_time,
    stretches,
    visible_bins,
)
from visualiser.ui.views.weights_map import HeatPicture, sequential_colours

_MARK = 3.0
"""Pixels that a mark at an edge is high."""
_LEAST_OUTSIDE = 1e-9
"""Shares below are rounding."""


class SpreadHeat:
    """How the weights or the gradients of one layer spread over time."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind
        self._palette = LIGHT
        self._colours = sequential_colours(LIGHT, LIGHT.accent)
        self._densities: Densities | None = None
        self._heat = HeatPicture(pooling=False)
        self._columns = np.empty(0, dtype=np.int64)
        self._lost = np.empty(0)

    def forget(self) -> None:
        """What comes next is another layer, or another run."""
        self._densities = None

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme, from the next `show` on."""
        self._palette = palette
        self._colours = sequential_colours(palette, palette.accent)

    @property
    def bins(self) -> Bins | None:
        """The bins shown; None before anything is."""
        return None if self._densities is None else self._densities.bins

    def show(self, view: DistributionView, last_step: float) -> None:
        """Draw a layer, from step 0 to `last_step`."""
        bins = visible_bins(view, self._kind)
        if self._densities is None or bins != self._densities.bins:
            self._densities = Densities(bins)
        spread: Spread = getattr(view, self._kind)
        self._densities.follow(view.steps, spread)
        self._lost = spread.lost
        self._columns = columns_of(view.steps, last_step)
        drawn = over_time(self._densities.table, self._columns)
        self._heat.show(drawn, 0.0, 1.0, self._colours)

    def share(self, moment: int, up: float) -> tuple[float, float, float]:
        """The bin at `up` (0 to 1) of the axis: the values it is between, the share within."""
        assert self._densities is not None
        bins = self._densities.bins
        number = min(int(up * bins.count), bins.count - 1)
        low, high = bins.edges()[number : number + 2].tolist()
        return low, high, float(self._densities.table[moment, number]) * bins.width

    def outside(self, moment: int) -> float:
        """Share of the numbers that are beyond the axis."""
        assert self._densities is not None
        share = self._densities.below[moment] + self._densities.above[moment]
        return float(share) if share > _LEAST_OUTSIDE else 0.0

    # -- painting -----------------------------------------------------------------------------

    def paint(self, painter: QPainter, panel: Panel) -> None:
        """All that is inside the axes."""
        if self._densities is None:
            return
        self._heat.paint(painter, panel.area)
        self._paint_histogram(painter, panel.beside, self._densities.table[-1])
        above = self._densities.above > _LEAST_OUTSIDE
        below = self._densities.below > _LEAST_OUTSIDE
        area, mark = panel.area, _MARK
        top = QRectF(area.left(), area.top() - mark, area.width(), mark)
        bottom = QRectF(area.left(), area.bottom(), area.width(), mark)
        self._paint_marks(painter, top, above, self._palette.spoiled)
        self._paint_marks(painter, bottom, below, self._palette.spoiled)
        self._paint_marks(painter, top, self._lost > 0, self._palette.danger)

    def _paint_marks(
        self, painter: QPainter, edge: QRectF, marked: NDArray[np.bool_], colour: str
    ) -> None:
        """Along an edge, where the moments are `marked`."""
        if not marked.any():
            return
        flags = marked[self._columns] & (self._columns >= 0)
        wide = edge.width() / COLUMNS
        for first, last in stretches(flags):
            left = edge.left() + first * wide
            painter.fillRect(
                QRectF(left, edge.top(), (last - first) * wide, edge.height()), QColor(colour)
            )

    def _paint_histogram(self, painter: QPainter, box: QRectF, densities: Values) -> None:
        """Lying on its side, so that it shares the upright axis of the heat map."""
        fullest = densities.max()
        if box.width() < 1 or not fullest > 0:
            return
        heights = densities / fullest
        edges = box.bottom() - np.arange(len(heights) + 1) * (box.height() / len(heights))
        x = box.left() + np.repeat(heights, 2) * box.width()
        y = np.repeat(edges, 2)[1:-1]
        outline = [QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
        outline = [box.bottomLeft(), *outline, box.topLeft()]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.accent))
        painter.drawPolygon(QPolygonF(outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
