"""What a bad camera does to pictures, measured in each picture by itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.numerals import share_text

Measures = NDArray[np.float64]
_AT_ONCE = 256
_SMALL = 16
"""Pixels of a side below which single pixels are the drawing itself."""
_NORMAL = 0.6745
"""Median of the size of a standard normal number."""
_QUIET = 0.01
"""Noise that nobody sees: below it all pictures are alike."""
_SPECK = 0.25
"""Of the range from black to white: a pixel that stands out so far from all around it."""
_GREYS = 255
_SIDE = 3
"""Pixels of a rectangle at least: strokes of a small drawing are two wide."""
_BOX = 0.9
"""Share of its frame that an area of one colour fills, if it is a rectangle."""


@dataclass(frozen=True)
class Flaw:
    """Something that can be wrong with a picture.

    Attributes:
        measure: (n, C, H, W) in 0 … 1 → (n,), larger where it is worse.
        spread: of the measure, at least: pictures that are all alike have none of their own.
        least: what is less is no flaw, whatever others are.
        dip: how deep the valley before a crowd of bad ones has to be (valley.py); 0 looks for none.
        fine: whether it takes pictures of some size to be seen.
        words: (measure of the picture, the usual one) → why it is suspect.
    """

    measure: Callable[[FloatArray], Measures]
    spread: float
    least: float
    dip: float
    fine: bool
    words: Callable[[float, float], str]


def measured(flaw: Flaw, pictures: FloatArray) -> Measures:
    """(n,) of (n, C, H, W), some pictures at a time."""
    found = [flaw.measure(some) for some in _pieces(pictures)]
    return np.concatenate(found).astype(np.float64) if found else np.zeros(0)


def large_enough(flaw: Flaw, pictures: FloatArray) -> bool:
    """Whether the flaw can be told from what is drawn."""
    return not flaw.fine or min(pictures.shape[2:]) >= _SMALL


def _pieces(pictures: FloatArray) -> Iterator[FloatArray]:
    for start in range(0, len(pictures), _AT_ONCE):
        yield np.asarray(pictures[start : start + _AT_ONCE], dtype=np.float32)


def _grain(pictures: FloatArray) -> Measures:
    """Logarithm of the standard deviation of the noise, by the median of the finest details.

    Donoho & Johnstone, “Ideal spatial adaptation by wavelet shrinkage”, 1994, with Haar's wavelet:
    edges are few among the details, so that the median does not know them.
    """
    across = pictures[..., :-1] - pictures[..., 1:]
    details = np.abs(across[..., :-1, :] - across[..., 1:, :]) / 2
    noise = np.median(details.reshape(len(pictures), -1), axis=1) / _NORMAL
    return np.asarray(np.log(noise + _QUIET), dtype=np.float64)


def _specks(pictures: FloatArray) -> Measures:
    """Share of the pixels that are far darker, or far lighter, than all eight around them."""
    height, width = pictures.shape[2:]
    padded = np.pad(pictures, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    around = [
        padded[:, :, down : down + height, right : right + width]
        for down in range(3)
        for right in range(3)
        if (down, right) != (1, 1)
    ]
    lighter = pictures - np.maximum.reduce(around)
    darker = np.minimum.reduce(around) - pictures
    return np.asarray((np.maximum(lighter, darker) > _SPECK).mean(axis=(1, 2, 3)))


def _blur(pictures: FloatArray) -> Measures:
    """−log of the steepest edges, from a pixel to the next, as a share of the contrast; in grey."""
    rows, grey = len(pictures), pictures.mean(axis=1)
    steps = [np.abs(np.diff(grey, axis=axis)).reshape(rows, -1) for axis in (1, 2)]
    steepest = np.quantile(np.concatenate(steps, axis=1), 0.99, axis=1)
    low, high = np.quantile(grey.reshape(rows, -1), [0.01, 0.99], axis=1)
    return np.asarray(-np.log(steepest / np.maximum(high - low, 1e-3) + 0.02))


def _fog(pictures: FloatArray) -> Measures:
    """−log of the contrast, from the darkest to the lightest pixel."""
    flat = pictures.reshape(len(pictures), -1)
    return np.asarray(-np.log(flat.max(axis=1) - flat.min(axis=1) + 0.02))


def _patch(pictures: FloatArray) -> Measures:
    """Share of the picture that a rectangle of one colour covers, other than that of the rim."""
    return np.array([_patch_of(colours) for colours in _colours(pictures)])


def _colours(pictures: FloatArray) -> NDArray[np.int64]:
    """(n, H, W) a number for each colour."""
    greys = np.rint(pictures * _GREYS).astype(np.int64)
    weights = (_GREYS + 1) ** np.arange(pictures.shape[1])
    return np.asarray(np.einsum("nchw,c->nhw", greys, weights))


def _patch_of(colours: NDArray[np.int64]) -> float:
    rim = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    ground = _commonest(rim)
    inner = colours[:-1, :-1]
    even = (inner == colours[1:, :-1]) & (inner == colours[:-1, 1:]) & (inner == colours[1:, 1:])
    candidates = inner[even & (inner != ground)]
    if not len(candidates):
        return 0.0
    down, right = np.nonzero(even & (inner == _commonest(candidates)))
    height, width = int(np.ptp(down)) + 2, int(np.ptp(right)) + 2
    whole = len(down) >= _BOX * (height - 1) * (width - 1)
    return height * width / colours.size if whole and min(height, width) >= _SIDE else 0.0


def _commonest(numbers: NDArray[np.int64]) -> int:
    values, counts = np.unique(numbers, return_counts=True)
    return int(values[counts.argmax()])


def _noise_text(measure: float) -> str:
    return share_text(max(float(np.exp(measure)) - _QUIET, 0.0))


FLAWS: dict[str, Flaw] = {
    "grain": Flaw(
        _grain, 0.12, -np.inf, 0.5, True,
        lambda own, usual: f"It is grainy: noise of {_noise_text(own)} of the range from black to "
        f"white, usually {_noise_text(usual)}.",
    ),
    "specks": Flaw(
        _specks, 0.001, 0.008, 0.0, True,
        lambda own, usual: f"It has specks: {share_text(own)} of its pixels stand out from all "
        f"around them, usually {share_text(usual)}.",
    ),
    "blur": Flaw(
        _blur, 0.08, -np.inf, 0.5, False,
        lambda own, usual: f"It is blurred: its edges are {np.exp(own - usual):.1f} times as wide "
        "as usual.",
    ),
    "fog": Flaw(
        _fog, 0.12, -np.inf, 0.0, False,
        lambda own, usual: f"It is pale: its contrast is {share_text(float(np.exp(usual - own)))} "
        "of the usual one.",
    ),
    "patch": Flaw(
        _patch, 0.005, 0.04, 0.0, False,
        lambda own, usual: f"Something is in front of it: a rectangle of one colour covers "
        f"{share_text(own)}.",
    ),
}  # fmt: skip
"""By name."""
