"""True labels of the watched validation rows beside what the models answer."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Features, IntArray, take
from visualiser.core.training.snapshot import RunInfo, Snapshot

_SECONDS_BETWEEN = 0.5
"""Lists that change faster cannot be read."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of classifiers for V validation rows.

    Attributes:
        info: the run.
        true: (V,) class codes.
        output: (V, K) class probabilities of the student.
        twin_output: the same of the clean twin, or None.
    """

    info: RunInfo
    true: IntArray
    output: NDArray[Any]
    twin_output: NDArray[Any] | None

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Answers | None":
        """The answers in a snapshot; None without any, or where they are no numbers."""
        predictions = snapshot.predictions
        if predictions is None or not np.isfinite(predictions.output).all():
            return None
        info = snapshot.info
        true = info.split.validation.labels[info.watched]
        return cls(info, true, predictions.output, predictions.twin_output)

    @property
    def predicted(self) -> IntArray:
        """(V,) class codes the student answers."""
        return self.output.argmax(axis=1)

    @property
    def twin_predicted(self) -> IntArray | None:
        """(V,) class codes the twin answers, or None."""
        return None if self.twin_output is None else self.twin_output.argmax(axis=1)

    def features(self, positions: IntArray) -> Features:
        """The examples at `positions` of the V rows."""
        info = self.info
        return take(info.split.validation.features, info.watched[positions])


class Pace:
    """Lets a list follow a running training slowly enough to be read."""

    def __init__(self) -> None:
        self._last = 0.0

    def lets(self, snapshot: Snapshot) -> bool:
        """Whether to show this one: every one at rest, two a second while it runs."""
        now = monotonic()
        if snapshot.state == "running" and now - self._last < _SECONDS_BETWEEN:
            return False
        self._last = now
        return True

    def reset(self) -> None:
        """Let the next one pass."""
        self._last = 0.0
