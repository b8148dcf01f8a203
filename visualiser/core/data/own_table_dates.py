"""Dates as people write them: “31-12-2024”, “2024-12-31 23:59”, also several ways in one column."""

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.source import Progress

Order = Literal["day_first", "month_first"]
DATE_FORMATS = (
    ("%Y-%m-%d", "year-month-day"),
    ("%Y/%m/%d", "year/month/day"),
    ("%d-%m-%Y", "day-month-year"),
    ("%d/%m/%Y", "day/month/year"),
    ("%m/%d/%Y", "month/day/year"),
    ("%m-%d-%Y", "month-day-year"),
    ("%d.%m.%Y", "day.month.year"),
    ("%d %B %Y", "day month year"),
    ("%d %b %Y", "day month year"),
)
_BOTH_WAYS = frozenset(["day-month-year", "day/month/year", "month/day/year", "month-day-year"])
"""What a date in one of them means depends on where somebody lives."""
_TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    "T%H:%M",
    "T%H:%M:%S",
    "T%H:%M:%SZ",
    " %H:%M:%S.%f",
    "T%H:%M:%S.%f",
    "T%H:%M:%S%z",
    "T%H:%M:%S.%f%z",
    " %H:%M:%S%z",
    " %H:%M:%S.%f%z",
    " %I:%M %p",
    " %I:%M:%S %p",
)
_DATE_SAMPLE = 300
_LOOKED_AT = 50
_DATE_BLOCK = 50_000
"""Dates at once: between blocks other threads get a turn."""
YEARS = range(1800, 2200)
"""What else looks like a date is something else."""
_ENDS = (YEARS.start, YEARS.stop)


def date_format(texts: Sequence[str], order: Order | None = None) -> tuple[str, str, bool] | None:
    """The first format that reads every text of a sample: (format, in words, is ambiguous).

    Ambiguous means that day and month could be the other way round in all of them; with an
    `order` only one way is tried.
    """
    sample = [text.strip() for text in texts[:: len(texts) // _DATE_SAMPLE + 1]]
    if not all(text[:1].isdigit() for text in sample) or not sample:
        return None
    shape = _shape(sample[0])
    fitting = [
        (pattern, words)
        for pattern, words in _patterns(order).get(shape, [])
        if all(_is_date(text, pattern) for text in sample)
    ]
    if not fitting:
        return None
    return (*fitting[0], len({words for _, words in fitting}) > 1)


@functools.cache
def _patterns(order: Order | None) -> dict[str, list[tuple[str, str]]]:
    """Formats and their words by shape: trying all of them on each column would take too long."""
    by_shape: dict[str, list[tuple[str, str]]] = {}
    moment = datetime(2001, 11, 12, 10, 14, 15, 16, tzinfo=UTC)
    for day, words in DATE_FORMATS:
        if order is not None and words in _BOTH_WAYS and not words.startswith(order.split("_")[0]):
            continue
        for time in _TIMES:
            shape = _shape(moment.strftime(day + time))
            by_shape.setdefault(shape, []).append((day + time, words))
    return by_shape


def _shape(text: str) -> str:
    """What dates of one format have in common: “0-0-0 a 0:0:0+0”."""
    if ":" in text:  # else “-2001” is a year
        text = re.sub(r"(?<=\d)\s*(?:Z|[+-]\d\d:?\d\d)$", "+0", text)
    for what, sign in ((r"\d+", "0"), (r"[^\W\d_]+", "a"), (r"\s+", " ")):
        text = re.sub(what, sign, text)
    return text


def _is_date(text: str, pattern: str) -> bool:
    try:
        year = datetime.strptime(text, pattern).year
    except ValueError:
        return False
    return year in YEARS


def _days(text: str, pattern: str) -> float:
    try:
        moment = datetime.strptime(text.strip(), pattern)
    except ValueError:
        return np.nan
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(days=1)


def parse_dates(texts: Sequence[str], pattern: str) -> NDArray[np.float64]:
    """Days since 1 January 1970 (UTC) for each text, NaN where it is no date of that format."""
    if len(texts) <= _DATE_SAMPLE:  # quicker than loading pandas
        return np.array([_days(text, pattern) for text in texts], dtype=np.float64)
    blocks = [texts[start : start + _DATE_BLOCK] for start in range(0, len(texts), _DATE_BLOCK)]
    return np.concatenate([_days_of_many(block, pattern) for block in blocks])


def _days_of_many(texts: Sequence[str], pattern: str) -> NDArray[np.float64]:
    import pandas as pd

    moments = pd.to_datetime(
        pd.Series(texts, dtype=object), format=pattern, errors="coerce", utc=True
    )
    epoch = pd.Timestamp(1970, 1, 1, tz="UTC")
    return np.asarray((moments - epoch) / pd.Timedelta(days=1), dtype=np.float64)


def read_each_date(
    texts: Sequence[str], order: Order | None, progress: Progress
) -> NDArray[np.float64]:
    """Days since 1 January 1970 (UTC) of dates that are not all written alike.

    Those of one shape, as “0.0.0”, are read in the format that fits most of them; without an
    `order` the day is before the month where both fit as many.

    Returns:
        (N,) days; NaN where a text is no date.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    rows_of_shape = defaultdict[str, list[int]](list)
    for row, text in enumerate(texts):
        if row % _DATE_BLOCK == 0:
            progress.check()
        rows_of_shape[_shape(text.strip())].append(row)
    days = np.full(len(texts), np.nan)
    for shape, rows in rows_of_shape.items():
        progress.check()
        alike = [texts[row].strip() for row in rows]
        fitting = [
            _within_years(parse_dates(alike, pattern))
            for pattern, _ in _patterns(order).get(shape, [])
        ]
        if fitting:
            days[rows] = max(fitting, key=lambda found: int(np.count_nonzero(~np.isnan(found))))
    return days


def could_be_either_way(texts: Sequence[str]) -> bool:
    """Whether some of these dates have another meaning with the month before the day."""
    some = (text.strip() for text in texts[:_LOOKED_AT])
    dates = (text for text in some if text[:1].isdigit() and ("/" in text or "-" in text))
    return any(len(_readings(text)) > 1 for text in dates)


def _readings(text: str) -> set[float]:
    """The different days that a text can be."""
    days = {_days(text, pattern) for pattern, _ in _patterns(None).get(_shape(text), [])}
    return {day for day in days if not np.isnan(day)}


def _within_years(days: NDArray[np.float64]) -> NDArray[np.float64]:
    low, high = ((datetime(year, 1, 1) - datetime(1970, 1, 1)).days for year in _ENDS)
    return np.where((days >= low) & (days < high), days, np.nan)
