"""Small pictures side by side in one colour scale, as large as the room allows."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.colour_bar import paint_colour_bar
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.weights_map import HeatPicture, SteppedLimit, diverging_colours


@dataclass(frozen=True)
class Grid:
    """Columns and rows of tiles, the side of one and the distances between them, in pixels."""

    columns: int
    side: int
    across: float
    down: float

    def corner(self, tile: int) -> QPointF:
        """The upper left corner of a tile, on whole pixels."""
        row, column = divmod(tile, self.columns)
        return QPointF(round(column * self.across), round(row * self.down))


def best_grid(count: int, width: float, height: float, gap: float, caption: float) -> Grid:
    """The grid that gives `count` square tiles the longest side.

    Args:
        count: of tiles.
        width: of the room.
        height: of the room.
        gap: between tiles, at least.
        caption: height of a caption below each tile.
    """
    best = Grid(1, 0, gap, gap)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        side = int(min((width + gap) / columns - gap, (height + gap) / rows - gap - caption))
        if side > best.side:
            spare = (width - columns * side) / max(columns - 1, 1)
            across = side + min(max(spare, gap), gap + 0.15 * side)
            best = Grid(columns, side, across, side + gap + caption)
    return best


class FiltersCanvas(QWidget):
    """Draws pictures of weights; knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._palette = LIGHT
        self._colours = diverging_colours(LIGHT)
        self._captions: tuple[str, ...] = ()
        self._pictures = np.empty((0, 1, 1), dtype=np.float32)
        self._limit = SteppedLimit()
        self._heat = HeatPicture(pooling=False)
        self._grid = Grid(1, 0, 0.0, 0.0)
        self._ground = KeptDrawing(self, self._paint_ground)
        self._ground.set_ground(LIGHT.card)

    def sizeHint(self) -> QSize:
        return QSize(600, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(9 * line, 6 * line)

    @property
    def limit(self) -> float:
        """Where the colours end."""
        return self._limit.value

    @property
    def tiles(self) -> int:
        """How many pictures are shown."""
        return len(self._pictures)

    def clear(self) -> None:
        """Forget the pictures and their colour limit."""
        self._pictures = np.empty((0, 1, 1), dtype=np.float32)
        self._limit = SteppedLimit()
        self._captions = ()
        self._follow()

    def set_captions(self, captions: tuple[str, ...]) -> None:
        """Words below the pictures, one each, or none at all."""
        self._captions = captions
        self._follow()

    def show_pictures(self, pictures: FloatArray) -> None:
        """Draw (T, H, W) weights in one colour scale."""
        self._pictures = pictures
        limit = self._limit.follow(pictures)
        table = pictures.reshape(-1, pictures.shape[2])
        self._heat.show(table, -limit, limit, self._colours)
        self._follow()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._colours = diverging_colours(palette)
        self._ground.set_ground(palette.card)
        if len(self._pictures):
            self.show_pictures(self._pictures)

    def _follow(self) -> None:
        self._ground.show((self._pictures.shape, self._captions, self.limit))
        self.update()

    def cell_at(self, place: QPointF) -> tuple[int, int, int, float] | None:
        """Tile, row, column and value of the weight under a point."""
        _, height, width = self._pictures.shape
        for tile in range(len(self._pictures)):
            box = self._box(tile)
            if box.contains(place):
                row = min(int((place.y() - box.top()) / box.height() * height), height - 1)
                column = min(int((place.x() - box.left()) / box.width() * width), width - 1)
                return tile, row, column, float(self._pictures[tile, row, column])
        return None

    def _box(self, tile: int) -> QRectF:
        side = self._grid.side
        return QRectF(self._grid.corner(tile), QSizeF(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground.draw(painter)
        boxes = map(self._box, range(len(self._pictures)))
        self._heat.paint_parts(painter, boxes, rows=self._pictures.shape[1])
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """Captions and the colour bar, which change now and then only."""
        if not len(self._pictures):
            text = self.tr("Pictures appear here with the first look at the model.")
            paint_empty(painter, QRectF(self.rect()), text, self._palette)
            return
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        caption = 1.1 * line if self._captions else 0.0
        room = self.height() - 1.3 * line
        gap = max(3.0, 0.3 * line) if len(self._pictures) <= 32 else max(2.0, 0.2 * line)
        self._grid = best_grid(len(self._pictures), self.width(), room, gap, caption)
        painter.setPen(QColor(self._palette.text))
        for tile, word in enumerate(self._captions):
            corner, side = self._grid.corner(tile), self._grid.side
            text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, self._grid.across)
            box = QRectF(corner.x(), corner.y() + side, side, caption)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        rows = -(-len(self._pictures) // self._grid.columns)
        base = QPointF(0, rows * self._grid.down - gap + 0.25 * line + metrics.ascent())
        paint_colour_bar(painter, base, self._limit.value, metrics, self._palette)
