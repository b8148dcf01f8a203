"""Amounts that are far from what a model says of rows it was not shown."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.findings.spec import (
    Evidence,
    RowFinder,
    Suspects,
    only_amounts,
    squashed,
    suspects,
)

_FAR = 3.0
"""Robust standard deviations."""
_BINS = 10
"""Of the answers, each with a spread of its own: dear houses are estimated less exactly."""
_LEAST_IN_BIN = 30


def find(evidence: Evidence) -> Suspects:
    """Standardised residuals out of sample.

    The spread is the median absolute deviation (× 1.4826, the standard deviation of normal
    errors) among rows with similar answers, as errors usually grow with the amount.
    """
    assert evidence.foretold is not None
    dataset, part = evidence.dataset, evidence.part
    answer = np.asarray(evidence.foretold.output, dtype=np.float64)
    off = np.asarray(part.labels, dtype=np.float64) - answer
    far = np.abs(off - np.median(off)) / _spread(off, answer)

    def reason(row: int) -> str:
        side = "above" if off[row] > 0 else "below"
        return (
            f"A model that was not shown it says {dataset.label_text(answer[row])}: the target is "
            f"{dataset.amount_text(abs(off[row]))} {side}, {far[row]:.1f} times the usual error."
        )

    return suspects(squashed(far, _FAR), far > _FAR, reason, answer)


def _spread(off: NDArray[np.float64], answer: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) the usual error of rows with similar answers; of few rows that of all."""
    bins = max(1, min(_BINS, len(off) // _LEAST_IN_BIN))
    order = np.argsort(answer, kind="stable")
    spread = np.empty(len(off))
    everywhere = _robust(off)
    for group in np.array_split(order, bins):
        if len(group):
            spread[group] = max(_robust(off[group]), 0.25 * everywhere)
    return np.maximum(spread, 1e-12)


def _robust(values: NDArray[np.float64]) -> float:
    return float(1.4826 * np.median(np.abs(values - np.median(values)))) if len(values) else 0.0


FINDER = RowFinder(
    name="residual",
    title="Far from the estimate",
    story="A quick model estimates rows that it was not shown; where the target is much further "
    "off than usual for such amounts, it is suspect.",
    source="Standardised residuals out of sample, with a robust spread (Rousseeuw & Croux 1993)",
    looks_for="label",
    needs=frozenset({"foretold"}),
    refuses=only_amounts,
    find=find,
)
