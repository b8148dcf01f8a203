"""A picture that was drawn by hand, brought to where the pictures of a data set have theirs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray

_FILLED = 20 / 28
"""Share of the side that the longer side of a digit takes (LeCun et al. 1998, MNIST)."""
_LEAST_INK = 0.1
_MEASURED = 200
"""Pictures that are looked at to see how those of a data set are made."""
_SAME_SIZE = 2 / 28
"""Share of the side by which most drawings of one size differ at most."""


@dataclass(frozen=True)
class Manner:
    """How the grey pictures of a data set are made.

    Attributes:
        light_ground: they are dark on light ground, and not light on dark.
        filled: share of the side that the longer side of what they show takes.
        written: each shows one written character, and all are of one size.
    """

    light_ground: bool = False
    filled: float = _FILLED
    written: bool = False

    @property
    def ground(self) -> float:
        """Brightness of a picture with nothing on it."""
        return float(self.light_ground)

    def as_ink(self, picture: FloatArray) -> FloatArray:
        """The picture with 1 for what is shown and 0 for the ground; and back again."""
        return 1 - picture if self.light_ground else picture


def manner_of(pictures: FloatArray, class_names: Sequence[str]) -> Manner:
    """How pictures (N, 1, H, W) in 0…1 of those classes are made, as measured on some of them.

    Where each class is one character, as “7”, the pictures are taken for written ones.
    """
    some = pictures[:: len(pictures) // _MEASURED + 1, 0]
    light_ground = bool(np.median(border_of(some)) > 0.5)
    shares = _longer_sides(1 - some if light_ground else some) / max(some.shape[1:])
    few, middle, most = np.quantile(shares, [0.1, 0.5, 0.9])
    if most - few > _SAME_SIZE or middle == 0:
        return Manner(light_ground)
    return Manner(light_ground, float(middle), all(len(name) == 1 for name in class_names))


def border_of(pictures: FloatArray) -> FloatArray:
    """The pixels at the edges of pictures (N, H, W), where most have their ground."""
    return np.concatenate([pictures[:, [0, -1]].ravel(), pictures[:, :, [0, -1]].ravel()])


def _longer_sides(inks: FloatArray) -> NDArray[np.int64]:
    """(N,) pixels of the longer side of the box around each ink (N, H, W); 0 without any."""
    lengths = []
    for across in (1, 2):
        along: NDArray[np.bool_] = np.any(inks > _LEAST_INK, axis=across)
        last = along.shape[1] - along[:, ::-1].argmax(axis=1)
        lengths.append(np.where(np.any(along, axis=1), last - along.argmax(axis=1), 0))
    return np.maximum(*lengths)


def centred(ink: FloatArray, side: int, filled: float = _FILLED) -> FloatArray:
    """A drawing (H, W) of ink in 0…1 as (side, side), sized and centred as MNIST's digits are.

    The longer side of the box of the ink is scaled to the share `filled` of the side, its aspect
    ratio kept, and its centre of mass is put in the middle: of 28 pixels in that with 14 before
    it, as in MNIST. An empty drawing stays empty.
    """
    rows, columns = np.nonzero(ink > _LEAST_INK)
    picture = np.zeros((side, side), dtype=np.float32)
    if not len(rows):
        return picture
    cut = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    scale = filled * side / max(cut.shape)
    small = _shrunk(cut, scale)
    weight = small.sum()
    if weight == 0:
        return picture
    middle = [
        float((small.sum(axis=1 - axis) * (np.arange(small.shape[axis]) + 0.5)).sum() / weight)
        for axis in (0, 1)
    ]
    top, left = (
        int(np.clip(round((side + 1) / 2 - at), 0, side - size))
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
