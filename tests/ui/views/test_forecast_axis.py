import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.ui.views.forecast_axis import date_ticks


def day(text: str) -> float:
    return float(np.datetime64(text, "D").astype(np.int64))


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        ("2012-04-20", "2012-07-10", 3, ["May 2012", "Jun 2012", "Jul 2012"]),
        ("2001-01-22", "2016-08-28", 4, ["2005", "2010", "2015"]),
        ("2012-07-02", "2012-07-05", 4, ["2 Jul", "3 Jul", "4 Jul", "5 Jul"]),
        ("2012-07-01", "2012-07-28", 5, ["2 Jul", "9 Jul", "16 Jul", "23 Jul"]),
        ("2012-07-01", "2012-07-01", 5, []),
    ],
)
def test_dates_are_round_for_the_range_that_is_seen(
    low: str, high: str, most: int, texts: list[str]
) -> None:
    assert [text for _, text in date_ticks(day(low), day(high), most)] == texts


@given(st.floats(-20_000, 40_000), st.floats(3, 20_000), st.integers(1, 12))
def test_dates_stand_within_the_range_and_are_not_many_more_than_fit(
    low: float, span: float, most: int
) -> None:
    ticks = date_ticks(low, low + span, most)
    assert all(low - 1e-6 <= where <= low + span + 1e-6 for where, _ in ticks)
    assert len(ticks) <= most + 2
    assert len({text for _, text in ticks}) == len(ticks)


def units(text: str, unit: str) -> float:
    return float(np.datetime64(text, unit).astype(np.int64))


@pytest.mark.parametrize(
    ("unit", "low", "high", "most", "texts"),
    [
        ("h", "2012-07-02T20", "2012-07-03T14", 4, ["3 Jul", "06:00", "12:00"]),
        ("h", "2012-07-02T00", "2012-07-05T12", 4, ["2 Jul", "3 Jul", "4 Jul", "5 Jul"]),
        ("h", "2012-07-02", "2012-07-08", 2, ["2 Jul", "5 Jul", "8 Jul"]),
        ("h", "2012-04-20", "2012-07-10", 3, ["May 2012", "Jun 2012", "Jul 2012"]),
        (
            "M",
            "2010-01",
            "2010-06",
            6,
            ["Jan 2010", "Feb 2010", "Mar 2010", "Apr 2010", "May 2010", "Jun 2010"],
        ),
        ("M", "2001-02", "2016-08", 4, ["2005", "2010", "2015"]),
        ("Y", "1990", "1994", 9, ["1990", "1991", "1992", "1993", "1994"]),
        ("Y", "1900", "2020", 4, ["1900", "1950", "2000"]),
    ],
)
def test_dates_of_other_units_stand_where_their_periods_are(
    unit: str, low: str, high: str, most: int, texts: list[str]
) -> None:
    ticks = date_ticks(units(low, unit), units(high, unit), most, unit)  # type: ignore[arg-type]
    assert [text for _, text in ticks] == texts
    if unit in "MY":
        assert all(where == round(where) for where, _ in ticks)


@given(
    st.sampled_from(["h", "M", "Y"]),
    st.floats(-2_000, 4_000),
    st.floats(3, 2_000),
    st.integers(1, 12),
)
def test_dates_of_other_units_stand_within_the_range(
    unit: str, low: float, span: float, most: int
) -> None:
    ticks = date_ticks(low, low + span, most, unit)  # type: ignore[arg-type]
    assert all(low - 1e-6 <= where <= low + span + 1e-6 for where, _ in ticks)
    assert len(ticks) <= most + 2
