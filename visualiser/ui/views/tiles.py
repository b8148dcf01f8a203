"""A scrolling list of examples with what was said about each; paints only what is in sight."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QWidget

from visualiser.core.data.dataset import Dataset, Features, Table
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.example_picture import example_image, is_picture, picture_ratio
from visualiser.ui.views.example_text import example_text
from visualiser.ui.views.hearing import Hearing
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.tile import Tile, paint_words
from visualiser.ui.views.tile_values import ValueGrid
from visualiser.ui.views.walked_boxes import WalkedBoxes

_GAP = 10
_INSET = 5
"""Pixels left of rows that have a width of their own, for the mark of where the keys are."""


class ExampleTiles(WalkedBoxes):
    """Pictures side by side with their lines; messages, rows and points below each other.

    A clip that is pressed is heard.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._dataset: Dataset | None = None
        self._features: Features | None = None
        self._tiles: tuple[Tile, ...] = ()
        self._images: dict[int, QImage] = {}
        self._grid_of_values: ValueGrid | None = None
        self._nothing = ""
        self._stacked, self._words_width = False, 0.0
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.walked.connect(self._describe)
        self.pressed.connect(self._play)
        self.hover = Hover(self.viewport(), self.read)
        self.hearing = Hearing(self)
        self.setAccessibleName(self.tr("Examples"))

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What is shown."""
        return self._tiles

    def show_examples(self, dataset: Dataset, features: Features, tiles: tuple[Tile, ...]) -> None:
        """Show examples, one tile for each row of `features`; the place scrolled to stays."""
        self._dataset, self._features, self._tiles = dataset, features, tiles
        self._images.clear()
        self.place = min(self.place, max(len(tiles) - 1, 0))
        self._describe()
        self._arrange()
        self.hover.refresh()

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._nothing, self._tiles, self._features, self.place = why, (), None, 0
        self._describe()
        self._arrange()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._images.clear()
        self.viewport().update()

    def read(self, point: QPointF) -> str:
        """The tip of the tile under `point` of the viewport."""
        place = self._place_at(point)
        return "" if place is None else self._tip(place, self._tiles[place])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hearing.player.stop()

    def _play(self) -> None:
        """Let the example that the keys are at be heard, if it is a clip."""
        if self._dataset is not None and not isinstance(self._features, Table | None):
            self.hearing.play(self._dataset, self._features[self.place])

    def _describe(self) -> None:
        """What a screen reader says: the example that the keys are at."""
        text = self._nothing
        if self._tiles and self._dataset is not None:
            place, count = self.place + 1, len(self._tiles)
            text = self.tr("{place} of {count}: {example}").format(
                place=place, count=count, example=self._tiles[self.place].spoken
            )
            hint = self.hearing.hint(self._dataset.modality)
            text = f"{text}. {hint}" if hint else text
        self.setAccessibleDescription(text)

    def _tip(self, place: int, tile: Tile) -> str:
        """What is said about an example, with the names of values that may be cut off in it."""
        if self._dataset is None or self._features is None:
            return tile.tip
        more = self.hearing.hint(self._dataset.modality)
        if self._grid_of_values is not None:
            more = example_text(self._dataset, self._features, place)
        return f"{tile.tip}\n{more}".rstrip()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 80)

    def sizeHint(self) -> QSize:
        return QSize(300, 80)  # it takes what there is, and scrolls by itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._arrange()

    def _line(self) -> int:
        return self.fontMetrics().height() + 1

    def _widest_words(self) -> float:
        """Width of the widest line, measured as if it were bold: close enough, and quick."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        texts = {words.text for tile in self._tiles for words in tile.lines}
        metrics = QFontMetrics(font)
        return max((metrics.horizontalAdvance(text) for text in texts), default=0) + 6.0

    def _arrange(self) -> None:
        """Find the box of every tile; the height of all decides about the scroll bar."""
        self._grid_of_values = None
        if self._dataset is None or self._features is None:
            self._boxes = []
            self._arrange_bar()
            return
        width = self.viewport().width()
        widest = self._widest_words()
        # Where the lines would take too much of the width, they stand above the text.
        self._stacked = not is_picture(self._dataset) and widest > 0.34 * width
        self._words_width = width if self._stacked else min(widest, 0.6 * width)
        if is_picture(self._dataset):
            self._boxes = self._grid(self._dataset)
        else:
            self._boxes = self._column(self._dataset, self._features)
        self._arrange_bar()

    def _arrange_bar(self) -> None:
        bottom = int(self._boxes[-1].bottom()) if self._boxes else 0
        bar = self.verticalScrollBar()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self._line())
        bar.setRange(0, max(bottom - self.viewport().height(), 0))
        self.viewport().update()

    def _grid(self, dataset: Dataset) -> list[QRectF]:
        side = self._picture_side()
        width = side * picture_ratio(dataset) + 6 + self._words_width
        room = self.viewport().width() + _GAP
        columns = max(int(room / (width + _GAP)), 1)
        width = max(room / columns - _GAP, width)
        boxes = []
        for place in range(len(self._tiles)):
            row, column = divmod(place, columns)
            boxes.append(QRectF(column * (width + _GAP), row * (side + _GAP), width, side))
        return boxes

    def _column(self, dataset: Dataset, features: Features) -> list[QRectF]:
        left, width = self._text_left(), self.viewport().width()
        room = max(int(width - left - 4), 40)
        boxes, y = [], 0.0
        if isinstance(features, Table):
            self._grid_of_values = ValueGrid(features, self.fontMetrics(), room)
        for place, tile in enumerate(self._tiles):
            example = self._example_height(dataset, features, place, room)
            words = self._line() * len(tile.lines)
            height = (example + words if self._stacked else max(example, words)) + 2
            boxes.append(QRectF(0, y, width, height))
            y += height + _GAP
        return boxes

    def _example_height(self, dataset: Dataset, features: Features, place: int, room: int) -> float:
        if self._grid_of_values is not None:
            return self._grid_of_values.height
        text = example_text(dataset, features, place)
        wrapping = int(Qt.TextFlag.TextWordWrap)
        return self.fontMetrics().boundingRect(0, 0, room, 10_000, wrapping, text).height()

    def _text_left(self) -> float:
        return _INSET if self._stacked else _INSET + self._words_width + _GAP

    def _picture_side(self) -> int:
        most = max((len(tile.lines) for tile in self._tiles), default=3)
        return max(self._line() * most, 48)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._dataset is None or self._features is None or not self._tiles:
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), int(flags), self._nothing)
            painter.end()
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        painter.translate(0, -top)
        for place, box in enumerate(self._boxes):
            if box.bottom() >= top and box.top() <= bottom:
                self._paint_tile(painter, place, box, self._dataset, self._features)
        self._paint_place(painter, self._palette)
        painter.end()

    def _paint_tile(
        self, painter: QPainter, place: int, box: QRectF, dataset: Dataset, features: Features
    ) -> None:
        if is_picture(dataset) and not isinstance(features, Table):
            if place not in self._images:
                self._images[place] = example_image(dataset, features[place], self._palette)
            side = self._picture_side()
            width = side * picture_ratio(dataset)
            painter.drawImage(QRectF(box.left(), box.top(), width, side), self._images[place])
            self._paint_words(painter, place, box.adjusted(width + 6, 0, 0, 0))
            return
        tile, left = self._tiles[place], self._text_left()
        words = QRectF(box.left() + _INSET, box.top(), self._words_width, box.height())
        self._paint_words(painter, place, words)
        painter.setFont(self.font())
        painter.setPen(QColor(self._palette.text))
        top = self._line() * len(tile.lines) if self._stacked else 0
        where = box.adjusted(left, top, -4, 0)
        if self._grid_of_values is not None:
            grid = self._grid_of_values
            grid.paint(painter, where.left(), where.top(), place, self._palette)
        else:
            text = example_text(dataset, features, place)
            painter.drawText(where, int(Qt.TextFlag.TextWordWrap), text)
        painter.setPen(QColor(self._palette.grid))
        y = box.bottom() + _GAP / 2
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_words(self, painter: QPainter, place: int, box: QRectF) -> None:
        paint_words(painter, self._tiles[place], box, self._line(), self.font(), self._palette)
