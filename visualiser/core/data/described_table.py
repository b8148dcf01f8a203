"""Bundled tables by description: a new one is a short file that says what its columns are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import DataCard, Dataset, IntArray, Table, read_only
from visualiser.core.data.source import Defaults, Job, NoOptions, Progress, Source
from visualiser.core.experiment import Value

Columns = Mapping[str, NDArray[Any]]
"""Name in the file → N values, as text or as numbers."""

MISSING = ("", "NA", "?")


class GroupOptions(Value):
    """Whether the model may see the group that a row belongs to.

    A table with several groups adds a Literal `group_by` of their columns.
    """

    use_group: bool = True


def plain_words(value: str) -> str:
    """“Condo_Unit” as “condo unit”."""
    return value.replace("_", " ").strip().lower()


@dataclass(frozen=True)
class Category:
    """How a column of categories is read.

    Attributes:
        title: as the user reads it.
        words: value in the file → as the user reads it; these come first, in this order.
        text: reads every other value; they follow in the order of the file's own spelling.
        rarer_than: such other values in fewer rows than this are taken together as “other”.
    """

    title: str
    words: Mapping[str, str] = field(default_factory=dict)
    text: Callable[[str], str] = plain_words
    rarer_than: int = 0


@dataclass(frozen=True)
class ClassTarget:
    """The column of classes: its title, and value in the file → class in code order.

    `positive` is the value of the favourable outcome, where there is one.
    """

    column: str
    title: str
    classes: Mapping[str, str]
    positive: str | None = None


@dataclass(frozen=True)
class AmountTarget:
    """The column of amounts, in `unit`."""

    column: str
    title: str
    unit: str


@dataclass(frozen=True)
class TableDescription:
    """What a bundled table is and what each of its columns says.

    Attributes:
        read: gives the columns. Raises UserError.
        numeric: name in the file → title with its unit; the features that are numbers.
        categorical: name in the file → how it is read; the features that are categories.
        groups: columns of groups, for bias experiments. One of them is the group of a run (the
            option `group_by` where there are several, else the first), which `use_group` shows
            to the model or hides from it; the others are features.
        missing: values that stand for a missing one, in every column.
        unknown: numeric column → value that stands for a missing one there only.
        rows: (columns, options, seed) → rows to keep, in order; None keeps all.
        notes: what is left out and why, one sentence each.
    """

    name: str
    title: str
    summary: str
    job: Job
    card: DataCard
    read: Callable[[], Columns]
    target: ClassTarget | AmountTarget
    numeric: Mapping[str, str] = field(default_factory=dict)
    categorical: Mapping[str, Category] = field(default_factory=dict)
    groups: Mapping[str, Category] = field(default_factory=dict)
    options: type[Value] = NoOptions
    missing: tuple[str, ...] = MISSING
    unknown: Mapping[str, float] = field(default_factory=dict)
    rows: Callable[[Columns, Any, int], IntArray] | None = None
    notes: tuple[str, ...] = ()
    defaults: Defaults = field(default_factory=Defaults)


def table_source(description: TableDescription) -> Source:
    """The entry of the registry for a described table."""
    is_class = isinstance(description.target, ClassTarget)
    return Source(
        name=description.name,
        title=description.title,
        summary=description.summary,
        job=description.job,
        modality="table",
        task="classification" if is_class else "regression",
        options=description.options,
        load=partial(load_table, description),
        defaults=description.defaults,
    )


def load_table(
    description: TableDescription, options: Value, seed: int, progress: Progress
) -> Dataset:
    """The Dataset that a description stands for.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = description.read()
    if description.rows is not None:
        kept = description.rows(columns, options, seed)
        columns = {name: values[kept] for name, values in columns.items()}
    grouping = _grouping(description, options)
    table = _table(description, columns, _features(description, options, grouping))
    target = description.target
    return Dataset(
        name=description.name,
        title=description.title,
        card=description.card,
        modality="table",
        task="classification" if isinstance(target, ClassTarget) else "regression",
        features=table,
        labels=_labels(target, columns),
        target=target.title,
        unit=target.unit if isinstance(target, AmountTarget) else "",
        feature_names=table.names,
        notes=(*_group_notes(description, options, grouping), *description.notes),
        **_groups(description, columns, grouping),
        **_classes(target),
    )


def _grouping(description: TableDescription, options: Value) -> str | None:
    """The column of the groups of this run."""
    return getattr(options, "group_by", next(iter(description.groups), None))


def _features(
    description: TableDescription, options: Value, grouping: str | None
) -> dict[str, Category]:
    """The columns of categories that the model sees, the group of the run last."""
    others = {name: kind for name, kind in description.groups.items() if name != grouping}
    features = {**description.categorical, **others}
    if grouping is not None and getattr(options, "use_group", True):
        features[grouping] = description.groups[grouping]
    return features


def _table(
    description: TableDescription, columns: Columns, features: Mapping[str, Category]
) -> Table:
    rows = len(columns[description.target.column])
    numeric = np.empty((rows, len(description.numeric)), dtype=np.float32)
    for place, name in enumerate(description.numeric):
        numeric[:, place] = _numbers(description, name, columns[name])
    codes = np.empty((rows, len(features)), dtype=np.int32)
    categories = []
    for place, (name, kind) in enumerate(features.items()):
        names, codes[:, place] = encode(kind, columns[name], description.missing)
        categories.append(names)
    return Table(
        numeric=read_only(numeric),
        numeric_names=tuple(description.numeric.values()),
        categorical=read_only(codes),
        categorical_names=tuple(kind.title for kind in features.values()),
        categories=tuple(categories),
    )


def _numbers(description: TableDescription, name: str, values: NDArray[Any]) -> NDArray[np.float32]:
    """NaN where a value is missing."""
    if values.dtype.kind == "U":
        values = np.where(np.isin(values, description.missing), "nan", values)
    numbers = values.astype(np.float32)
    if name in description.unknown:
        numbers[numbers == description.unknown[name]] = np.nan
    return numbers


def encode(
    kind: Category, values: NDArray[Any], missing: tuple[str, ...] = MISSING
) -> tuple[tuple[str, ...], NDArray[np.int32]]:
    """Categories as the user reads them, and (N,) codes into them; −1 where one is missing."""
    found, counts = np.unique(values, return_counts=True)
    frequent = {str(v) for v, n in zip(found, counts, strict=True) if n >= kind.rarer_than}
    present = [str(value) for value in found if value not in missing]
    order = [value for value in kind.words if value in present]
    order += [value for value in present if value not in kind.words and value in frequent]
    names = [kind.words.get(value) or kind.text(value) for value in order]
    codes = {value: code for code, value in enumerate(order)}
    if len(order) < len(present):
        codes |= {value: len(order) for value in present if value not in codes}
        names.append("other")
    return tuple(names), np.array([codes.get(str(value), -1) for value in values], dtype=np.int32)


def _labels(target: ClassTarget | AmountTarget, columns: Columns) -> NDArray[Any]:
    values = columns[target.column]
    if isinstance(target, AmountTarget):
        return values.astype(np.float64)
    codes = {value: code for code, value in enumerate(target.classes)}
    return np.array([codes[str(value)] for value in values], dtype=np.int64)


def _classes(target: ClassTarget | AmountTarget) -> dict[str, Any]:
    if isinstance(target, AmountTarget):
        return {}
    positive = None if target.positive is None else list(target.classes).index(target.positive)
    return {"class_names": tuple(target.classes.values()), "positive_class": positive}


def _groups(
    description: TableDescription, columns: Columns, grouping: str | None
) -> dict[str, Any]:
    if grouping is None:
        return {}
    kind = description.groups[grouping]
    names, codes = encode(kind, columns[grouping], description.missing)
    return {
        "groups": codes.astype(np.int64),
        "group_names": names,
        "group_title": kind.title,
    }


def _group_notes(
    description: TableDescription, options: Value, grouping: str | None
) -> tuple[str, ...]:
    if grouping is None:
        return ()
    seen = "sees" if getattr(options, "use_group", True) else "does not see"
    title = description.groups[grouping].title
    return (f"The model {seen} which group a row belongs to (the column “{title}”).",)
