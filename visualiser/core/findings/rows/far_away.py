"""Rows that are far from all others."""

import math

import numpy as np

from visualiser.core.findings.spec import (
    Evidence,
    RowFinder,
    Suspects,
    only_labels,
    squashed,
    suspects,
)
from visualiser.core.findings.valley import valley

_FAR = 3.0
"""Robust standard deviations: one in 700 of normal distances is further out."""
_DIP = 0.87
"""How deep the valley before a crowd of far rows has to be: those of clean data are at 0.89 and
above."""
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
        limit = min(limit, (math.exp(valley(np.log(distance[known]), _DIP)) - usual) / spread)

    def reason(row: int) -> str:
        times = distance[row] / usual
        return f"It is {times:.1f} times as far from the rows most like it as others are."

    return suspects(squashed(far, limit), far > limit, reason)


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
