"""Dates without a day: months, quarters, weeks and years, as tables of figures write them."""

import re
from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cadence import MONTHS
from visualiser.core.data.own_table_dates import YEARS

MOST_MISREAD = 0.05
"""Share of the different cells that may be no period, such as “total” below a column."""
_TRIED = 5
_YEAR = r"(?P<year>\d{4})"
_MONTH = r"(?P<month>\d{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,})\.?"
_QUARTER = r"[QqKk](?P<quarter>[1-4])"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[-/]{_MONTH}",
        rf"{_YEAR}M(?P<month>\d\d)",
        rf"{_YEAR}(?P<month>\d\d)",
        rf"{_MONTH}[-/]{_YEAR}",
        rf"{_NAME}[- ]{_YEAR}",
        rf"{_NAME}[- '](?P<short>\d\d)",
        rf"{_YEAR}[- ]{_NAME}",
        rf"{_YEAR}[- ]?{_QUARTER}",
        rf"{_QUARTER}[-/ ]?{_YEAR}",
        rf"{_YEAR}-?W(?P<week>\d\d)",
        _YEAR,
    )
)
_NAMED = {
    **{name[:3].casefold(): number for number, name in enumerate(MONTHS, 1)},
    **{"mrt": 3, "maa": 3, "mär": 3, "mei": 5, "mai": 5, "okt": 10, "dez": 12},
}
"""Months by the first three letters of their names; in Dutch and German too."""
_LAST_CENTURY = 69
"""From here on two digits are a year of the last century, as in POSIX."""


def read_periods(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """Days since 1 January 1970 on which each period begins; NaN where a text is none.

    Empty texts are missing. None where the others are not nearly all written in one way.
    """
    sample = [text.strip() for text in texts]
    for pattern in _PATTERNS:
        if not any(pattern.fullmatch(text) for text in sample[:_TRIED]):
            continue
        days = np.array([_begins(pattern, text) for text in sample])
        if np.isnan(days[[bool(text) for text in sample]]).mean() <= MOST_MISREAD:
            return days
    return None


def _begins(pattern: re.Pattern[str], text: str) -> float:
    match = pattern.fullmatch(text)
    if match is None:
        return np.nan
    found = match.groupdict()
    year = _year(found)
    try:
        if "week" in found:
            begins = date.fromisocalendar(year, int(found["week"]), 1)
        else:
            begins = date(year, _month(found), 1)
    except ValueError:
        return np.nan
    return begins.toordinal() - date(1970, 1, 1).toordinal() if year in YEARS else np.nan


def _year(found: dict[str, str]) -> int:
    if "year" in found:
        return int(found["year"])
    short = int(found["short"])
    return short + (1900 if short >= _LAST_CENTURY else 2000)


def _month(found: dict[str, str]) -> int:
    """1 … 12; 0 for a word that is no month."""
    if "quarter" in found:
        return 3 * int(found["quarter"]) - 2
    if "name" in found:
        return _NAMED.get(found["name"][:3].casefold(), 0)
    return int(found.get("month", 1))
