"""Which cadence dates have, and values taken together: pandas as oracle."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.cadence import CADENCES, HOURLY, MONTHLY, QUARTERLY, WEEKLY, YEARLY
from visualiser.core.data.resampling import (
    Grid,
    How,
    Values,
    coarser,
    grid_of,
    recognised,
    regular,
)

FREQUENCIES = {"hourly": "h", "daily": "D", "monthly": "MS", "quarterly": "QS", "yearly": "YS"}
STARTS = st.dates(datetime.date(1900, 1, 1), datetime.date(2150, 1, 1))
HOWS = st.sampled_from(["mean", "sum"])


def days_of(index: pd.DatetimeIndex) -> Values:
    """As a table is read: days since 1970, with the time of day as a fraction."""
    return np.asarray((index - pd.Timestamp(1970, 1, 1)) / pd.Timedelta(days=1), dtype=np.float64)


def cadence_of(days: Values) -> str:
    grid = recognised(days)
    return "" if grid is None else grid.cadence.name


@settings(max_examples=60)
@given(start=STARTS, frequency=st.sampled_from([*FREQUENCIES.items()]), seed=st.integers(0, 99))
def test_a_cadence_is_recognised_in_any_order_and_with_gaps(
    start: datetime.date, frequency: tuple[str, str], seed: int
) -> None:
    name, code = frequency
    generator = np.random.default_rng(seed)
    days = days_of(pd.date_range(start, periods=200, freq=code))
    kept = np.sort(generator.choice(198, 160, replace=False)) + 1
    days = days[[0, *kept, 199]]
    generator.shuffle(days)
    assert cadence_of(days) == name


@given(STARTS)
def test_months_may_be_written_by_their_last_day_or_any_other(start: datetime.date) -> None:
    ends = days_of(pd.date_range(start, periods=60, freq="ME"))
    assert cadence_of(ends) == "monthly"
    assert cadence_of(days_of(pd.date_range(start, periods=60, freq="BME"))) == "monthly"
    assert cadence_of(days_of(pd.date_range(start, periods=30, freq="QE"))) == "quarterly"
    assert cadence_of(days_of(pd.date_range(start, periods=30, freq="YE"))) == "yearly"
    found = regular(Grid(MONTHLY), ends, np.arange(60.0), "sum")
    assert found.filled == 0 and not found.together


@given(start=STARTS, late=st.integers(0, 59))
def test_weeks_may_fall_on_any_weekday_and_one_may_be_early(
    start: datetime.date, late: int
) -> None:
    weeks = pd.date_range(start, periods=60, freq="7D")
    moved = days_of(weeks)
    moved[late] -= 1
    grid = recognised(moved)
    assert grid is not None and grid.cadence is WEEKLY
    found = regular(grid, moved, np.arange(60.0), "sum")
    assert np.array_equal(found.times, weeks.to_numpy().astype("datetime64[D]"))
    assert np.array_equal(found.values, np.arange(60.0))


def test_rows_at_any_time_of_day_are_taken_for_what_has_no_large_gaps() -> None:
    generator = np.random.default_rng(0)
    all_day = np.sort(generator.uniform(18_000, 18_060, 20_000))
    assert cadence_of(all_day) == "hourly"
    opening_hours = np.floor(all_day) + 0.4 + 0.3 * (all_day % 1)
    assert cadence_of(opening_hours) == "daily"
    assert cadence_of(np.arange(18_000, 18_400, 7 / 3)) == "weekly"


def test_the_days_on_which_a_market_is_open_are_days() -> None:
    from pandas.tseries.holiday import USFederalHolidayCalendar
    from pandas.tseries.offsets import CustomBusinessDay

    open_days = CustomBusinessDay(calendar=USFederalHolidayCalendar())
    assert cadence_of(days_of(pd.date_range("2019-01-02", "2023-12-29", freq=open_days))) == "daily"


def test_dates_that_are_too_far_apart_have_no_cadence() -> None:
    assert recognised(np.array([0.0, 40_000.0])) is None


@settings(max_examples=60)
@given(
    start=STARTS,
    count=st.integers(400, 900),
    how=HOWS,
    wanted=st.sampled_from([(WEEKLY, "W-SUN"), (MONTHLY, "M"), (QUARTERLY, "Q"), (YEARLY, "Y")]),
)
def test_days_taken_together_are_those_of_pandas_without_the_ends(
    start: datetime.date, count: int, how: How, wanted: tuple[object, str]
) -> None:
    cadence, frequency = wanted
    index = pd.date_range(start, periods=count, freq="D")
    values = np.random.default_rng(count).normal(size=count)
    days = days_of(index)
    found = coarser(regular(grid_of(CADENCES["daily"], days), days, values, how), cadence, how)  # type: ignore[arg-type]
    groups = pd.Series(values, index=index).groupby(index.to_period(frequency))
    oracle = groups.agg(how)
    whole = [
        period.start_time >= index[0] and period.end_time.normalize() <= index[-1]
        for period in oracle.index
    ]
    expected = oracle[whole]
    begins = [period.start_time.to_datetime64() for period in expected.index]
    assert found.left_out == len(whole) - sum(whole)
    assert np.array_equal(found.times, np.array(begins, dtype=found.times.dtype))
    np.testing.assert_allclose(found.values, expected.to_numpy(), rtol=1e-9, atol=1e-9)


@given(start=STARTS, hours=st.integers(60, 400), how=HOWS)
def test_hours_taken_together_by_day_are_those_of_pandas(
    start: datetime.date, hours: int, how: How
) -> None:
    index = pd.date_range(f"{start} 05:00", periods=hours, freq="h")
    values = np.random.default_rng(hours).normal(size=hours)
    days = days_of(index)
    found = coarser(regular(grid_of(HOURLY, days), days, values, how), CADENCES["daily"], how)
    oracle = pd.Series(values, index=index).resample("D").agg(how)
    ends_whole = index[-1].hour == 23
    expected = oracle[1:] if ends_whole else oracle[1:-1]
    assert np.array_equal(found.times, expected.index.to_numpy().astype("datetime64[D]"))
    np.testing.assert_allclose(found.values, expected.to_numpy(), rtol=1e-9, atol=1e-9)


@given(start=STARTS, count=st.integers(20, 200), how=HOWS)
def test_months_taken_together_by_quarter_are_those_of_pandas(
    start: datetime.date, count: int, how: How
) -> None:
    index = pd.period_range(pd.Period(start, "M"), periods=count, freq="M")
    values = np.random.default_rng(count).normal(size=count)
    days = days_of(index.to_timestamp())
    found = coarser(regular(Grid(MONTHLY), days, values, how), QUARTERLY, how)
    groups = pd.Series(values, index=index).groupby(index.asfreq("Q"))
    oracle = groups.agg(how)[groups.size() == 3]
    begins = oracle.index.asfreq("M", how="start").to_timestamp().to_numpy()
    assert np.array_equal(found.times, begins.astype("datetime64[M]"))
    np.testing.assert_allclose(found.values, oracle.to_numpy(), rtol=1e-9, atol=1e-9)
    assert found.left_out == len(groups) - len(oracle)


@given(
    rows=st.lists(st.tuples(st.integers(0, 50), st.floats(-1e6, 1e6)), min_size=2, max_size=80),
    how=HOWS,
)
def test_rows_of_a_day_are_taken_together_and_gaps_lie_on_a_line(
    rows: list[tuple[int, float]], how: How
) -> None:
    days, values = np.array([day for day, _ in rows], dtype=float), np.array([v for _, v in rows])
    found = regular(grid_of(CADENCES["daily"], days), days, values, how)
    oracle = pd.Series(values).groupby(days.astype(int)).agg(how)
    filled = oracle.reindex(range(oracle.index.min(), oracle.index.max() + 1))
    assert found.filled == filled.isna().sum()
    assert found.together == (len(oracle) < len(rows))
    expected = filled.interpolate().to_numpy()
    np.testing.assert_allclose(found.values, expected, rtol=1e-9, atol=1e-6)


def test_a_column_without_values_is_zero_and_all_filled() -> None:
    days = np.arange(5.0)
    found = regular(grid_of(CADENCES["daily"], days), days, np.full(5, np.nan), "mean")
    assert found.values.tolist() == [0] * 5 and found.filled == 5


@pytest.mark.parametrize("cadence", CADENCES.values(), ids=lambda cadence: cadence.name)
def test_periods_begin_where_their_number_says(cadence: object) -> None:
    days = days_of(pd.date_range("2019-12-30", periods=500, freq="36h"))
    grid = grid_of(cadence, days)  # type: ignore[arg-type]
    places = grid.places(days)
    begins = grid.times(places)
    assert np.array_equal(grid.places(begins.astype("datetime64[h]").astype(float) / 24), places)
