"""Which figures of groups a data set has, and what a model's answers come to in each group."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.metrics.fairness import FEWEST_IN_GROUP, Rates, group_mae, group_rates
from visualiser.core.metrics.group_intervals import (
    RATES,
    GroupEstimates,
    error_estimates,
    rate_estimates,
)
from visualiser.core.metrics.intervals import Estimate

MAE, ACCURACY = "mae", "accuracy"


def group_figure_names(dataset: Dataset) -> tuple[str, ...]:
    """“mae” where amounts are predicted; every rate of two classes; of more their accuracy.

    What matters most comes first: where no class is the favourable one, that is accuracy. Empty
    for data without groups, and for tasks that answer neither classes nor amounts.
    """
    if dataset.groups is None:
        return ()
    if dataset.predicts_amounts:
        return (MAE,)
    if not dataset.predicts_classes:
        return ()
    if dataset.class_count > 2:
        return (ACCURACY,)
    if dataset.positive_class is not None:
        return tuple(RATES)
    return (ACCURACY, *(name for name in RATES if name != ACCURACY))


def favourable_class(dataset: Dataset) -> int:
    """The class that counts as selected: the favourable one, else the second."""
    return 1 if dataset.positive_class is None else dataset.positive_class


def group_figures(
    dataset: Dataset, labels: NDArray[Any], groups: IntArray, answers: NDArray[Any]
) -> dict[str, Rates]:
    """For each of group_figure_names its (G,) figures, NaN of groups with too few rows to compare.

    `labels`, `groups` and `answers` are of V rows; answers as in Predictions.
    """
    group_count = len(dataset.group_names)
    count = np.bincount(groups[groups >= 0], minlength=group_count)
    names, enough = group_figure_names(dataset), count >= FEWEST_IN_GROUP
    if names == (MAE,):
        figures = {MAE: group_mae(labels, answers, groups, group_count)}
    else:
        predicted = answers.argmax(axis=1)
        rates = group_rates(labels, predicted, groups, group_count, favourable_class(dataset))
        figures = {name: RATES[name](rates) for name in names}
    return {name: np.where(enough, figure, np.nan) for name, figure in figures.items()}


@dataclass(frozen=True, eq=False)
class GroupFindings:
    """How surely groups differ.

    Attributes:
        count: (G,) rows of each group.
        figures: by the names of group_figure_names.
        equalised_odds, twin_equalised_odds: see RateEstimates; None without all the rates.
    """

    count: IntArray
    figures: Mapping[str, GroupEstimates]
    equalised_odds: Estimate | None
    twin_equalised_odds: Estimate | None


def group_findings(
    dataset: Dataset,
    labels: NDArray[Any],
    groups: IntArray,
    answers: NDArray[Any],
    twin_answers: NDArray[Any] | None,
) -> GroupFindings:
    """All figures with intervals, in some milliseconds; arguments as in group_figures."""
    group_count = len(dataset.group_names)
    count = np.bincount(groups[groups >= 0], minlength=group_count)
    names = group_figure_names(dataset)
    if names == (MAE,):
        errors = np.abs(answers - labels)
        twin_errors = None if twin_answers is None else np.abs(twin_answers - labels)
        found = error_estimates(errors, twin_errors, groups, group_count)
        return GroupFindings(count, {MAE: found}, None, None)
    rates = rate_estimates(
        labels,
        answers.argmax(axis=1),
        None if twin_answers is None else twin_answers.argmax(axis=1),
        groups,
        group_count,
        favourable_class(dataset),
    )
    whole = len(names) == len(RATES)
    return GroupFindings(
        count,
        {name: rates.rates[name] for name in names},
        rates.equalised_odds if whole else None,
        rates.twin_equalised_odds if whole else None,
    )
