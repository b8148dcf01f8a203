"""Cut-outs set on grounds: where a stamp lies, how large it is, and what is behind it."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray

SMALLEST = 0.6
"""Smallest size of a stamp, as a share of the picture's side."""
_COARSE = 6
"""Patches of a ground's texture along a side."""
_PATCHES, _GRAIN = 0.10, 0.03
"""Standard deviations of the brightness from patch to patch and from pixel to pixel."""


def place(stamps: NDArray[np.uint8], dice: NDArray[np.float64]) -> FloatArray:
    """Stamps made smaller, mirrored and moved, each within its picture.

    Args:
        stamps: (N, S, S, 4) RGBA.
        dice: (N, 4) uniform in 0 … 1: size, place along, place down, whether it is mirrored.

    Returns:
        (N, 4, S, S) in 0 … 1: colours multiplied by opacity, then the opacity.
    """
    side = stamps.shape[1]
    size = SMALLEST + (1 - SMALLEST) * dice[:, 0]
    left, top = (side * (1 - size) * dice[:, axis] for axis in (1, 2))
    along, down = shrinking(size, left, side), shrinking(size, top, side)
    mirrored = dice[:, 3] < 0.5
    along[mirrored] = along[mirrored][:, :, ::-1]
    layers = np.moveaxis(stamps, -1, 1).astype(np.float32) / np.float32(255)
    layers[:, :3] *= layers[:, 3:]
    placed: FloatArray = down[:, None] @ layers @ along.swapaxes(1, 2)[:, None]
    return placed


def shrinking(size: NDArray[np.float64], offset: NDArray[np.float64], side: int) -> FloatArray:
    """(N, S, S) weights of S pixels in a row for S pixels of a smaller row that begins at `offset`.

    A pixel of the result is the mean over what it covers of the row, nothing outside it.
    """
    edges = (np.arange(side + 1)[None, :] - offset[:, None]) / size[:, None]
    pixels = np.arange(side)
    low = np.maximum(edges[:, :-1, None], pixels)
    high = np.minimum(edges[:, 1:, None], pixels + 1)
    shares: FloatArray = np.clip(high - low, 0, None) * size[:, None, None]
    return shares.astype(np.float32)


def textured(colours: FloatArray, side: int, generator: np.random.Generator) -> FloatArray:
    """(N, 3, S, S) grounds in 0 … 1 of (N, 3) colours, with soft patches and a fine grain."""
    shape = (len(colours), 1)
    patches = generator.standard_normal((*shape, _COARSE, _COARSE), dtype=np.float32)
    grain = generator.standard_normal((*shape, side, side), dtype=np.float32)
    stretch = _stretching(side)
    light = _PATCHES * (stretch @ patches @ stretch.T) + _GRAIN * grain
    ground: FloatArray = np.clip(colours[:, :, None, None] + light, 0, 1)
    return ground


def _stretching(side: int) -> FloatArray:
    """(S, patches) weights that draw a row of patches out, linearly from middle to middle."""
    at = np.linspace(0, _COARSE - 1, side, dtype=np.float32)[:, None]
    weights: FloatArray = np.maximum(1 - np.abs(at - np.arange(_COARSE, dtype=np.float32)), 0)
    return weights


def compose(placed: FloatArray, ground: FloatArray) -> FloatArray:
    """(N, 3, S, S) pictures in 0 … 1: placed stamps, (N, 4, S, S), over their grounds.

    Grounds are (N, 3, S, S), or one colour for all as (1, 3, 1, 1).
    """
    picture: FloatArray = np.clip(placed[:, :3] + (1 - placed[:, 3:]) * ground, 0, 1)
    return picture
