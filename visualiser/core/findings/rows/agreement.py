"""Rows that several finders suspect."""

from collections.abc import Mapping

import numpy as np

from visualiser.core.data.dataset import IntArray
from visualiser.core.findings.spec import Suspects, suspects

AGREEMENT = "agreement"
_AT_LEAST = 2


def agreed(found: Mapping[str, Suspects], titles: Mapping[str, str]) -> Suspects:
    """Suspects of at least two finders: more of them first, equal ones by their mean rank.

    Scores of different finders cannot be compared, ranks can (Borda's count). The label proposed
    is the one that most of those propose; one alone decides between others.
    """
    names = tuple(found)
    flags = np.array([found[name].flagged for name in names])
    ranks = np.mean([_rank(found[name].score) for name in names], axis=0)
    count = flags.sum(axis=0)
    score = np.clip((count + 0.999 * ranks) / (len(names) + 1), 0.0, 1.0)
    flagged = count >= min(_AT_LEAST, len(names))
    proposed, related = _proposals(found, flagged)

    def reason(row: int) -> str:
        those = [titles[name] for name, flag in zip(names, flags[:, row], strict=True) if flag]
        first = next(name for name, flag in zip(names, flags[:, row], strict=True) if flag)
        return f"{len(those)} agree: {', '.join(those)}. {found[first].reasons[row]}"

    return suspects(score, flagged, reason, proposed, related)


def _rank(score: np.ndarray) -> np.ndarray:
    """(n,) share of the rows that are less suspicious, 0 … 1."""
    from scipy.stats import rankdata

    return np.asarray((rankdata(score) - 1) / max(len(score) - 1, 1))


def _proposals(
    found: Mapping[str, Suspects], flagged: np.ndarray
) -> tuple[np.ndarray, IntArray]:
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
