"""Filters and beside each what it finds, one block a convolution, as large as the room allows."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.colour_bar import paint_colour_bar
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.filters_canvas import best_grid
from visualiser.ui.views.weights_map import HeatPicture, SteppedLimit, diverging_colours

MOST_SHOWN = 32
"""Filters of a convolution; more would be too small to see anything in."""
_FILTER = 0.5
"""Side of a filter as a share of that of its map."""


@dataclass(frozen=True, eq=False)
class Block:
    """One convolution: (F, k, k) filters and (F, H, W) maps."""

    title: str
    filters: FloatArray
    maps: FloatArray


@dataclass(frozen=True)
class Spot:
    """A cell under the pointer."""

    block: int
    tile: int
    in_filter: bool
    row: int
    column: int
    value: float


class _Row:
    """What is kept of a block from frame to frame."""

    def __init__(self) -> None:
        self.filters, self.maps = HeatPicture(pooling=False), HeatPicture(pooling=False)
        self.filter_limit, self.map_limit = SteppedLimit(), SteppedLimit()
        self.boxes: list[tuple[QRectF, QRectF]] = []


class FeatureMapsCanvas(QWidget):
    """Knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._palette = LIGHT
        self._colours = diverging_colours(LIGHT)
        self._blocks: tuple[Block, ...] = ()
        self._rows: list[_Row] = []
        self.setAccessibleName(self.tr("What each filter finds in the picture"))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is shown, all filters of it."""
        return self._blocks

    def clear(self) -> None:
        """Forget the maps and their colour limits."""
        self._blocks, self._rows = (), []
        self.update()

    def show_blocks(self, blocks: tuple[Block, ...]) -> None:
        """Draw these; colours keep their limits as long as they fit."""
        if len(blocks) != len(self._rows):
            self._rows = [_Row() for _ in blocks]
        self._blocks = blocks
        for row, block in zip(self._rows, blocks, strict=True):
            filters, maps = block.filters[:MOST_SHOWN], block.maps[:MOST_SHOWN]
            limit = row.filter_limit.follow(filters)
            row.filters.show(filters.reshape(-1, filters.shape[2]), -limit, limit, self._colours)
            limit = row.map_limit.follow(maps)
            row.maps.show(maps.reshape(-1, maps.shape[2]), -limit, limit, self._colours)
        self.setAccessibleDescription("; ".join(block.title for block in blocks))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette, self._colours = palette, diverging_colours(palette)
        if self._blocks:
            self.show_blocks(self._blocks)

    def sizeHint(self) -> QSize:
        return QSize(520, 260)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(8 * line, 4 * line * max(len(self._blocks), 1))

    def spot_at(self, place: QPointF) -> Spot | None:
        """The cell of a filter or of a map under a point."""
        for number, (row, block) in enumerate(zip(self._rows, self._blocks, strict=True)):
            for tile, boxes in enumerate(row.boxes):
                for box, values, in_filter in zip(
                    boxes, (block.filters[tile], block.maps[tile]), (True, False), strict=True
                ):
                    if box.contains(place):
                        return _spot(number, tile, in_filter, place, box, values)
        return None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._blocks:
            text = self.tr("Maps appear with the first look at the model.")
            paint_empty(painter, QRectF(self.rect()), text, self._palette)
            painter.end()
            return
        height = self.height() / len(self._blocks)
        for number, (row, block) in enumerate(zip(self._rows, self._blocks, strict=True)):
            room = QRectF(0, round(number * height), self.width(), height)
            self._paint_title(painter, room, row, block)
            self._lay_out(room, row, block)
            row.filters.paint_parts(
                painter, (filters for filters, _ in row.boxes), rows=block.filters.shape[1]
            )
            row.maps.paint_parts(painter, (maps for _, maps in row.boxes), rows=block.maps.shape[1])
        painter.end()

    def _line(self) -> float:
        return self.fontMetrics().height()

    def _paint_title(self, painter: QPainter, room: QRectF, row: _Row, block: Block) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        metrics, bold_metrics = QFontMetricsF(self.font()), QFontMetricsF(bold)
        bar = 7 * self._line()
        painter.setFont(bold)
        painter.setPen(QColor(self._palette.text))
        base = room.top() + 0.1 * self._line() + metrics.ascent()
        title = bold_metrics.elidedText(block.title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QPointF(0, base), title)
        painter.setFont(self.font())
        left = bold_metrics.horizontalAdvance(title) + 0.8 * self._line()
        if left + bar <= self.width() + 1:
            start = QPointF(left, base)
            paint_colour_bar(painter, start, row.map_limit.value, metrics, self._palette)

    def _lay_out(self, room: QRectF, row: _Row, block: Block) -> None:
        """A tile is a filter and, right of it, its map; maps may be wider than high."""
        count = min(len(block.maps), MOST_SHOWN)
        ratio = block.maps.shape[2] / block.maps.shape[1]
        wide = ratio + _FILTER + 0.08
        top, gap = room.top() + 1.4 * self._line(), max(4.0, 0.3 * self._line())
        space = room.height() - 1.4 * self._line() - gap
        grid = best_grid(count, room.width() / wide, max(space, 1.0), gap / wide, gap * 0.6)
        row.boxes = []
        for tile in range(count):
            corner = grid.corner(tile)
            left, upper = round(corner.x() * wide), round(top + corner.y())
            small = round(_FILTER * grid.side)
            filters = QRectF(left, upper + (grid.side - small) // 2, small, small)
            maps = QRectF(left + small + 2, upper, round(ratio * grid.side), grid.side)
            row.boxes.append((filters, maps))


def _spot(
    block: int, tile: int, in_filter: bool, place: QPointF, box: QRectF, values: FloatArray
) -> Spot:
    height, width = values.shape
    row = min(int((place.y() - box.top()) / box.height() * height), height - 1)
    column = min(int((place.x() - box.left()) / box.width() * width), width - 1)
    return Spot(block, tile, in_filter, row, column, float(np.asarray(values)[row, column]))
