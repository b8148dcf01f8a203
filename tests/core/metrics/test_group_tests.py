import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from visualiser.core.metrics.group_tests import chi_squared_tail, gaps_differ, groups_differ
from visualiser.core.metrics.paired import LEVEL


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 80), st.integers(1, 40))
def test_the_tail_is_that_of_scipy(value, degrees):
    expected = stats.chi2.sf(value, degrees)
    assert chi_squared_tail(value, degrees) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31 - 1), st.integers(2, 6))
def test_shares_of_groups_are_compared_by_pearsons_test(seed, group_count):
    random = np.random.default_rng(seed)
    groups = np.concatenate([np.arange(group_count), random.integers(0, group_count, 150)])
    values = (random.random(len(groups)) < 0.3 + 0.08 * groups).astype(float)
    table = [[np.sum(values[groups == g] == v) for g in range(group_count)] for v in (0, 1)]
    expected = stats.chi2_contingency(table, correction=False).pvalue < LEVEL
    assert groups_differ(values, groups, np.arange(group_count)) == expected


def test_groups_that_are_treated_alike_are_seldom_called_different():
    called = 0
    for seed in range(400):
        random = np.random.default_rng(seed)
        groups, values = random.integers(0, 6, 300), random.exponential(size=300)
        called += groups_differ(values, groups, np.arange(6))
    assert 5 <= called <= 34, "4.6 % of 400 are 18"


def test_gaps_that_are_as_large_in_truth_are_seldom_called_different():
    called = 0
    for seed in range(400):
        random = np.random.default_rng(seed)
        groups, hard = np.arange(300) % 2, random.random(300)
        models = ((hard + 0.3 * random.random(300) < 0.4 + 0.3 * groups) for _ in range(2))
        called += gaps_differ(*(m.astype(float) for m in models), groups, np.arange(2))
    assert 5 <= called <= 34


def test_a_gap_that_the_other_model_has_not_is_found_row_by_row():
    groups = np.arange(120) % 2
    first = (np.arange(120) // 2 % 2).astype(float)
    second = first.copy()
    second[np.flatnonzero((groups == 1) & (first == 1))[:8]] = 0
    codes = np.arange(2)
    assert gaps_differ(first, second, groups, codes)
    assert not gaps_differ(first, first, groups, codes)


def test_one_group_or_one_value_is_no_difference():
    values, groups = np.ones(20), np.arange(20) % 2
    assert not groups_differ(values, groups, np.arange(2))
    assert not groups_differ(np.arange(20.0), groups, np.array([0]))
    assert not gaps_differ(values, np.arange(20.0), groups, np.array([1]))
