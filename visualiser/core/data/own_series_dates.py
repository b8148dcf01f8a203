"""Which column of somebody's table says when, and when that is."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_table_columns import HALF, Column
from visualiser.core.data.own_table_dates import date_format, parse_dates
from visualiser.core.data.own_table_preview import TablePreview
from visualiser.core.data.period_text import read_periods

Values = NDArray[np.float64]
_WHEN = re.compile(r"year|month|quarter|week|period|date|time|jaar|maand|kwartaal|datum", re.I)
"""In the name of a column whose numbers, as 1999 or 202301, are dates."""
_LARGEST_PERIOD = 1e6
_LOOKED_AT = 50


def date_columns(seen: TablePreview) -> tuple[str, ...]:
    """Columns that can say when, likely ones first: dates, then periods such as “2024-03”."""
    dates = [column.name for column in seen.columns if column.kind == "date"]
    periods = [
        column.name
        for place, column in enumerate(seen.columns)
        if column.kind not in {"date", "constant", "empty"}
        and (not column.numeric or place == 0 or _WHEN.search(column.name))
        and read_periods(_cells(seen, place)) is not None
    ]
    return (*dates, *periods)


def mixed_date_columns(seen: TablePreview) -> tuple[str, ...]:
    """Columns whose dates are written in several ways, so that days may be taken for others."""
    return tuple(
        column.name
        for place, column in enumerate(seen.columns)
        if column.kind in {"category", "names"} and _are_mostly_dates(_cells(seen, place))
    )


def begins_in_order(seen: TablePreview) -> bool:
    """Whether the first column has dates, each of them once and one after the other."""
    cells = _cells(seen, 0)
    days = _days(cells) if len(cells) == len(seen.file.rows) else None
    if days is None or seen.columns[0].name not in date_columns(seen):
        return False
    steps = np.diff(days)
    return bool((steps > 0).all() or (steps < 0).all())


def days_of(column: Column) -> tuple[Values, str] | None:
    """When each row is, and a sentence on how that was read; None where the column has no dates.

    Returns:
        (N,) days since 1 January 1970, NaN where missing; the sentence.
    """
    if column.kind == "date" and column.values is not None:
        return column.values, column.note
    if column.values is not None:
        numbers, places = np.unique(column.values, return_inverse=True)
        texts = tuple(f"{number:.0f}" if _is_period(number) else "" for number in numbers.tolist())
    elif column.codes is not None:
        texts, places = column.texts, column.codes.astype(np.int64)
    else:
        return None
    days = read_periods(texts)
    if days is None:
        return None
    misread = [text for text, day in zip(texts, days, strict=True) if text and np.isnan(day)]
    note = f"“{isolated(column.name)}” says in which period a row is"
    note += f"; “{isolated(misread[0][:40])}” is none and counts as missing." if misread else "."
    return np.append(days, np.nan)[places], note


def _days(texts: Sequence[str]) -> Values | None:
    found = date_format(texts)
    return read_periods(texts) if found is None else parse_dates(texts, found[0])


def _are_mostly_dates(texts: Sequence[str]) -> bool:
    some = [*dict.fromkeys(texts)][:_LOOKED_AT]
    return sum(date_format([text]) is not None for text in some) > HALF * len(some)


def _is_period(number: float) -> bool:
    return 0 < number < _LARGEST_PERIOD and number == round(number)


def _cells(seen: TablePreview, place: int) -> list[str]:
    return [row[place].strip() for row in seen.file.rows if row[place].strip()]
