"""Gaps between groups against fairlearn, which is too slow for the live loop but right."""

import numpy as np
import pytest
from fairlearn import metrics as oracle
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score

from visualiser.core.metrics import fairness

EXACT = {"rel": 1e-9, "abs": 1e-9}
RATES = {
    "selection_rate": oracle.selection_rate,
    "true_positive_rate": oracle.true_positive_rate,
    "false_positive_rate": oracle.false_positive_rate,
    "accuracy": accuracy_score,
}


@st.composite
def group_answers(draw):
    """(labels, predicted, groups), (N,) each, every group code present; some lack positives."""
    random = np.random.default_rng(draw(st.integers(0, 2**31 - 1)))
    group_count, rows = draw(st.integers(2, 6)), draw(st.integers(12, 150))
    groups = np.concatenate([np.arange(group_count), random.integers(0, group_count, rows)])
    labels = (random.random(len(groups)) < draw(st.floats(0, 1))).astype(np.int64)
    if draw(st.booleans()):
        labels[groups == draw(st.integers(0, group_count - 1))] = draw(st.integers(0, 1))
    predicted = np.where(random.random(len(groups)) < 0.3, 1 - labels, labels)
    return labels, predicted, groups


def as_fairlearn_has_it(rates):
    """With 0 where a rate is of no examples; there is no group without any."""
    return fairness.GroupRates(
        rates.count,
        *(np.nan_to_num(getattr(rates, name)) for name in RATES),
    )


@settings(max_examples=40, deadline=None)
@given(group_answers())
def test_rates_of_groups_are_those_of_a_metric_frame(given_answers):
    labels, predicted, groups = given_answers
    frame = oracle.MetricFrame(
        metrics=RATES, y_true=labels, y_pred=predicted, sensitive_features=groups
    ).by_group
    rates = fairness.group_rates(labels, predicted, groups, groups.max() + 1, positive=1)
    for name in RATES:
        mine = getattr(as_fairlearn_has_it(rates), name)
        np.testing.assert_allclose(mine, frame[name].to_numpy(dtype=float), rtol=1e-9, atol=1e-9)
    worst = fairness.worst_group(rates.accuracy)
    assert rates.accuracy[worst] == pytest.approx(frame["accuracy"].min(), **EXACT)


@settings(max_examples=40, deadline=None)
@given(group_answers())
def test_gaps_are_those_of_fairlearn_once_unknown_rates_are_called_0(given_answers):
    labels, predicted, groups = given_answers
    arguments = {"y_true": labels, "y_pred": predicted, "sensitive_features": groups}
    rates = fairness.group_rates(labels, predicted, groups, groups.max() + 1, positive=1)
    assert fairness.demographic_parity_difference(rates) == pytest.approx(
        oracle.demographic_parity_difference(**arguments), **EXACT
    )
    odds = oracle.equalized_odds_difference(**arguments)
    of_fairlearn = fairness.equalised_odds_difference(as_fairlearn_has_it(rates))
    assert of_fairlearn == pytest.approx(odds, **EXACT)
    unknown = np.isnan(rates.true_positive_rate) | np.isnan(rates.false_positive_rate)
    if not unknown.any():
        assert fairness.equalised_odds_difference(rates) == pytest.approx(odds, **EXACT)


def test_a_group_without_positives_makes_no_gap_in_the_true_positive_rate():
    labels, predicted = np.array([1, 1, 0, 0, 0, 0]), np.array([1, 1, 0, 0, 0, 0])
    groups = np.array([0, 0, 0, 1, 1, 1])
    rates = fairness.group_rates(labels, predicted, groups, 2, positive=1)
    assert np.isnan(rates.true_positive_rate[1])
    assert fairness.equalised_odds_difference(rates) == 0, "a perfect model is fair"
    assert oracle.equalized_odds_difference(labels, predicted, sensitive_features=groups) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**31 - 1), st.integers(0, 5), st.integers(1, 4))
def test_spreads_of_many_lines_are_the_spread_of_each(seed, group_count, lines):
    random = np.random.default_rng(seed)
    figures = random.random((lines, group_count))
    figures[random.random(figures.shape) < 0.3] = np.nan
    each = [fairness.spread(line) for line in figures]
    np.testing.assert_array_equal(fairness.spreads(figures), each)


def test_outcomes_of_more_than_two_classes_know_a_wrong_answer_from_a_right_one():
    labels, predicted = np.array([1, 1, 0, 0, 2]), np.array([1, 0, 1, 2, 2])
    outcome = fairness.outcomes(labels, predicted, positive=1)
    counts = fairness.outcome_counts(outcome, np.zeros(5, dtype=np.int64), 1)
    assert counts.tolist() == [[1, 1, 1, 1, 1]]
    assert fairness.rates_of(counts).accuracy.tolist() == [0.4]
