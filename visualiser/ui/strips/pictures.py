"""Pictures side by side, in two rows."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from visualiser.core.data.dataset import Dataset
from visualiser.ui.strips.spec import Place, Strip

_GAP = 4


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """As many as fit; grey ones as dark ink on the card, or light ink in the dark theme."""
    box, painter = place.box, place.painter
    ink, paper = QColor(place.palette.text), QColor(place.palette.card)
    side = (box.height() - _GAP) // 2
    columns = max(int(box.width() // (side + _GAP)), 1)
    gap = (box.width() - columns * side) / max(columns - 1, 1)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    pictures = np.asarray(dataset.features)[rows[: 2 * columns]]
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        spot = QRectF(column * (side + gap), row * (side + _GAP), side, side)
        painter.drawImage(spot, _image(picture, ink, paper))


def _image(picture: NDArray[Any], ink: QColor, paper: QColor) -> QImage:
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


STRIP = Strip("images", lines=4, shown=48, paint=paint)
