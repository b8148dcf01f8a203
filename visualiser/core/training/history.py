"""The record of a run: one row per evaluation, append-only, readable while it grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import read_only

MEASURED = (
    "train",
    "validation",
    "twin_train",
    "twin_validation",
    "spoiled_validation",
    "cleaned_train",
    "cleaned_validation",
)
"""What an evaluation measures, each by its loss and its metric."""

COLUMNS = (
    "step",
    "epoch",
    "train_loss",
    "validation_loss",
    "train_metric",
    "validation_metric",
    "twin_train_loss",
    "twin_validation_loss",
    "twin_train_metric",
    "twin_validation_metric",
    "spoiled_validation_loss",
    "spoiled_validation_metric",
    "cleaned_train_loss",
    "cleaned_validation_loss",
    "cleaned_train_metric",
    "cleaned_validation_metric",
    "memorised",
    "resisted",
    "changed_given_error",
    "changed_true_error",
    "changed_by",
    "learning_rate",
    # How calibrated, private and fair both are: see core/training/audit.py.
    "ece",
    "twin_ece",
    "mia_auc",
    "twin_mia_auc",
    "dp_difference",
    "twin_dp_difference",
    "tpr_difference",
    "twin_tpr_difference",
    "fpr_difference",
    "twin_fpr_difference",
    "eo_difference",
    "twin_eo_difference",
    "group_metric_difference",
    "twin_group_metric_difference",
    "worst_group_metric",
    "twin_worst_group_metric",
)
"""Names of the columns; `metric` is accuracy, or the mean absolute error in the target's unit."""

Column = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class HistoryView:
    """The first `len` rows of a history. Rows once written never change, so no copy is made.

    Attributes:
        columns: for each name in COLUMNS its (R,) values; NaN where there is no figure.
        batch_loss: (S,) float32, loss of every training step so far, step 1 first.
    """

    columns: Mapping[str, Column]
    batch_loss: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.columns["step"])

    def __getitem__(self, name: str) -> Column:
        return self.columns[name]


class History:
    """Grows by doubling; views taken earlier keep the arrays they were taken from.

    A column takes memory from its first figure on: most runs have no groups, no third model and
    no spoiled validation part.
    """

    def __init__(self) -> None:
        self._rows, self._room = 0, 256
        self._columns: dict[str, Column] = {}
        self._steps = 0
        self._batch_loss = np.empty(1024, dtype=np.float32)

    def append(self, row: Mapping[str, float]) -> None:
        """Add an evaluation; columns not named are NaN.

        Raises:
            KeyError: a name that is not in COLUMNS.
        """
        if self._rows == self._room:
            self._room *= 2
            self._columns = {name: self._longer(old) for name, old in self._columns.items()}
        for name, value in row.items():
            if name not in self._columns and not isnan(value):
                self._columns[_known(name)] = self._longer(np.full(self._rows, np.nan))
        for name, column in self._columns.items():
            column[self._rows] = row.get(name, np.nan)
        self._rows += 1

    def _longer(self, column: Column) -> Column:
        """With room for more; what is not written yet costs no memory."""
        longer = np.empty(self._room)
        longer[: self._rows] = column
        return longer

    def extend_batch_loss(self, losses: NDArray[np.float32]) -> None:
        """Add the losses of the latest training steps, oldest first."""
        needed = self._steps + len(losses)
        if needed > len(self._batch_loss):
            larger = np.empty(max(needed, 2 * len(self._batch_loss)), dtype=np.float32)
            larger[: self._steps] = self._batch_loss[: self._steps]
            self._batch_loss = larger
        self._batch_loss[self._steps : needed] = losses
        self._steps = needed

    def view(self) -> HistoryView:
        """The rows so far, without copying."""
        absent = np.broadcast_to(np.nan, self._rows)
        columns = {
            name: read_only(self._columns[name][: self._rows]) if name in self._columns else absent
            for name in COLUMNS
        }
        return HistoryView(columns, read_only(self._batch_loss[: self._steps]))


def _known(name: str) -> str:
    if name not in COLUMNS:
        raise KeyError(name)
    return name
