"""How a model treats groups: rates per group and the gaps between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray

Rates = NDArray[np.float64]


FEWEST_IN_GROUP = 10
"""A group with fewer rows is shown but left out of gaps: its rate is mostly chance."""

OUTCOMES = 5
"""What can come of a row: a positive one found or missed; of a negative one a false alarm, or none
with the right answer or, where there are more classes than two, with a wrong one."""

_FOUND, _MISSED, _ALARM, _QUIET, _CONFUSED = range(OUTCOMES)


@dataclass(frozen=True, eq=False)
class GroupRates:
    """Rates of each of G groups, all (…, G), NaN where a rate is of no examples.

    fairlearn gives 0 for the true positive rate of a group without positive examples, and for the
    false positive rate of one without negative ones; here both are unknown and left out of gaps,
    since a model is not unfair to nobody.

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
    return rates_of(outcome_counts(outcomes(labels, predicted, positive), groups, group_count))


def outcomes(labels: IntArray, predicted: IntArray, positive: int) -> IntArray:
    """(N,) what came of each row, a code below OUTCOMES."""
    selected = predicted == positive
    quiet = np.where(labels == predicted, _QUIET, _CONFUSED)
    found = np.where(selected, _FOUND, _MISSED)
    return np.where(labels == positive, found, np.where(selected, _ALARM, quiet)).astype(np.int64)


def outcome_counts(outcome: IntArray, groups: IntArray, group_count: int) -> IntArray:
    """(G, OUTCOMES) how many rows of each group came to what; both arguments (N,)."""
    known = groups >= 0
    cells = groups[known] * OUTCOMES + outcome[known]
    return np.bincount(cells, minlength=group_count * OUTCOMES).reshape(group_count, OUTCOMES)


def rates_of(counts: NDArray[Any]) -> GroupRates:
    """The rates that belong to (…, G, OUTCOMES) counts."""
    found, missed, alarm, quiet, confused = np.moveaxis(counts, -1, 0)
    actual, others = found + missed, alarm + quiet + confused
    count = actual + others
    return GroupRates(
        count,
        _ratio(found + alarm, count),
        _ratio(found, actual),
        _ratio(alarm, others),
        _ratio(found + quiet, count),
    )


def demographic_parity_difference(rates: GroupRates) -> float:
    """Largest less smallest selection rate (Agarwal et al. 2018); NaN with fewer than two."""
    return spread(rates.selection_rate)


def equalised_odds_difference(rates: GroupRates) -> float:
    """The larger of the gaps in true and in false positive rate (Hardt et al. 2016).

    A gap that cannot be measured is left out; NaN where neither can.
    """
    return float(equalised_odds_differences(rates))


def equalised_odds_differences(rates: GroupRates) -> Rates:
    """The same of (…, G) rates, (…)."""
    gaps = spreads(rates.true_positive_rate), spreads(rates.false_positive_rate)
    return np.asarray(np.fmax(*gaps), dtype=np.float64)


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
    return float(spreads(figures))


def spreads(figures: Rates) -> Rates:
    """The same of each line of (…, G) figures, (…)."""
    known = ~np.isnan(figures)
    highest = np.where(known, figures, -np.inf).max(axis=-1, initial=-np.inf)
    lowest = np.where(known, figures, np.inf).min(axis=-1, initial=np.inf)
    two = np.count_nonzero(known, axis=-1) > 1
    return np.asarray(np.where(two, highest - lowest, np.nan), dtype=np.float64)


def _ratio(part: NDArray[Any], whole: IntArray) -> Rates:
    ratio: Rates = np.full(whole.shape, np.nan)
    np.divide(part, whole, out=ratio, where=whole > 0)
    return ratio
