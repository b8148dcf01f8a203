"""What is written down of a run while it is trained: measurements, its history, its losses."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from visualiser.core.training.history import History
from visualiser.core.training.layer_watch import LayerWatch
from visualiser.core.training.measurement import Measurement
from visualiser.core.training.pair import Pair
from visualiser.core.training.schedule import next_evaluation

_MOST_UNREAD_LOSSES = 4096


@dataclass(frozen=True)
class Place:
    """Where in a run a row of its history stands.

    Attributes:
        epoch: with the share of the current one.
        learning_rate: of the step just made.
    """

    step: int
    epoch: float
    learning_rate: float


class Record:
    """Measures the models of a run and keeps their figures.

    Attributes:
        history: one row per evaluation, and two where the data was changed.
        measurement: the latest one, of a row or of a look in between.
        batch_loss: of the latest step that was read; NaN before the first.
        diverged: a loss stopped being a number.
        evaluate_every: steps between regular evaluations.
        first_loss, peak_loss: of the training rows, at the start and at worst.
    """

    def __init__(self, pair: Pair, layers: LayerWatch, metric: str, evaluate_every: int) -> None:
        self._pair, self._layers = pair, layers
        self._metric, self.evaluate_every = metric, evaluate_every
        self._losses: list[Tensor] = []
        self._recorded_at = -1
        self._stale = self._edited = False
        self._next_evaluation = self._counted_from = 0
        self.history = History()
        self.batch_loss = float("nan")
        self.diverged = False
        self._measure(0)

    def is_due(self, step: int) -> bool:
        """Whether `step` ends with an evaluation."""
        return step == self._next_evaluation

    def add_loss(self, loss: Tensor) -> None:
        """Of one step; it is read only when it is needed."""
        self._losses.append(loss)
        if len(self._losses) >= _MOST_UNREAD_LOSSES:
            self._flush_losses()

    def evaluate(self, place: Place) -> None:
        """Measure after a step, write a row and plan the next one."""
        self._measure(place.step)
        self._write_evaluation(place)

    def refresh(self, step: int) -> None:
        """Measure with the weights and the data of now, outside the history."""
        self._flush_losses()
        if self._stale or self.measurement.step != step:
            self._measure(step)

    def before_change(self, place: Place) -> None:
        """A row of how things stand until data is changed.

        So a curve bends at the marker and not at the evaluation before it.
        """
        if place.step > self._recorded_at >= 0:
            self._measure(place.step)
            self._write_row(place)

    def after_change(self, step: int) -> None:
        """Data was changed: what was measured at this step holds no longer."""
        self._stale = True
        self._edited = step > 0

    def before_step(self, place: Place) -> None:
        """A row with the data that the coming step will have, at the start and after a change.

        Not earlier: of several edits at one step only the last is trained on.
        """
        if place.step > 0 and not self._edited:
            return
        if self._stale or self.measurement.step != place.step:
            self._measure(place.step)
        self._edited = False
        if place.step == 0:
            self._write_evaluation(place)
        else:
            self._write_row(place)
            self._plan_evaluation(place.step, counted_from=place.step)

    def _measure(self, step: int) -> None:
        self.measurement: Measurement = self._pair.measure(step)
        self._stale = False
        if step == 0:
            self.first_loss = self.peak_loss = self.measurement.train.loss

    def _write_evaluation(self, place: Place) -> None:
        self._write_row(place)
        self._layers.record(place.step, self.measurement.silent)
        self.peak_loss = max(self.peak_loss, self.measurement.train.loss)
        lost = place.step > 0 and not np.isfinite(self.batch_loss)
        self.diverged = lost or not self.measurement.finite()
        self._plan_evaluation(place.step, self._counted_from)

    def _plan_evaluation(self, step: int, counted_from: int) -> None:
        """Dense at the start and after each edit of the data, when most happens."""
        self._counted_from = counted_from
        passed = step - counted_from
        self._next_evaluation = counted_from + next_evaluation(passed, self.evaluate_every)

    def _write_row(self, place: Place) -> None:
        self._flush_losses()
        self.history.append(vars(place) | self.measurement.columns(self._metric))
        self._recorded_at = place.step

    def _flush_losses(self) -> None:
        # Losses stay on the device until here: reading each would wait for each step.
        if self._losses:
            losses = torch.stack(self._losses).float().cpu().numpy()
            self._losses.clear()
            self.history.extend_batch_loss(losses)
            self.batch_loss = float(losses[-1])
