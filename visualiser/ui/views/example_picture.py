"""A picture of a data set as an image in the colours of the theme."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from visualiser.ui.palette import Palette, rgb


def picture_image(picture: NDArray[Any], palette: Palette) -> QImage:
    """(C, H, W) in 0…1: grey ones as ink on paper, coloured ones as they are."""
    values = np.clip(picture, 0, 1)
    if len(picture) < 3:
        ink = np.array(rgb(palette.text), dtype=np.float32)
        paper = np.array(rgb(palette.sunken), dtype=np.float32)
        colours = paper + values[0][..., None] * (ink - paper)
    else:
        colours = 255 * np.moveaxis(values[:3], 0, -1)
    pixels = np.ascontiguousarray(colours.astype(np.uint8))
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
