"""Rows of groups, with the gap between them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.made_snapshots import (
    ROWS,
    accuracy,
    answers,
    dataset,
    error,
    group_snapshot,
    prices,
    run_info,
    snapshot,
    watched,
)
from visualiser.core.outcome import describe
from visualiser.core.training.snapshot import (
    Exam,
    Predictions,
)


def test_groups_are_shown_with_the_gap_of_student_and_twin():
    gap = describe(group_snapshot(30, 0)).groups
    assert gap is not None
    assert gap.title == "applicant"
    assert gap.measure == "share answered “approved”"
    assert gap.heading == "Applicant: share answered “approved”"
    many, few = gap.groups
    assert (many.name, few.name) == ("many", "few")
    assert many.rows + few.rows == ROWS
    assert few.student == pytest.approx((few.rows / 2 - 30) / few.rows, abs=0.01)
    assert gap.worst == "few"
    assert gap.student == pytest.approx(many.student - few.student)
    assert gap.twin == pytest.approx(abs(many.twin - few.twin))
    assert gap.student_text == f"{100 * gap.student:.1f}\xa0points"
    assert gap.equalised_odds == pytest.approx(30 / np.ceil(few.rows / 2), abs=0.02)


def test_groups_of_a_regression_are_shown_with_their_errors():
    data = prices(groups=True)
    part = run_info(data).split.validation
    output = part.labels + np.where(part.groups == 1, 30_000.0, 10_000.0)
    twin = part.labels + 10_000.0
    gap = describe(
        snapshot(error(15_000), error(10_000), data, predictions=Predictions(output, twin))
    ).groups
    assert gap is not None
    assert gap.measure == "mean error"
    assert gap.worst == "few"
    assert gap.student_text == "$\xa020,000"
    assert gap.equalised_odds is None


def test_a_group_of_few_rows_is_shown_but_makes_no_gap():
    data = dataset(2, groups=True)
    groups = np.zeros(3 * ROWS, dtype=np.int64)
    groups[ROWS : ROWS + 4] = 1
    data = replace(data, groups=groups)
    output = answers(watched(data), 2, {1: (2, 0)})
    outcome = describe(
        snapshot(accuracy(0.99), accuracy(0.99), data, predictions=Predictions(output, output))
    )
    assert outcome.groups is not None
    assert outcome.groups.groups[1].rows == 4
    assert np.isnan(outcome.groups.student)
    assert outcome.groups.student_text == ""


def test_the_exam_tells_how_the_groups_fare_on_the_test_part():
    data = dataset(2, groups=True)
    test = run_info(data).split.test
    denied = test.labels.copy()
    denied[np.flatnonzero(test.groups == 1)] = 0
    figures = accuracy(0.8), accuracy(1.0)
    exam = Exam(150, *figures, np.eye(2)[denied], np.eye(2)[test.labels])
    outcome = describe(snapshot(*figures, data, exam=exam))
    gap = outcome.exam_groups
    assert gap is not None
    assert [row.rows for row in gap.groups] == np.bincount(test.groups).tolist()
    assert gap.groups[1].student == 0
    assert gap.student_text == gap.groups[0].student_text.replace("%", "points")
    assert gap.twin is not None and gap.twin < 0.05
    assert outcome.groups is None


def test_a_sealed_exam_tells_nothing_of_groups():
    assert describe(group_snapshot(30, 0)).exam_groups is None
