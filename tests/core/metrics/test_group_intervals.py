"""Bootstrap intervals of rates against drawing rows one by one, and what they promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.metrics import fairness
from visualiser.core.metrics.group_intervals import RATES, error_estimates, rate_estimates


def made(rows=400, group_count=3, seed=0, selected=(0.5, 0.5, 0.5)):
    """Labels, answers of two models and groups; answers are positive at a rate for each group."""
    random = np.random.default_rng(seed)
    groups = random.integers(0, group_count, rows)
    labels = random.integers(0, 2, rows)
    rate = np.resize(selected, group_count)[groups]
    return labels, *((random.random(rows) < rate).astype(np.int64) for _ in range(2)), groups


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**31 - 1), st.integers(2, 8), st.integers(2, 3))
def test_figures_are_the_rates_and_gaps_themselves(seed, group_count, classes):
    random = np.random.default_rng(seed)
    labels, predicted, twin = random.integers(0, classes, (3, 200))
    groups = random.integers(-1, group_count, 200)
    groups[:4] = group_count  # a small group has a rate but no part in gaps
    found = rate_estimates(labels, predicted, twin, groups, group_count + 1, positive=1)
    for answers, mine, odds in (
        (predicted, lambda e: (e.student, e.gap), found.equalised_odds),
        (twin, lambda e: (e.twin, e.twin_gap), found.twin_equalised_odds),
    ):
        rates = fairness.group_rates(labels, answers, groups, group_count + 1, positive=1)
        large = np.where(rates.count >= fairness.FEWEST_IN_GROUP, groups_of(rates), -1)
        kept = np.where(np.isin(groups, large[large >= 0]), groups, -1)
        gap_rates = fairness.group_rates(labels, answers, kept, group_count + 1, positive=1)
        for name, rate in RATES.items():
            figures, gap = mine(found.rates[name])
            np.testing.assert_array_equal(figures.value, rate(rates))
            np.testing.assert_equal(gap.value, fairness.spread(rate(gap_rates)))
            inside = np.isnan(figures.value) | (figures.low <= figures.high)
            assert inside.all()
        np.testing.assert_equal(odds.value, fairness.equalised_odds_difference(gap_rates))


def groups_of(rates):
    return np.arange(len(rates.count))


def test_intervals_are_those_of_rows_drawn_with_replacement():
    labels, predicted, twin, groups = made(selected=(0.2, 0.5, 0.8))
    random, drawn = np.random.default_rng(1), []
    for _ in range(1500):
        rows = random.integers(0, len(labels), len(labels))
        drawn.append([
            fairness.group_rates(labels[rows], answers[rows], groups[rows], 3, positive=1)
            for answers in (predicted, twin)
        ])  # fmt: skip
    found = rate_estimates(labels, predicted, twin, groups, 3, positive=1)
    for name, rate in RATES.items():
        mine = found.rates[name]
        rates = np.array([rate(student) for student, _ in drawn])
        low, high = np.quantile(rates, [0.025, 0.975], axis=0)
        np.testing.assert_allclose(mine.student.low, low, atol=0.02)
        np.testing.assert_allclose(mine.student.high, high, atol=0.02)
        gaps = np.array([[fairness.spread(rate(one)) for one in pair] for pair in drawn])
        expected = np.quantile(gaps[:, 0] - gaps[:, 1], [0.025, 0.975])
        assert mine.beyond_twin is not None
        assert (mine.beyond_twin.low, mine.beyond_twin.high) == pytest.approx(expected, abs=0.03)


def test_the_same_answers_always_have_the_same_interval():
    labels, predicted, twin, groups = made()
    first, second = (rate_estimates(labels, predicted, twin, groups, 3, 1) for _ in range(2))
    assert first.equalised_odds == second.equalised_odds
    assert first.rates["accuracy"].gap == second.rates["accuracy"].gap


def test_a_twin_that_answers_alike_is_beyond_by_nothing():
    labels, predicted, _, groups = made()
    beyond = rate_estimates(labels, predicted, predicted, groups, 3, 1).rates["accuracy"]
    assert beyond.beyond_twin is not None
    assert (beyond.beyond_twin.low, beyond.beyond_twin.high) == (0, 0)
    assert rate_estimates(labels, predicted, None, groups, 3, 1).rates["accuracy"].twin is None


def test_chance_explains_the_gap_of_groups_that_are_treated_alike_19_times_in_20():
    beyond = 0
    for seed in range(100):
        labels, predicted, _, groups = made(seed=seed, group_count=5)
        found = rate_estimates(labels, predicted, None, groups, 5, 1).rates["selection_rate"]
        beyond += found.gap.value > found.chance
    assert 1 <= beyond <= 12


def test_intervals_of_rates_contain_the_truth_about_19_times_in_20():
    right = 0
    for seed in range(120):
        labels, predicted, _, groups = made(seed=seed, selected=(0.3, 0.5, 0.7))
        found = rate_estimates(labels, predicted, None, groups, 3, 1).rates["selection_rate"]
        right += found.student[0].contains(0.3)
    assert 106 <= right <= 119


def test_nothing_is_known_of_no_rows():
    none = np.zeros(0, dtype=np.int64)
    found = rate_estimates(none, none, None, none, 2, 1)
    assert np.isnan(found.equalised_odds.value) and np.isnan(found.rates["accuracy"].chance)
    assert np.isnan(error_estimates(none.astype(float), None, none, 2).gap.value)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**31 - 1), st.floats(1e-3, 1e6))
def test_errors_of_groups_have_intervals_in_their_unit(seed, scale):
    random = np.random.default_rng(seed)
    groups = random.integers(-1, 3, 300)
    errors, twin_errors = np.abs(random.normal(size=(2, 300))) * scale
    found = error_estimates(errors, twin_errors, groups, 4)
    expected = fairness.group_mae(errors, np.zeros(300), groups, 4)
    np.testing.assert_allclose(found.student.value, expected, rtol=1e-9)
    assert np.isnan(found.student.value[3]) and np.isnan(found.student.low[3])
    members = errors[groups == 0]
    reach = 1.96 * members.std() / np.sqrt(len(members))
    assert found.student.low[0] == pytest.approx(expected[0] - reach, abs=0.5 * reach)
    assert found.student.high[0] == pytest.approx(expected[0] + reach, abs=0.5 * reach)
    assert found.gap.value == pytest.approx(fairness.spread(expected), rel=1e-9)
    assert found.twin_gap is not None and found.beyond_twin is not None
    difference = found.gap.value - found.twin_gap.value
    assert found.beyond_twin.value == pytest.approx(difference, rel=1e-9)


def test_chance_explains_the_gap_of_errors_that_are_alike():
    beyond = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        errors, groups = np.abs(random.normal(size=300)), random.integers(0, 4, 300)
        found = error_estimates(errors, None, groups, 4)
        beyond += found.gap.value > found.chance
    assert 1 <= beyond <= 22
