"""Months, quarters, weeks and years as people write them, with pandas as oracle."""

import numpy as np
import pandas as pd
import pytest

from visualiser.core.data.period_text import read_periods

MONTHS = pd.period_range("1998-11", periods=40, freq="M")


@pytest.mark.parametrize(
    "pattern",
    ["%Y-%m", "%Y/%m", "%YM%m", "%Y%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y", "%Y %b"],
)
def test_months_are_read_however_they_are_written(pattern: str) -> None:
    days = read_periods([month.strftime(pattern) for month in MONTHS])
    assert days is not None
    begins = MONTHS.to_timestamp().to_numpy().astype("datetime64[D]").astype(np.float64)
    assert np.array_equal(days, begins)


@pytest.mark.parametrize(
    "pattern", ["{0.year}Q{0.quarter}", "{0.year}-Q{0.quarter}", "Q{0.quarter} {0.year}"]
)
def test_quarters_begin_with_their_first_month(pattern: str) -> None:
    quarters = pd.period_range("1998Q3", periods=30, freq="Q")
    days = read_periods([pattern.format(quarter) for quarter in quarters])
    assert days is not None
    begins = quarters.to_timestamp().to_numpy().astype("datetime64[D]").astype(np.float64)
    assert np.array_equal(days, begins)


def test_weeks_begin_on_their_monday_and_years_on_new_years_day() -> None:
    days = read_periods(["2020-W01", "2020-W53", "2021W01"])
    assert days is not None
    assert days.astype("datetime64[D]").astype(str).tolist() == [
        "2019-12-30",
        "2020-12-28",
        "2021-01-04",
    ]
    years = read_periods(["1999", "2000"])
    assert years is not None
    assert years.astype("datetime64[D]").astype(str).tolist() == ["1999-01-01", "2000-01-01"]


def test_months_in_dutch_and_german_are_read() -> None:
    days = read_periods(["maart 2020", "mei 2020", "okt. 2020", "März 2021", "Dez 2021"])
    assert days is not None
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(str).tolist()
    assert months == ["2020-03", "2020-05", "2020-10", "2021-03", "2021-12"]


def test_a_line_of_totals_is_missing_and_empty_cells_are_no_objection() -> None:
    days = read_periods(["", *(str(month) for month in MONTHS), "total"])
    assert days is not None
    assert np.isnan(days[[0, -1]]).all() and not np.isnan(days[1:-1]).any()


@pytest.mark.parametrize(
    "texts",
    [
        ["tea", "cake"],
        ["2020-13", "2020-14"],
        ["1066", "2999"],
        ["2020-01", "tea", "Jan 2020"],
        ["Monday 2020"],
        ["2020-W60"],
        [],
    ],
)
def test_what_is_no_list_of_periods_is_none(texts: list[str]) -> None:
    assert read_periods(texts) is None
