"""Numbers as people write them: “1,234”, “$ 5”, “12 %”, “3,5”."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
_INFINITE = re.compile(r"[-+−]?inf(?:inity)?", re.IGNORECASE)
_CHECKED_ROWS = 10_000
LARGEST = float(np.finfo(np.float32).max)


@dataclass(frozen=True, eq=False)
class Parsed:
    """Numbers of some texts, NaN where a text is none.

    Attributes:
        too_large: (N,) true where a text is a number that cannot be used; NaN there too.
        unit: the sign that most came with: “$”, “€”, “£”, “%” or none.
        decimal_comma: whether “3,5” was taken for three and a half.
    """

    values: NDArray[np.float64]
    too_large: NDArray[np.bool_]
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
            if _INFINITE.fullmatch(text.strip()):
                values[row] = np.inf
            continue
        minus, before, inner, digits, exponent, after = match.groups()
        plain = _plain(digits, decimal_comma)
        if plain is None or (minus and inner):
            continue
        number = float(plain + exponent if exponent else plain)
        values[row] = -number if (minus or inner) in _MINUS else number
        units[before or after] += 1
    too_large = forget_huge(values)
    return Parsed(values, too_large, units.most_common(1)[0][0] if units else "", decimal_comma)


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


def forget_huge(values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Turn infinities, and what 32-bit numbers cannot hold, into missing values, in place.

    Returns:
        (N,) true where there was one.
    """
    too_large: NDArray[np.bool_] = np.abs(values) > LARGEST
    values[too_large] = np.nan
    return too_large


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
