"""The columns of somebody's table as what a model is given: numbers, categories, counted words."""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import (
    Features,
    FloatArray,
    IntArray,
    Modality,
    Table,
    read_only,
)
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.hashed_words import hashed_words
from visualiser.core.data.own_table_columns import MAX_CATEGORIES, Column
from visualiser.core.data.own_table_text import quoted
from visualiser.core.data.source import Progress

WORD_NUMBERS = 64
"""Numbers that a column of text becomes where there are other columns; fewer in a long table."""
LONG_TABLE = 100_000
OTHER = "other"
_BLOCK = 4096
"""Rows put together at once: what is written column by column should stay in the cache."""


class TableFeatures(NamedTuple):
    """What a model is given of a table.

    Attributes:
        names: of the columns it is made of.
        notes: what was done, a sentence each.
    """

    modality: Modality
    features: Features
    names: tuple[str, ...]
    notes: tuple[str, ...]


def features_of(used: list[Column], rows: IntArray, progress: Progress) -> TableFeatures:
    """Columns as features: text alone stays text, anything else becomes a Table.

    Args:
        used: the columns, none of them names, constant or empty.
        rows: (n,) rows to take.
        progress: told what is going on, and asked for Cancel.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    names = tuple(column.name for column in used)
    if [column.kind for column in used] == ["text"]:
        only = used[0]
        assert only.codes is not None
        texts = np.array([*only.texts, ""], dtype=object)
        return TableFeatures("text", texts[only.codes[rows]], names, ())
    table, notes = _table(used, rows, progress)
    return TableFeatures("table", table, names, notes)


def _table(used: list[Column], rows: IntArray, progress: Progress) -> tuple[Table, tuple[str, ...]]:
    size = WORD_NUMBERS if len(rows) <= LONG_TABLE else WORD_NUMBERS // 4
    numbers = [column for column in used if column.values is not None or column.kind == "text"]
    categorical = [_with_categories(column) for column in used if column not in numbers]
    numeric, numeric_names = _numbers(numbers, rows, size, progress)
    codes = np.zeros((len(rows), len(categorical)), dtype=np.int32)
    for place, column in enumerate(categorical):
        assert column.codes is not None
        codes[:, place] = column.codes[rows]
    notes = [
        f"{quoted(column.name)} is text: its words are counted in {size} numbers."
        for column in used
        if column.kind == "text"
    ]
    notes += [column.note for column in categorical if column.note]
    gaps = [f"{quoted(name)} ({100 * share:.2g} %)" for name, share in _missing_share(used)]
    if gaps:
        notes.append(f"Missing values: {listed(gaps)}.")
    table = Table(
        numeric=read_only(numeric),
        numeric_names=numeric_names,
        categorical=read_only(codes),
        categorical_names=tuple(column.name for column in categorical),
        categories=tuple(column.texts for column in categorical),
        dates=frozenset(column.name for column in numbers if column.kind == "date"),
    )
    return table, tuple(notes)


def _numbers(
    columns: list[Column], rows: IntArray, size: int, progress: Progress
) -> tuple[FloatArray, tuple[str, ...]]:
    """Columns of numbers and of text side by side, (n, D), and what the D numbers are called.

    A text becomes `size` numbers. The array is filled in place: whole tables in pieces beside
    each other would take twice the memory.
    """
    names: list[str] = []
    places: list[tuple[Column, int]] = []
    for column in columns:
        places.append((column, len(names)))
        if column.values is not None:
            names.append(column.name)
        else:
            names += [f"{column.name}: words {n}" for n in range(size)]
    numbers = np.empty((len(rows), len(names)), dtype=np.float32)
    for start in range(0, len(rows), _BLOCK):
        progress.check()
        block, some = numbers[start : start + _BLOCK], rows[start : start + _BLOCK]
        for column, place in places:
            if column.values is not None:
                block[:, place] = column.values[some]
    for column, place in places:
        if column.values is None:
            progress.update(1, f"Counting the words of {quoted(column.name)}")
            _count_words(column, rows, numbers[:, place : place + size], progress)
    return numbers, tuple(names)


def _with_categories(column: Column) -> Column:
    """The same column; of too many categories the most frequent, and “other” for the rest."""
    assert column.codes is not None
    if len(column.texts) <= MAX_CATEGORIES:
        return column
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.texts))
    kept = _most_frequent(counts, column.texts, MAX_CATEGORIES - 1)
    new = np.full(len(column.texts) + 1, len(kept), dtype=np.int32)
    new[kept] = np.arange(len(kept), dtype=np.int32)
    new[-1] = -1
    return Column(
        column.name,
        "category",
        codes=new[column.codes],
        texts=(*(column.texts[code] for code in kept), OTHER),
        note=f"{quoted(column.name)} has {len(column.texts):,} categories: the {len(kept)} most "
        f"frequent are kept, the rest becomes “{OTHER}”.",
    )


def _most_frequent(counts: NDArray[np.int64], texts: Sequence[str], most: int) -> list[int]:
    """Codes of the `most` most frequent texts in alphabetical order, which also breaks ties."""
    least = np.partition(counts, -most)[-most]
    often = np.flatnonzero(counts > least).tolist()
    tied = np.flatnonzero(counts == least).tolist()
    often += heapq.nsmallest(most - len(often), tied, key=texts.__getitem__)
    return sorted(often, key=texts.__getitem__)


def _count_words(
    column: Column, rows: IntArray, into: NDArray[np.float32], progress: Progress
) -> None:
    """How often the words of each text fall into each bucket.

    Args:
        column: of text.
        rows: (n,) rows of the column.
        into: (n, buckets), to be filled.
        progress: asked for Cancel.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    assert column.codes is not None
    size = into.shape[1]
    codes = column.codes[rows]
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    into[order[: np.count_nonzero(codes < 0)]] = 0
    start = 0
    for done, places, buckets in hashed_words(column.texts, size):
        progress.check()
        found = np.bincount((places - start) * size + buckets, minlength=(done - start) * size)
        first, last = np.searchsorted(codes, np.array([start, done], codes.dtype))
        counts = found.reshape(done - start, size)
        into[order[first:last]] = counts[codes[first:last] - start]
        start = done


def _missing_share(columns: Sequence[Column]) -> list[tuple[str, float]]:
    """Columns with cells without a value and the share of their rows, the worst first."""
    shares = []
    for column in columns:
        missing = column.missing
        share = (np.count_nonzero(missing) - column.too_large) / len(missing)
        if share:
            shares.append((column.name, share))
    return sorted(shares, key=lambda pair: -pair[1])
