"""Whether the loss of a row gives away that it was learnt from: membership inference.

Yeom et al. 2018: a model that has learnt its rows by heart has a smaller loss on them than on rows
of the same kind that it never saw. Guessing “member” where the loss is small is right the oftener
the more was learnt by heart. How often, over all places where one may draw the line, is the area
under the ROC curve of −loss: the chance that a row learnt from has a smaller loss than one that
was not. 50 % is guessing; 100 % gives every row away.
"""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.metrics.intervals import Estimate, Values

_DEVIATIONS = 1.959963984540054


def membership_auc(members: NDArray[np.floating], others: NDArray[np.floating]) -> float:
    """The chance that a member's loss is below another row's, ties counting half.

    NaN without losses of both kinds, and where one is no number.
    """
    if not _usable(members, others):
        return float("nan")
    ordered = np.sort(others)
    # The Mann–Whitney statistic, counted in halves so that the sum is exact.
    not_above = np.searchsorted(ordered, members, side="right").sum(dtype=np.int64)
    below = np.searchsorted(ordered, members, side="left").sum(dtype=np.int64)
    pairs = len(members) * len(others)
    return float((2 * pairs - int(not_above) - int(below)) / (2 * pairs))


def membership_estimate(members: NDArray[np.floating], others: NDArray[np.floating]) -> Estimate:
    """The same with the interval of DeLong et al. (1988), which needs no resampling.

    Its variance is that of the shares of other rows that each member is below, over the number of
    members, plus the same the other way round; cut at 0 and 1.
    """
    value = membership_auc(members, others)
    if np.isnan(value) or min(len(members), len(others)) < 2:
        return Estimate(value, float("nan"), float("nan"))
    of_members, of_others = 1 - _shares_below(members, others), _shares_below(others, members)
    variance = of_members.var(ddof=1) / len(members) + of_others.var(ddof=1) / len(others)
    reach = _DEVIATIONS * float(np.sqrt(variance))
    return Estimate(value, max(value - reach, 0.0), min(value + reach, 1.0))


def _shares_below(values: NDArray[np.floating], among: NDArray[np.floating]) -> Values:
    """(N,) which share of `among` is below each value, ties counting half."""
    ordered = np.sort(among)
    sides = (np.searchsorted(ordered, values, side=side) for side in ("left", "right"))
    return np.asarray(sum(sides) / (2 * len(among)), dtype=np.float64)


def _usable(members: NDArray[np.floating], others: NDArray[np.floating]) -> bool:
    both = len(members) > 0 and len(others) > 0
    return both and not (np.isnan(members).any() or np.isnan(others).any())
