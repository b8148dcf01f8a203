"""What a diagnosis is made from: a snapshot and what several checks read of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualiser.core.numerals import numeral
from visualiser.core.outcome_figures import Comparison
from visualiser.core.outcome_groups import GroupGap
from visualiser.core.outcome_repairs import repaired_comparison
from visualiser.core.training.snapshot import Snapshot

FEWEST_EVALUATIONS = 8
"""Fewer rows of the history are no curve: no trend can be told from its jitter."""

_FEWEST_EPOCHS = 1.0
"""A model that has not seen every example once is judged too early."""

_SETTLING = 2
"""Intervals between evaluations that a run is given after an edit: both losses jump with it."""


@dataclass(frozen=True, eq=False)
class Recent:
    """The history since the data or the learning rate was last changed, (R,) each."""

    steps: NDArray[np.float64]
    train: NDArray[np.float64]
    validation: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.steps)

    @property
    def finite(self) -> bool:
        """Whether both losses are numbers throughout."""
        return bool((np.isfinite(self.train) & np.isfinite(self.validation)).all())


@dataclass(frozen=True, eq=False)
class Case:
    """A run as it stands.

    Attributes:
        snapshot: not one that was kept without its examples.
        validation: the run's metric of student and twin on clean validation rows.
        groups: how the groups fare there; None without groups or predictions.
    """

    snapshot: Snapshot
    validation: Comparison
    groups: GroupGap | None

    @property
    def is_settled(self) -> bool:
        """Whether it has run long enough to judge what it answers."""
        snapshot = self.snapshot
        return (
            snapshot.state != "diverged"
            and snapshot.epoch >= _FEWEST_EPOCHS
            and len(snapshot.history) >= FEWEST_EVALUATIONS
        )

    @property
    def loses_to_twin(self) -> bool:
        """Whether a twin with clean data does better, by more than chance."""
        return self.snapshot.twin_differs and self.validation.effect == "worse"

    @property
    def start(self) -> int:
        """The step from which on curves tell of the run as it is now."""
        markers = self.snapshot.markers
        if not markers:
            return 0
        return markers[-1].step + _SETTLING * self.snapshot.info.evaluate_every

    @property
    def rate_text(self) -> str:
        """The learning rate in force: “0.003”."""
        return numeral(self.snapshot.learning_rate)

    @cached_property
    def repaired(self) -> Comparison | None:
        """The model of repaired data beside the student; None where nothing is repaired."""
        return repaired_comparison(self.snapshot)

    @cached_property
    def recent(self) -> Recent:
        """Losses since `start`."""
        history = self.snapshot.history
        rows = history["step"] >= self.start
        return Recent(*(history[name][rows] for name in ("step", "train_loss", "validation_loss")))
