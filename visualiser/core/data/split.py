"""Rows for training, validation and test, drawn by a seed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, IntArray, read_only, take
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig


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

    Stratified by class where asked for and where every class has a row for each part; a class
    too small for that is spread as chance has it.

    Raises:
        UserError: too few rows for three parts.
    """
    if len(dataset) < 10:
        raise UserError(
            f"{dataset.title} has {len(dataset)} usable rows, too few to train, validate and test.",
            "Use at least 10 rows; 200 or more make a useful experiment.",
        )
    from sklearn.model_selection import train_test_split

    rows = np.arange(len(dataset), dtype=np.int64)
    strata = _strata(dataset, config)
    held_out = config.validation + config.test
    train, rest = train_test_split(
        rows, test_size=held_out, random_state=seed, stratify=None if strata is None else strata
    )
    if strata is not None and np.bincount(strata[rest]).min(initial=2) < 2:
        strata = None
    validation, test = train_test_split(
        rest,
        test_size=config.test / held_out,
        random_state=seed,
        stratify=None if strata is None else strata[rest],
    )
    return Split(part_of(dataset, train), part_of(dataset, validation), part_of(dataset, test))


def _strata(dataset: Dataset, config: SplitConfig) -> IntArray | None:
    if not config.stratified or dataset.task == "regression":
        return None
    counts = np.bincount(dataset.labels, minlength=dataset.class_count)
    smallest_share = min(config.train, config.validation, config.test)
    if counts.min() < max(3, np.ceil(1 / smallest_share)):
        return None
    return np.asarray(dataset.labels, dtype=np.int64)
