"""How sure rates of groups and the gaps between them are, and what gap chance alone would make.

A rate depends on nothing but how many rows of a group came to what (fairness.OUTCOMES). Drawing N
rows with replacement therefore is one multinomial draw over these counts: the bootstrap itself,
not an approximation of it, in milliseconds for any number of rows. Two models that answered the
same rows are drawn together, so that the difference of their gaps is judged row by row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.metrics.fairness import (
    FEWEST_IN_GROUP,
    OUTCOMES,
    GroupRates,
    Rates,
    equalised_odds_difference,
    equalised_odds_differences,
    group_mae,
    outcomes,
    rates_of,
    spread,
    spreads,
)
from visualiser.core.metrics.intervals import (
    Estimate,
    Estimates,
    estimate,
    estimates,
    resampled_sums,
    upper_quantile,
)

REPLICATES = 1000
_SEED = 11

RATES: Mapping[str, Callable[[GroupRates], Rates]] = {
    "selection_rate": lambda rates: rates.selection_rate,
    "true_positive_rate": lambda rates: rates.true_positive_rate,
    "false_positive_rate": lambda rates: rates.false_positive_rate,
    "accuracy": lambda rates: rates.accuracy,
}
"""The rates of a group that can be compared."""


@dataclass(frozen=True, eq=False)
class GroupEstimates:
    """One figure of each of G groups, and its gap: the largest less the smallest.

    Groups with fewer than FEWEST_IN_GROUP rows have a figure but no part in gaps.

    A gap is never below zero, and its interval leans upwards where there is none: whether there is
    one is told by `chance`, whether it is another than the twin's by `beyond_twin`.

    Attributes:
        student, twin: of each group; `twin` is None without one.
        gap, twin_gap: see above; NaN with fewer than two groups of rows enough.
        beyond_twin: `gap` less `twin_gap`, of rows drawn together.
        chance: what the gap would stay below in 95 of 100 samples, were there none in truth.
    """

    student: Estimates
    twin: Estimates | None
    gap: Estimate
    twin_gap: Estimate | None
    beyond_twin: Estimate | None
    chance: float


@dataclass(frozen=True, eq=False)
class RateEstimates:
    """Every rate of each group, and the equalised-odds difference, with intervals.

    Attributes:
        rates: by the names in RATES. The gap of “selection_rate” is the demographic-parity
            difference.
        equalised_odds, twin_equalised_odds: the larger gap in true or in false positive rate.
    """

    rates: Mapping[str, GroupEstimates]
    equalised_odds: Estimate
    twin_equalised_odds: Estimate | None


def rate_estimates(
    labels: IntArray,
    predicted: IntArray,
    twin_predicted: IntArray | None,
    groups: IntArray,
    group_count: int,
    positive: int,
) -> RateEstimates:
    """Of answers of one model or two to the same rows; arguments (N,) as in group_rates."""
    known = groups >= 0
    mine = outcomes(labels, predicted, positive)[known]
    other = mine if twin_predicted is None else outcomes(labels, twin_predicted, positive)[known]
    cells = (groups[known] * OUTCOMES + mine) * OUTCOMES + other
    shape = (group_count, OUTCOMES, OUTCOMES)
    counts = np.bincount(cells, minlength=int(np.prod(shape)))
    drawn = _drawn(counts).reshape(-1, *shape)
    counts = counts.reshape(shape)
    enough = counts.sum(axis=(1, 2)) >= FEWEST_IN_GROUP
    student = _Sampled(counts.sum(axis=2), drawn.sum(axis=3), enough)
    twin = None
    if twin_predicted is not None:
        twin = _Sampled(counts.sum(axis=1), drawn.sum(axis=2), enough)
    return RateEstimates(
        {name: _group_estimates(name, student, twin) for name in RATES},
        student.equalised_odds(),
        None if twin is None else twin.equalised_odds(),
    )


class _Sampled:
    """Counts of one model, (G, OUTCOMES), and the same drawn again and again, (R, G, OUTCOMES)."""

    def __init__(self, counts: IntArray, drawn: IntArray, enough: NDArray[np.bool_]) -> None:
        self.rates, self.drawn_rates = rates_of(counts), rates_of(drawn)
        self.counted = counts * enough[:, None]
        self._gap_rates = rates_of(self.counted)
        self._drawn_gap_rates = rates_of(drawn * enough[:, None])

    def gap(self, name: str) -> tuple[float, Rates]:
        """Of a rate: measured, and (R,) of the draws."""
        rate = RATES[name]
        return spread(rate(self._gap_rates)), spreads(rate(self._drawn_gap_rates))

    def equalised_odds(self) -> Estimate:
        value = equalised_odds_difference(self._gap_rates)
        return estimate(value, equalised_odds_differences(self._drawn_gap_rates))


def _group_estimates(name: str, student: _Sampled, twin: _Sampled | None) -> GroupEstimates:
    rate, (gap, gaps) = RATES[name], student.gap(name)
    of_twin = twin_gap = beyond = None
    if twin is not None:
        value, values = twin.gap(name)
        of_twin = estimates(rate(twin.rates), rate(twin.drawn_rates))
        twin_gap, beyond = estimate(value, values), estimate(gap - value, gaps - values)
    return GroupEstimates(
        estimates(rate(student.rates), rate(student.drawn_rates)),
        of_twin,
        estimate(gap, gaps),
        twin_gap,
        beyond,
        _chance_gap(name, student.counted),
    )


def _drawn(counts: IntArray) -> IntArray:
    """(R, C) as many rows as `counts`, (C,), has, drawn from it with replacement."""
    filled = np.flatnonzero(counts)  # cells that nothing fell into stay empty
    drawn = np.zeros((REPLICATES, len(counts)), dtype=np.int64)
    if len(filled):
        rows = int(counts.sum())
        generator = np.random.default_rng(_SEED)
        drawn[:, filled] = generator.multinomial(rows, counts[filled] / rows, REPLICATES)
    return drawn


def _chance_gap(name: str, counts: IntArray) -> float:
    """What gap chance makes where every group has the rate of all; `counts` (G, OUTCOMES)."""
    found, missed, alarm, quiet, confused = counts.T
    part, whole = {
        "selection_rate": (found + alarm, counts.sum(axis=1)),
        "true_positive_rate": (found, found + missed),
        "false_positive_rate": (alarm, alarm + quiet + confused),
        "accuracy": (found + quiet, counts.sum(axis=1)),
    }[name]
    rows = whole[whole > 0]
    if len(rows) < 2:
        return float("nan")
    share = float(part.sum() / whole.sum())
    drawn = np.random.default_rng(_SEED).binomial(rows, share, (REPLICATES, len(rows)))
    return upper_quantile(spreads(drawn / rows))


def error_estimates(
    errors: NDArray[Any], twin_errors: NDArray[Any] | None, groups: IntArray, group_count: int
) -> GroupEstimates:
    """The mean of absolute errors, (N,) each, of every group with at least one row."""
    known = groups >= 0
    groups, members = groups[known], np.eye(group_count)[groups[known]]
    count = members.sum(axis=0)
    enough = count >= FEWEST_IN_GROUP
    mine = errors[known].astype(np.float64)
    models = [mine] if twin_errors is None else [mine, twin_errors[known].astype(np.float64)]
    scale = max((float(np.abs(model).max(initial=0.0)) for model in models), default=0.0) or 1.0
    sums = resampled_sums(np.hstack([members, *(members * (m / scale)[:, None] for m in models)]))
    drawn_count, *drawn_sums = np.split(sums, len(models) + 1, axis=1)
    figures = [group_mae(np.zeros(len(m)), m, groups, group_count) for m in models]
    drawn = [_means(part, drawn_count) * scale for part in drawn_sums]
    gaps = [spread(np.where(enough, figure, np.nan)) for figure in figures]
    drawn_gaps = [spreads(np.where(enough, means, np.nan)) for means in drawn]
    paired = twin_errors is not None
    return GroupEstimates(
        estimates(figures[0], drawn[0]),
        estimates(figures[1], drawn[1]) if paired else None,
        estimate(gaps[0], drawn_gaps[0]),
        estimate(gaps[1], drawn_gaps[1]) if paired else None,
        estimate(gaps[0] - gaps[1], drawn_gaps[0] - drawn_gaps[1]) if paired else None,
        _chance_error_gap(mine[np.isin(groups, np.flatnonzero(enough))], count[enough]),
    )


def _means(sums: Rates, count: Rates) -> Rates:
    means: Rates = np.full(sums.shape, np.nan)
    np.divide(sums, count, out=means, where=count > 0.5)
    return means


def _chance_error_gap(errors: Rates, count: Rates) -> float:
    """What gap chance makes where the errors of every group are those of all, by their means."""
    if len(count) < 2:
        return float("nan")
    generator = np.random.default_rng(_SEED)
    means = generator.normal(size=(REPLICATES, len(count))) * errors.std() / np.sqrt(count)
    return upper_quantile(spreads(means))
