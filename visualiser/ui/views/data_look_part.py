"""Which rows a look at the data shows, and what spoiling did to each."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, Table
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import RunInfo

Which = Literal["seen", "changed", "clean", "validation"]
"""Training rows as the student sees them, those of them that were changed, training rows before
anything was done to them, or validation rows."""


@dataclass(frozen=True, eq=False)
class ShownPart:
    """Rows to look at beside what they were.

    Attributes:
        part: n rows.
        before: the same rows, clean.
        relabelled: (n,) the label was changed.
        altered: (n,) a feature was changed.
    """

    dataset: Dataset
    part: Part
    before: Part
    relabelled: NDArray[np.bool_]
    altered: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.part)

    def label_text(self, row: int) -> str:
        """The label of a row: “spam”, or “ham → spam” where it was changed."""
        label = self.dataset.label_text(self.part.labels[row])
        if not self.relabelled[row]:
            return label
        return f"{self.dataset.label_text(self.before.labels[row])} → {label}"


def shown_part(info: RunInfo, spoiled_train: Part, which: Which) -> ShownPart:
    """The rows that `which` names."""
    clean = info.split.train
    if which == "validation":
        return _compared(info.dataset, info.split.validation, info.split.validation)
    if which == "clean":
        return _compared(info.dataset, clean, clean)
    shown = _compared(info.dataset, spoiled_train, clean)
    if which == "seen":
        return shown
    rows = np.flatnonzero(shown.relabelled | shown.altered)
    return _compared(info.dataset, spoiled_train.take(rows), clean)


def _compared(dataset: Dataset, part: Part, clean: Part) -> ShownPart:
    if part is clean:
        nothing = np.zeros(len(part), dtype=np.bool_)
        return ShownPart(dataset, part, part, nothing, nothing)
    before = clean.take(part.origin)
    relabelled = np.asarray(part.labels != before.labels, dtype=np.bool_)
    altered = _differ(part.features, before.features)
    return ShownPart(dataset, part, before, relabelled, altered)


def _differ(now: Features, before: Features) -> NDArray[np.bool_]:
    """(n,) whether anything about an example is different; missing equals missing."""
    if isinstance(now, Table) and isinstance(before, Table):
        numeric = (now.numeric != before.numeric) & ~(
            np.isnan(now.numeric) & np.isnan(before.numeric)
        )
        changed = numeric.any(axis=1) | (now.categorical != before.categorical).any(axis=1)
        return np.asarray(changed, dtype=np.bool_)
    different = np.asarray(np.asarray(now) != np.asarray(before), dtype=np.bool_)
    return np.asarray(different.reshape(len(different), -1).any(axis=1), dtype=np.bool_)


def class_counts(dataset: Dataset, part: Part) -> NDArray[np.int64]:
    """(K,) rows of each class."""
    return np.bincount(part.labels, minlength=dataset.class_count).astype(np.int64, copy=False)
