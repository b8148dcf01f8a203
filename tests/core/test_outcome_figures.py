"""Model and twin compared: figures, their differences, and what is within chance."""

import numpy as np
import pytest
from scipy import stats

from tests.core.made_snapshots import (
    ROWS,
    accuracy,
    dataset,
    error,
    prices,
    run_info,
    snapshot,
    told,
    watched,
)
from visualiser.core.metrics.classification import share_error
from visualiser.core.outcome import describe
from visualiser.core.outcome_figures import difference_text
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.snapshot import (
    Exam,
    Predictions,
)


def test_accuracies_are_compared_in_points():
    outcome = describe(snapshot(accuracy(0.817), accuracy(0.942)))
    assert outcome.metric_title == "accuracy"
    assert outcome.unit == "%"
    figures = outcome.validation
    assert (figures.student_text, figures.twin_text) == ("81.7\xa0%", "94.2\xa0%")
    assert figures.difference == pytest.approx(-0.125)
    assert figures.difference_text == "−12.5\xa0points"
    assert figures.effect == "worse"
    assert figures.rows == ROWS


def test_errors_are_compared_in_the_unit_of_the_target():
    outcome = describe(snapshot(error(62_100), error(51_000), prices()))
    assert outcome.unit == "$"
    assert outcome.validation.student_text == "$\xa062,100"
    assert outcome.validation.difference_text == "+$\xa011,100"
    assert outcome.validation.effect == "worse"


@pytest.mark.parametrize(
    ("difference", "text"),
    [
        (0.031, "+3.1\xa0points"),
        (-0.031, "−3.1\xa0points"),
        (0.0, "±0.0\xa0points"),
        (-1e-5, "±0.0\xa0points"),
    ],
)
def test_a_difference_has_its_sign(difference, text):
    assert difference_text(run_info(dataset()), difference) == text


def test_the_standard_error_of_a_share_is_the_binomial_one_but_never_nothing():
    assert share_error(0.3, 10_000) == pytest.approx(np.sqrt(0.3 * 0.7 / 10_000), rel=1e-3)
    assert share_error(1.0, 10) > 0.05


def test_the_standard_error_of_a_mean_error_comes_from_the_spread_of_the_errors():
    random = np.random.default_rng(0)
    errors = np.abs(random.normal(0, 1000, ROWS))
    figures = Figures(
        0.1, {"mae": errors.mean(), "rmse": float(np.sqrt((errors**2).mean())), "r2": 0.5}
    )
    outcome = describe(snapshot(figures, None, prices()))
    assert outcome.validation.standard_error == pytest.approx(errors.std() / np.sqrt(ROWS))


def test_the_exam_is_compared_once_it_is_open():
    assert describe(snapshot(accuracy(0.8), accuracy(0.9))).exam is None
    exam = Exam(150, accuracy(0.79), accuracy(0.93), np.zeros((ROWS, 10)), np.zeros((ROWS, 10)))
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), exam=exam))
    assert outcome.exam is not None
    assert outcome.exam.difference_text == "−14.0\xa0points"
    assert outcome.exam_step == 150


def shared_mistakes(labels: np.ndarray, own: int) -> Predictions:
    """Student and twin err on the same 100 rows, the student on `own` rows more."""
    twin, student = labels.copy(), labels.copy()
    wrong = (labels + 1) % 10
    twin[:100], student[: 100 + own] = wrong[:100], wrong[: 100 + own]
    return Predictions(np.eye(10)[student], np.eye(10)[twin])


def test_a_difference_too_small_for_two_samples_is_clear_row_by_row():
    figures = accuracy(0.76), accuracy(0.80)
    assert describe(snapshot(*figures)).validation.effect == "no clear difference"
    predictions = shared_mistakes(watched(dataset()), 20)
    made = snapshot(*figures, predictions=predictions)
    outcome = describe(made)
    assert outcome.validation.effect == "worse"
    assert outcome.validation.standard_error == pytest.approx(np.sqrt(20 - 400 / ROWS) / ROWS)
    assert "costs 4.0 points" in told(made)


def test_four_rows_that_only_the_twin_has_right_are_within_chance():
    predictions = shared_mistakes(watched(dataset()), 4)
    text = told(snapshot(accuracy(0.792), accuracy(0.8), predictions=predictions))
    assert "no clear difference" in text


def test_the_exam_is_judged_row_by_row_too():
    labels = run_info(dataset()).split.test.labels
    for own, effect in ((20, "worse"), (4, "no clear difference")):
        answers = shared_mistakes(labels, own)
        exam = Exam(
            150, accuracy(0.8 - own / ROWS), accuracy(0.8), answers.output, answers.twin_output
        )
        outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), exam=exam))
        assert outcome.exam is not None
        assert outcome.exam.effect == effect


def test_errors_of_a_regression_are_judged_row_by_row():
    data = prices()
    labels, random = watched(data), np.random.default_rng(3)
    shared = np.abs(random.normal(0, 20_000, ROWS))
    more = shared + random.normal(700, 2_000, ROWS)
    figures = [
        Figures(0.3, {"mae": e.mean(), "rmse": float(np.sqrt((e**2).mean())), "r2": 0.8})
        for e in (np.abs(more), shared)
    ]
    assert describe(snapshot(*figures, data)).validation.effect == "no clear difference"
    predictions = Predictions(labels + more, labels - shared)
    outcome = describe(snapshot(*figures, data, predictions=predictions))
    assert outcome.validation.effect == "worse"
    oracle = stats.ttest_rel(np.abs(more), shared).statistic
    figure = outcome.validation
    assert figure.difference / figure.standard_error == pytest.approx(oracle)
