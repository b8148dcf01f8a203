"""Where dates stand along an axis of time."""

from typing import Literal

import numpy as np

from visualiser.core.data.cadence import MONTHS
from visualiser.ui.views.scatter_frame import Ticks

LONGEST_DATE = "Mmm 0000"
"""As wide as any text of a date here."""

_YEARS = (-719_162, 2_932_896)
"""Days of the years 1 to 9999; zooming leads beyond."""
_YEAR_0 = 12 * 1970
"""In months before 1970."""
_YEARS_IN_MONTHS = (-23_628, 96_359)

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000)
_DAY_STEPS = (1, 2, 7, 14)
_HOUR_STEPS = (1, 2, 3, 6, 12)
_DAY_STEPS_OF_HOURS = (1, 2, 3, 4, 7, 14)
"""A few days of hours are a common sight, and a week apart there would be one date."""
_DAYS_OF_A_MONTH = 30.4


def date_ticks(
    low: float, high: float, most: int, unit: Literal["h", "D", "M", "Y"] = "D"
) -> Ticks:
    """At most about `most` dates between two moments, with their texts.

    The first of a month wherever months fit, single days where a few weeks are seen, and hours
    where a few days are.

    Args:
        low, high: in `unit` since 1 January 1970, and so are the ticks.
        most: dates that there is room for.
        unit: of NumPy's datetime64.
    """
    if most < 1 or not high > low:
        return ()
    if unit in ("M", "Y"):
        months = 12 if unit == "Y" else 1
        ticks = _months(low * months, high * months, most, shortest=months)
        return tuple((month / months, text) for month, text in ticks)
    hours = 24 if unit == "h" else 1
    ticks = _moments(low / hours, high / hours, most, with_hours=hours > 1)
    return tuple((day * hours, text) for day, text in ticks)


def _moments(low: float, high: float, most: int, *, with_hours: bool) -> Ticks:
    """Hours, days or months between two days since 1970, in days."""
    wanted = (high - low) / most
    low, high = max(low, _YEARS[0]), min(high, _YEARS[1])
    if not high > low:
        return ()
    for step in _HOUR_STEPS if with_hours else ():
        if step >= 24 * wanted:
            hours = np.arange(np.ceil(24 * low / step) * step, 24 * high + 1e-9, step)
            return tuple((hour / 24, _hour_text(hour)) for hour in hours.tolist())
    for step in _DAY_STEPS_OF_HOURS if with_hours else _DAY_STEPS:
        if step >= wanted:
            # Weeks begin on Mondays; 5 January 1970 was one.
            first = np.ceil((low - 4) / step) * step + 4
            days = np.arange(first, high + 1e-9, step)
            return tuple((day, _day_text(day)) for day in days.tolist())
    ends = np.array([np.floor(low), np.ceil(high)]).astype("datetime64[D]")
    first, last = ends.astype("datetime64[M]").astype(np.int64).tolist()
    ticks = [
        (float(np.datetime64(int(month), "M").astype("datetime64[D]").astype(np.int64)), text)
        for month, text in _months(first, last, most, wanted=wanted / _DAYS_OF_A_MONTH)
    ]
    return tuple((day, text) for day, text in ticks if low <= day <= high)


def _months(
    low: float, high: float, most: int, *, shortest: int = 1, wanted: float | None = None
) -> Ticks:
    """Each so many months between two since January 1970, in months."""
    wanted = max((high - low) / most if wanted is None else wanted, shortest)
    low, high = max(low, _YEARS_IN_MONTHS[0]), min(high, _YEARS_IN_MONTHS[1])
    step = next((step for step in _MONTH_STEPS if step >= wanted), None)
    if step is None or high < low:
        return ()
    # Counted from the year 0, so that years are round ones.
    first = np.ceil((low + _YEAR_0) / step) * step - _YEAR_0
    months = np.arange(first, high + 1e-9, step)
    return tuple((month, _month_text(int(month), step)) for month in months.tolist())


def _hour_text(hour: float) -> str:
    """The time of day, and at midnight the day that begins."""
    return f"{int(hour) % 24:02}:00" if int(hour) % 24 else _day_text(hour / 24)


def _day_text(day: float) -> str:
    _, month, of_month = str(np.datetime64(int(day), "D")).split("-")
    return f"{int(of_month)} {MONTHS[int(month) - 1][:3]}"


def _month_text(months: int, step: int) -> str:
    year, month = str(np.datetime64(months, "M")).split("-")
    return year if step >= 12 else f"{MONTHS[int(month) - 1][:3]} {year}"
