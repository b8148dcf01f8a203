"""Confident learning: labels that contradict what a model says of rows it was not shown."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.findings.rows.answers import best_other, between
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, only_classes, suspects


def find(evidence: Evidence) -> Suspects:
    """By cleanlab: how many labels of each class are wrong, and which of them are so most likely.

    Confident joint and pruning as in Northcutt et al. (2021); rows are ranked by normalised
    margin, p(given) − p(largest other), which also tells classes that are mixed up in pairs.
    """
    assert evidence.foretold is not None
    dataset, given = evidence.dataset, np.asarray(evidence.part.labels, dtype=np.int64)
    output = evidence.foretold.output
    flagged, quality = _by_cleanlab(given, output)
    proposed = best_other(output, given)

    def reason(row: int) -> str:
        there, here = output[row, proposed[row]], output[row, given[row]]
        return (
            "A model that was not shown it says "
            f"{between(dataset, proposed[row], there, given[row], here)}."
        )

    return suspects(1 - quality, flagged, reason, proposed)


def _by_cleanlab(
    given: IntArray, output: NDArray[Any]
) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """(n,) which labels are wrong by its count, and (n,) how good each is, 0 … 1."""
    from cleanlab.filter import find_label_issues
    from cleanlab.rank import get_label_quality_scores

    classes, codes = np.unique(given, return_inverse=True)
    if len(classes) < 2:
        return np.zeros(len(given), dtype=np.bool_), np.ones(len(given))
    known = output[:, classes] + 1e-6  # a class that nobody gives is no answer
    known = known / known.sum(axis=1, keepdims=True)
    flagged = find_label_issues(codes, known, min_examples_per_class=0, n_jobs=1)
    quality = get_label_quality_scores(codes, known, method="normalized_margin")
    return np.asarray(flagged, dtype=np.bool_), np.clip(quality, 0.0, 1.0)


FINDER = RowFinder(
    name="confident",
    title="Confident learning",
    story="A quick model answers rows that it was not shown; where it is sure of another class, "
    "the label is suspect. How many of a class may be wrong is counted first.",
    source="Northcutt et al., Confident Learning, 2021 (cleanlab)",
    looks_for="label",
    needs=frozenset({"foretold"}),
    refuses=only_classes,
    find=find,
)
