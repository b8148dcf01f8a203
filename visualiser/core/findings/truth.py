"""What was really spoiled: known only because the program did it. No finder is shown it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, Table
from visualiser.core.data.split import Part
from visualiser.core.findings.spec import Mistake
from visualiser.core.repair import copy_numbers

Mask = NDArray[np.bool_]

_OFF = 0.5
"""Standard deviations of the target from which an amount counts as wrong: of noise on every
target the small part cannot be seen, and does no harm."""


@dataclass(frozen=True, eq=False)
class Truth:
    """For each of n rows what is wrong with it.

    Attributes:
        label: (n,) the label is another than the true one.
        values: (n,) the features are other than the true ones.
        copy: (n,) the row is there before.
        true_labels: (n,) labels of the data set.
    """

    label: Mask
    values: Mask
    copy: Mask
    true_labels: NDArray[np.float64]

    @property
    def any(self) -> Mask:
        """(n,) whether anything is wrong."""
        return self.label | self.values | self.copy

    def of(self, kind: Mistake | None) -> Mask:
        """(n,) whether that is wrong; None for anything."""
        masks = {"label": self.label, "values": self.values, "copy": self.copy, None: self.any}
        return masks[kind]


def truth_of(dataset: Dataset, part: Part, clean: Part) -> Truth:
    """Compare the rows of a spoiled training part with the clean one it was made from."""
    true = np.asarray(dataset.labels)[part.rows]
    given = np.asarray(part.labels)
    if dataset.predicts_amounts:
        unit = max(float(np.std(clean.labels)), 1e-12)
        label = np.abs(given - true) > _OFF * unit
    else:
        label = given != true
    return Truth(
        label=label,
        values=_other_values(
            part.features, clean.take(part.origin).features, len(dataset.spare_columns)
        ),
        copy=copy_numbers(part) > 0,
        true_labels=true.astype(np.float64),
    )


def _other_values(now: Features, before: Features, spare: int) -> Mask:
    """(n,) whether any value differs; of the last numbers, which were added, nothing is known."""
    if isinstance(now, Table) and isinstance(before, Table):
        numbers = now.numeric.shape[1] - spare
        first, second = now.numeric[:, :numbers], before.numeric[:, :numbers]
        same = (first == second) | (np.isnan(first) & np.isnan(second))
        differ = ~same.all(axis=1)
        return np.asarray(differ | (now.categorical != before.categorical).any(axis=1))
    first, second = np.asarray(now), np.asarray(before)
    if first.dtype == object:
        return np.array([a != b for a, b in zip(first, second, strict=True)], dtype=np.bool_)
    return np.asarray((first != second).reshape(len(first), -1).any(axis=1))
