"""What several ways of spoiling came to together: a later one may undo or remove earlier work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from visualiser.core.corruption.registry import corruption_named, touched_by
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset, TaskName
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part

_WRONG: dict[TaskName, tuple[str, str]] = {
    "regression": ("target", "imprecise"),
    "forecasting": ("target", "imprecise"),
    "ranking": ("purchase", "mistaken"),
}
"""What a label is called and what has become of it where that is not “label” and “wrong”."""


@dataclass(frozen=True)
class Extent:
    """How a spoiled training part differs from the clean one it was made from.

    It has as many rows as the clean one, less those removed, with those copied and repeated.

    Attributes:
        rows: rows that are left.
        wrong_labels: how many of those have another label or target than the true one.
        noisy_rows: how many of those have features with noise.
        removed_rows: rows of the clean part that are gone.
        copied_rows: how many rows were copied from the test part, each counted once.
        altered_rows: how many rows have features changed by more than noise, as by a mark.
        repeated_rows: how many of those that are left stand there besides the first of their kind.
    """

    rows: int
    wrong_labels: int
    noisy_rows: int
    removed_rows: int
    copied_rows: int = 0
    altered_rows: int = 0
    repeated_rows: int = 0

    def sentence(self, dataset: Dataset) -> str:
        """“In all, 316 of 864 training labels are wrong and 2,636 pictures are gone”."""
        noun, parts = noun_of(dataset), []
        others = self.noisy_rows, self.altered_rows, self.removed_rows, self.copied_rows
        if self.wrong_labels or not any((*others, self.repeated_rows)):
            label, wrong = _WRONG.get(dataset.task, ("label", "wrong"))
            parts.append(self._share(self.wrong_labels, f"{label}s", wrong))
        if self.noisy_rows:
            parts.append(self._share(self.noisy_rows, noun.many, "noisy"))
        if self.altered_rows:
            parts.append(self._share(self.altered_rows, noun.many, "altered"))
        if self.removed_rows:
            parts.append(f"{noun.counted(self.removed_rows)} {_are(self.removed_rows)} gone")
        if self.copied_rows:
            copies = noun.counted(self.copied_rows)
            parts.append(f"{copies} {_are(self.copied_rows)} copied from the test")
        if self.repeated_rows:
            repeats = "a copy" if self.repeated_rows == 1 else "copies"
            parts.append(self._share(self.repeated_rows, noun.many, repeats))
        *first, last = parts
        return f"In all, {', '.join(first)} and {last}" if first else f"In all, {last}"

    def _share(self, count: int, noun: str, become: str) -> str:
        """“316 of 864 training labels are wrong”."""
        return f"{count:,} of {self.rows:,} training {noun} {_are(count)} {become}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def tells_more(changes: Sequence[Change]) -> bool:
    """Whether the extent is more than its changes told one by one.

    It is where rows were removed besides, or where two ways touched the same labels or features.
    """
    touched = [touched_by(change) for change in changes]
    return len(changes) > 1 and ("rows" in touched or len(set(touched)) < len(touched))


def extent(dataset: Dataset, clean: Part, spoiled: Part, changes: Iterable[Change]) -> Extent:
    """Compare a spoiled part with the clean one; `changes` tell whose features were touched."""
    left, noisy, altered = (np.zeros(len(clean), dtype=np.bool_) for _ in range(3))
    copied = spoiled.foreign_to(clean)
    left[spoiled.origin[~copied]] = True
    for change in changes:
        if touched_by(change) == "features":
            by_noise = corruption_named(change.name).dimension == "Noise"
            (noisy if by_noise else altered)[change.rows] = True
    return Extent(
        rows=len(spoiled),
        wrong_labels=int(np.count_nonzero(spoiled.labels != dataset.labels[spoiled.rows])),
        noisy_rows=int(np.count_nonzero(noisy[spoiled.origin] & ~copied)),
        removed_rows=int(np.count_nonzero(~left)),
        copied_rows=len(np.unique(spoiled.rows[copied])),
        altered_rows=int(np.count_nonzero(altered[spoiled.origin] & ~copied)),
        repeated_rows=len(spoiled) - len(np.unique(spoiled.rows)),
    )
