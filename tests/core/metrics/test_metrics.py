"""Metrics against scikit-learn, which is too slow for the live loop but right."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn import metrics as oracle

from visualiser.core.metrics import classification, fairness, regression

EXACT = {"rel": 1e-9, "abs": 1e-9}


@st.composite
def answers(draw, most_classes=12):
    """(labels, predicted, classes), both (N,)."""
    count, rows = draw(st.integers(2, most_classes)), draw(st.integers(1, 200))
    random = np.random.default_rng(draw(st.integers(0, 2**31 - 1)))
    return random.integers(0, count, rows), random.integers(0, count, rows), count


@settings(max_examples=40, deadline=None)
@given(answers())
def test_classification_agrees_with_scikit_learn(given_answers):
    labels, predicted, classes = given_answers
    names = np.arange(classes)
    matrix = classification.confusion_matrix(labels, predicted, classes)
    np.testing.assert_array_equal(matrix, oracle.confusion_matrix(labels, predicted, labels=names))
    accuracy = classification.accuracy(labels, predicted)
    assert accuracy == pytest.approx(oracle.accuracy_score(labels, predicted), **EXACT)
    expected = oracle.recall_score(
        labels, predicted, labels=names, average=None, zero_division=np.nan
    )
    np.testing.assert_allclose(classification.recall(matrix), expected, rtol=1e-9)


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(2, 200), scale=st.floats(1e-3, 1e6), seed=st.integers(0, 2**31 - 1))
def test_regression_agrees_with_scikit_learn(rows, scale, seed):
    random = np.random.default_rng(seed)
    targets = random.normal(scale, scale, rows)
    predicted = targets + random.normal(0, scale, rows)
    assert regression.mae(targets, predicted) == pytest.approx(
        oracle.mean_absolute_error(targets, predicted), rel=1e-9
    )
    assert regression.rmse(targets, predicted) == pytest.approx(
        oracle.root_mean_squared_error(targets, predicted), rel=1e-9
    )
    assert regression.r2(targets, predicted) == pytest.approx(
        oracle.r2_score(targets, predicted), **EXACT
    )


def test_what_cannot_be_measured_is_not_a_number():
    none = np.array([], dtype=np.int64)
    assert np.isnan(classification.accuracy(none, none))
    assert np.isnan(regression.mae(none.astype(float), none.astype(float)))
    assert np.isnan(regression.rmse(none.astype(float), none.astype(float)))
    assert np.isnan(regression.r2(none.astype(float), none.astype(float)))
    assert np.isnan(regression.r2(np.full(5, 3.0), np.arange(5.0)))


def group_oracle(labels, predicted, groups, code, positive):
    """Count, selection rate, TPR, FPR and accuracy of one group by scikit-learn."""
    member = groups == code
    actual, selected = labels[member] == positive, predicted[member] == positive
    if not member.any():
        return 0, np.nan, np.nan, np.nan, np.nan
    (tn, fp), (fn, tp) = oracle.confusion_matrix(actual, selected, labels=[False, True])
    return (
        member.sum(),
        (tp + fp) / member.sum(),
        tp / (tp + fn) if tp + fn else np.nan,
        fp / (fp + tn) if fp + tn else np.nan,
        oracle.accuracy_score(labels[member], predicted[member]),
    )


@settings(max_examples=40, deadline=None)
@given(
    answers=answers(most_classes=4),
    group_count=st.integers(2, 6),
    positive=st.integers(0, 1),
    seed=st.integers(0, 2**31 - 1),
)
def test_group_rates_agree_with_scikit_learn_group_by_group(answers, group_count, positive, seed):
    labels, predicted, _ = answers
    groups = np.random.default_rng(seed).integers(-1, group_count, len(labels))
    rates = fairness.group_rates(labels, predicted, groups, group_count, positive)
    expected = np.array(
        [group_oracle(labels, predicted, groups, g, positive) for g in range(group_count)]
    )
    for column, figures in enumerate(
        (
            rates.count,
            rates.selection_rate,
            rates.true_positive_rate,
            rates.false_positive_rate,
            rates.accuracy,
        )
    ):
        np.testing.assert_allclose(figures, expected[:, column], rtol=1e-9, atol=1e-9)


def test_gaps_of_a_hand_made_case():
    labels = np.array([1, 1, 0, 0, 1, 1, 0, 0])
    predicted = np.array([1, 1, 1, 0, 1, 0, 0, 0])
    groups = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    rates = fairness.group_rates(labels, predicted, groups, 3, positive=1)
    assert rates.count.tolist() == [4, 4, 0]
    assert fairness.spread(rates.selection_rate) == pytest.approx(0.75 - 0.25)
    assert fairness.equalised_odds_difference(rates) == pytest.approx(0.5)
    assert fairness.worst_group(rates.selection_rate) == 1
    assert fairness.worst_group(rates.accuracy) == 0, "the first of equals"


def test_equalised_odds_takes_the_rate_that_can_be_measured():
    labels = np.array([1, 1, 1, 1])
    rates = fairness.group_rates(labels, np.array([1, 0, 1, 1]), np.array([0, 0, 1, 1]), 2, 1)
    assert fairness.equalised_odds_difference(rates) == pytest.approx(0.5)


def test_one_group_has_no_gap():
    labels = np.array([1, 0])
    rates = fairness.group_rates(labels, labels, np.array([0, 0]), 2, 1)
    assert np.isnan(fairness.spread(rates.selection_rate))
    assert np.isnan(
        fairness.equalised_odds_difference(
            fairness.group_rates(labels[:1], labels[:1], np.array([0]), 1, 1)
        )
    )
    assert fairness.worst_group(np.full(3, np.nan)) is None


def test_the_error_of_a_group_agrees_with_scikit_learn():
    random = np.random.default_rng(0)
    targets, predicted = random.normal(size=(2, 300))
    groups = random.integers(-1, 3, 300)
    figures = fairness.group_mae(targets, predicted, groups, 4)
    for code in range(3):
        member = groups == code
        expected = oracle.mean_absolute_error(targets[member], predicted[member])
        assert figures[code] == pytest.approx(expected, rel=1e-9)
    assert np.isnan(figures[3])
    assert fairness.worst_group(figures, lower_is_better=True) == int(np.nanargmax(figures))
