"""The calendar of each cadence, with pandas as oracle."""

import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.data.cadence import (
    CADENCES,
    DAILY,
    HOURLY,
    MONTHLY,
    QUARTERLY,
    WEEKLY,
    YEARLY,
    Cadence,
    hour_codes,
    month_codes,
    quarter_codes,
    weekday_codes,
)

MOMENTS = st.datetimes(datetime.datetime(1850, 1, 1), datetime.datetime(2199, 12, 31))
SEVERAL = st.lists(MOMENTS, min_size=1, max_size=20)


@given(SEVERAL)
def test_the_calendar_is_that_of_pandas(moments: list[datetime.datetime]) -> None:
    times = np.array(moments, dtype="datetime64[h]")
    oracle = pd.DatetimeIndex(times.astype("datetime64[s]"))
    assert np.array_equal(hour_codes(times), oracle.hour)
    assert np.array_equal(weekday_codes(times), oracle.day_of_week)
    assert np.array_equal(month_codes(times), oracle.month - 1)
    assert np.array_equal(quarter_codes(times), oracle.quarter - 1)


@given(MOMENTS)
def test_a_period_is_written_as_people_write_it(moment: datetime.datetime) -> None:
    time = np.datetime64(moment, "s")
    for cadence, pattern in (
        (HOURLY, "%A %Y-%m-%d %H:00"),
        (DAILY, "%A %Y-%m-%d"),
        (MONTHLY, "%B %Y"),
        (YEARLY, "%Y"),
    ):
        assert cadence.sentence(time.astype(cadence.dtype)) == moment.strftime(pattern)
    quarter = pd.Period(moment, freq="Q")
    assert QUARTERLY.text(time.astype("datetime64[M]")) == f"{quarter.year} Q{quarter.quarter}"
    assert DAILY.text(time.astype("datetime64[D]")) == str(moment.date())
    assert MONTHLY.text(time.astype("datetime64[M]")) == moment.strftime("%Y-%m")
    assert WEEKLY.sentence(time.astype("datetime64[D]")) == f"week of {moment.date()}"


@pytest.mark.parametrize("cadence", CADENCES.values(), ids=lambda cadence: cadence.name)
def test_each_cadence_agrees_with_itself(cadence: Cadence) -> None:
    for low, usual, high in (
        (cadence.pasts[0], cadence.past, cadence.pasts[1]),
        (cadence.aheads[0], 1, cadence.aheads[1]),
    ):
        assert 1 <= low <= usual <= high
    # Half of the fewest periods at least are left to be foretold.
    assert 2 * max(cadence.lags(cadence.past, 1, cadence.fewest)) <= cadence.fewest
    for column in cadence.calendar:
        times = np.datetime64("2021-01-01", "h") + np.arange(24 * 366)
        assert set(column.codes(times)) == set(range(len(column.texts)))


def test_the_names_of_what_was_before_count_in_periods() -> None:
    assert MONTHLY.before(1) == "the month before"
    assert MONTHLY.before(12) == "12 months before"
    assert (HOURLY.count(1), YEARLY.count(1_200)) == ("1 hour", "1,200 years")


@given(
    cadence=st.sampled_from(tuple(CADENCES.values())),
    past=st.integers(1, 60),
    ahead=st.integers(1, 60),
    periods=st.integers(0, 10_000),
)
def test_one_season_before_is_always_among_the_inputs(
    cadence: Cadence, past: int, ahead: int, periods: int
) -> None:
    lags = cadence.lags(past, ahead, periods)
    assert cadence.naive_lag(ahead) in lags
    assert list(lags) == sorted(set(lags), reverse=True)
    assert lags[-past:] == tuple(range(past + ahead - 1, ahead - 1, -1))
