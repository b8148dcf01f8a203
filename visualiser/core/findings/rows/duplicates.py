"""Rows that are there more than once, exactly or nearly."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.nouns import noun_of
from visualiser.core.findings.spec import (
    Evidence,
    Neighbours,
    RowFinder,
    Suspects,
    only_labels,
    suspects,
)

_BY_CHANCE = 0.001
"""Share of unrelated rows that may be called nearly the same."""
_MOST_NEAR = 0.3
"""Of the usual distance to the nearest row: what is further away is another example."""


def find(evidence: Evidence) -> Suspects:
    """Copies of an earlier row, and rows that are much nearer to one than rows usually are.

    How near is near depends on in how many directions rows spread: where the nearest row usually
    is at a distance r, chance puts one within a share f of it with probability about
    f^dimension · ln 2. The row that comes later is the one to leave out.
    """
    near = evidence.neighbours
    assert near is not None
    rows = np.arange(len(near.first_copy))
    exact = near.first_copy != rows
    nearest, usual = near.distance[:, 0].astype(np.float64), _usual(near)
    close = ~exact & (nearest < _closeness(near.dimension) * usual)
    earlier = near.position[:, 0] < rows
    related = np.where(exact, near.first_copy, np.where(close & earlier, near.position[:, 0], -1))
    with np.errstate(invalid="ignore"):
        likeness = np.where(np.isfinite(nearest), np.exp(-nearest / max(usual, 1e-12)), 0.0)
    score = np.where(exact, 1.0, 0.99 * np.where(earlier, likeness, 0.5 * likeness))
    return suspects(score, related >= 0, _reason(evidence, exact, related), None, related)


def _usual(near: Neighbours) -> float:
    """The median distance to the nearest row that is no copy."""
    leaders = near.first_copy == np.arange(len(near.first_copy))
    nearest = near.distance[leaders, 0]
    apart = nearest[np.isfinite(nearest)]
    return float(np.median(apart)) if len(apart) else 0.0


def _closeness(dimension: float) -> float:
    """Share of the usual distance below which two rows are nearly the same."""
    return min(_MOST_NEAR, float((_BY_CHANCE / np.log(2)) ** (1 / dimension)))


def _reason(
    evidence: Evidence, exact: NDArray[np.bool_], related: IntArray
) -> Callable[[int], str]:
    part, dataset = evidence.part, evidence.dataset
    noun = noun_of(dataset)

    def reason(row: int) -> str:
        other = int(related[row])
        same = "The same as" if exact[row] else "Nearly the same as"
        text = f"{same} {noun.one} {int(part.rows[other]) + 1:,}"
        if part.labels[other] != part.labels[row]:
            return f"{text}, which is labelled “{dataset.label_text(part.labels[other])}”."
        return f"{text}, with the same label."

    return reason


FINDER = RowFinder(
    name="duplicates",
    title="Duplicates",
    story="The same example again, exactly or nearly: it weighs more than the others, and one "
    "that is in training and in the test makes the test too easy.",
    source="Nearest neighbours, with a threshold from the intrinsic dimension (Facco et al., "
    "TwoNN, 2017)",
    looks_for="copy",
    needs=frozenset({"neighbours"}),
    refuses=only_labels,
    find=find,
)
