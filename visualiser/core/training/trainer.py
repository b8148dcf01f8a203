"""The stepper: trains a student, and beside it a twin on clean data, one step at a time.

The caller owns the loop, so pausing, single steps, slow motion, runs without a window and tests
are the same code. All figures are taken at steps that depend on the experiment alone, so that
the same experiment gives the same history, watched or not.
"""

from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import Edit, Experiment, Spoiling
from visualiser.core.training.device import choose_device, device_text, set_threads
from visualiser.core.training.edits import EditLog, learning_rate_text, spoiling_text
from visualiser.core.training.history import History
from visualiser.core.training.layer_watch import LayerWatch
from visualiser.core.training.measurement import Measurement
from visualiser.core.training.pair import FiguresByPart, Pair
from visualiser.core.training.preparation import describe_run, prepare
from visualiser.core.training.responses import Plane
from visualiser.core.training.schedule import next_evaluation
from visualiser.core.training.snapshot import Exam, Figures, Snapshot, State, Want

_EXPLODED = 100.0
"""A loss so many times the starting loss is not learning any more."""


class Trainer:
    """A run. Not thread-safe: one thread makes it, steps it and asks it for snapshots.

    Attributes:
        info: what does not change during the run.
        history: one row per evaluation.
        step_number: optimiser updates made so far.
        diverged: the loss stopped being a number; `step` then does nothing.
        finished: the experiment's epochs are done; `step` goes on all the same.
    """

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        """Prepare everything up to the first step.

        Raises:
            UserError: the experiment does not fit the data.
        """
        # Numbers too small for full precision cost a processor a hundred times the time.
        torch.set_flush_denormal(True)
        choice = choose_device(experiment.training.device)
        preparation = prepare(experiment, dataset)
        self.info = describe_run(experiment, preparation)
        self._threads = set_threads(self.info.flops_per_step)
        self._device_advice = choice.advice
        self._pair = Pair(experiment, preparation, choice.device)
        student = self._pair.student
        planar = (
            dataset.modality == "points" and self.info.encoded_shape == (2,) and dataset.class_count
        )
        self._plane = Plane(preparation, student.device) if planar else None
        self._layers = LayerWatch(preparation.layers, student.model)
        self._edits = EditLog(experiment)
        self.history = History()
        self.step_number = 0
        self.diverged = False
        self.finished = False
        self._seconds = 0.0
        self._learning_rate = experiment.training.learning_rate
        self._losses: list[Tensor] = []
        self._batch_loss = float("nan")
        self._exam: Exam | None = None
        self._stale = False
        self._pair.use(experiment.spoiling, at_start=True)
        self._measurement = self._pair.measure(0)
        self._first_loss = self._peak_loss = self._measurement.train.loss
        self._record()

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the current one."""
        return self._pair.student.order.epoch

    def step(self) -> None:
        """One optimiser update of the student and of the twin, and an evaluation if one is due."""
        if self.diverged:
            return
        started = perf_counter()
        while (edit := self._edits.take_planned(self.step_number)) is not None:
            self._apply(edit)
        due = self.step_number + 1 == self._next_evaluation
        if due:
            self._layers.before_step()
        self._losses.append(self._pair.step())
        self.step_number += 1
        ends = self._at_last_epoch_end()
        if due or ends:
            self._measurement = self._pair.measure(self.step_number)
            self._record()
        self.finished = self.finished or ends
        self._seconds += perf_counter() - started

    def _at_last_epoch_end(self) -> bool:
        order = self._pair.student.order
        epochs = self.info.experiment.training.epochs
        return order.at_epoch_end and order.epochs_done + 1 == epochs

    def _record(self) -> None:
        """Write the measurement into the history and plan the next one."""
        self._flush_losses()
        self.history.append(self._row(self._measurement))
        self._layers.record(self.step_number)
        self._peak_loss = max(self._peak_loss, self._measurement.train.loss)
        lost = self.step_number > 0 and not np.isfinite(self._batch_loss)
        self.diverged = lost or not self._measurement.finite()
        self._next_evaluation = next_evaluation(self.step_number, self.info.evaluate_every)

    def _row(self, measured: Measurement) -> dict[str, float]:
        row = {
            "step": self.step_number,
            "epoch": self.epoch,
            "learning_rate": self._learning_rate,
        }
        for name in ("train", "validation", "twin_train", "twin_validation", "spoiled_validation"):
            figures: Figures | None = getattr(measured, name)
            if figures is not None:
                row[f"{name}_loss"] = figures.loss
                row[f"{name}_metric"] = figures.values[self.info.metric]
        if measured.memorised is not None:
            row["memorised"] = measured.memorised.learnt / measured.memorised.total
        return row

    def _flush_losses(self) -> None:
        # Losses stay on the device until here: reading each would wait for each step.
        if self._losses:
            losses = torch.stack(self._losses).float().cpu().numpy()
            self._losses.clear()
            self.history.extend_batch_loss(losses)
            self._batch_loss = float(losses[-1])

    def change_learning_rate(self, learning_rate: float) -> None:
        """From the next step on; leaves a marker."""
        self._apply(Edit(step=self.step_number, learning_rate=learning_rate))

    def change_spoiling(self, spoiling: Spoiling) -> None:
        """From the next step on; leaves a marker. `Spoiling()` heals.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        self._apply(Edit(step=self.step_number, spoiling=spoiling))

    def _apply(self, edit: Edit) -> None:
        rate, spoiling = edit.learning_rate, edit.spoiling
        if spoiling is not None and spoiling != self._pair.spoiling:
            text = spoiling_text(self._pair.spoiling, spoiling)
            self._pair.use(spoiling, at_start=self.step_number == 0)
            self._edits.note(Edit(step=self.step_number, spoiling=spoiling), self.epoch, text)
            self._stale = True
        if rate is not None and rate != self._learning_rate:
            self._learning_rate = rate
            self._pair.set_learning_rate(rate)
            made = Edit(step=self.step_number, learning_rate=rate)
            self._edits.note(made, self.epoch, learning_rate_text(rate))

    def open_test(self) -> Exam:
        """Measure both models on the clean test part, with the weights of now."""
        self._exam = self._pair.exam(self.step_number)
        return self._exam

    def final_figures(self) -> tuple[FiguresByPart, FiguresByPart | None]:
        """“train”, “validation”, “test” → figures over all rows, of the student and the twin."""
        return self._pair.final_figures()

    def snapshot(self, want: Want, state: State, fresh: bool = False) -> Snapshot:
        """The run as it stands; `fresh` measures with the weights of now, outside the history."""
        if fresh and not self.diverged:
            self._measure_again()
        measured, pair, plane = self._measurement, self._pair, self._plane
        student, twin = pair.student, pair.twin
        weights = Want.WEIGHTS in want
        responses = plane if Want.RESPONSES in want else None
        return Snapshot(
            info=self.info,
            state="diverged" if self.diverged else state,
            step=self.step_number,
            epoch=self.epoch,
            seconds=self._seconds,
            learning_rate=self._learning_rate,
            batch_loss=self._batch_loss,
            history=self.history.view(),
            markers=self._edits.markers(),
            train=measured.train,
            validation=measured.validation,
            twin_train=measured.twin_train,
            twin_validation=measured.twin_validation,
            spoiled_validation=measured.spoiled_validation,
            measured_at=measured.step,
            changes=pair.changes,
            spoiled_train=pair.part,
            twin_differs=twin is not None,
            memorised=measured.memorised,
            exam=self._exam,
            experiment=self._edits.experiment(),
            spoiling=pair.spoiling,
            planned_edits_applied=self._edits.planned_applied,
            device_text=device_text(student.device, self._threads),
            predictions=pair.predictions(measured) if Want.PREDICTIONS in want else None,
            layers=self._layers.states(student.model) if weights else (),
            twin_layers=self._layers.states(twin.model) if weights and twin else (),
            distributions=self._layers.views() if weights else (),
            responses=None if responses is None else responses.responses(student, twin),
            advice=self._advice(),
        )

    def _measure_again(self) -> None:
        self._flush_losses()
        if self._stale or self._measurement.step != self.step_number:
            self._measurement = self._pair.measure(self.step_number)
            self._stale = False

    def _advice(self) -> str:
        if self.diverged:
            return (
                "The loss is not a number any more: the steps were too long. "
                "Lower the learning rate, then reset."
            )
        exploded = self._peak_loss > _EXPLODED * self._first_loss
        if exploded and self._measurement.train.loss > self._first_loss:
            return (
                f"The loss rose to {self._peak_loss / self._first_loss:,.0f} times what it was at "
                "the start: the learning rate is too high. Lower it, then reset."
            )
        if self._pair.student.fell_back:
            return "The accelerator ran out of memory: training goes on on the CPU."
        return self._device_advice
