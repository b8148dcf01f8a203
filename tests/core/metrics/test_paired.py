"""Paired tests against those of SciPy."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from visualiser.core.metrics.paired import CLEARLY, coin_chance, paired_errors, paired_shares

LEVEL = 2 * stats.norm.sf(CLEARLY)


def answers(both: int, only_first: int, only_second: int, neither: int) -> tuple:
    """(N,) whether each model is right, from the four counts of McNemar's table."""
    counts = [both, only_first, only_second, neither]
    return (
        np.repeat([True, True, False, False], counts),
        np.repeat([True, False, True, False], counts),
    )


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 1000), st.data())
def test_the_chance_of_a_coin_is_that_of_the_exact_binomial_test(tosses, data):
    fewer = data.draw(st.integers(0, tosses // 2))
    expected = stats.binomtest(fewer, tosses).pvalue if tosses else 1.0
    assert coin_chance(fewer, tosses) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(0, 60), st.integers(0, 60), st.integers(1, 300))
def test_few_discordant_rows_are_judged_by_the_exact_test(both, first, second, neither):
    result = paired_shares(*answers(both, first, second, neither))
    p = stats.binomtest(first, first + second).pvalue if first + second else 1.0
    assert result.clear == (p < LEVEL)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 900), st.integers(0, 900), st.integers(0, 900), st.integers(2, 900))
def test_the_error_of_a_share_is_that_of_the_mean_of_paired_differences(both, first, second, none):
    one, other = answers(both, first, second, none)
    result = paired_shares(one, other)
    difference = one.astype(float) - other
    assert result.difference == pytest.approx(difference.mean())
    assert result.standard_error == pytest.approx(difference.std() / np.sqrt(len(one)))


@pytest.mark.parametrize(("first", "second"), [(900, 900), (1200, 900), (960, 1040), (940, 1045)])
def test_many_discordant_rows_are_judged_by_the_normal_form_of_the_same_test(first, second):
    p = stats.binomtest(first, first + second).pvalue
    assert paired_shares(*answers(5000, first, second, 500)).clear == (p < LEVEL)


def test_four_discordant_rows_prove_nothing_though_they_are_two_standard_errors():
    result = paired_shares(*answers(500, 4, 0, 0))
    assert result.difference >= 1.99 * result.standard_error
    assert not result.clear


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 300), st.floats(-0.5, 0.5), st.integers(0, 100))
def test_errors_are_judged_by_the_paired_t_statistic(rows, shift, seed):
    random = np.random.default_rng(seed)
    shared = random.gamma(2, 1000, rows)
    one = shared + random.normal(1000 * shift, 1000, rows)
    result = paired_errors(one, shared)
    statistic = stats.ttest_rel(one, shared).statistic
    assert result.difference / result.standard_error == pytest.approx(statistic)
    assert result.clear == (abs(statistic) > CLEARLY)


def test_equal_answers_and_too_few_of_them_are_no_clear_difference():
    same = np.array([True, False, True])
    assert not paired_shares(same, same).clear
    assert not paired_shares(same[:0], same[:0]).clear
    errors = np.array([1.0, 2.0, 3.0])
    assert not paired_errors(errors, errors).clear
    assert not paired_errors(errors[:1], 2 * errors[:1]).clear
    assert not paired_errors(errors[:0], errors[:0]).clear
