"""A few numbers an example, whatever its kind, to tell which classes and examples are alike.

They are rougher than what a model sees and much quicker to make: labels are spoiled anew at each
move of a slider.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Features, FloatArray, Modality, Table
from visualiser.core.data.hashed_words import hashed_words

_SIDE = 16
"""A picture is averaged down to about so many pixels across."""
_BUCKETS = 256
"""Words of messages are counted in so many places."""
_BANDS = 32
"""Bands of pitch whose loudness is measured over a whole clip."""
_AT_ONCE = 8
"""Clips whose spectra are held at a time: more fall out of the processor's cache."""
_MOST_CATEGORIES = 50
"""A column of a table with more of them tells rows apart rather than kinds of rows."""


def simple_features(context: Context) -> tuple[FloatArray, FloatArray]:
    """(n, D) of the clean part and (m, D) of the reference, float32, without NaN.

    Each number has mean 0 and standard deviation 1 over the reference (of pictures all of them
    together), and is 0 where it is not known. Of pictures they are pixels, averaged down; of
    messages counts of hashed words; of clips the loudness of bands of pitch; of tables the numbers,
    and a 0 or 1 for each category.
    """
    describe = _DESCRIBED[context.dataset.modality]
    reference = describe(context.reference.features)
    known = ~np.isnan(reference)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, reference, 0).sum(axis=0, dtype=np.float64) / count
    squares = np.where(known, reference - mean, 0) ** 2
    spread = np.sqrt(squares.sum(axis=0) / count)
    if context.dataset.modality == "images":
        # Pixels have one unit: a speck in a corner would count more than the figure otherwise.
        spread = np.full_like(spread, np.sqrt(np.mean(spread**2)))
    scale = np.where(spread > 0, spread, 1.0)
    scaled = _scaled(reference, mean, scale)
    if context.clean is context.reference:
        return scaled, scaled
    return _scaled(describe(context.clean.features), mean, scale), scaled


def class_scores(
    described: tuple[FloatArray, FloatArray], context: Context
) -> tuple[FloatArray, FloatArray]:
    """(n, K) of the clean part and (m, K) of the reference: how near each class is to an example.

    `described` are their simple features. The class with the highest score has the nearest mean
    among the clean training rows: x · μ − |μ|² / 2, which is half of |x|² − |x − μ|². A class
    without rows has −∞.
    """
    clean, reference = described
    labels = np.asarray(context.reference.labels, dtype=np.int64)
    counts = np.bincount(labels, minlength=context.dataset.class_count)
    order = np.argsort(labels, kind="stable")
    present = np.flatnonzero(counts)
    starts = (np.cumsum(counts) - counts)[present]
    means = np.zeros((len(counts), reference.shape[1]), dtype=np.float32)
    if len(present):
        means[present] = np.add.reduceat(reference[order], starts) / counts[present, None]
    offset = np.where(counts > 0, (means**2).sum(axis=1) / 2, np.inf).astype(np.float32)
    scored = reference @ means.T - offset
    return (scored if clean is reference else clean @ means.T - offset), scored


def _scaled(values: FloatArray, mean: NDArray[Any], scale: NDArray[Any]) -> FloatArray:
    scaled = (values - mean.astype(np.float32)) / scale.astype(np.float32)
    return np.asarray(np.nan_to_num(scaled, copy=False, nan=0.0))


def _points(features: Features) -> FloatArray:
    return np.asarray(features, dtype=np.float32)


def _pictures(features: Features) -> FloatArray:
    """(n, C · h · w) means of square blocks; what is left over at the right and below is left."""
    pictures = np.asarray(features, dtype=np.float32)
    rows, channels, height, width = pictures.shape
    block = max(1, -(-min(height, width) // _SIDE))
    high, wide = height // block, width // block
    cut = pictures[:, :, : high * block, : wide * block]
    total = np.zeros((rows, channels, high, wide), dtype=np.float32)
    for down in range(block):
        for right in range(block):
            total += cut[:, :, down::block, right::block]
    total /= block**2
    return total.reshape(rows, -1)


def _messages(features: Features) -> FloatArray:
    """(n, places) log(1 + how often a word of that place occurs)."""
    texts = np.asarray(features, dtype=object)
    counts = np.zeros((len(texts), _BUCKETS), dtype=np.float32)
    for _, rows, codes in hashed_words(texts, _BUCKETS):
        np.add.at(counts, (rows, codes), 1)
    return np.log1p(counts)


def _clips(features: Features) -> FloatArray:
    """(n, bands) log of the power in bands of pitch, evenly on a logarithmic scale."""
    clips = np.asarray(features, dtype=np.float32)
    frequencies = clips.shape[1] // 2 + 1
    edges = np.unique(np.geomspace(1, frequencies, _BANDS + 1).astype(np.int64))[:-1]
    loudness = np.empty((len(clips), len(edges)), dtype=np.float32)
    for start in range(0, len(clips), _AT_ONCE):
        spectrum = np.fft.rfft(clips[start : start + _AT_ONCE])
        power = np.square(spectrum.real) + np.square(spectrum.imag)
        loudness[start : start + _AT_ONCE] = np.log(np.add.reduceat(power, edges, axis=1) + 1e-6)
    return loudness


def _table(features: Features) -> FloatArray:
    assert isinstance(features, Table)
    columns = [features.numeric]
    for codes, texts in zip(features.categorical.T, features.categories, strict=True):
        if len(texts) <= _MOST_CATEGORIES:
            columns.append((codes[:, None] == np.arange(len(texts))).astype(np.float32))
    return np.concatenate(columns, axis=1)


_DESCRIBED: dict[Modality, Callable[[Features], FloatArray]] = {
    "points": _points,
    "images": _pictures,
    "text": _messages,
    "sound": _clips,
    "table": _table,
    "series": _table,
}
