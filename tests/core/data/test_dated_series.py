import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.cadence import CADENCES, DAILY, HOURLY, MONTHLY, WEEKLY, Cadence
from visualiser.core.data.dated_series import (
    DatedSeries,
    as_shares,
    examples_of,
    levels,
    with_last_known,
    without_level,
)
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig


def series(
    periods: int, start: str = "2020-02-20", name: str = "", cadence: Cadence = DAILY
) -> DatedSeries:
    """Values that say which period they are of."""
    first = np.datetime64(start).astype(cadence.dtype)
    times = first + cadence.step * np.arange(periods)
    values = np.arange(periods, dtype=np.float64)
    known = {"warmth": 100 + values}
    closed = {"closed": ((values % 2).astype(np.int32), ("no", "yes"))}
    return DatedSeries(cadence, times, values, known, closed, name)


@settings(max_examples=120)
@given(
    cadence=st.sampled_from(tuple(CADENCES.values())),
    past=st.integers(1, 30),
    ahead=st.integers(1, 14),
    more=st.integers(1, 40),
)
def test_an_example_sees_nothing_later_than_it_may(
    cadence: Cadence, past: int, ahead: int, more: int
) -> None:
    skipped = max(cadence.lags(past, ahead, periods=0))
    whole = series(skipped + more, cadence=cadence)
    found = examples_of((whole,), past, ahead)
    seasons = found.seasons
    oracle = pd.Series(whole.values, index=whole.times)
    assert len(found.labels) == len(whole.values) - max(seasons.lags)
    for row, (time, label) in enumerate(zip(found.times, found.labels, strict=True)):
        assert oracle[time] == label
        expected = oracle.shift(ahead)[:time].to_numpy()[-past:]
        earlier = found.features.numeric[row, : seasons.past]
        assert np.array_equal(earlier[seasons.apart :], expected)
        assert np.array_equal(earlier, label - np.array(seasons.lags))
        assert found.features.numeric[row, seasons.past] == 100 + label
    assert min(seasons.lags) == ahead
    season_before = oracle.shift(cadence.season * -(-ahead // cadence.season))
    naive = found.features.numeric[:, seasons.naive]
    assert np.array_equal(naive, season_before.reindex(found.times))


def test_a_week_sees_the_week_of_a_year_before_as_a_single_value() -> None:
    found = examples_of((series(140, cadence=WEEKLY),), past=3)
    names = ("52 weeks before", "3 weeks before", "2 weeks before", "the week before")
    assert found.features.numeric_names[:4] == names
    assert found.seasons.naive == 0 and found.seasons.apart == 1
    assert found.seasons.naive_words == "a year before"
    assert len(found.labels) == 140 - 52
    assert levels(found.features, found.seasons)[0] == np.mean([49, 50, 51])
    assert without_level(found.features, found.seasons).numeric[0, 0] == 0 - 50


@pytest.mark.parametrize(
    ("ahead", "words"), [(1, "a week before"), (7, "a week before"), (8, "14 days before")]
)
def test_a_naive_forecast_far_ahead_is_of_more_than_one_season_before(
    ahead: int, words: str
) -> None:
    assert examples_of((series(60),), past=14, ahead=ahead).seasons.naive_words == words


def test_hours_of_four_weeks_see_the_same_hour_of_a_week_before_too() -> None:
    short, long = (series(hours, cadence=HOURLY) for hours in (4 * 168 - 1, 4 * 168))
    assert examples_of((short,), past=24).seasons.lags == tuple(range(24, 0, -1))
    assert examples_of((long,), past=24).seasons.lags == (168, *range(24, 0, -1))


def test_twelve_months_before_cost_twelve_months_and_no_more() -> None:
    found = examples_of((series(60, "2015-01", cadence=MONTHLY),), past=12)
    assert len(found.labels) == 48
    assert found.features.categorical_names == ("month", "closed")
    assert str(found.times[0]) == "2016-01"


def test_several_series_stand_together_from_old_to_new() -> None:
    found = examples_of((series(30, name="tea"), series(25, "2020-03-01", name="cake")), past=7)
    assert found.features.categorical_names == ("weekday", "month", "closed", "series")
    assert found.features.categories[-1] == ("tea", "cake")
    assert (np.diff(found.times.astype(int)) >= 0).all()
    assert len(found.labels) == (30 - 7) + (25 - 7)
    cake = found.features.categorical[:, -1] == 1
    assert found.times[cake][0] == np.datetime64("2020-03-08")


def test_shares_are_of_levels_above_zero() -> None:
    found = as_shares(examples_of((series(30),), past=7))
    assert found.seasons.lowest_level == np.mean(range(7))
    shares = without_level(found.features, found.seasons).numeric[:, :7]
    assert shares[0] == pytest.approx(np.arange(7) / 3 - 1)
    nothing = dataclasses.replace(series(30), values=np.zeros(30))
    with pytest.raises(ValueError, match="above zero"):
        as_shares(examples_of((nothing,), past=7))


def test_a_series_shorter_than_its_past_is_refused() -> None:
    with pytest.raises(ValueError, match="7 days"):
        examples_of((series(7),), past=7)


@pytest.mark.parametrize(("ahead", "when"), [(1, "the day before"), (3, "3 days before")])
def test_what_was_known_last_is_that_of_the_last_day_of_the_past(ahead: int, when: str) -> None:
    whole = series(30)
    numeric, categorical = with_last_known(whole.numeric, whole.categorical, ahead, DAILY)
    both = DatedSeries(DAILY, whole.times, whole.values, numeric, categorical)
    found = examples_of((both,), past=7, ahead=ahead).features
    assert found.numeric_names[-2:] == ("warmth", f"warmth, {when}")
    last_value = found.numeric[:, 6]
    assert np.array_equal(found.numeric[:, -2], 100 + last_value + ahead)
    assert np.array_equal(found.numeric[:, -1], 100 + last_value)
    assert found.categorical_names[-2:] == ("closed", f"closed, {when}")
    assert np.array_equal(found.categorical[:, -1], last_value % 2)


@pytest.mark.parametrize(
    ("name", "target", "amount"),
    [
        ("bike_daily", "hires", "646 hires"),
        ("chicago_rail", "riders (thousand)", "646 thousand"),
        ("retail_daily", "units", "646 units"),
    ],
)
def test_amounts_of_a_series_have_its_unit(name: str, target: str, amount: str) -> None:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    assert dataset.target_text == target
    assert dataset.amount_text(646).replace("\u00a0", " ") == amount
