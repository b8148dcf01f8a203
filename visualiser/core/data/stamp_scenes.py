"""Cut-outs set on grounds: where a stamp lies, how large it is, and what is behind it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray, read_only

SMALLEST = 0.6
"""Smallest size of a stamp, as a share of the picture's side."""
_COARSE = 6
"""Patches of a ground's texture along a side."""
_PATCHES, _GRAIN = 0.10, 0.03
"""Standard deviations of the brightness from patch to patch and from pixel to pixel."""
_PLACED_AT_ONCE = 32
"""The weights of the places of more fall out of the processor's cache."""


@dataclass(frozen=True, eq=False)
class StampScenes:
    """Which stamp lies where in each of N pictures, and what it lies on.

    Attributes:
        stamps: (M, S, S, 4) RGBA.
        stamp: (N,) which of them each picture shows.
        placing: (N, 4) for place().
        grounds: as in Scenes.
        colours: (K, 3) of the ground of each class.
    """

    stamps: NDArray[np.uint8]
    stamp: IntArray
    placing: NDArray[np.float64]
    grounds: IntArray | None
    colours: FloatArray

    def things(self, rows: IntArray) -> FloatArray:
        """(n, S, S) opacity of the stamps."""
        return read_only(placed(self.stamps, self.stamp[rows], self.placing[rows])[:, 3].copy())

    def on_grounds(self, pictures: NDArray[Any], rows: IntArray, grounds: IntArray) -> FloatArray:
        """Other grounds with the texture that was there: a ground is its colour and a texture.

        Where the texture was cut at black or white, it stays cut.
        """
        if self.grounds is None:
            return read_only(np.array(pictures, dtype=np.float32))
        change = self.colours[grounds] - self.colours[self.grounds[rows]]
        ground = 1 - self.things(rows)[:, None]
        swapped: FloatArray = np.clip(pictures + ground * change[:, :, None, None], 0, 1)
        return read_only(swapped.astype(np.float32, copy=False))


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
    lying: FloatArray = down[:, None] @ layers @ along.swapaxes(1, 2)[:, None]
    return lying


def placed(stamps: NDArray[np.uint8], stamp: IntArray, placing: NDArray[np.float64]) -> FloatArray:
    """(n, 4, S, S) as of place(), of stamps number `stamp`, (n,), a few at a time."""
    side = stamps.shape[1]
    layers = np.empty((len(stamp), 4, side, side), dtype=np.float32)
    for start in range(0, len(stamp), _PLACED_AT_ONCE):
        rows = slice(start, start + _PLACED_AT_ONCE)
        layers[rows] = place(stamps[stamp[rows]], placing[rows])
    return layers


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


def compose(lying: FloatArray, ground: FloatArray) -> FloatArray:
    """(N, 3, S, S) pictures in 0 … 1: placed stamps, (N, 4, S, S), over their grounds.

    Grounds are (N, 3, S, S), or one colour for all as (1, 3, 1, 1).
    """
    picture: FloatArray = np.clip(lying[:, :3] + (1 - lying[:, 3:]) * ground, 0, 1)
    return picture
