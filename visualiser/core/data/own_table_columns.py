"""What each column of somebody's table is, and its values as numbers, categories or words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_cells import (
    AmountColumn,
    DateColumn,
    NumberColumn,
    RawColumn,
    UnreadColumn,
    WordColumn,
)
from visualiser.core.data.own_table_dates import date_format, parse_dates
from visualiser.core.data.own_table_numbers import parse_numbers
from visualiser.core.data.own_table_text import quoted
from visualiser.core.data.source import Progress

ColumnKind = Literal[
    "number", "yes or no", "category", "date", "text", "names", "constant", "empty"
]
MAX_CATEGORIES = 50
MAX_MISREAD = 0.01
"""Share of the rows that may be no number or no date in a column of numbers or dates."""
WORDS_OF_TEXT = 4
"""A column is text where its cells hold this many words on average, or more."""
HALF = 0.5
NEARLY_ALL = 0.9
"""A column of words is names or ids where so many of its values are different."""
_LOOKED_AT = 50_000
MOST_SORTED = 10_000
"""More categories stay in the order of the rows: sorting them would hold up other threads."""
_YES_NO = ({"yes", "no"}, {"true", "false"}, {"y", "n"}, {"t", "f"}, {"ja", "nee"})


@dataclass(frozen=True, eq=False)
class Column:
    """A column once its kind is known.

    Attributes:
        values: (N,) float64 for "number" (in `unit`) and "date" (days since 1970), else None.
        codes, texts: for the other kinds; −1 where missing. None for "names" that were not read
            to their end.
        note: what was done, in one sentence; empty where nothing had to be.
        advice: what the user may want to do if it is an input, likewise.
        too_large: cells that have a number, but one that cannot be used.
        is_ambiguous: whether day and month of its dates could be the other way round.
    """

    name: str
    kind: ColumnKind
    values: NDArray[np.float64] | None = None
    codes: NDArray[np.int32] | None = None
    texts: tuple[str, ...] = ()
    unit: str = ""
    note: str = ""
    advice: str = ""
    too_large: int = 0
    is_ambiguous: bool = False

    @property
    def missing(self) -> NDArray[np.bool_]:
        """(N,) true where the column has no value."""
        if self.values is not None:
            return np.isnan(self.values)
        assert self.codes is not None
        return np.asarray(self.codes < 0)


def understand(raw: RawColumn, prefer_comma: bool, progress: Progress) -> Column:
    """Decide what a column is from all of its values.

    Args:
        raw: the column as it was read.
        prefer_comma: whether a comma that could be both is a decimal comma.
        progress: asked for Cancel.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    match raw:
        case NumberColumn():
            return _number(raw)
        case AmountColumn():
            return amounts_column(raw)
        case DateColumn():
            return dates_column(raw)
        case WordColumn():
            return _understand_words(raw, prefer_comma, progress)
        case UnreadColumn():
            return _names(raw.name)


def _understand_words(raw: WordColumn, prefer_comma: bool, progress: Progress) -> Column:
    counts = np.bincount(raw.codes[raw.codes >= 0], minlength=len(raw.texts))
    present = int(counts.sum())
    if present == 0:
        return _empty(raw.name)
    if len(raw.texts) == 1 and present == len(raw.codes):
        return constant_column(raw.name, raw.texts[0])
    column = _words_as_numbers(raw, counts, prefer_comma, progress)
    column = column or _words_as_dates(raw, counts)
    return column or _words(raw, counts)


def _number(raw: NumberColumn) -> Column:
    known = raw.values[~np.isnan(raw.values)]
    if len(known) == 0:
        return _empty(raw.name, raw.too_large)
    low, high = float(known.min()), float(known.max())
    if low == high and len(known) == len(raw.values):
        return constant_column(raw.name, f"{low:g}")
    note = advice = ""
    if raw.unparsed or raw.too_large:
        note = f"{quoted(raw.name)}: {', and '.join(_unusable_cells(raw))}."
    elif _counts_rows(known, low, high, len(raw.values)):
        advice = (
            f"{quoted(raw.name)} looks like a row number: leave it out unless its order means "
            "something."
        )
    return Column(
        raw.name, "number", values=raw.values, note=note, advice=advice, too_large=raw.too_large
    )


def _unusable_cells(raw: NumberColumn) -> list[str]:
    """What is wrong with some cells of a column of numbers."""
    said = []
    if raw.unparsed:
        many = f"{raw.unparsed:,} cells are no numbers and count"
        what = "1 cell is no number and counts" if raw.unparsed == 1 else many
        said.append(f"{what} as missing (first: {raw.first_unparsed})")
    if raw.too_large:
        said.append(_said_of_large(raw.too_large))
    return said


def _said_of_large(count: int) -> str:
    return f"{count:,} {'cell is' if count == 1 else 'cells are'} too large to be used"


def _empty(name: str, too_large: int = 0) -> Column:
    why = f"no values but {too_large:,} too large to be used," if too_large else "no values"
    return Column(name, "empty", note=f"{quoted(name)} has {why} and is left out.")


def _counts_rows(known: NDArray[np.float64], low: float, high: float, rows: int) -> bool:
    return (
        rows > 2
        and len(known) == rows
        and high - low == rows - 1
        and bool((np.abs(np.diff(known)) == 1).all())
    )


def constant_column(name: str, value: str) -> Column:
    """A column with one value in all rows."""
    note = f"{quoted(name)} is always “{value[:40]}” and is left out."
    return Column(name, "constant", note=note)


def _words_as_numbers(
    raw: WordColumn, counts: NDArray[np.int64], prefer_comma: bool, progress: Progress
) -> Column | None:
    some = parse_numbers(raw.texts[:200], prefer_comma)
    if (np.isnan(some.values) & ~some.too_large).mean() > HALF:
        return None
    amounts = amounts_of(raw, counts, prefer_comma, progress)
    return None if amounts.misread > MAX_MISREAD * counts.sum() else amounts_column(amounts)


def amounts_of(
    raw: WordColumn, counts: NDArray[np.int64], prefer_comma: bool, progress: Progress
) -> AmountColumn:
    """Words as numbers, however few of them are; `counts` are the cells with each text.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    parsed = parse_numbers(raw.texts, prefer_comma, progress)
    strange = np.isnan(parsed.values) & ~parsed.too_large
    first = raw.texts[int(strange.argmax())] if strange.any() else ""
    return AmountColumn(
        raw.name,
        np.append(parsed.values, np.nan)[raw.codes],
        parsed.unit,
        parsed.decimal_comma,
        int(counts[strange].sum()),
        first,
        int(counts[parsed.too_large].sum()),
    )


def amounts_column(raw: AmountColumn) -> Column:
    """A column of amounts, with a sentence on how they were read."""
    if np.isnan(raw.values).all() and not raw.misread:
        return _empty(raw.name, raw.too_large)
    said = []
    if raw.decimal_comma:
        said.append("its comma is a decimal comma")
    if raw.unit:
        said.append(f"the sign {raw.unit} is its unit")
    if raw.misread:
        cell = f"“{raw.first_misread[:40]}”"
        many = f"{raw.misread:,} cells such as {cell} count as missing"
        said.append(f"the cell {cell} counts as missing" if raw.misread == 1 else many)
    if raw.too_large:
        said.append(_said_of_large(raw.too_large))
    note = f"{quoted(raw.name)} is read as numbers: {', '.join(said)}." if said else ""
    return Column(raw.name, "number", raw.values, unit=raw.unit, note=note, too_large=raw.too_large)


def _words_as_dates(raw: WordColumn, counts: NDArray[np.int64]) -> Column | None:
    found = date_format(raw.texts)
    if found is None:
        return None
    pattern, words, ambiguous = found
    days = parse_dates(raw.texts, pattern)
    misread = int(counts[np.isnan(days)].sum())
    if misread > MAX_MISREAD * counts.sum():
        return None
    values = np.append(days, np.nan)[raw.codes]
    return dates_column(DateColumn(raw.name, values, words), ambiguous, misread)


def dates_column(raw: DateColumn, ambiguous: bool = False, misread: int = 0) -> Column:
    """A column of dates, with a sentence on how they were read.

    Args:
        raw: the dates.
        ambiguous: whether day and month could be the other way round.
        misread: cells that are no dates.
    """
    note = (
        f"{quoted(raw.name)} is read as dates ({raw.words}) and counted in days since 1 January "
        "1970"
    )
    if ambiguous:
        note += "; day and month could be the other way round"
    if misread:
        many = f"; {misread:,} cells are no dates and count as missing"
        note += "; 1 cell is no date and counts as missing" if misread == 1 else many
    return Column(
        raw.name,
        "date",
        values=raw.values,
        unit="days",
        note=f"{note}.",
        is_ambiguous=ambiguous,
    )


def _words(raw: WordColumn, counts: NDArray[np.int64]) -> Column:
    present = int(counts.sum())
    if len(raw.texts) == 2 and {text.casefold() for text in raw.texts} in _YES_NO:
        ordered = alphabetical(raw)
        return Column(raw.name, "yes or no", codes=ordered.codes, texts=ordered.texts)
    if len(raw.texts) > 10 and _words_a_cell(raw, counts) >= WORDS_OF_TEXT:
        return Column(raw.name, "text", codes=raw.codes, texts=raw.texts)
    raw = raw.merged()
    distinct = len(raw.texts)
    if distinct > MAX_CATEGORIES and distinct > NEARLY_ALL * present:
        return _names(raw.name, raw.codes, raw.texts)
    if distinct <= MOST_SORTED:
        raw = alphabetical(raw)
    return Column(raw.name, "category", codes=raw.codes, texts=raw.texts)


def _words_a_cell(raw: WordColumn, counts: NDArray[np.int64]) -> float:
    """Words in a cell on average; of very many different texts a part is looked at."""
    some = slice(None, None, len(raw.texts) // _LOOKED_AT + 1)
    lengths = np.array([text.count(" ") + 1 for text in raw.texts[some]])
    return float((lengths * counts[some]).sum() / max(1, counts[some].sum()))


def _names(
    name: str, codes: NDArray[np.int32] | None = None, texts: tuple[str, ...] = ()
) -> Column:
    note = (
        f"{quoted(name)} is different in nearly every row, as a name or an id is, and is left out."
    )
    return Column(name, "names", codes=codes, texts=texts, note=note)


def alphabetical(raw: WordColumn) -> WordColumn:
    """Codes in the alphabetical order of the texts, whatever the order of the rows."""
    return in_order(raw, sorted(range(len(raw.texts)), key=raw.texts.__getitem__))


def in_order(raw: WordColumn, order: Sequence[int]) -> WordColumn:
    """The same column with its texts in another order, by their codes."""
    new = np.full(len(raw.texts) + 1, -1, dtype=np.int32)
    new[order] = np.arange(len(order), dtype=np.int32)
    return WordColumn(raw.name, new[raw.codes], tuple(raw.texts[code] for code in order))
