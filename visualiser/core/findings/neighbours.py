"""The nearest rows of each row, and which rows are exact copies."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Features, FloatArray, IntArray, Table, read_only
from visualiser.core.data.source import Progress
from visualiser.core.findings.spec import Neighbours

NEAREST = 10
_MOST_OPERATIONS = 4e10
"""Of comparing all with all: some seconds. Beyond, rows are laid out in fewer directions first."""
_DIRECTIONS = 32
_BLOCK_NUMBERS = 4_000_000
"""Distances computed at once: 16 MB, and between two blocks Cancel is heard."""


def nearest_rows(
    features: Features, vectors: FloatArray, cosine: bool, seed: int, progress: Progress
) -> Neighbours:
    """The nearest others of each of n rows; of copies only the first counts as an other.

    Args:
        features: the examples as they are, of which copies are exactly equal.
        vectors: (n, D) as numbers.
        cosine: by the angle between rows instead of their distance, as suits counts of words.
        seed: of the directions, where there are too many rows and numbers to compare all.
        progress: told how far it is.
    """
    first = first_copies(features)
    leaders = np.flatnonzero(first == np.arange(len(first)))
    points = _comparable(vectors, cosine, seed)
    count = min(NEAREST, max(len(leaders) - 1, 1))
    distance = np.full((len(points), count), np.inf, dtype=np.float32)
    position = np.full((len(points), count), -1, dtype=np.int64)
    step = max(1, _BLOCK_NUMBERS // max(len(leaders), 1))
    squares = (points[leaders] ** 2).sum(axis=1)
    for start in range(0, len(points), step) if len(leaders) > 1 else ():
        progress.check()
        progress.update(start / len(points), "Comparing all rows with each other")
        block = slice(start, start + step)
        distance[block], position[block] = _nearest(
            points[block], points[leaders], squares, leaders, first[block], count
        )
    return Neighbours(
        distance=read_only(distance),
        position=read_only(position),
        first_copy=read_only(first),
        dimension=_dimension(distance[leaders]),
    )


def first_copies(features: Features) -> IntArray:
    """(n,) position of the first row that is equal to each row in every value."""
    seen: dict[Any, int] = {}
    keys = keys_of(features)
    return np.array([seen.setdefault(key, place) for place, key in enumerate(keys)], dtype=np.int64)


def keys_of(features: Features) -> list[Any]:
    """For each row something that is equal for rows that are equal in every value."""
    if isinstance(features, Table):
        numbers, codes = features.numeric + 0.0, features.categorical  # −0 is 0
        return [a.tobytes() + b.tobytes() for a, b in zip(numbers, codes, strict=True)]
    if features.dtype == object:
        return list(features)
    return [row.tobytes() for row in np.ascontiguousarray(features + 0)]


def _comparable(vectors: FloatArray, cosine: bool, seed: int) -> FloatArray:
    """Rows whose straight distances are to be compared, in few enough directions."""
    points = np.asarray(vectors, dtype=np.float32)
    if cosine:
        length = np.linalg.norm(points, axis=1, keepdims=True)
        points = points / np.maximum(length, 1e-12)
    rows, width = points.shape
    if rows * rows * width > _MOST_OPERATIONS and width > _DIRECTIONS:
        from sklearn.decomposition import PCA

        few = PCA(_DIRECTIONS, svd_solver="randomized", random_state=seed)
        points = np.asarray(few.fit_transform(points), dtype=np.float32)
    return points


def _nearest(
    block: FloatArray,
    others: FloatArray,
    squares: FloatArray,
    leaders: IntArray,
    own: IntArray,
    count: int,
) -> tuple[FloatArray, IntArray]:
    """(b, count) distances and positions of the others nearest to each row of a block."""
    square = squares[None] - 2 * block @ others.T + (block**2).sum(axis=1, keepdims=True)
    square[leaders[None] == own[:, None]] = np.inf
    kept = min(count, square.shape[1])
    nearest = np.argpartition(square, kept - 1, axis=1)[:, :kept]
    found = np.take_along_axis(square, nearest, axis=1)
    order = np.argsort(found, axis=1, kind="stable")
    nearest = np.take_along_axis(nearest, order, axis=1)
    # Exactly, of those few: squares of large numbers cancel each other badly.
    exact = np.linalg.norm(block[:, None] - others[nearest], axis=2)
    return exact.astype(np.float32), leaders[nearest]


def _dimension(distance: NDArray[Any]) -> float:
    """By the ratio of the distances to the two nearest rows (Facco et al., TwoNN, 2017)."""
    if distance.shape[1] < 2:
        return 1.0
    nearest, second = distance[:, 0].astype(np.float64), distance[:, 1].astype(np.float64)
    apart = (nearest > 0) & np.isfinite(second)
    logs = np.log(second[apart] / nearest[apart])
    total = float(logs.sum())
    return float(np.clip(apart.sum() / total, 1.0, 1_000.0)) if total > 0 else 1.0
