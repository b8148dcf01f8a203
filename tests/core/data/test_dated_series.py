import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visualiser.core.data.dated_series import (
    MONTHS,
    WEEKDAYS,
    DatedSeries,
    examples_of,
    month_codes,
    weekday_codes,
    with_last_known,
)
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig


def series(days: int, start: str = "2020-02-20", name: str = "") -> DatedSeries:
    """Values that say which day they are of."""
    calendar = np.arange(np.datetime64(start, "D"), np.datetime64(start, "D") + days)
    values = np.arange(days, dtype=np.float64)
    known = {"warmth": 100 + values}
    closed = {"closed": ((values % 2).astype(np.int32), ("no", "yes"))}
    return DatedSeries(calendar, values, known, closed, name)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)))
def test_weekdays_and_months_are_those_of_the_calendar(day: datetime.date) -> None:
    days = np.array([day], dtype="datetime64[D]")
    assert WEEKDAYS[weekday_codes(days)[0]] == day.strftime("%A")
    assert MONTHS[month_codes(days)[0]] == day.strftime("%B")


@settings(max_examples=60)
@given(past=st.integers(7, 30), ahead=st.integers(1, 14), more=st.integers(1, 40))
def test_an_example_sees_nothing_later_than_it_may(past: int, ahead: int, more: int) -> None:
    season = 7
    if ahead + past <= season * -(-ahead // season):
        return
    whole = series(past + ahead - 1 + more)
    found = examples_of((whole,), past, ahead, season)
    oracle = pd.Series(whole.values, index=whole.days)
    assert len(found.labels) == more
    for row, (day, label) in enumerate(zip(found.days, found.labels, strict=True)):
        assert oracle[day] == label
        expected = oracle.shift(ahead)[:day].to_numpy()[-past:]
        assert np.array_equal(found.features.numeric[row, :past], expected)
        assert found.features.numeric[row, past] == 100 + label
    back = season * -(-ahead // season)
    naive = found.features.numeric[:, found.seasons.naive]
    assert np.array_equal(naive, found.labels - back)
    assert found.features.numeric_names[found.seasons.naive] == (
        "the day before" if back == 1 else f"{back} days before"
    )


def test_several_series_stand_together_from_old_to_new() -> None:
    found = examples_of((series(30, name="tea"), series(25, "2020-03-01", name="cake")), past=7)
    assert found.features.categorical_names == ("weekday", "month", "closed", "series")
    assert found.features.categories[-1] == ("tea", "cake")
    assert (np.diff(found.days.astype(int)) >= 0).all()
    assert len(found.labels) == (30 - 7) + (25 - 7)
    cake = found.features.categorical[:, -1] == 1
    assert found.days[cake][0] == np.datetime64("2020-03-08")


def test_a_past_shorter_than_a_season_and_a_series_shorter_than_its_past_are_refused() -> None:
    with pytest.raises(ValueError, match="one season"):
        examples_of((series(30),), past=5)
    with pytest.raises(ValueError, match="7 days"):
        examples_of((series(7),), past=7)


@pytest.mark.parametrize(("ahead", "when"), [(1, "the day before"), (3, "3 days before")])
def test_what_was_known_last_is_that_of_the_last_day_of_the_past(ahead: int, when: str) -> None:
    whole = series(30)
    numeric, categorical = with_last_known(whole.numeric, whole.categorical, ahead)
    both = DatedSeries(whole.days, whole.values, numeric, categorical)
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
