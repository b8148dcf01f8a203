"""Rows that are far from all others."""

import numpy as np

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


def find(evidence: Evidence) -> Suspects:
    """By the mean distance to the nearest rows (Ramaswamy et al. 2000), against the usual one."""
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

    def reason(row: int) -> str:
        times = distance[row] / usual
        return f"It is {times:.1f} times as far from the rows most like it as others are."

    return suspects(squashed(far, _FAR), far > _FAR, reason)


FINDER = RowFinder(
    name="far",
    title="Unlike all others",
    story="Rows that are far from even those most like them: a reading that failed, a picture of "
    "something else, or a rare case that is worth keeping.",
    source="Distance to the nearest neighbours; Ramaswamy et al., 2000",
    looks_for="values",
    needs=frozenset({"neighbours"}),
    refuses=only_labels,
    find=find,
)
