"""A small look at a data set before training: pictures, points, rows or messages."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import Dataset, Table
from visualiser.ui.palette import LIGHT, Palette, category_colour

SEED = 7
"""Which examples are picked: always the same ones of a data set."""


class ExamplesStrip(QWidget):
    """Paints a few examples of a data set, picked at random but always the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._picked: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._images: list[QImage] = []
        self._palette = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Some examples"))
        self.setToolTip(self.tr("Some examples of the data, picked by chance."))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show examples of `dataset`."""
        self._dataset = dataset
        shown = {"points": 400, "images": 48}.get(dataset.modality, 3)
        self._picked = _pick(dataset, shown)
        self._draw_images()
        labels = ", ".join(dataset.label_text(dataset.labels[row]) for row in self._picked[:3])
        self.setAccessibleDescription(self.tr("Labels: {labels}").format(labels=labels))
        self.updateGeometry()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._draw_images()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height() + 4
        modality = self._dataset.modality if self._dataset else "images"
        lines = {"points": 4, "images": 4, "text": 3, "table": 4}[modality]
        return QSize(200, lines * line)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dataset = self._dataset
        if dataset is None:
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Loading …"))
        elif dataset.modality == "images":
            self._paint_images(painter)
        elif dataset.modality == "points":
            self._paint_points(painter, dataset)
        elif isinstance(dataset.features, Table):
            self._paint_table(painter, dataset, dataset.features)
        else:
            self._paint_messages(painter, dataset)
        painter.end()

    def _draw_images(self) -> None:
        """Pictures as dark ink on the card (light ink in the dark theme), made once."""
        self._images = []
        dataset = self._dataset
        if dataset is None or not isinstance(dataset.features, np.ndarray):
            return
        if dataset.modality == "images":
            ink, paper = QColor(self._palette.text), QColor(self._palette.card)
            for picture in dataset.features[self._picked]:
                self._images.append(_picture(picture, ink, paper))

    def _paint_images(self, painter: QPainter) -> None:
        side = (self.height() - 4) // 2
        columns = max(self.width() // (side + 4), 1)
        gap = (self.width() - columns * side) / max(columns - 1, 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, image in enumerate(self._images[: 2 * columns]):
            row, column = divmod(place, columns)
            box = QRectF(column * (side + gap), row * (side + 4), side, side)
            painter.drawImage(box, image)

    def _paint_points(self, painter: QPainter, dataset: Dataset) -> None:
        points = np.asarray(dataset.features)[self._picked]
        low, high = points.min(axis=0), points.max(axis=0)
        margin = 4.0
        scale = (self.height() - 2 * margin) / max(float(high[1] - low[1]), 1e-9)
        scale = min(scale, (self.width() - 2 * margin) / max(float(high[0] - low[0]), 1e-9))
        middle = (low + high) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        for (x, y), label in zip(points, dataset.labels[self._picked], strict=True):
            painter.setBrush(QColor(category_colour(int(label))))
            place = QPointF(
                self.width() / 2 + float(x - middle[0]) * scale,
                self.height() / 2 - float(y - middle[1]) * scale,
            )
            painter.drawEllipse(place, 2, 2)

    def _paint_table(self, painter: QPainter, dataset: Dataset, table: Table) -> None:
        names = (dataset.target, *table.numeric_names, *table.categorical_names)
        cells = [names, *(_cells(dataset, table, int(row)) for row in self._picked)]
        width = self.fontMetrics().averageCharWidth() * 9
        columns = min(max(self.width() // width, 1), len(names))
        height = self.height() / len(cells)
        for line, row in enumerate(cells):
            for column, text in enumerate(row[:columns]):
                box = QRectF(
                    column * self.width() / columns,
                    line * height,
                    self.width() / columns - 6,
                    height,
                )
                colour = self._palette.muted if line == 0 else self._palette.text
                self._write(painter, box, text, colour, bold=line > 0 and column == 0)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawLine(QPointF(0, height), QPointF(self.width(), height))

    def _paint_messages(self, painter: QPainter, dataset: Dataset) -> None:
        texts = np.asarray(dataset.features)[self._picked]
        labels = [dataset.label_text(label) for label in dataset.labels[self._picked]]
        widest = max((self.fontMetrics().horizontalAdvance(label) for label in labels), default=0)
        left = min(widest + 14, self.width() // 3)
        height = self.height() / max(len(labels), 1)
        for line, (label, text) in enumerate(zip(labels, texts, strict=True)):
            top = line * height
            code = int(dataset.labels[self._picked[line]])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(category_colour(code)))
            painter.drawRoundedRect(QRectF(0, top + height / 4, 3, height / 2), 1.5, 1.5)
            name = QRectF(8, top, left - 8, height)
            self._write(painter, name, label, self._palette.muted)
            rest = QRectF(left, top, self.width() - left, height)
            self._write(painter, rest, " ".join(str(text).split()), self._palette.text)

    def _write(
        self, painter: QPainter, box: QRectF, text: str, colour: str, *, bold: bool = False
    ) -> None:
        font = self.font()
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        shown = painter.fontMetrics().elidedText(
            text, Qt.TextElideMode.ElideRight, int(box.width())
        )
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(flags), shown)


def _picture(picture: NDArray[Any], ink: QColor, paper: QColor) -> QImage:
    """(C, H, W) in 0…1 as an image: grey ones from paper to ink, coloured ones as they are."""
    if len(picture) == 1:
        ends = np.array([_rgb(paper), _rgb(ink)], dtype=np.float32)
        values = ends[0] + picture[0][..., None] * (ends[1] - ends[0])
    else:
        values = 255 * np.moveaxis(picture[:3], 0, -1)
    pixels = np.ascontiguousarray(np.clip(values, 0, 255).astype(np.uint8))
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


def _pick(dataset: Dataset, count: int) -> NDArray[np.int64]:
    """Rows by chance; where there is room for few only, the classes take turns."""
    order = np.random.default_rng(SEED).permutation(len(dataset))
    if dataset.predicts_classes and count < 10:
        labels = dataset.labels[order]
        turn = np.zeros(len(order), dtype=np.int64)
        for code in range(dataset.class_count):
            turn[labels == code] = np.arange(np.count_nonzero(labels == code))
        order = order[np.argsort(turn, kind="stable")]
    return order[:count]


def _cells(dataset: Dataset, table: Table, row: int) -> tuple[str, ...]:
    cells = (table.text(row, column) for column in range(len(table.names)))
    return (dataset.label_text(dataset.labels[row]), *cells)
