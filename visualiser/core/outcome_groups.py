"""How groups fared in a run: the gap of the student beside that of its clean twin."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.fairness import (
    FEWEST_IN_GROUP,
    GroupRates,
    Rates,
    equalised_odds_difference,
    group_mae,
    group_rates,
    spread,
    worst_group,
)
from visualiser.core.metrics.group_tests import gaps_differ, groups_differ
from visualiser.core.outcome_figures import figure_text, gap_text, watched_labels
from visualiser.core.training.snapshot import Exam, RunInfo


@dataclass(frozen=True)
class GroupRow:
    """One group. Figures are of GroupGap.measure, NaN where the group has no rows."""

    name: str
    rows: int
    student: float
    twin: float | None
    student_text: str
    twin_text: str


@dataclass(frozen=True)
class GroupGap:
    """How differently groups fare on clean rows, with their true labels.

    Attributes:
        title: what tells the groups apart, as in “sex”.
        measure: what the figures are: “share answered “approved””, “accuracy” or “mean error”.
        groups: a row for each group, in the data set's order.
        worst: name of the student's worst group; empty where fewer than two have rows enough, or
            all are alike.
        student, twin: largest less smallest figure, groups with rows enough only; NaN with fewer
            than two of those; `twin` is None without a twin.
        student_text, twin_text: “24.0 points”, “$ 3,100”.
        beyond_chance: the student's groups differ by more than chance explains.
        beyond_twin: its gap differs from that of its twin by more than chance, on the same rows.
        equalised_odds, twin_equalised_odds: the larger gap in true or false positive rate, where
            there are two classes; None otherwise.
    """

    title: str
    measure: str
    groups: tuple[GroupRow, ...]
    worst: str
    student: float
    twin: float | None
    student_text: str
    twin_text: str
    beyond_chance: bool
    beyond_twin: bool
    equalised_odds: float | None
    twin_equalised_odds: float | None

    @property
    def heading(self) -> str:
        """What stands above the groups: “Sex: accuracy”."""
        return f"{self.title[:1].upper()}{self.title[1:]}: {self.measure}"


def watched_gap(
    info: RunInfo, output: NDArray[Any], twin_output: NDArray[Any] | None
) -> GroupGap | None:
    """How the groups fare on the watched validation rows; arguments as in Predictions."""
    groups = info.split.validation.groups
    groups = None if groups is None else groups[info.watched]
    return group_gap(info, watched_labels(info), groups, output, twin_output)


def exam_gap(info: RunInfo, exam: Exam) -> GroupGap | None:
    """How the groups fare on the clean test part."""
    test = info.split.test
    return group_gap(info, test.labels, test.groups, exam.predictions, exam.twin_predictions)


def group_gap(
    info: RunInfo,
    labels: NDArray[Any],
    groups: IntArray | None,
    output: NDArray[Any],
    twin_output: NDArray[Any] | None,
) -> GroupGap | None:
    """How the groups fare on rows with true `labels` and `groups`, (V,) each.

    `output` and `twin_output` as in Predictions. None for data without groups, and where the
    answers are not numbers.
    """
    dataset = info.dataset
    if groups is None or not np.isfinite(output).all():
        return None
    if twin_output is not None and not np.isfinite(twin_output).all():
        twin_output = None
    count = np.bincount(groups[groups >= 0], minlength=len(dataset.group_names))
    figures, rates = _group_figures(dataset, labels, groups, output)
    twin_figures, twin_rates = None, None
    if twin_output is not None:
        twin_figures, twin_rates = _group_figures(dataset, labels, groups, twin_output)
    enough = count >= FEWEST_IN_GROUP
    mine = np.where(enough, figures, np.nan)
    gap = spread(mine)
    twin_gap = None if twin_figures is None else spread(np.where(enough, twin_figures, np.nan))
    lower_is_better = dataset.predicts_amounts
    worst = worst_group(mine, lower_is_better=lower_is_better)
    values, compared = _values(dataset, labels, output), np.flatnonzero(enough)
    return GroupGap(
        dataset.group_title or "group",
        _measure(dataset),
        _group_rows(info, count, figures, twin_figures),
        "" if worst is None or not gap > 0 else dataset.group_names[worst],
        gap,
        twin_gap,
        gap_text(info, gap),
        "" if twin_gap is None else gap_text(info, twin_gap),
        groups_differ(values, groups, compared),
        twin_output is not None
        and gaps_differ(values, _values(dataset, labels, twin_output), groups, compared),
        None if rates is None else equalised_odds_difference(rates),
        None if twin_rates is None else equalised_odds_difference(twin_rates),
    )


def _group_rows(
    info: RunInfo, count: IntArray, figures: Rates, twin_figures: Rates | None
) -> tuple[GroupRow, ...]:
    """A row for each group; all arrays are (G,)."""
    return tuple(
        GroupRow(
            name,
            int(count[code]),
            float(figures[code]),
            None if twin_figures is None else float(twin_figures[code]),
            _row_text(info, figures[code]),
            "" if twin_figures is None else _row_text(info, twin_figures[code]),
        )
        for code, name in enumerate(info.dataset.group_names)
    )


def _row_text(info: RunInfo, figure: float) -> str:
    return f"no {noun_of(info.dataset).many}" if np.isnan(figure) else figure_text(info, figure)


def _measure(dataset: Dataset) -> str:
    if dataset.predicts_amounts:
        return "mean error"
    if dataset.positive_class is None or dataset.class_count != 2:
        return "accuracy"
    return f"share answered “{isolated(dataset.class_names[dataset.positive_class])}”"


def _group_figures(
    dataset: Dataset, labels: NDArray[Any], groups: IntArray, output: NDArray[Any]
) -> tuple[Rates, GroupRates | None]:
    """The figure of each group, (G,), and all its rates where there are two classes."""
    group_count = len(dataset.group_names)
    if dataset.predicts_amounts:
        return group_mae(labels, output, groups, group_count), None
    positive = 1 if dataset.positive_class is None else dataset.positive_class
    rates = group_rates(labels, output.argmax(axis=1), groups, group_count, positive)
    if dataset.class_count != 2:
        return rates.accuracy, None
    return rates.accuracy if dataset.positive_class is None else rates.selection_rate, rates


def _values(dataset: Dataset, labels: NDArray[Any], output: NDArray[Any]) -> NDArray[np.float64]:
    """(V,) what the figure of a group is the mean of."""
    if dataset.predicts_amounts:
        return np.asarray(np.abs(output - labels), dtype=np.float64)
    answers = output.argmax(axis=1)
    told = dataset.positive_class is not None and dataset.class_count == 2
    return np.asarray(answers == (dataset.positive_class if told else labels), dtype=np.float64)
