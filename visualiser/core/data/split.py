"""Rows for training, validation and test, drawn by a seed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, IntArray, read_only, take
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig

FEWEST_ROWS = 10


@dataclass(frozen=True, eq=False)
class Part:
    """Some rows of a data set; spoiled or clean.

    Attributes:
        features: n examples.
        labels: (n,) as in Dataset.labels.
        groups: (n,) group codes or None.
        rows: (n,) row numbers in the data set.
        origin: (n,) positions in the clean part that this one was made from. A clean part has
            0 … n−1; a spoiled part may have lost rows or, later, repeat them.
    """

    features: Features
    labels: NDArray[Any]
    groups: IntArray | None
    rows: IntArray
    origin: IntArray

    def __len__(self) -> int:
        return len(self.labels)

    def take(self, positions: IntArray) -> "Part":
        """The examples at `positions` of this part; `origin` still points to the clean part."""
        return Part(
            take(self.features, positions),
            read_only(self.labels[positions]),
            None if self.groups is None else read_only(self.groups[positions]),
            read_only(self.rows[positions]),
            read_only(self.origin[positions]),
        )

    def with_values(
        self, *, features: Features | None = None, labels: NDArray[Any] | None = None
    ) -> "Part":
        """The same rows with other features or labels."""
        return Part(
            self.features if features is None else features,
            self.labels if labels is None else read_only(labels),
            self.groups,
            self.rows,
            self.origin,
        )


@dataclass(frozen=True, eq=False)
class Split:
    """The three parts of a data set. The test part is never spoiled and is opened on purpose."""

    train: Part
    validation: Part
    test: Part


def part_of(dataset: Dataset, rows: IntArray) -> Part:
    """A clean part with the given rows of `dataset`."""
    return Part(
        take(dataset.features, rows),
        read_only(dataset.labels[rows]),
        None if dataset.groups is None else read_only(dataset.groups[rows]),
        read_only(rows),
        read_only(np.arange(len(rows), dtype=np.int64)),
    )


def split_dataset(dataset: Dataset, config: SplitConfig, seed: int) -> Split:
    """Shuffle by `seed` and cut into training, validation and test.

    Each part gets its share of the rows, and one row at least. Stratified by class where asked
    for, as far as every class has enough rows for it; otherwise the cut falls as chance has it.

    Raises:
        UserError: too few rows for three parts.
    """
    if len(dataset) < FEWEST_ROWS:
        raise too_few_rows(dataset.title, len(dataset))
    validation_rows, test_rows = _held_out_rows(len(dataset), config)
    strata = None
    if config.stratified and dataset.task == "classification":
        strata = np.asarray(dataset.labels, dtype=np.int64)
    rows = np.arange(len(dataset), dtype=np.int64)
    train, rest = _cut(rows, validation_rows + test_rows, strata, seed)
    validation, test = _cut(rest, test_rows, strata, seed)
    return Split(part_of(dataset, train), part_of(dataset, validation), part_of(dataset, test))


def too_few_rows(title: str, rows: int) -> UserError:
    """The sentence for a data set that cannot be cut into three parts."""
    usable = "1 usable row" if rows == 1 else f"{rows} usable rows"
    return UserError(
        f"{title} has {usable}, too few to train, validate and test.",
        f"Use at least {FEWEST_ROWS} rows; 200 or more make a useful experiment.",
    )


def _held_out_rows(rows: int, config: SplitConfig) -> tuple[int, int]:
    """Rows for validation and for test: at least one each, and at least one left to train on."""
    validation = max(1, round(config.validation * rows))
    test = max(1, min(round(config.test * rows), rows - validation - 1))
    return min(validation, rows - test - 1), test


def _cut(
    rows: IntArray, held_out: int, strata: IntArray | None, seed: int
) -> tuple[IntArray, IntArray]:
    """Cut `held_out` of the rows off, stratified where every class has rows enough."""
    from sklearn.model_selection import train_test_split

    labels = None
    if strata is not None:
        labels = strata[rows]
        counts = np.bincount(labels)
        present = counts[counts > 0]
        if present.min() < 2 or min(held_out, len(rows) - held_out) < len(present):
            labels = None
    kept, off = train_test_split(rows, test_size=held_out, random_state=seed, stratify=labels)
    return kept, off
