"""Rows whose label several finders suspect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.findings.spec import Suspects, suspects

AGREEMENT = "agreement"
_AT_LEAST = 2


@dataclass(frozen=True)
class Voice:
    """A finder that may agree with others.

    Attributes:
        source: what it looks at; finders that look at the same thing have one voice together.
    """

    source: str


def agreed(found: Mapping[str, Suspects], voices: Mapping[str, Voice]) -> Suspects:
    """Suspects by at least two kinds of evidence: more of them first, then by the mean rank.

    Three finders that look at one training are one witness: they speak by their majority, and
    their ranks are averaged first. Scores of different finders cannot be compared, ranks can
    (Borda's count). The label proposed is the one that most of them propose.
    """
    names = tuple(found)
    sources = tuple(dict.fromkeys(voices[name].source for name in names))
    flags, ranks = [], []
    for source in sources:
        own = [found[name] for name in names if voices[name].source == source]
        flags.append(2 * np.sum([one.flagged for one in own], axis=0) >= len(own))
        ranks.append(np.mean([_rank(one.score) for one in own], axis=0))
    count, rank = np.sum(flags, axis=0), np.mean(ranks, axis=0)
    score = np.clip((count + 0.999 * rank) / (len(sources) + 1), 0.0, 1.0)
    flagged = count >= min(_AT_LEAST, len(sources))
    proposed, related = _proposals(found, flagged)

    def reason(row: int) -> str:
        those = [name for name in names if found[name].flagged[row]]
        return f"{found[those[0]].reasons[row]} {len(those)} of {len(names)} finders agree."

    return suspects(score, flagged, reason, proposed, related)


def _rank(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) share of the rows that are less suspicious, 0 … 1."""
    from scipy.stats import rankdata

    return np.asarray((rankdata(score) - 1) / max(len(score) - 1, 1))


def _proposals(
    found: Mapping[str, Suspects], flagged: NDArray[Any]
) -> tuple[NDArray[np.float64], IntArray]:
    proposed = np.full(len(flagged), np.nan)
    related = np.full(len(flagged), -1, dtype=np.int64)
    for row in np.flatnonzero(flagged):
        those = [one for one in found.values() if one.flagged[row]]
        labels = [float(one.proposed[row]) for one in those if np.isfinite(one.proposed[row])]
        if len(labels) * 2 >= len(those):
            values, counts = np.unique(labels, return_counts=True)
            proposed[row] = values[counts == counts.max()][0]
        related[row] = max(int(one.related[row]) for one in those)
    return proposed, related
