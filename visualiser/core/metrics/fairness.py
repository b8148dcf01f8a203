"""How a model treats groups: rates per group and the gaps between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray

Rates = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GroupRates:
    """Rates of each of G groups, all (G,), NaN where a rate is of no examples.

    Attributes:
        count: examples in the group.
        selection_rate: share that is predicted positive.
        true_positive_rate: share predicted positive of those that are.
        false_positive_rate: share predicted positive of those that are not.
        accuracy: share of right answers.
    """

    count: IntArray
    selection_rate: Rates
    true_positive_rate: Rates
    false_positive_rate: Rates
    accuracy: Rates


def group_rates(
    labels: IntArray, predicted: IntArray, groups: IntArray, group_count: int, positive: int
) -> GroupRates:
    """The rates of each group; `positive` is the favourable class, all others are negative.

    `labels`, `predicted` and `groups` are (N,) codes; a negative group code means unknown and
    is left out.
    """

    def counts(condition: NDArray[np.bool_]) -> IntArray:
        return np.bincount(groups[condition & (groups >= 0)], minlength=group_count)

    selected, actual = predicted == positive, labels == positive
    count, actual_count = counts(groups >= 0), counts(actual)
    return GroupRates(
        count,
        _ratio(counts(selected), count),
        _ratio(counts(selected & actual), actual_count),
        _ratio(counts(selected & ~actual), count - actual_count),
        _ratio(counts(labels == predicted), count),
    )


def equalised_odds_difference(rates: GroupRates) -> float:
    """The larger of the gaps in true and in false positive rate (Hardt et al. 2016).

    A gap that cannot be measured is left out; NaN where neither can.
    """
    gaps = [spread(rates.true_positive_rate), spread(rates.false_positive_rate)]
    known = [gap for gap in gaps if not np.isnan(gap)]
    return max(known, default=float("nan"))


def group_mae(
    targets: NDArray[np.floating[Any]],
    predicted: NDArray[np.floating[Any]],
    groups: IntArray,
    group_count: int,
) -> Rates:
    """(G,) mean absolute error of each group, NaN for an empty one; all arguments (N,)."""
    known = groups >= 0
    errors = np.abs(predicted - targets)[known]
    count = np.bincount(groups[known], minlength=group_count)
    return _ratio(np.bincount(groups[known], weights=errors, minlength=group_count), count)


def worst_group(figures: Rates, *, lower_is_better: bool = False) -> int | None:
    """The code of the group with the worst figure, (G,); None where no figure is known."""
    if np.isnan(figures).all():
        return None
    return int(np.nanargmax(figures) if lower_is_better else np.nanargmin(figures))


def spread(figures: Rates) -> float:
    """Largest less smallest figure of (G,), NaN left out; NaN with fewer than two of them."""
    known = figures[~np.isnan(figures)]
    return float(known.max() - known.min()) if len(known) > 1 else float("nan")


def _ratio(part: NDArray[Any], whole: IntArray) -> Rates:
    ratio: Rates = np.full(len(whole), np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
