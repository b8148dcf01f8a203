"""Spoiled rows put right by hand, relabelled or left out, and columns kept from the model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from visualiser.core.corruption.retained import FEWEST_ROWS
from visualiser.core.data.dataset import Dataset, IntArray, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import Noun
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Repair


@dataclass(frozen=True)
class Repaired:
    """What came of the repairs of a part.

    Attributes:
        relabelled, dropped: rows of the part that got another label, or were left out.
        missing: repairs of rows or columns that the part does not have: it was spoiled otherwise
            since.
        hidden: each column that was left out → the number that stands in all its rows instead: its
            mean, or of categories the code of a missing value.
        spared: rows that were to be left out and stay, so that enough are left to train on.
    """

    relabelled: int
    dropped: int
    missing: int
    hidden: Mapping[str, float] = field(default_factory=dict)
    spared: int = 0

    @property
    def anything(self) -> bool:
        """Whether the data is other than it was."""
        return bool(self.relabelled or self.dropped or self.hidden)

    def sentence(self, noun: Noun) -> str:
        """“12 labels replaced, 3 messages left out”; empty where nothing was to be repaired."""
        parts = []
        if self.relabelled:
            parts.append(f"{self.relabelled:,} label{'s' * (self.relabelled != 1)} replaced")
        if self.dropped:
            parts.append(f"{noun.counted(self.dropped)} left out")
        if self.hidden:
            parts.append(columns_text(tuple(self.hidden)))
        if self.spared:
            parts.append(f"{self.spared:,} kept (training needs {FEWEST_ROWS} {noun.many})")
        if self.missing:
            parts.append(f"{self.missing:,} not found in the training data")
        return ", ".join(parts)


def columns_text(names: tuple[str, ...]) -> str:
    """“column “price” left out”, of several how many."""
    if len(names) == 1:
        return f"column “{isolated(names[0])}” left out"
    return f"{len(names):,} columns left out"


def copy_numbers(part: Part) -> IntArray:
    """(n,): for each row how many rows before it are the same one of the data set."""
    order = np.argsort(part.rows, kind="stable")
    rows = part.rows[order]
    fresh = np.concatenate([[True], rows[1:] != rows[:-1]]) if len(rows) else np.zeros(0, bool)
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(rows)), 0))
    numbers = np.empty(len(rows), dtype=np.int64)
    numbers[order] = np.arange(len(rows)) - first
    return numbers


def check_repairs(dataset: Dataset, repairs: tuple[Repair, ...]) -> None:
    """Refuse rows and labels that the data does not have, and two repairs of one row.

    A column that is not there may have been filled by what spoiled the data until now, as a row
    may have been a copy: it is left out when it comes.

    Raises:
        UserError: there is no such row, a row is named twice, or a label is not one of the data
            set's, or may not be changed there; or a column is to be left out of what is no table.
    """
    if dataset.modality != "table" and any(one.column is not None for one in repairs):
        raise UserError(
            f"A column is to be left out, but {dataset.title} is no table.",
            "Leave rows out instead.",
        )
    _check_rows(dataset, repairs)
    labels = [repair.label for repair in repairs if repair.label is not None]
    if not labels or dataset.predicts_amounts:
        return
    if not dataset.predicts_classes:
        raise UserError(
            f"Rows of {dataset.title} have no label that could be corrected.",
            "Leave such rows out instead.",
        )
    for label in labels:
        if label != int(label) or not 0 <= label < dataset.class_count:
            raise UserError(
                f"A row is to get the label {label:g}, which is no class of {dataset.title}.",
                f"Its {dataset.class_count} classes are numbered from 0.",
            )


def _check_rows(dataset: Dataset, repairs: tuple[Repair, ...]) -> None:
    seen: set[tuple[int, int]] = set()
    for one in repairs:
        if one.row is None:
            continue
        if one.row >= len(dataset):
            raise UserError(
                f"Row {one.row:,} is to be repaired, which {dataset.title} does not have.",
                f"Its {len(dataset):,} rows are numbered from 0.",
            )
        if (one.row, one.copy_number) in seen:
            raise UserError(
                f"Row {one.row:,} of {dataset.title} is to be repaired twice.",
                "Name each row once; of equal rows copy_number says which one is meant.",
            )
        seen.add((one.row, one.copy_number))


def repair(part: Part, repairs: tuple[Repair, ...]) -> tuple[Part, Repaired]:
    """The part with its rows relabelled and left out as asked; enough to train on are left.

    A column that is left out says the same of every row from then on: widths stay as they are.
    """
    columns = tuple(one.column for one in repairs if one.column is not None)
    hidden = _constants(part, columns)
    wanted = {(one.row, one.copy_number): one.label for one in repairs if one.row is not None}
    candidates = np.flatnonzero(np.isin(part.rows, [row for row, _ in wanted]))
    keys = zip(part.rows[candidates], copy_numbers(part)[candidates], strict=True)
    found = {
        int(position): wanted[int(row), int(copy)]
        for position, (row, copy) in zip(candidates, keys, strict=True)
        if (int(row), int(copy)) in wanted
    }
    gone = [position for position, label in found.items() if label is None]
    given = {position: label for position, label in found.items() if label is not None}
    fewest = FEWEST_ROWS if len(part) >= FEWEST_ROWS else 1
    spared = max(0, fewest - (len(part) - len(gone)))
    gone = gone[spared:]
    if given:
        labels = part.labels.copy()
        labels[list(given)] = list(given.values())
        part = part.with_values(labels=labels)
    missing = len(wanted) - len(found) + len(columns) - len(hidden)
    done = Repaired(len(given), len(gone), missing, hidden, spared)
    kept = part.take(np.delete(np.arange(len(part)), gone)) if gone else part
    return without_columns(kept, hidden), done


def without_columns(part: Part, hidden: Mapping[str, float]) -> Part:
    """The same rows, in which each of these columns of a table says the same of all."""
    table = part.features
    if not hidden or not isinstance(table, Table):
        return part
    numeric, categorical = table.numeric.copy(), table.categorical.copy()
    for name, value in hidden.items():
        if name in table.numeric_names:
            numeric[:, table.numeric_names.index(name)] = value
        elif name in table.categorical_names:
            categorical[:, table.categorical_names.index(name)] = int(value)
    return part.with_values(features=table.with_values(numeric, categorical))


def _constants(part: Part, columns: Iterable[str]) -> dict[str, float]:
    """What is to stand in the rows of those columns that the part has."""
    table, found = part.features, dict[str, float]()
    if not isinstance(table, Table):
        return found
    for name in columns:
        if name in table.numeric_names:
            values = table.numeric[:, table.numeric_names.index(name)]
            known = values[np.isfinite(values)]
            found[name] = float(known.mean(dtype=np.float64)) if len(known) else 0.0
        elif name in table.categorical_names:
            found[name] = -1.0
    return found
