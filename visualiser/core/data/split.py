"""Rows for training, validation and test, drawn by a seed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, IntArray, joined, read_only, take
from visualiser.core.data.draws import draw, draw_blocks, draw_from_each
from visualiser.core.data.nouns import NOUNS, Noun, noun_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig

FEWEST_ROWS = 10
_PARTS = 3
_TRIES = 200
"""Cuts between blocks to choose from; each costs some 0.1 ms."""

Cut = Callable[[IntArray, int, int], tuple[IntArray, IntArray]]
"""(rows, how many to hold out, for how many parts) → (rows that stay, rows held out)."""


@dataclass(frozen=True, eq=False)
class Part:
    """Some rows of a data set; spoiled or clean.

    Attributes:
        features: n examples.
        labels: (n,) as in Dataset.labels.
        groups: (n,) group codes or None.
        rows: (n,) row numbers in the data set, which knows the truth about each of them.
        origin: (n,) positions in the clean part that this one was made from. A clean part has
            0 … n−1; a spoiled part may have lost rows, or repeat them. A row that was copied from
            elsewhere has the position of some row of the clean part, and is learnt when a copy of
            that row would be.
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

    def with_rows(self, more: "Part", origin: IntArray) -> "Part":
        """These rows and then those of `more`, learnt as copies of the rows `origin` would be."""
        groups = self.groups
        if groups is not None and more.groups is not None:
            groups = read_only(np.concatenate((groups, more.groups)))
        return Part(
            joined(self.features, more.features),
            read_only(np.concatenate((self.labels, more.labels))),
            groups,
            read_only(np.concatenate((self.rows, more.rows))),
            read_only(np.concatenate((self.origin, origin))),
        )

    def foreign_to(self, clean: "Part") -> NDArray[np.bool_]:
        """(n,) which rows were copied from elsewhere than the clean part this one was made from."""
        return np.asarray(self.rows != clean.rows[self.origin])


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

    Each part gets its share of the rows, and one row at least. Stratified by class, or by customer
    where rows are purchases, if that is asked for and all of them have enough rows for it;
    otherwise the cut falls as chance has it.
    Blocks stay whole, and then shares are met as nearly as they allow; rows with times are not
    shuffled but cut from old to new. Rows with lots go where their lot says.

    Raises:
        UserError: too few rows, or too few blocks, for three parts.
    """
    if len(dataset) < FEWEST_ROWS:
        raise too_few_rows(dataset.title, len(dataset), noun_of(dataset))
    validation_rows, test_rows = _held_out_rows(len(dataset), config)
    cut = _way_to_cut(dataset, config, seed)
    rows = np.arange(len(dataset), dtype=np.int64)
    if dataset.lots is not None:
        drawn = _by_lots(dataset.lots, config)
        if all(len(part) for part in drawn):
            return Split(*(part_of(dataset, part) for part in drawn))
    train, rest = cut(rows, validation_rows + test_rows, 2)
    validation, test = cut(rest, test_rows, 1)
    return Split(part_of(dataset, train), part_of(dataset, validation), part_of(dataset, test))


def too_few_rows(title: str, rows: int, noun: Noun = NOUNS["table"]) -> UserError:
    """The sentence for a data set that cannot be cut into three parts."""
    return UserError(
        f"{title} has {noun.counted(rows, 'usable')}, too few to train, validate and test.",
        f"Use at least {FEWEST_ROWS} {noun.many}; 200 or more make a useful experiment.",
    )


def _held_out_rows(rows: int, config: SplitConfig) -> tuple[int, int]:
    """Rows for validation and for test: at least one each, and at least one left to train on."""
    validation = max(1, round(config.validation * rows))
    test = max(1, min(round(config.test * rows), rows - validation - 1))
    return min(validation, rows - test - 1), test


def _way_to_cut(dataset: Dataset, config: SplitConfig, seed: int) -> Cut:
    """How `held_out` of some rows are cut off from the rest."""
    strata = _strata(dataset) if config.stratified else None
    times, blocks = dataset.times if dataset.lots is None else dataset.lots, dataset.blocks
    if times is not None:
        return lambda rows, held_out, parts: _cut_newest(rows, held_out, times)
    if blocks is not None:
        if len(np.unique(blocks)) < _PARTS:
            raise UserError(
                f"{dataset.title} has fewer than {_PARTS} blocks of {noun_of(dataset).many} that "
                "belong together, too few to train, validate and test.",
                "Use data with more of them.",
            )
        return lambda rows, held_out, parts: _cut_blocks(
            rows, held_out, parts, blocks, strata, seed
        )
    return lambda rows, held_out, parts: _cut(rows, held_out, strata, seed)


def _strata(dataset: Dataset) -> IntArray | None:
    """(N,) of what each part should have its share: classes; of purchases, each customer's."""
    if dataset.predicts_classes:
        return np.asarray(dataset.labels, dtype=np.int64)
    if dataset.modality == "purchases":
        return np.asarray(dataset.features)[:, 0]
    return None


def _by_lots(lots: NDArray[np.float64], config: SplitConfig) -> tuple[IntArray, IntArray, IntArray]:
    """Rows for training, validation and test; with few rows one of them may be empty."""
    parts = np.digitize(lots, (config.train, config.train + config.validation))
    train, validation, test = (np.flatnonzero(parts == part).astype(np.int64) for part in range(3))
    return train, validation, test


def _cut_newest(rows: IntArray, held_out: int, times: NDArray[Any]) -> tuple[IntArray, IntArray]:
    """From old to new; rows of one time stay together."""
    order = rows[np.argsort(times[rows], kind="stable")]
    sorted_times = times[order]
    cut = int(np.searchsorted(sorted_times, sorted_times[len(order) - held_out], side="left"))
    if cut == 0:
        cut = len(order) - held_out
    return order[:cut], order[cut:]


def _cut_blocks(
    rows: IntArray,
    held_out: int,
    parts: int,
    blocks: IntArray,
    strata: IntArray | None,
    seed: int,
) -> tuple[IntArray, IntArray]:
    """Of many cuts between blocks the one that meets its share of rows and of classes best."""
    wanted = _counts(rows, strata) * held_out / len(rows)
    best = min(
        draw_blocks(blocks[rows], held_out, parts, _TRIES, seed),
        key=lambda cut: float(np.abs(_counts(rows[cut[1]], strata) - wanted).sum()),
    )
    return rows[best[0]], rows[best[1]]


def _counts(rows: IntArray, strata: IntArray | None) -> NDArray[np.float64]:
    """Rows of each class, or of all together."""
    if strata is None:
        return np.array([len(rows)], dtype=np.float64)
    return np.bincount(strata[rows], minlength=int(strata.max()) + 1).astype(np.float64)


def _cut(
    rows: IntArray, held_out: int, strata: IntArray | None, seed: int
) -> tuple[IntArray, IntArray]:
    """Cut `held_out` of the rows off, stratified where every class has rows enough."""
    kept, off = draw(len(rows), held_out, seed)
    if strata is not None:
        counts = np.bincount(strata[rows])
        present = counts[counts > 0]
        if present.min() >= 2 and min(held_out, len(rows) - held_out) >= len(present):
            kept, off = draw_from_each(strata[rows], held_out, seed)
    return rows[kept], rows[off]
