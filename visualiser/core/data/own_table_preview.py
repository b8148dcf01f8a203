"""A first look at somebody's table, quick enough for a dialog."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from visualiser.core.data.dataset import TaskName
from visualiser.core.data.own_table_cells import MISSING, WordColumn
from visualiser.core.data.own_table_columns import Column, ColumnKind
from visualiser.core.data.own_table_dates import could_be_either_way
from visualiser.core.data.own_table_file import TableFile, inspect_file
from visualiser.core.data.own_table_notes import OF_NO_USE, doubts
from visualiser.core.data.own_table_refusals import (
    MAX_CLASSES,
    MAX_GROUPS,
    MOST_REASONS,
    both_roles,
    no_values,
    nothing_to_learn_from,
    one_value,
    too_many_classes,
    too_many_groups,
    words_for_regression,
)
from visualiser.core.data.own_table_target import (
    as_categories,
    guess_groups,
    guess_target,
    guess_task,
)
from visualiser.core.data.own_table_types import WORDS, ColumnType, understood
from visualiser.core.data.source import Progress
from visualiser.core.data.split import FEWEST_ROWS, too_few_rows
from visualiser.core.errors import UserError


@dataclass(frozen=True)
class ColumnPreview:
    """A column as its first rows suggest it.

    Attributes:
        task: what predicting this column would be.
        values: its different values in those rows, in order; empty where there are many.
        distinct: how many different values those rows have.
        known: how many of those rows have a value.
        numeric: whether it holds numbers.
        remark: why it is not used, or what of it is; empty where all is well.
        is_either_way: whether some of its dates could have day and month the other way round.
    """

    name: str
    kind: ColumnKind
    task: TaskName
    values: tuple[str, ...]
    distinct: int = 0
    numeric: bool = False
    known: int = 0
    remark: str = ""
    is_either_way: bool = False

    @property
    def is_used(self) -> bool:
        """Whether anything can be learnt from it."""
        return self.kind not in OF_NO_USE


@dataclass(frozen=True)
class TablePreview:
    """The first rows of a file, and what the program would do with it.

    Attributes:
        file: what its beginning says about all of it.
        columns: one for each column of the file.
        recognised: what each of them looks like, whatever the user says it is.
        target: guessed column to predict.
        group_candidates: columns that could hold groups, likely ones first.
    """

    file: TableFile
    columns: tuple[ColumnPreview, ...]
    recognised: tuple[ColumnKind, ...]
    target: str
    group_candidates: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> ColumnPreview:
        """The column called `name`."""
        return self.columns[self.names.index(name)]

    def with_types(self, types: Mapping[str, ColumnType]) -> "TablePreview":
        """The same rows with these columns being what the user says; the others as they are."""
        columns = tuple(
            _column(self.file, place, types[column.name]) if column.name in types else column
            for place, column in enumerate(self.columns)
        )
        return replace(self, columns=columns)

    def remarks(self, target: str, left_out: Collection[str] = ()) -> tuple[str, ...]:
        """What the user should know of the columns that are to be learnt from, a sentence each."""
        return tuple(c.remark for c in self._used(target, left_out) if c.remark)

    def _used(self, target: str, left_out: Collection[str]) -> list[ColumnPreview]:
        return [c for c in self.columns if c.name != target and c.name not in left_out]

    def refusal_of_file(self, rows: int | None) -> str:
        """Why the first `rows`, or all, will surely be refused whatever the target is.

        A sentence; empty where nothing is known.
        """
        too_large = self.file.refusal_of_size(rows)
        if too_large is not None:
            return str(too_large)
        if self.file.whole and len(self.file.rows) < FEWEST_ROWS:
            return str(too_few_rows(self.file.path.name, len(self.file.rows)))
        return ""

    def refusal(
        self, target: str, group: str, task: TaskName, left_out: Collection[str] = ()
    ) -> str:
        """Why these choices will surely be refused and what to do; empty where nothing is known.

        That a column is empty, constant or nearly so is sure only where all rows are known.
        """
        error = (
            self._refusal_of_task(self.column(target), task)
            or (self._refusal_of_all_rows(self.column(target)) if self.file.whole else None)
            or self._refusal_of_inputs(target, frozenset(left_out) - {group})
            or self._refusal_of_group(target, group)
        )
        return "" if error is None else str(error)

    @property
    def _title(self) -> str:
        return self.file.path.name

    def _refusal_of_task(self, target: ColumnPreview, task: TaskName) -> UserError | None:
        if task == "classification" and target.distinct > MAX_CLASSES:
            count = f"{target.distinct}" if self.file.whole else f"{target.distinct} or more"
            return too_many_classes(self._title, target.name, count, numeric=target.numeric)
        if task == "regression" and target.distinct > 1 and not target.numeric:
            return words_for_regression(self._title, target.name)
        return None

    def _refusal_of_inputs(self, target: str, left_out: Collection[str]) -> UserError | None:
        used = self._used(target, left_out)
        if not used:
            return nothing_to_learn_from(self._title, target, "")
        if self.file.whole and not any(column.is_used for column in used):
            reasons = " ".join(column.remark for column in used[:MOST_REASONS])
            return nothing_to_learn_from(self._title, target, reasons)
        return None

    def _refusal_of_all_rows(self, target: ColumnPreview) -> UserError | None:
        if target.kind == "empty":
            return no_values(self._title, target.name)
        if target.kind == "constant":
            return one_value(self._title, target.name)
        if target.known < FEWEST_ROWS:
            return too_few_rows(self._title, target.known)
        return None

    def _refusal_of_group(self, target: str, group: str) -> UserError | None:
        if group == target:
            return both_roles(target)
        if group and self.column(group).distinct > MAX_GROUPS + 1:
            return too_many_groups(self._title, group, f"{self.column(group).distinct} or more")
        return None


def preview(
    path: Path,
    delimiter: str = "auto",
    header: str = "auto",
    encoding: str = "auto",
    sheet: str = "",
) -> TablePreview:
    """Look at the first rows only.

    Raises:
        UserError: as inspect_file.
    """
    file = inspect_file(path, delimiter, header, encoding, sheet)
    columns = tuple(_column(file, place, None) for place in range(len(file.columns)))
    usable = [column.kind in {"number", "yes or no", "category"} for column in columns]
    target = guess_target(file.columns, usable)
    likely = guess_groups(file.columns)
    possible = tuple(c.name for c in columns if c.values and c.name not in likely)
    return TablePreview(
        file=file,
        columns=columns,
        recognised=tuple(column.kind for column in columns),
        target=target,
        group_candidates=tuple(name for name in (*likely, *possible) if name != target),
    )


def _raw(file: TableFile, index: int) -> WordColumn:
    codes: dict[str, int] = {}
    cells = [row[index].strip() for row in file.rows]
    column = [-1 if cell in MISSING else codes.setdefault(cell, len(codes)) for cell in cells]
    return WordColumn(file.columns[index], np.array(column, dtype=np.int32), tuple(codes))


def _column(file: TableFile, place: int, wanted: ColumnType | None) -> ColumnPreview:
    column = understood(_raw(file, place), wanted, file.prefers_comma, Progress())
    remark = _remark(file, column, wanted)
    if column.kind in {"empty", "constant"}:
        return ColumnPreview(column.name, column.kind, "classification", (), remark=remark)
    _, names = as_categories(column)
    return ColumnPreview(
        column.name,
        column.kind,
        guess_task(column),
        values=names if 1 < len(names) <= MAX_GROUPS else (),
        distinct=len(names),
        numeric=column.values is not None,
        known=int(np.count_nonzero(~column.missing)),
        remark=remark,
        is_either_way=could_be_either_way([row[place] for row in file.rows]),
    )


def _remark(file: TableFile, column: Column, wanted: ColumnType | None) -> str:
    if wanted is None and (said := doubts(file, [column])):
        return said[0]
    chosen = wanted is not None and wanted not in WORDS
    return column.note if column.kind in OF_NO_USE or column.is_ambiguous or chosen else ""
