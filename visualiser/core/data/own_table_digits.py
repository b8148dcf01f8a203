"""Amounts and dates of many cells at once, digit by digit, from their bytes.

Only the plain cases are read here; cells that are anything else are left to the caller. What is
read is exactly what Python would read.
"""

import re
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_dates import YEARS

Cells = NDArray[np.bytes_]
Mask = NDArray[np.bool_]
_ZERO = ord("0")
_MOST_DIGITS = 15
"""So many digits, as a whole number and as a power of ten, are exact in 64 bits; their quotient
is then the nearest number there is, as Python's is."""
_POWERS = 10.0 ** np.arange(_MOST_DIGITS + 1)
_MICROSECONDS_A_DAY = 86_400_000_000
_FIELDS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")


def _by_place(cells: Cells) -> NDArray[np.uint8]:
    """(N,) cells → (W, N) bytes: the first byte of all cells, then the second; 0 after the end."""
    width = cells.dtype.itemsize
    return np.ascontiguousarray(cells.view(np.uint8).reshape(len(cells), width).T)


@dataclass(frozen=True)
class AmountLayout:
    """How amounts are written: “-$1,234.50” has the prefix “$” and no decimal comma.

    Attributes:
        prefix, suffix: signs and blanks around the digits of each cell, in UTF-8.
        decimal_comma: whether points stand between thousands and a comma before decimals.
    """

    prefix: bytes
    suffix: bytes
    decimal_comma: bool

    def read(self, cells: Cells) -> tuple[NDArray[np.float64], Mask]:
        """Numbers of (N,) cells, and which are so written: minus or none, prefix, digits, suffix.

        The cells must have room for the prefix and a byte more.
        """
        places = _by_place(cells)
        negative = places[0] == ord("-")
        if negative.any():
            shifted = np.vstack([places[1:], np.zeros_like(places[:1])])
            places = np.where(negative, shifted, places)
        read = _begin_with(places, self.prefix)
        places = places[len(self.prefix) :]
        read &= _without_suffix(places, self.suffix)
        thousands, decimal = (",", ".") if not self.decimal_comma else (".", ",")
        values, plain = _numbers(places, ord(thousands), ord(decimal))
        read &= plain
        np.negative(values, where=negative, out=values)
        values[~read] = np.nan
        return values, read


def _begin_with(places: NDArray[np.uint8], prefix: bytes) -> Mask:
    read = np.ones(places.shape[1], dtype=bool)
    for place, byte in enumerate(prefix):
        read &= places[place] == byte
    return read


def _without_suffix(places: NDArray[np.uint8], suffix: bytes) -> Mask:
    """Which cells end with the suffix, which is wiped out in place."""
    read = np.ones(places.shape[1], dtype=bool)
    if not suffix:
        return read
    cells = np.arange(places.shape[1])
    start = np.count_nonzero(places, axis=0) - len(suffix)
    read &= start >= 0
    for place, byte in enumerate(suffix):
        at = np.maximum(start + place, 0)
        read &= places[at, cells] == byte
        places[at, cells] = 0
    return read


def _numbers(
    places: NDArray[np.uint8], thousands: int, decimal: int
) -> tuple[NDArray[np.float64], Mask]:
    """Values, and which cells are plain numbers.

    Plain: digits, in groups of three or without groups; then nothing, or the decimal mark and
    digits.
    """
    count = places.shape[1]
    whole = np.zeros(count, dtype=np.int64)
    digits, decimals, separators, marks, group = (np.zeros(count, np.int8) for _ in range(5))
    fits, ended = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    leading_zero = places[0] == _ZERO
    for place in places:
        digit = place - np.uint8(_ZERO)  # wraps round below “0”
        is_digit, is_separator, is_mark = digit <= 9, place == thousands, place == decimal
        end = place == 0
        fits &= is_digit | is_separator | is_mark | end
        fits &= end | ~ended
        ended |= end
        np.add(whole * 10, digit, out=whole, where=is_digit & (digits < _MOST_DIGITS))
        # Before a separator: one to three digits, then three, and never after the decimal mark.
        fits &= ~is_separator | (
            (marks == 0) & np.where(separators > 0, group == 3, (group >= 1) & (group <= 3))
        )
        fits &= ~is_mark | ((marks == 0) & (digits > 0) & ((separators == 0) | (group == 3)))
        digits += is_digit
        decimals += is_digit & (marks > 0)
        group += is_digit & (marks == 0)
        group[is_separator] = 0
        separators += is_separator
        marks += is_mark
    fits &= (digits > 0) & (digits <= _MOST_DIGITS) & ((marks == 0) | (decimals > 0))
    fits &= (separators == 0) | ((group == 3) & ~leading_zero)
    values = whole / _POWERS[np.minimum(decimals, _MOST_DIGITS)]
    return values, fits


@dataclass(frozen=True)
class DateLayout:
    """Where the digits of a date stand, the year first: “2024-12-31T23:59:58.125Z”.

    Attributes:
        fields: name of each field (Y m d H M S f) and its first and last + 1 byte.
        signs: place and byte of what stands between them.
        width: of every cell.
        offset: of the time zone, in microseconds.
    """

    fields: tuple[tuple[str, int, int], ...]
    signs: tuple[tuple[int, int], ...]
    width: int
    offset: int

    @classmethod
    def of(cls, text: str, pattern: str) -> "DateLayout | None":
        """The layout of a date in a format of strptime; None where the year is not first.

        Formats that begin with the year cannot be confused with others by a later cell.
        """
        if not pattern.startswith("%Y") or "%p" in pattern or not text.isascii():
            return None
        fields: list[tuple[str, int, int]] = []
        signs: list[tuple[int, int]] = []
        zone = _ZONE.search(text) if "%z" in pattern else None
        body = text[: zone.start()] if zone else text
        at = 0
        for token in re.findall(r"%?.", pattern.removesuffix("%z")):
            width = 1
            if token == "%f":
                width = len(body) - at
            elif token[0] == "%":
                width = _FIELDS[token[1]]
            if token[0] == "%":
                fields.append((token[1], at, at + width))
            else:
                signs.append((at, ord(token)))
            at += width
        if at != len(body):
            return None
        signs += [(place, ord(text[place])) for place in range(at, len(text))]
        moment = datetime.strptime(text, pattern)
        offset = moment.utcoffset()
        microseconds = 0 if offset is None else round(offset.total_seconds() * 1e6)
        return cls(tuple(fields), tuple(signs), len(text), microseconds)

    def read(self, cells: Cells) -> tuple[NDArray[np.float64], Mask]:
        """Days since 1 January 1970 (UTC) of (N,) cells, and whether the cell has this layout."""
        places = _by_place(cells)
        read = np.count_nonzero(places, axis=0) == self.width
        for place, byte in self.signs:
            read &= places[place] == byte
        found = {"H": np.zeros(len(cells), np.int64)}
        found["M"] = found["S"] = found["f"] = found["H"]
        for name, start, stop in self.fields:
            number = np.zeros(len(cells), np.int64)
            for place in places[start:stop]:
                digit = place - np.uint8(_ZERO)
                read &= digit <= 9
                number = number * 10 + digit
            found[name] = number * 10 ** (6 - stop + start) if name == "f" else number
        read &= _in_calendar(found["Y"], found["m"], found["d"])
        read &= (found["H"] < 24) & (found["M"] < 60) & (found["S"] < 60)
        seconds = (found["H"] * 60 + found["M"]) * 60 + found["S"]
        total = _days_since_1970(found["Y"], found["m"], found["d"]) * _MICROSECONDS_A_DAY
        total += seconds * 1_000_000 + found["f"] - self.offset
        days = total / _MICROSECONDS_A_DAY
        days[~read] = np.nan
        return days, read


def _in_calendar(year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]) -> Mask:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    lengths = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0])
    longest = lengths[np.minimum(month, 13)] + (leap & (month == 2))
    in_years = (year >= YEARS.start) & (year < YEARS.stop)
    valid: Mask = in_years & (day >= 1) & (day <= longest)
    return valid


def _days_since_1970(
    year: NDArray[np.int64], month: NDArray[np.int64], day: NDArray[np.int64]
) -> NDArray[np.int64]:
    """By the count of the Gregorian calendar from the first of March of the year 0."""
    year = year - (month <= 2)
    month = (month + 9) % 12
    return (
        year * 365 + year // 4 - year // 100 + year // 400 + (month * 306 + 5) // 10 + day - 719469
    )
