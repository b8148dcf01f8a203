"""A picture beside what of it speaks for an answer, in the student and in its twin."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.colour_bar import paint_colour_bar
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.weights_map import HeatPicture, SteppedLimit, diverging_colours

_GAP = 10
_EDGE = 0.5
"""How much of a cell has to belong to the thing to lie within its outline."""


@dataclass(frozen=True, eq=False)
class Map:
    """(H, W) numbers with a title: “your model”."""

    title: str
    values: FloatArray


@dataclass(frozen=True)
class Cell:
    """Under the pointer: of which map, and where; `number` −1 is the example itself."""

    number: int
    row: int
    column: int


class SaliencyMaps(QWidget):
    """Knows nothing of snapshots; the outline of the thing, or of the clue, is drawn over all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._colours = diverging_colours(LIGHT)
        self._nothing = ""
        self._image = QImage()
        self._image_title = ""
        self._ratio = 1.0
        self._maps: tuple[Map, ...] = ()
        self._pictures: tuple[HeatPicture, ...] = ()
        self._outline: tuple[QLineF, ...] = ()
        self._limit = SteppedLimit()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("The example, and what of it speaks for the answer"))

    @property
    def maps(self) -> tuple[Map, ...]:
        """What is shown beside the example."""
        return self._maps

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._nothing, self._maps, self._image = why, (), QImage()
        self._limit = SteppedLimit()
        self.setAccessibleDescription(why)
        self.update()

    def show_example(self, title: str, image: QImage, ratio: float) -> None:
        """The example itself, and how wide it is drawn for its height."""
        self._image_title, self._image, self._ratio = title, image, ratio
        self.update()

    def show_maps(self, maps: tuple[Map, ...], region: FloatArray | None) -> None:
        """Draw these, and the outline of (H, W) a region in 0 … 1 over them."""
        if len(maps) != len(self._pictures):
            self._pictures = tuple(HeatPicture(pooling=False) for _ in maps)
        self._maps = maps
        limit = self._limit.follow(np.stack([each.values for each in maps]))
        for picture, each in zip(self._pictures, maps, strict=True):
            picture.show(each.values, -limit, limit, self._colours)
        self._outline = () if region is None else outline_of(region)
        self.setAccessibleDescription("; ".join(each.title for each in maps))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette, self._colours = palette, diverging_colours(palette)
        if self._maps:
            limit = self._limit.value
            for picture, each in zip(self._pictures, self._maps, strict=True):
                picture.show(each.values, -limit, limit, self._colours)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 180)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(10 * line, 8 * line)

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell of the example or of a map under a point."""
        if not self._maps:
            return None
        height, width = self._maps[0].values.shape
        for number, box in enumerate(self.boxes()):
            if box.contains(place):
                row = int((place.y() - box.top()) / box.height() * height)
                column = int((place.x() - box.left()) / box.width() * width)
                return Cell(number - 1, min(row, height - 1), min(column, width - 1))
        return None

    def boxes(self) -> list[QRectF]:
        """Of the example and of the maps, side by side, as large as the room allows."""
        count, line = 1 + len(self._maps), self.fontMetrics().height()
        top, below = 1.4 * line, 1.5 * line
        wide = (self.width() - _GAP * (count - 1)) / count
        side = max(min(self.height() - top - below, wide / self._ratio), 8.0)
        width = side * self._ratio
        return [QRectF(round(n * (width + _GAP)), top, width, side) for n in range(count)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
            painter.end()
            return
        boxes = self.boxes()
        titles = [self._image_title, *(each.title for each in self._maps)]
        for number, (title, box) in enumerate(zip(titles, boxes, strict=True)):
            self._paint_title(painter, title, box)
            if number:
                self._pictures[number - 1].paint(painter, box)
            else:
                painter.drawImage(box, self._image)
            self._paint_outline(painter, box)
        if self._maps:
            metrics = QFontMetricsF(self.font())
            start = QPointF(boxes[1].left(), boxes[1].bottom() + metrics.ascent() + 4)
            paint_colour_bar(painter, start, self._limit.value, metrics, self._palette)
        painter.end()

    def _paint_title(self, painter: QPainter, title: str, box: QRectF) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self._palette.text))
        metrics = QFontMetricsF(bold)
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, box.width() + _GAP - 2)
        painter.drawText(QPointF(box.left(), metrics.ascent() + 2), text)
        painter.setFont(self.font())

    def _paint_outline(self, painter: QPainter, box: QRectF) -> None:
        """Dark on light, so that it is seen on any picture."""
        if not self._outline:
            return
        painter.save()
        painter.translate(box.topLeft())
        painter.scale(box.width(), box.height())
        for colour, width in (("#ffffff", 2.2), ("#1c2127", 1.0)):
            pen = QPen(QColor(colour), width)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLines(list(self._outline))
        painter.restore()


def outline_of(region: FloatArray) -> tuple[QLineF, ...]:
    """Where cells that belong to a region meet others, as lines in a square of side 1."""
    inside = np.pad(region >= _EDGE, 1)
    height, width = region.shape
    lines = []
    for row, column in np.argwhere(inside[1:, 1:-1] != inside[:-1, 1:-1]).tolist():
        lines.append(QLineF(column / width, row / height, (column + 1) / width, row / height))
    for row, column in np.argwhere(inside[1:-1, 1:] != inside[1:-1, :-1]).tolist():
        lines.append(QLineF(column / width, row / height, column / width, (row + 1) / height))
    return tuple(lines)
