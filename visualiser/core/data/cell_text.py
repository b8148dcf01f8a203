"""Values of a data set as the user reads them: numbers, dates, categories, amounts in a unit."""

from math import floor, isfinite, isinf, isnan

import numpy as np

from visualiser.core.numerals import numeral

MISSING = "–"
NO_BREAK = "\u00a0"
"""Between a number and its unit: no line ends there."""
_LARGEST_IN_FULL = 999_999_999
_BEFORE_THE_NUMBER = frozenset("$€£")
_MOST_DAYS = 3_000_000
"""Days from 1970 within which a date has a year that people can read."""


def number_text(value: float) -> str:
    """A number in twelve characters at most: “1,240”, “−0.42”, “1.3e29”; “–” for a missing one."""
    if isnan(value):
        return MISSING
    if isinf(value):
        return "∞" if value > 0 else "−∞"
    if round(abs(value)) > _LARGEST_IN_FULL:
        return numeral(value, 3)
    if value == round(value) or abs(value) >= 1e6:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.1f}" if abs(value) >= 100 else numeral(value, 3)
    return text.replace("-", "−")


def date_text(days: float) -> str:
    """Days since 1 January 1970 as a date, “2024-12-31”; “–” where it is missing.

    The time of day is left out: 32-bit numbers of days are minutes off.
    """
    if isfinite(days) and abs(days) < _MOST_DAYS:
        return str(np.datetime64(floor(days), "D"))
    return number_text(days)


def category_text(names: tuple[str, ...], code: int) -> str:
    """A category as the user reads it."""
    return names[code] if code >= 0 else MISSING


def amount_text(amount: float, unit: str) -> str:
    """A number with its unit, on one line: “$ 212,000”, “12 %”, “3 days”."""
    whole = 100 <= abs(amount) <= _LARGEST_IN_FULL
    number = number_text(round(amount) if whole else amount)
    parts = (unit, number) if unit in _BEFORE_THE_NUMBER else (number, unit)
    return NO_BREAK.join(part for part in parts if part)
