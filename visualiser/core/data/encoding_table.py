"""Tables: standardised numbers, categories as 0 and 1, and a mark where a value is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Table
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value

MAX_BYTES = 512 * 2**20
"""An encoded table may take this much memory; a larger one keeps fewer categories a column."""
MIN_CATEGORIES = 2
_BLOCK = 1024
"""Rows encoded at once: what is written column by column should stay in the processor's cache."""
_FLOAT32 = (float(np.finfo(np.float32).min), float(np.finfo(np.float32).max))


class TableOptions(Value):
    """Whether numbers are brought to mean 0 and standard deviation 1."""

    standardise: bool = True


@dataclass(frozen=True)
class NumericColumn:
    """(x − shift) / scale; a missing value becomes `fill`, with a 0/1 mark where `marked`."""

    name: str
    shift: float
    scale: float
    fill: float
    marked: bool


@dataclass(frozen=True)
class CategoricalColumn:
    """One 0/1 number for each code in `codes`; other codes are all zeros; −1 may have a mark."""

    name: str
    codes: tuple[int, ...]
    texts: tuple[str, ...]
    marked: bool


@dataclass(frozen=True)
class TableEncoder:
    """Numeric columns first, each followed by its mark; then the categorical ones likewise."""

    numeric: tuple[NumericColumn, ...]
    categorical: tuple[CategoricalColumn, ...]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a name."""
        return (len(self.names),)

    @property
    def names(self) -> tuple[str, ...]:
        """As in “beds”, “beds: missing”, “place: Elk Grove”."""
        names: list[str] = []
        for number in self.numeric:
            names += [number.name] + [f"{number.name}: missing"] * number.marked
        for category in self.categorical:
            names += [f"{category.name}: {text}" for text in category.texts]
            names += [f"{category.name}: missing"] * category.marked
        return tuple(names)

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """For each column of the table, as in Table.names, the places of its numbers."""
        widths = [1 + number.marked for number in self.numeric]
        widths += [len(category.codes) + category.marked for category in self.categorical]
        ends = np.cumsum(widths).tolist()
        return tuple(zip([0, *ends[:-1]], ends, strict=False)) if ends else ()

    @property
    def numeric_width(self) -> int:
        """How many of the numbers, the first ones, are of numeric columns."""
        return len(self.numeric) + sum(number.marked for number in self.numeric)

    def with_spare(self, names: tuple[str, ...]) -> "TableEncoder":
        """The same with further numeric columns, taken as they are: 0 in clean rows."""
        spare = tuple(NumericColumn(name, 0.0, 1.0, fill=0.0, marked=False) for name in names)
        note = f"Filled by what spoils the data, and 0 in all clean rows: {listed(names)}."
        return replace(self, numeric=(*self.numeric, *spare), notes=(*self.notes, note))

    def transform(self, features: Features) -> FloatArray:
        """Table of N rows → (N, names) float32."""
        assert isinstance(features, Table)
        encoded = np.zeros((len(features), *self.shape), dtype=np.float32)
        width = self.numeric_width
        for start in range(0, len(features), _BLOCK):
            rows = slice(start, start + _BLOCK)
            self._fill_numeric(features.numeric[rows], encoded[rows, :width])
            self._fill_categorical(features.categorical[rows], encoded[rows, width:])
        return encoded

    def _fill_numeric(self, values: NDArray[np.float32], into: FloatArray) -> None:
        """All columns of `into`."""
        shifts = np.array([number.shift for number in self.numeric])
        scales = np.array([number.scale for number in self.numeric])
        fills = np.array([number.fill for number in self.numeric])
        marked = np.array([number.marked for number in self.numeric], dtype=bool)
        missing = np.isnan(values)
        scaled = np.where(missing, fills, values)
        scaled -= shifts
        scaled /= scales
        # A column that hardly varies in training can be far out elsewhere.
        np.clip(scaled, *_FLOAT32, out=scaled)
        at = np.arange(len(marked)) + np.cumsum(marked) - marked
        if marked.any():
            into[:, at] = scaled
            into[:, at[marked] + 1] = missing[:, marked]
        else:
            into[:] = scaled

    def _fill_categorical(self, codes: NDArray[np.int32], into: FloatArray) -> None:
        """All columns of `into`, which holds zeros."""
        at = 0
        for index, category in enumerate(self.categorical):
            # Its last two are for codes that are not kept and, as −1, for missing values.
            kept = category.codes
            place = np.full(max(kept, default=-1) + 3, -1)
            place[list(kept)] = np.arange(at, at + len(kept))
            at += len(kept)
            if category.marked:
                place[-1] = at
                at += 1
            places = place[np.minimum(codes[:, index], len(place) - 2)]
            rows = np.flatnonzero(places >= 0)
            into[rows, places[rows]] = 1


def fit_table(table: Table, rows: int, options: TableOptions) -> TableEncoder:
    """Means, deviations and categories of the training rows of a data set with `rows` rows."""
    numeric = tuple(
        _fit_numeric(name, table.numeric[:, index], options)
        for index, name in enumerate(table.numeric_names)
    )
    limit = _affordable_categories(table, rows, sum(1 + n.marked for n in numeric))
    categorical = tuple(
        _fit_categorical(name, table.categorical[:, index], texts, limit)
        for index, (name, texts) in enumerate(
            zip(table.categorical_names, table.categories, strict=True)
        )
    )
    return TableEncoder(numeric, categorical, _notes(table, numeric, categorical, limit, options))


def _fit_numeric(name: str, values: NDArray[np.float32], options: TableOptions) -> NumericColumn:
    column = values.astype(np.float64)  # at first: all that follows is quicker on one column alone
    present = column[~np.isnan(column)]
    mean, std = (float(present.mean()), float(present.std())) if len(present) else (0.0, 0.0)
    if std <= np.finfo(np.float32).eps * abs(mean):  # constant, but for rounding
        std = 1.0
    shift, scale = (mean, std) if options.standardise else (0.0, 1.0)
    return NumericColumn(name, shift, scale, fill=mean, marked=len(present) < len(values))


def _fit_categorical(
    name: str, codes: NDArray[np.int32], texts: tuple[str, ...], limit: int
) -> CategoricalColumn:
    counts = np.bincount(codes[codes >= 0], minlength=len(texts))
    kept = np.sort(np.argsort(-counts, kind="stable")[:limit])
    kept = kept[counts[kept] > 0]
    if len(kept) == np.count_nonzero(counts) == 2:
        kept = kept[1:]  # of two categories, one 0/1 number says all
    return CategoricalColumn(
        name,
        tuple(kept.tolist()),
        tuple(texts[code] for code in kept),
        bool((codes < 0).any()),
    )


def _affordable_categories(table: Table, rows: int, numeric_width: int) -> int:
    """How many categories a column may keep so that `rows` encoded rows fit in MAX_BYTES."""
    most = max((len(texts) for texts in table.categories), default=0)
    spare = MAX_BYTES // (4 * max(rows, 1)) - numeric_width - len(table.categories)
    fair = max(MIN_CATEGORIES, spare // max(len(table.categories), 1))
    return most if sum(len(texts) for texts in table.categories) <= spare else min(most, fair)


def _notes(
    table: Table,
    numeric: tuple[NumericColumn, ...],
    categorical: tuple[CategoricalColumn, ...],
    limit: int,
    options: TableOptions,
) -> tuple[str, ...]:
    notes: list[str] = []
    if numeric and options.standardise:
        notes.append(
            f"{_columns(len(numeric), 'numeric')} shifted and scaled to mean 0 and standard "
            "deviation 1 of the training data."
        )
    elif numeric:
        notes.append(f"{_columns(len(numeric), 'numeric')} used without scaling.")
    gaps = [column.name for column in numeric if column.marked]
    gaps += [column.name for column in categorical if column.marked]
    if gaps:
        notes.append(
            "Missing values become the mean of the training data, or no category, and get a mark "
            f"of their own in: {listed(gaps)}."
        )
    if categorical:
        width = sum(len(column.codes) for column in categorical)
        notes.append(
            f"{_columns(len(categorical), 'categorical')} turned into {width} numbers of 0 or 1; "
            "a category that is not in the training data is all zeros."
        )
    if any(len(texts) > limit for texts in table.categories):
        notes.append(f"Only the {limit} most frequent categories a column, to fit in memory.")
    return tuple(notes)


def listed(names: Sequence[str], most: int = 8) -> str:
    """The first names of a list that may be long: “a, b, c …”."""
    return ", ".join(names[:most]) + (" …" if len(names) > most else "")


def _columns(count: int, kind: str) -> str:
    return f"{count} {kind} column is" if count == 1 else f"{count} {kind} columns are"


def _fit(dataset: Dataset, train: Part, options: TableOptions) -> TableEncoder:
    assert isinstance(train.features, Table)
    return fit_table(train.features, len(dataset), options)


ENCODING = Encoding("table", "vector", TableOptions, _fit)
