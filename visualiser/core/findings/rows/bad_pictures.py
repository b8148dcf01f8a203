"""Pictures with grain, specks, blur, fog or a patch, as the others do not have."""

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.findings.picture_flaws import FLAWS, Flaw, Measures, large_enough, measured
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, squashed, suspects
from visualiser.core.findings.valley import valley

_FAR = 5.0
"""Robust standard deviations (median absolute deviation)."""
_WIDTH = 0.03
"""Of the kernel that looks for a valley: most pictures of a set may measure the same."""
_USUAL = 0.9
_FEWEST, _WORST, _BEYOND, _APART = 30, 0.99, 1.1, 3.0
"""Validation pictures that are compared with at least; which share of them is not worse than the
worst that counts, for one may be bad itself; times as far from their median as that one is; and how
far at least, in spreads."""


def find(evidence: Evidence) -> Suspects:
    """By each flaw how much further out it is than the limit; the worst one counts.

    Distances between whole pictures hardly see noise that is spread over all pixels; each of these
    measures looks for nothing else. What most pictures have is seen against the validation part.
    """
    pictures, others = (np.asarray(part.features) for part in (evidence.part, evidence.validation))
    flaws = list(FLAWS.values())
    measures = [measured(flaw, pictures) for flaw in flaws]
    references = [measured(flaw, others) for flaw in flaws]
    usual = [
        float(np.median(reference if len(reference) >= _FEWEST else measure))
        for measure, reference in zip(measures, references, strict=True)
    ]
    limits = [
        min(max(_alone(flaw, measure, pictures), _common(reference)), _compared(flaw, reference))
        for flaw, measure, reference in zip(flaws, measures, references, strict=True)
    ]
    excess = np.stack(
        [
            (measure - middle) / max(limit - middle, 1e-9)
            for measure, middle, limit in zip(measures, usual, limits, strict=True)
        ]
    )
    worst = excess.argmax(axis=0)
    size = excess.max(axis=0)

    def reason(row: int) -> str:
        flaw = int(worst[row])
        return flaws[flaw].words(float(measures[flaw][row]), usual[flaw])

    return suspects(squashed(size, 1.0), size > 1.0, reason)


def _alone(flaw: Flaw, measure: Measures, pictures: FloatArray) -> float:
    """From which on a picture has what most training pictures have not."""
    if not large_enough(flaw, pictures):
        return np.inf
    middle = float(np.median(measure))
    spread = max(1.4826 * float(np.median(np.abs(measure - middle))), flaw.spread)
    limit = middle + _FAR * spread
    if flaw.dip:
        limit = min(limit, valley(measure, flaw.dip, _WIDTH))
    return max(limit, flaw.least)


def _common(reference: Measures) -> float:
    """What every tenth validation picture has too is no flaw, whatever the others have."""
    return float(np.quantile(reference, _USUAL)) if len(reference) >= _FEWEST else -np.inf


def _compared(flaw: Flaw, reference: Measures) -> float:
    """From which on a picture has what hardly a validation picture has."""
    if len(reference) < _FEWEST:
        return np.inf
    middle = float(np.median(reference))
    beyond = middle + _BEYOND * (float(np.quantile(reference, _WORST)) - middle)
    return max(beyond, middle + _APART * flaw.spread, flaw.least)


def _refuses(dataset: Dataset) -> str | None:
    return None if dataset.modality == "images" else "pictures are looked at, and there are none"


FINDER = RowFinder(
    name="bad_pictures",
    title="Bad pictures",
    story="Pictures with grain, specks, blur, fog or something in front of them, as most others "
    "do not have.",
    source="Noise by the median of the finest details; Donoho & Johnstone, 1994; far out by the "
    "median absolute deviation",
    looks_for="values",
    needs=frozenset(),
    refuses=_refuses,
    find=find,
)
