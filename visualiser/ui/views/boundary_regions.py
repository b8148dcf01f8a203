"""What a classifier answers everywhere on a grid, as a picture of mixed colours."""

import numpy as np
from PySide6.QtGui import QImage

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import category_colour, rgb

_PALEST, _DEEPEST = 0.1, 0.52
"""Shares of the classes' colours over the ground: for an answer that is a guess, and a sure one."""


def region_picture(output: FloatArray, ground: str) -> QImage:
    """Class colours, mixed as the answer is and deeper where it is surer.

    Args:
        output: (G, H, K) class probabilities, [row][column], the lowest row first; what is not a
            number is drawn as a guess.
        ground: colour below, “#rrggbb”.

    Returns:
        H x G pixels, the highest row first.
    """
    classes = output.shape[2]
    colours = np.array([rgb(category_colour(k)) for k in range(classes)], dtype=np.float32)
    shares = np.nan_to_num(output, nan=1 / classes)
    sure = (shares.max(axis=2, keepdims=True) - 1 / classes) / (1 - 1 / classes)
    depth = _PALEST + (_DEEPEST - _PALEST) * sure
    mixed = (1 - depth) * np.array(rgb(ground), dtype=np.float32) + depth * (shares @ colours)
    pixels = np.ascontiguousarray(mixed[::-1].astype(np.uint8))
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
