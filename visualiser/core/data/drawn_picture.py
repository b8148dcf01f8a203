"""A picture that was drawn by hand, brought to where the pictures of a data set have theirs."""

import numpy as np

from visualiser.core.data.dataset import FloatArray

_FILLED = 20 / 28
"""Share of the side that the longer side of a digit takes (LeCun et al. 1998, MNIST)."""
_LEAST_INK = 0.1


def centred(ink: FloatArray, side: int) -> FloatArray:
    """A drawing (H, W) of ink in 0…1 as (side, side), sized and centred as MNIST's digits are.

    The box of the ink is scaled to 20/28 of the side, its aspect ratio kept, and its centre of
    mass is put in the middle. An empty drawing stays empty.
    """
    rows, columns = np.nonzero(ink > _LEAST_INK)
    picture = np.zeros((side, side), dtype=np.float32)
    if not len(rows):
        return picture
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = _FILLED * side / max(cut.shape)
    small = _shrunk(cut, scale)
    weight = small.sum()
    if weight == 0:
        return picture
    middle = [
        float((small.sum(axis=1 - axis) * (np.arange(small.shape[axis]) + 0.5)).sum() / weight)
        for axis in (0, 1)
    ]
    top, left = (
        int(np.clip(round(side / 2 - at), 0, side - size))
        for at, size in zip(middle, small.shape, strict=True)
    )
    picture[top : top + small.shape[0], left : left + small.shape[1]] = small
    return picture


def _shrunk(cut: FloatArray, scale: float) -> FloatArray:
    """Every new pixel is the mean of the area that it comes from."""
    from PIL import Image

    height, width = (max(1, round(size * scale)) for size in cut.shape)
    image = Image.fromarray((255 * np.clip(cut, 0, 1)).astype(np.uint8), mode="L")
    small = image.resize((width, height), Image.Resampling.BOX)
    return np.asarray(small, dtype=np.float32) / np.float32(255)
