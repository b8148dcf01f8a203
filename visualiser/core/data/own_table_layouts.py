"""Columns of amounts or dates that are all written alike, read without making a text of each."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_cells import (
    MAX_UNPARSED,
    MISSING,
    AmountColumn,
    DateColumn,
    GrowingNumbers,
    GrowingWords,
    NotAsExpected,
)
from visualiser.core.data.own_table_dates import date_format
from visualiser.core.data.own_table_digits import AmountLayout, Cells, DateLayout, Mask
from visualiser.core.data.own_table_file import TableFile
from visualiser.core.data.own_table_numbers import (
    means_decimals,
    parse_numbers,
    signs_around,
)
from visualiser.core.data.own_table_types import DATES, WORDS, ColumnType

if TYPE_CHECKING:
    import pandas as pd

_SPARE = 16
"""Bytes that a cell may have more than the longest in the first rows."""
_WIDEST = 64


_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class GrowingAmounts:
    """A column so far whose first cells are all amounts, such as “$ 1,234.50”.

    What is read is what `parse_numbers` would read of all texts. Where that could depend on
    more than the first rows tell, the column is to be read as text.
    """

    def __init__(self, name: str, sample: Sequence[str], layout: AmountLayout, unit: str) -> None:
        self.name = name
        self.width = max(len(text.encode()) for text in sample) + _SPARE
        self.cell_type = f"S{self.width}"
        self._layout, self._unit = layout, unit
        self._most_others = len(set(sample))
        self._pieces: list[NDArray[np.float64]] = []
        self._others: dict[str, float] = {}
        self._misread = 0
        self._first_misread = ""

    def add(self, piece: "pd.Series[Any]") -> None:
        """Amounts from bytes of `width` a cell.

        Raises:
            NotAsExpected: too many cells are written otherwise.
        """
        cells = piece.to_numpy()
        values, read = self._layout.read(cells)
        for row in np.flatnonzero(~read & (cells != b"")).tolist():
            values[row] = self._other(_text(self.name, cells[row], self.width))
        self._pieces.append(values)

    def _other(self, text: str) -> float:
        """The value of a cell that is written differently."""
        if text in MISSING:
            return np.nan
        if text not in self._others:
            if len(self._others) == self._most_others:
                raise NotAsExpected(self.name)
            self._others[text] = self._parsed(text)
        value = self._others[text]
        if np.isnan(value):
            self._misread += 1
            self._first_misread = self._first_misread or text
        return value

    def _parsed(self, text: str) -> float:
        if not self._layout.decimal_comma and means_decimals([text], prefer_comma=True):
            raise NotAsExpected(self.name)  # and perhaps the comma of all the others too
        # With its meaning of the comma, whatever stands beside it.
        with_comma = parse_numbers([text, *(["0,5"] if self._layout.decimal_comma else [])])
        return float(with_comma.values[0])

    def column(self) -> AmountColumn:
        """The whole column; to be asked for once.

        Raises:
            NotAsExpected: it has too many cells that are no amounts, or the same in each row.
        """
        values = np.concatenate(self._pieces)
        self._pieces.clear()
        known = int(np.count_nonzero(~np.isnan(values)))
        too_many = self._misread > MAX_UNPARSED * (known + self._misread)
        if too_many or (known == len(values) and np.ptp(values) == 0):
            raise NotAsExpected(self.name)
        return AmountColumn(
            self.name,
            values,
            self._unit,
            self._layout.decimal_comma,
            self._misread,
            self._first_misread,
        )


class GrowingDates:
    """A column so far whose first cells are all dates of one format, the year first."""

    def __init__(self, name: str, layout: DateLayout, words: str) -> None:
        self.name = name
        self.width = layout.width + _SPARE
        self.cell_type = f"S{self.width}"
        self._layout, self._words = layout, words
        self._pieces: list[NDArray[np.float64]] = []

    def add(self, piece: "pd.Series[Any]") -> None:
        """Dates from bytes of `width` a cell.

        Raises:
            NotAsExpected: a cell is neither missing nor such a date.
        """
        cells = piece.to_numpy()
        days, read = self._layout.read(cells)
        for cell in np.unique(cells[~read & (cells != b"")]):
            if _text(self.name, cell, self.width) not in MISSING:
                raise NotAsExpected(self.name)
        self._pieces.append(days)

    def column(self) -> DateColumn:
        """The whole column; to be asked for once.

        Raises:
            NotAsExpected: it is the same in each row.
        """
        values = np.concatenate(self._pieces)
        self._pieces.clear()
        if np.ptp(values) == 0:
            raise NotAsExpected(self.name)
        return DateColumn(self.name, values, self._words)


Growing = GrowingNumbers | GrowingAmounts | GrowingDates | GrowingWords


def _text(name: str, cell: bytes, width: int) -> str:
    """A cell without the blanks around it.

    Raises:
        NotAsExpected: it is longer than what was read of it.
        UnicodeDecodeError: it is not UTF-8.
    """
    if len(cell) == width:
        raise NotAsExpected(name)
    return cell.decode().strip()


def growing_columns(
    file: TableFile,
    unread: AbstractSet[str],
    as_text: AbstractSet[str],
    types: Mapping[str, ColumnType],
) -> dict[str, Growing]:
    """Columns to be filled, of the kinds that the first rows of the file suggest.

    Args:
        file: whose first rows are looked at.
        unread: columns to pass over.
        as_text: columns to be read as words whatever they look like.
        types: what the user says that columns are.
    """
    columns: dict[str, Growing] = {}
    for name, cells in zip(file.columns, zip(*file.rows, strict=True), strict=True):
        if name in unread:
            continue
        known = [cell.strip() for cell in cells if cell.strip() not in MISSING]
        typed = types.get(name)
        if name in as_text or typed in WORDS:
            columns[name] = GrowingWords(name)
        elif typed in DATES:
            columns[name] = _dates_of(name, known) or GrowingWords(name)
        elif known and all(map(_PLAIN.fullmatch, known)):
            columns[name] = GrowingNumbers(name)
        else:
            layout = recognise_layout(name, known, prefer_comma=file.prefers_comma)
            wrong = typed == "number" and isinstance(layout, GrowingDates)
            columns[name] = GrowingWords(name) if wrong or layout is None else layout
    return columns


def _dates_of(name: str, sample: Sequence[str]) -> GrowingDates | None:
    """A column of dates where all known cells of its first rows have the year first."""
    return _dates(name, sample) if sample and max(map(len, sample)) <= _WIDEST else None


def recognise_layout(
    name: str, sample: Sequence[str], prefer_comma: bool
) -> GrowingAmounts | GrowingDates | None:
    """A column to be filled where all known cells of its first rows are written alike."""
    if not sample or max(map(len, sample)) > _WIDEST:
        return None
    return _amounts(name, sample, prefer_comma) or _dates(name, sample)


def _amounts(name: str, sample: Sequence[str], prefer_comma: bool) -> GrowingAmounts | None:
    signs = signs_around(sample[0])
    if signs is None:
        return None
    before, after = signs
    # A later cell that could be read both ways must not change what the comma means.
    both = f"{before}1,234{after}"
    decimal_comma = means_decimals(sample, prefer_comma=False)
    if means_decimals([*sample, both], prefer_comma) != decimal_comma:
        return None
    layout = AmountLayout(before.encode(), after.encode(), decimal_comma)
    column = GrowingAmounts(name, sample, layout, parse_numbers(sample, prefer_comma).unit)
    return column if _all_read(layout, sample, column.width) else None


def _dates(name: str, sample: Sequence[str]) -> GrowingDates | None:
    found = date_format(sample)
    layout = DateLayout.of(sample[0], found[0]) if found else None
    if found is None or layout is None:
        return None
    column = GrowingDates(name, layout, found[1])
    return column if _all_read(layout, sample, column.width) else None


def _all_read(layout: AmountLayout | DateLayout, sample: Sequence[str], width: int) -> bool:
    cells: Cells = np.array([text.encode() for text in sample], dtype=f"S{width}")
    read: Mask = layout.read(cells)[1]
    return bool(read.all())
