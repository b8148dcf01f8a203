"""Keeps what training itself answers to each row: without a pass over the data of its own."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.dataset import IntArray, read_only
from visualiser.core.questions.row_record import RowRecord

MOST_NUMBERS = 4_000_000
"""Rows times outputs that are kept: 16 MB."""


class RowRecorder:
    """The outputs of the training steps, taken together once an epoch.

    They are those that the loss was taken of, before the update and with dropout, as Toneva et al.
    (2019) and Pleiss et al. (2020) record them. A step only keeps a reference to its outputs; the
    generators, the weights and the order know nothing of it, so that a run is the same to the bit.
    """

    def __init__(self, classes: int) -> None:
        """`classes` is how many there are; 0 where amounts are learnt."""
        self._classes = classes
        self._pending: list[tuple[IntArray, Tensor, Tensor]] = []
        self.restart(0)

    def restart(self, rows: int) -> None:
        """Forget everything: there are so many other rows now."""
        self._pending.clear()
        self.records = 0 < rows * max(self._classes, 1) <= MOST_NUMBERS
        rows = rows if self.records else 0
        self._seen = np.zeros(rows, dtype=np.int64)
        self._loss = np.full(rows, np.nan)
        self._loss_sum = np.zeros(rows)
        self._probability_sum = np.zeros((rows, self._classes), dtype=np.float32)
        self._margin_sum = np.zeros(rows)
        self._right_last = np.zeros(rows, dtype=np.bool_)
        self._learnt = np.zeros(rows, dtype=np.bool_)
        self._forgotten = np.zeros(rows, dtype=np.int64)

    def note(self, start: int, positions: IntArray, outputs: Tensor, targets: Tensor) -> None:
        """The step on the rows at `positions`, the ones from `start` on in the epoch's order."""
        if not self.records:
            return
        if start == 0:
            self._gather()  # so that no row is there twice
        self._pending.append((positions, outputs.detach(), targets))

    def view(self) -> RowRecord | None:
        """What was recorded so far; None where there are too many rows, or too many classes."""
        self._gather()
        if not self.records:
            return None
        times = np.maximum(self._seen, 1)
        mean = (self._probability_sum / times[:, None]).astype(np.float32)
        classes = self._classes > 0
        return RowRecord(
            seen=read_only(self._seen.copy()),
            loss=read_only(self._loss.copy()),
            mean_loss=read_only(np.where(self._seen, self._loss_sum / times, np.nan)),
            probabilities=read_only(mean) if classes else None,
            margin=read_only(self._margin_sum / times) if classes else None,
            learnt=read_only(self._learnt.copy()) if classes else None,
            forgotten=read_only(self._forgotten.copy()) if classes else None,
        )

    def _gather(self) -> None:
        """Take in what the steps left."""
        if not self._pending:
            return
        rows = np.concatenate([positions for positions, _, _ in self._pending])
        outputs = torch.cat([outputs for _, outputs, _ in self._pending]).float().cpu().numpy()
        targets = torch.cat([targets for _, _, targets in self._pending]).cpu().numpy()
        self._pending.clear()
        known = np.isfinite(outputs).all(axis=1)
        rows, outputs, targets = rows[known], outputs[known].astype(np.float64), targets[known]
        loss = (
            self._take_classes(rows, outputs, targets)
            if self._classes
            else (outputs[:, 0] - targets) ** 2
        )
        self._seen[rows] += 1
        self._loss[rows] = loss
        self._loss_sum[rows] += loss

    def _take_classes(
        self, rows: IntArray, logits: NDArray[np.float64], given: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Margins and answers of (m, K) logits; returns their (m,) cross-entropy."""
        places = np.arange(len(rows))
        of_given = logits[places, given]
        others = logits.copy()
        others[places, given] = -np.inf
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_sum = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        log_probabilities = shifted - log_sum
        self._probability_sum[rows] += np.exp(log_probabilities).astype(np.float32)
        self._margin_sum[rows] += of_given - others.max(axis=1)
        right = logits.argmax(axis=1) == given
        self._forgotten[rows] += self._right_last[rows] & ~right
        self._right_last[rows] = right
        self._learnt[rows] |= right
        return np.asarray(-log_probabilities[places, given])


def recorder_for(task: str, classes: int) -> RowRecorder | None:
    """For tasks whose rows have one label each; None for others."""
    if task == "classification":
        return RowRecorder(classes)
    return RowRecorder(0) if task in ("regression", "forecasting") else None
