"""A photograph or scan of a drawing: what is ink, and what is the paper below it."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray

LONGEST = 560
"""Pixels of the longer side that are enough to find thin ink that was written small."""
_ROUNDS = 4
_MEASURED = 32
"""Points a side at which the light on the paper is measured."""
_UNEVEN = 0.3
"""How much the light may differ over the paper, from its middle value."""
_PAPER, _INK = 0.12, 0.7
"""Of the strongest contrast: below the one is paper, above the other all ink."""
_LEAST_CONTRAST = 0.08
_GRAINY = 84
"""Pixels of a side from which the finest detail is dust and grain of the camera, not ink."""
_NOISE = 8.0
"""Standard deviations of the paper's grain that are no ink yet."""
_STRONGEST = 0.002
"""Share of the pixels that show how strong the contrast is; dust is smaller."""


def ink_of(grey: FloatArray) -> FloatArray:
    """Where a picture (H, W) in 0…1 has ink: 1 for all ink, 0 for paper, (H, W).

    The paper is the smooth ground that most pixels lie on, unevenly lit perhaps. Ink is
    what differs from it, towards the side (dark or light) that differs more; its contrast is
    stretched. A picture with hardly any contrast has no ink.
    """
    if min(grey.shape) >= _GRAINY:
        grey = _without_grain(grey)
    apart = grey - _paper_below(grey)
    strong = max(1, round(_STRONGEST * apart.size))
    darker, lighter = (_mean_of_largest(sign * apart, strong) for sign in (-1, 1))
    contrast = max(darker, lighter)
    if contrast < _LEAST_CONTRAST:
        return np.zeros_like(grey)
    ink = -apart if darker > lighter else apart
    grain = 1.4826 * float(np.median(np.abs(apart)))
    low = max(_PAPER * contrast, min(_NOISE * grain, _INK * contrast / 2))
    stretched = (ink - low) / (_INK * contrast - low)
    return np.asarray(np.clip(stretched, 0, 1), dtype=np.float32)


def _paper_below(grey: FloatArray) -> FloatArray:
    """A bent plane of brightness (H, W), fitted to what is left when ink is left out."""
    height, width = grey.shape
    rows, columns = _spread(height), _spread(width)
    design = _bends(rows / height - 0.5, columns / width - 0.5)
    seen = grey[np.ix_(rows, columns)].ravel().astype(np.float64)
    kept = np.abs(seen - np.median(seen)) <= _UNEVEN
    for _ in range(_ROUNDS):
        level = np.linalg.lstsq(design[kept], seen[kept], rcond=None)[0]
        away = np.abs(seen - design @ level)
        kept = away <= max(3 * float(np.median(away)), 0.02)
    everywhere = _bends(np.arange(height) / height - 0.5, np.arange(width) / width - 0.5)
    return np.asarray((everywhere @ level).reshape(height, width), dtype=np.float32)


def _spread(length: int) -> NDArray[np.int64]:
    """Places along a side, all of them where there are few."""
    return np.unique(np.linspace(0, length - 1, min(length, _MEASURED)).round().astype(np.int64))


def _bends(down: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """(H · W, 6): level, slope and curvature at places from −½ to ½ of the sides."""
    y, x = (axis.ravel() for axis in np.meshgrid(down, right, indexing="ij"))
    return np.stack([np.ones_like(y), y, x, y * y, x * x, x * y], axis=1)


def _mean_of_largest(values: FloatArray, count: int) -> float:
    return float(np.partition(values.ravel(), -count)[-count:].mean())


def _without_grain(grey: FloatArray) -> FloatArray:
    """Each pixel the median of its neighbours: what is one pixel wide goes, edges stay sharp."""
    from PIL import Image, ImageFilter

    picture = Image.fromarray(np.round(255 * np.clip(grey, 0, 1)).astype(np.uint8))
    smooth = picture.filter(ImageFilter.MedianFilter(3))
    return np.asarray(smooth, dtype=np.float32) / np.float32(255)
