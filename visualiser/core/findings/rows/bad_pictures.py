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


def find(evidence: Evidence) -> Suspects:
    """By each flaw how much further out it is than the limit; the worst one counts.

    Distances between whole pictures hardly see noise that is spread over all pixels; each of these
    measures looks for nothing else.
    """
    pictures: FloatArray = np.asarray(evidence.part.features)
    flaws = [flaw for flaw in FLAWS.values() if large_enough(flaw, pictures)]
    measures = [measured(flaw, pictures) for flaw in flaws]
    usual = [float(np.median(measure)) for measure in measures]
    excess = np.stack(
        [
            (measure - middle) / (_limit(flaw, measure, middle) - middle)
            for flaw, measure, middle in zip(flaws, measures, usual, strict=True)
        ]
    )
    worst = excess.argmax(axis=0)
    size = excess.max(axis=0)

    def reason(row: int) -> str:
        flaw = int(worst[row])
        return flaws[flaw].words(float(measures[flaw][row]), usual[flaw])

    return suspects(squashed(size, 1.0), size > 1.0, reason)


def _limit(flaw: Flaw, measure: Measures, middle: float) -> float:
    """From which on a picture has the flaw."""
    spread = max(1.4826 * float(np.median(np.abs(measure - middle))), flaw.spread)
    limit = middle + _FAR * spread
    if flaw.dip:
        limit = min(limit, valley(measure, flaw.dip, _WIDTH))
    return max(limit, flaw.least, middle + 1e-9)


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
