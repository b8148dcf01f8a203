"""Where dates stand along an axis of days."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cadence import MONTHS
from visualiser.ui.views.scatter_frame import Ticks

LONGEST_DATE = "Mmm 0000"
"""As wide as any text of a date here."""

_YEARS = (-719_162, 2_932_896)
"""Days of the years 1 to 9999; zooming leads beyond."""

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 60000)
_DAY_STEPS = (1, 2, 7, 14)
_DAYS_OF_A_MONTH = 30.4


def date_ticks(low: float, high: float, most: int) -> Ticks:
    """At most about `most` dates between two days since 1 January 1970, with their texts.

    The first of a month wherever months fit, single days where a few weeks are seen.
    """
    wanted = (high - low) / max(most, 1)
    low, high = max(low, _YEARS[0]), min(high, _YEARS[1])
    if not high > low or most < 1:
        return ()
    for step in _DAY_STEPS:
        if step >= wanted:
            # Weeks begin on Mondays; 5 January 1970 was one.
            first = np.ceil((low - 4) / step) * step + 4
            days = np.arange(first, high + 1e-9, step)
            return tuple((day, _day_text(day)) for day in days.tolist())
    months = next((s for s in _MONTH_STEPS if s * _DAYS_OF_A_MONTH >= wanted), None)
    if months is None:
        return ()
    found = _months(low, high, months)
    return tuple((day, _month_text(day, months)) for day in found.tolist())


def _months(low: float, high: float, step: int) -> NDArray[np.float64]:
    """The first days of each `step`-th month, counted from January 1970."""
    ends = np.array([np.floor(low), np.floor(high)]).astype("datetime64[D]")
    first, last = ends.astype("datetime64[M]").astype(np.int64).tolist()
    months = np.arange(-(-first // step) * step, last + 1, step).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.float64)
    kept: NDArray[np.float64] = days[(days >= low) & (days <= high)]
    return kept


def _day_text(day: float) -> str:
    _, month, of_month = str(np.datetime64(int(day), "D")).split("-")
    return f"{int(of_month)} {MONTHS[int(month) - 1][:3]}"


def _month_text(day: float, step: int) -> str:
    year, month, _ = str(np.datetime64(int(day), "D")).split("-")
    return year if step >= 12 else f"{MONTHS[int(month) - 1][:3]} {year}"
