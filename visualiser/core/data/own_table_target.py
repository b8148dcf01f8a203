"""The column to be predicted and the column of groups of somebody's table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import date_text
from visualiser.core.data.dataset import IntArray, TaskName
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_refusals import (
    MAX_CLASSES,
    MAX_GROUPS,
    no_values,
    one_value,
    too_many_classes,
    too_many_groups,
    words_for_regression,
)
from visualiser.core.data.own_table_text import quoted
from visualiser.core.errors import UserError

MAX_CLASSES_GUESSED = 10
FEW_ROWS = 10
_TARGET_NAMES = re.compile(
    r"(target|label|class|klasse|outcome|decision|result|y|doel|uitkomst|prijs|price)",
    re.IGNORECASE,
)
_GROUP_NAMES = re.compile(
    r"(sex|gender|race|ethnicity|ethnic|group|age.?group|religion|nationality|geslacht|afkomst|groep)",
    re.IGNORECASE,
)
_POSITIVE = frozenset(
    [
        "yes",
        "true",
        "y",
        "t",
        "1",
        "ja",
        "approved",
        "accepted",
        "positive",
        "granted",
        "hired",
        "admitted",
        "passed",
        "good",
        "paid",
        "survived",
        "success",
        "bought",
        "called",
    ]
)


@dataclass(frozen=True, eq=False)
class Target:
    """What is to be predicted, for the rows that have it.

    Attributes:
        name: of its column.
        rows: (n,) rows of the file with a known target.
        labels: (n,) as in Dataset.labels.
    """

    name: str
    task: TaskName
    rows: IntArray
    labels: NDArray[Any]
    class_names: tuple[str, ...]
    unit: str
    positive_class: int | None
    notes: tuple[str, ...]


def guess_target(names: Sequence[str], usable: Sequence[bool]) -> str:
    """A column called target, label, class … if there is one, else the last usable one.

    A “y” beside an “x” and others is a place in the plane.
    """
    candidates = [name for name, use in zip(names, usable, strict=True) if use] or list(names)
    called = {name.strip().lower(): name for name in candidates}
    places = {called["y"]} if {"x", "y"} < called.keys() else set()
    named = [n for n in candidates if _TARGET_NAMES.fullmatch(n.strip()) and n not in places]
    return (named or candidates)[-1]


def guess_groups(names: Sequence[str]) -> tuple[str, ...]:
    """Columns whose name says that they hold a group of people."""
    return tuple(name for name in names if _GROUP_NAMES.fullmatch(name.strip()))


def guess_task(column: Column) -> TaskName:
    """Regression for numbers of many values or with fractions; classification otherwise."""
    if column.values is None:
        return "classification"
    known = column.values[~np.isnan(column.values)]
    if column.unit or (known != np.round(known)).any():
        return "regression"
    few = len(np.unique(known)) <= MAX_CLASSES_GUESSED
    return "classification" if few else "regression"


def read_target(column: Column, task: TaskName | None, positive: str, file: str) -> Target:
    """Labels of the rows that have one.

    Args:
        column: the target's.
        task: None lets `guess_task` choose.
        positive: name of the favourable class; empty lets the program look for yes, true, 1 …
        file: its name, for messages.

    Raises:
        UserError: no values, one class, too many classes, or words where numbers are needed.
    """
    if column.kind == "empty":
        raise no_values(file, column.name)
    if column.kind == "constant":
        raise one_value(file, column.name)
    if column.values is None and column.codes is None:
        raise UserError(
            f"{file}: the target column {quoted(column.name)} is different in nearly every row, as "
            "a name or an id is.",
            "Choose another column to predict.",
        )
    chosen = task or guess_task(column)
    if chosen == "regression":
        return _numbers(column, file)
    return _classes(column, positive, file)


def _numbers(column: Column, file: str) -> Target:
    if column.values is None:
        raise words_for_regression(file, column.name)
    rows = np.flatnonzero(~np.isnan(column.values)).astype(np.int64)
    labels = column.values[rows]
    if len(rows) == 0 or labels.min() == labels.max():
        raise one_value(file, column.name, f"{labels[0]:g}")
    return Target(
        column.name, "regression", rows, labels, (), column.unit, None, _dropped(column, rows)
    )


def _classes(column: Column, positive: str, file: str) -> Target:
    codes, names = as_categories(column)
    rows = np.flatnonzero(codes >= 0).astype(np.int64)
    used, labels = _renumbered(codes[rows])
    names = tuple(names[code] for code in used)
    if len(names) == 1:
        raise one_value(file, column.name, names[0])
    if len(names) > MAX_CLASSES:
        numeric = column.values is not None
        raise too_many_classes(file, column.name, f"{len(names):,}", numeric=numeric)
    favourable, said = _favourable(names, positive, column.name)
    return Target(
        column.name,
        "classification",
        rows,
        labels,
        names,
        "",
        favourable,
        (*_dropped(column, rows), *_small_classes(names, labels), *said),
    )


def as_categories(column: Column) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """(N,) codes, −1 where missing, and names; numbers and days are categories in their order."""
    if column.values is None:
        assert column.codes is not None
        return column.codes.astype(np.int64), column.texts
    missing = np.isnan(column.values)
    values = column.values[~missing]
    is_date = column.kind == "date"
    distinct, codes = np.unique(np.floor(values) if is_date else values, return_inverse=True)
    all_codes = np.full(len(column.values), -1, dtype=np.int64)
    all_codes[~missing] = codes
    names = map(date_text, distinct) if is_date else (f"{value:.15g}" for value in distinct)
    return all_codes, tuple(names)


def read_groups(column: Column, rows: IntArray, file: str) -> tuple[IntArray, tuple[str, ...]]:
    """(n,) group codes of the given rows and their names; rows without one are “unknown”.

    Raises:
        UserError: one group, or too many.
    """
    if column.kind in {"empty", "constant"}:
        raise UserError(
            f"{file}: the group column {quoted(column.name)} does not tell rows apart.",
            "Choose another group column, or none.",
        )
    codes, names = as_categories(column)
    used, groups = _renumbered(codes[rows])
    if len(used) > MAX_GROUPS:
        raise too_many_groups(file, column.name, f"{len(used):,}")
    if len(used) == 1:
        raise UserError(
            f"{file}: the group column {quoted(column.name)} has one group only.",
            "Choose another group column, or none.",
        )
    return groups, tuple(names[code] if code >= 0 else "unknown" for code in used)


def _renumbered(codes: NDArray[np.int64]) -> tuple[IntArray, IntArray]:
    """The codes that occur, −1 too, in their order, and (n,) the place of each row's among them."""
    counts = np.bincount(codes + 1)
    places = np.cumsum(counts > 0) - 1
    return np.flatnonzero(counts) - 1, places[codes + 1]


def _favourable(
    names: tuple[str, ...], positive: str, target: str
) -> tuple[int | None, tuple[str, ...]]:
    if positive:
        if positive not in names:
            raise UserError(
                f"The favourable class “{positive}” is not in the column {quoted(target)}.",
                f"It has: {listed(names)}.",
            )
        return names.index(positive), ()
    code = favourable(names)
    if code is None:
        return None, ()
    return code, (f"“{names[code]}” is taken for the favourable outcome of {quoted(target)}.",)


def favourable(names: Sequence[str]) -> int | None:
    """Which of two classes is the favourable one, as far as words tell; None of more classes."""
    if len(names) != 2:
        return None
    known = [code for code, name in enumerate(names) if name.casefold() in _POSITIVE]
    return known[0] if len(known) == 1 else 1


def _dropped(column: Column, rows: IntArray) -> tuple[str, ...]:
    missing = len(column.missing) - len(rows) - column.too_large  # what is too large is said
    if not missing:
        return ()
    what = "1 row has" if missing == 1 else f"{missing:,} rows have"
    return (f"{what} no value for the target {quoted(column.name)} and cannot be used.",)


def _small_classes(names: tuple[str, ...], labels: NDArray[Any]) -> tuple[str, ...]:
    counts = np.bincount(labels, minlength=len(names))
    small = [f"“{names[code]}”" for code in np.flatnonzero(counts < FEW_ROWS)]
    if not small:
        return ()
    return (f"Fewer than {FEW_ROWS} rows in: {listed(small)}.",)
