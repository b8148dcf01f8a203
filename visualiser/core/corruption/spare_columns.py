"""Columns that a table does not have and that ways of spoiling fill: 0 in all rows until then."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray, Table
from visualiser.core.data.split import Part, Split


def columns_without(dataset: Dataset) -> tuple[str, ...]:
    """Names of the columns of a table that came with the data."""
    table = dataset.features
    assert isinstance(table, Table)
    spare = frozenset(dataset.spare_columns)
    return tuple(name for name in table.names if name not in spare)


def unused_name(wanted: str, dataset: Dataset) -> str:
    """`wanted`, or with a number behind it where the data has such a column of its own."""
    taken = {dataset.target, *columns_without(dataset)}
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted} ({number})", number + 1
    return name


def with_columns(dataset: Dataset, names: Iterable[str]) -> Dataset:
    """The same data with further spare columns behind those it has."""
    new = tuple(name for name in names if name not in dataset.spare_columns)
    if not new:
        return dataset
    return replace(
        dataset,
        features=_with_zeros(dataset.features, new),
        spare_columns=(*dataset.spare_columns, *new),
    )


def split_with_columns(split: Split, names: tuple[str, ...]) -> Split:
    """The same parts with further numeric columns of zeros."""
    if not names:
        return split
    parts = (split.train, split.validation, split.test)
    return Split(*(part.with_values(features=_with_zeros(part.features, names)) for part in parts))


def filled(part: Part, names: tuple[str, ...], numbers: FloatArray) -> Part:
    """The same rows with other values (n, names) in some numeric columns."""
    table = part.features
    assert isinstance(table, Table)
    numeric = table.numeric.copy()
    numeric[:, [table.numeric_names.index(name) for name in names]] = numbers
    return part.with_values(features=table.with_values(numeric, table.categorical))


def refuse_other_than_tables(dataset: Dataset) -> str | None:
    """Why no column can be added to `dataset`, or None where one can."""
    return None if dataset.modality == "table" else "it needs a table, which columns are added to"


def _with_zeros(features: object, names: tuple[str, ...]) -> Table:
    assert isinstance(features, Table)
    return features.with_numbers(names, np.zeros((len(features), len(names)), dtype=np.float32))
