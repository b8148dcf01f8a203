import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from visualiser.core.metrics import intervals


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 5), st.integers(0, 2**31 - 1))
def test_the_middle_of_samples_is_that_of_numpy_without_nan(replicates, columns, seed):
    random = np.random.default_rng(seed)
    samples = random.normal(size=(replicates, columns))
    samples[random.random(samples.shape) < 0.2] = np.nan
    low, high = intervals.middle(samples)
    for column in range(columns):
        known = samples[~np.isnan(samples[:, column]), column]
        expected = np.quantile(known, [0.025, 0.975]) if len(known) else [np.nan, np.nan]
        np.testing.assert_allclose([low[column], high[column]], expected, rtol=1e-9)
    known = samples[~np.isnan(samples[:, 0]), 0]
    top = np.quantile(known, 0.95) if len(known) else np.nan
    np.testing.assert_allclose(intervals.upper_quantile(samples[:, 0]), top, rtol=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 500), st.integers(0, 500))
def test_shares_have_wilsons_interval(rows, right):
    right = min(right, rows)
    mine = intervals.wilson(np.array([right]), np.array([rows]))[0]
    expected = stats.binomtest(right, rows).proportion_ci(0.95, method="wilson")
    assert (mine.low, mine.high) == pytest.approx((expected.low, expected.high), abs=1e-9)
    assert mine.contains(right / rows)


def test_a_share_of_no_rows_is_unknown():
    empty = intervals.wilson(np.zeros(1), np.zeros(1))[0]
    assert np.isnan([empty.value, empty.low, empty.high]).all()
    assert not empty.contains(0.5)


@pytest.mark.parametrize("rows", [300, 5000])
def test_resampled_sums_spread_as_theory_says(rows):
    values = np.random.default_rng(0).exponential(size=(rows, 2))
    sums = intervals.resampled_sums(values)
    np.testing.assert_allclose(sums.mean(axis=0), values.sum(axis=0), rtol=0.02)
    expected = values.std(axis=0) * np.sqrt(rows)
    np.testing.assert_allclose(sums.std(axis=0), expected, rtol=0.15)
    np.testing.assert_array_equal(sums, intervals.resampled_sums(values))


def test_every_draw_has_as_many_rows_as_there_are():
    np.testing.assert_array_equal(intervals.resampled_sums(np.ones((77, 1))), 77)
