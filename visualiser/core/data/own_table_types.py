"""What the user says a column is, where that is not what the program takes it for."""

from typing import Annotated, Any, Literal, cast, get_args

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator

from visualiser.core.data.own_table_cells import DateColumn, RawColumn, WordColumn
from visualiser.core.data.own_table_columns import (
    MOST_SORTED,
    Column,
    alphabetical,
    amounts_column,
    amounts_of,
    constant_column,
    dates_column,
    in_order,
    understand,
)
from visualiser.core.data.own_table_dates import Order, date_format, parse_dates, read_each_date
from visualiser.core.data.own_table_numbers import parse_numbers
from visualiser.core.data.own_table_text import quoted
from visualiser.core.data.source import Progress

ColumnType = Literal["number", "category", "date", "date_day_first", "date_month_first", "text"]
"""“date” takes the day before the month where a date could be both."""
TYPES: tuple[ColumnType, ...] = get_args(ColumnType)
WORDS: frozenset[ColumnType] = frozenset(["category", "text"])
"""Types of columns whose cells are taken as they are written."""
DATES: dict[ColumnType, Order | None] = {
    "date": None,
    "date_day_first": "day_first",
    "date_month_first": "month_first",
}


def _from_pairs(said: Any) -> Any:
    """“zip=category” and the like, as a command line has them, as a mapping."""
    if isinstance(said, str):
        said = said.split(",")
    if not isinstance(said, list | tuple):
        return said
    types = {}
    for pair in map(str, said):
        name, _, kind = pair.rpartition("=")
        if not name or kind not in TYPES:
            raise ValueError(f"types are written as column=type, a type is {', '.join(TYPES)}")
        types[name] = kind
    return types


ColumnTypes = Annotated[dict[str, ColumnType], BeforeValidator(_from_pairs)]


def understood(
    raw: RawColumn, wanted: ColumnType | None, prefer_comma: bool, progress: Progress
) -> Column:
    """What a column is: of the type that is wanted, or what all of its values look like.

    Cells that are not of that type count as missing; a column without any that is, is empty.

    Args:
        raw: the column as it was read.
        wanted: what the user says it is; None leaves that open.
        prefer_comma: whether a comma that could be both is a decimal comma.
        progress: asked for Cancel.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    if wanted is None or not isinstance(raw, WordColumn):
        return understand(raw, prefer_comma, progress)
    counts = np.bincount(raw.codes[raw.codes >= 0], minlength=len(raw.texts))
    if not counts.sum():
        return understand(raw, prefer_comma, progress)
    if wanted == "number":
        return _numbers(raw, counts, prefer_comma, progress)
    if wanted in DATES:
        return _dates(raw, counts, DATES[wanted], progress)
    return _words(raw, cast(Literal["category", "text"], wanted))


def _words(raw: WordColumn, kind: Literal["category", "text"]) -> Column:
    raw = raw.merged()
    if len(raw.texts) == 1 and (raw.codes >= 0).all():
        return constant_column(raw.name, raw.texts[0])
    words = "categories" if kind == "category" else "text"
    note = f"{quoted(raw.name)} is read as {words}, as you chose."
    if kind == "category" and len(raw.texts) <= MOST_SORTED:
        raw = _sorted(raw)
    return Column(raw.name, kind, codes=raw.codes, texts=raw.texts, note=note)


def _sorted(raw: WordColumn) -> WordColumn:
    """Codes in the order of the numbers, where all categories are some, or of the alphabet."""
    numbers = parse_numbers(raw.texts).values
    if np.isnan(numbers).any():
        return alphabetical(raw)
    return in_order(raw, np.argsort(numbers, kind="stable").tolist())


def _numbers(
    raw: WordColumn, counts: NDArray[np.int64], prefer_comma: bool, progress: Progress
) -> Column:
    amounts = amounts_of(raw, counts, prefer_comma, progress)
    known = amounts.values[~np.isnan(amounts.values)]
    if not len(known):
        return _none(raw.name, "number")
    if len(known) == len(amounts.values) and np.ptp(known) == 0:
        return constant_column(raw.name, f"{known[0]:g}")
    return amounts_column(amounts)


def _dates(
    raw: WordColumn, counts: NDArray[np.int64], order: Order | None, progress: Progress
) -> Column:
    found = date_format(raw.texts, order)
    if found is not None:
        pattern, words, ambiguous = found
        days = parse_dates(raw.texts, pattern)
    else:
        words, ambiguous = "several ways of writing", False
        days = read_each_date(raw.texts, order, progress)
    if np.isnan(days).all():
        return _none(raw.name, "date")
    misread = int(counts[np.isnan(days)].sum())
    values = np.append(days, np.nan)[raw.codes]
    if not np.isnan(values).any() and np.ptp(values) == 0:
        return constant_column(raw.name, raw.texts[0])
    return dates_column(DateColumn(raw.name, values, words), ambiguous, misread)


def _none(name: str, what: str) -> Column:
    note = f"{quoted(name)} has no cell that is a {what}, and is left out."
    return Column(name, "empty", note=note)
