"""Numbers and dates as people write them: “1,234”, “$ 5”, “12 %”, “3,5”, “31-12-2024”."""

import functools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.source import Progress

_NUMBER = re.compile(
    r"(?P<minus>[-+−]?)\s*(?P<before>[$€£]?)\s*(?P<inner>[-+−]?)"
    r"(?P<digits>\d[\d.,' \u00a0\u202f]*|[.,]\d+)(?P<exponent>[eE][-+]?\d+)?"
    r"\s*(?P<after>[$€£%]?)"
)
_THOUSANDS_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?")
_THOUSANDS_DOT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d*)?")
_SPACES = re.compile(r"(?<=\d)['  \u202f](?=\d{3})")
_PLAIN = re.compile(r"\d+\.?\d*|\.\d+")
_MINUS = frozenset("-−")
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
_CHECKED_ROWS = 10_000
LARGEST = float(np.finfo(np.float32).max)
_DATE_SAMPLE = 300
_DATE_BLOCK = 50_000
"""Dates at once: between blocks other threads get a turn."""
YEARS = range(1800, 2200)
"""What else looks like a date is something else."""


@dataclass(frozen=True, eq=False)
class Parsed:
    """Numbers of some texts, NaN where a text is none.

    Attributes:
        unit: the sign that most came with: “$”, “€”, “£”, “%” or none.
        decimal_comma: whether “3,5” was taken for three and a half.
    """

    values: NDArray[np.float64]
    unit: str
    decimal_comma: bool


def parse_numbers(
    texts: Sequence[str], prefer_comma: bool = False, progress: Progress | None = None
) -> Parsed:
    """Read each text as a number, the comma's meaning decided once for all of them.

    A comma separates thousands where every number with one could be such (“1,234”), and
    decimals otherwise; `prefer_comma` (a file with semicolons) settles what could be both,
    but for dollars and pounds, which are written with points.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    check = _every_so_often(progress)
    decimal_comma = means_decimals(texts, prefer_comma, progress)
    values = np.full(len(texts), np.nan)
    units: Counter[str] = Counter()
    for row, text in enumerate(texts):
        check(row)
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            continue
        minus, before, inner, digits, exponent, after = match.groups()
        plain = _plain(digits, decimal_comma)
        if plain is None or (minus and inner):
            continue
        number = float(plain + exponent if exponent else plain)
        values[row] = -number if (minus or inner) in _MINUS else number
        units[before or after] += 1
    forget_huge(values)
    return Parsed(values, units.most_common(1)[0][0] if units else "", decimal_comma)


def _every_so_often(progress: Progress | None) -> Callable[[int], None]:
    """What asks for Cancel at some of the rows."""

    def check(row: int) -> None:
        if progress is not None and row % _CHECKED_ROWS == 0:
            progress.check()

    return check


def means_decimals(
    texts: Sequence[str], prefer_comma: bool, progress: Progress | None = None
) -> bool:
    """Whether the comma in these numbers is a decimal comma; see `parse_numbers`."""
    check = _every_so_often(progress)
    found, both, english = False, True, False
    for row, text in enumerate(texts):
        check(row)
        match = _NUMBER.fullmatch(text.strip()) if "," in text else None
        if match is None:
            continue
        number = _without_spaces(match["digits"])
        if not _THOUSANDS_COMMA.fullmatch(number):
            return True
        found = True
        both = both and number.count(",") == 1 and "." not in number
        english = english or (match["before"] or match["after"]) in {"$", "£"}
    return found and both and prefer_comma and not english


def _without_spaces(number: str) -> str:
    """Without the blanks and apostrophes between thousands."""
    number = number.strip()
    if number.isascii() and " " not in number and "'" not in number:
        return number
    return _SPACES.sub("", number)


def forget_huge(values: NDArray[np.float64]) -> None:
    """Turn infinities, and what 32-bit numbers cannot hold, into missing values, in place."""
    values[np.abs(values) > LARGEST] = np.nan


def _plain(number: str, decimal_comma: bool) -> str | None:
    """As Python writes it, or None where points and commas make no sense."""
    if not decimal_comma and _PLAIN.fullmatch(number):
        return number
    number = _without_spaces(number)
    if decimal_comma:
        if "." in number:
            if not _THOUSANDS_DOT.fullmatch(number):
                return None
            number = number.replace(".", "")
        number = number.replace(",", ".")
    elif "," in number:
        number = number.replace(",", "")
    return number if _PLAIN.fullmatch(number) else None


def signs_around(text: str) -> tuple[str, str] | None:
    """What stands before and after the digits of a number, minus apart: (“$”, “”).

    None where the text is no number, or one with an exponent or an inner minus.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or match["inner"] or match["exponent"]:
        return None
    end = match.start("digits") + len(match["digits"].rstrip())
    return text[match.end("minus") : match.start("digits")], text[end:]


def date_format(texts: Sequence[str]) -> tuple[str, str, bool] | None:
    """The first format that reads every text of a sample: (format, in words, is ambiguous).

    Ambiguous means that day and month could be the other way round in all of them.
    """
    sample = [text.strip() for text in texts[:: len(texts) // _DATE_SAMPLE + 1]]
    if not all(text[:1].isdigit() for text in sample) or not sample:
        return None
    shape = _shape(sample[0])
    fitting = [
        (pattern, words)
        for pattern, words in _patterns().get(shape, [])
        if all(_is_date(text, pattern) for text in sample)
    ]
    if not fitting:
        return None
    return (*fitting[0], len({words for _, words in fitting}) > 1)


@functools.cache
def _patterns() -> dict[str, list[tuple[str, str]]]:
    """Formats and their words by shape: trying all of them on each column would take too long."""
    by_shape: dict[str, list[tuple[str, str]]] = {}
    moment = datetime(2001, 11, 12, 10, 14, 15, 16, tzinfo=UTC)
    for day, words in DATE_FORMATS:
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
