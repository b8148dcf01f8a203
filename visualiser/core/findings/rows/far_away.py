"""Rows that are far from all others."""

import math

import numpy as np
from numpy.typing import NDArray

from visualiser.core.findings.spec import (
    Evidence,
    RowFinder,
    Suspects,
    only_labels,
    squashed,
    suspects,
)

_FAR = 3.0
"""Robust standard deviations: one in 700 of normal distances is further out."""
_LEAST, _MOST, _DIP = 0.01, 0.4, 0.87
"""Share of the rows that may be a crowd of their own, and how deep the valley before it has to be:
a share of the lower one of the hills beside it. Valleys of clean data are at 0.89 and above."""
_FEWEST = 1_000
"""Of fewer rows chance alone makes valleys."""
_NARROW, _PLACES = 0.6, 400
"""Of the width that suits one hill (Silverman), and places at which the density is taken."""
_ALIKE = 0.8
"""Share of the rows that are no copies, below which distances have steps of their own."""


def find(evidence: Evidence) -> Suspects:
    """By the mean distance to the nearest rows (Ramaswamy et al. 2000), against the usual one.

    Of a few far rows the spread of the upper half tells how far is far. Many of them widen that
    spread themselves, but make a hill of their own among the distances: then what is beyond the
    valley is far too.
    """
    near = evidence.neighbours
    assert near is not None
    distance = near.distance.astype(np.float64).mean(axis=1)
    known = np.isfinite(distance) & (distance > 0)
    usual = float(np.median(distance[known])) if known.any() else 0.0
    # Of the upper half: far rows make a longer tail than near ones.
    upper = float(np.quantile(distance[known], 0.75)) if known.any() else 0.0
    spread = 1.4826 * (upper - usual)
    off = np.where(known, distance - usual, 0.0)
    far = off / spread if spread > 0 else 0 * off
    limit = _FAR
    if spread > 0 and len(np.unique(near.first_copy)) >= _ALIKE * len(distance):
        limit = min(limit, (_valley(distance[known]) - usual) / spread)

    def reason(row: int) -> str:
        times = distance[row] / usual
        return f"It is {times:.1f} times as far from the rows most like it as others are."

    return suspects(squashed(far, limit), far > limit, reason)


def _valley(distance: NDArray[np.float64]) -> float:
    """Where a crowd of far rows begins: the deepest valley of the density; ∞ without one.

    Of logarithms of distances, by a kernel (Silverman, Density Estimation, 1986).
    """
    values = np.log(distance)
    low, high = np.quantile(values, [0.25, 0.75])
    width = _NARROW * min(float(values.std()), (high - low) / 1.34) * len(values) ** -0.2
    if width <= 0 or len(values) < _FEWEST:
        return math.inf
    edges = np.linspace(values.min() - 3 * width, values.max() + 3 * width, _PLACES + 1)
    places = (edges[1:] + edges[:-1]) / 2
    counts, _ = np.histogram(values, edges)
    kernel = np.exp(-0.5 * ((places - places[_PLACES // 2]) / width) ** 2)
    kernel /= kernel.sum()
    density = np.convolve(counts, kernel, "same")
    deepest, found = _DIP, math.inf
    for place in range(1, _PLACES - 1):
        if density[place - 1] < density[place] or density[place] >= density[place + 1]:
            continue
        hill = min(density[:place].max(), density[place:].max())
        beyond = float((values > places[place]).mean())
        if density[place] <= deepest * hill and _LEAST <= beyond <= _MOST:
            deepest, found = density[place] / hill, float(np.exp(places[place]))
    return found


FINDER = RowFinder(
    name="far",
    title="Unlike all others",
    story="Rows that are far from even those most like them: a reading that failed, a picture of "
    "something else, or a rare case that is worth keeping.",
    source="Distance to the nearest neighbours; Ramaswamy et al., 2000; valleys of the density, "
    "Silverman, 1986",
    looks_for="values",
    needs=frozenset({"neighbours"}),
    refuses=only_labels,
    find=find,
)
