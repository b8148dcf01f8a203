"""The stepper: trains a student, and beside it a twin on clean data, one step at a time.

The caller owns the loop, so pausing, single steps, slow motion, runs without a window and tests
are the same code. All figures are taken at steps that depend on the experiment alone, so that
the same experiment gives the same history, watched or not.
"""

from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import Edit, Experiment, Spoiling
from visualiser.core.models.layers import Convolution, Dense
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.device import choose_device, device_text, set_threads
from visualiser.core.training.distributions import Distribution
from visualiser.core.training.edits import EditLog, learning_rate_text, spoiling_text
from visualiser.core.training.evaluation import probabilities
from visualiser.core.training.history import History
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.measurement import EvaluationRows, Measurement, Meter, WrongLabels
from visualiser.core.training.preparation import describe_run, prepare
from visualiser.core.training.responses import Plane
from visualiser.core.training.schedule import next_evaluation
from visualiser.core.training.snapshot import (
    Exam,
    Figures,
    LayerState,
    Predictions,
    Snapshot,
    State,
    Want,
)

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
        choice = choose_device(experiment.training.device)
        torch.set_flush_denormal(True)
        self._preparation = prepare(experiment, dataset)
        info = describe_run(experiment, self._preparation, "")
        threads = set_threads(info.flops_per_step)
        self._advice = choice.advice
        self._edits = EditLog(experiment)
        self._meter = Meter(self._preparation)
        self._student = self._first_learner(experiment, choice.device)
        self._twin: Learner | None = None
        device = self._student.device
        self.info = describe_run(experiment, self._preparation, device_text(device, threads))
        self.history = History()
        self.step_number = 0
        self.diverged = False
        self.finished = False
        self._seconds = 0.0
        self._losses: list[Tensor] = []
        self._last_batch_loss = np.nan
        self._exam: Exam | None = None
        self._learning_rate = experiment.training.learning_rate
        self._weighted = [
            (i, self._student.model[i])
            for i, layer in enumerate(self.info.layers)
            if isinstance(layer, Dense | Convolution)
        ]
        self._distributions = [Distribution(module.weight) for _, module in self._weighted]
        self._update_ratios = [float("nan")] * len(self._weighted)
        self._plane = Plane(self._preparation, device) if dataset.modality == "points" else None
        self._watch_validation()
        self._use_spoiling(experiment.spoiling)
        self._measurement = self._measure()
        self._record()

    # -- set-up ---------------------------------------------------------------------------------

    def _first_learner(self, experiment: Experiment, device: torch.device) -> Learner:
        clean = self._preparation.split.train
        seed = experiment.seed
        weights_seed = seed if experiment.weights_seed is None else experiment.weights_seed
        order = EpochOrder(len(clean), clean.origin, experiment.training.batch_size, seed)
        return Learner(
            self._preparation.layers,
            self._preparation.dataset.task,
            experiment.training,
            self._preparation.encode_train(clean),
            order,
            device,
            weights_seed,
            dropout_seed=seed,
        )

    def _watch_validation(self) -> None:
        watched = self._preparation.split.validation.take(self._preparation.watched)
        # Its own origin, so that it can be spoiled as a part in its own right.
        origin = np.arange(len(watched), dtype=np.int64)
        self._watched = Part(
            watched.features, watched.labels, watched.groups, watched.rows, origin
        )
        self._validation = self._rows_of(self._watched)

    def _rows_of(self, part: Part) -> EvaluationRows:
        encoded = self._preparation.encode(part)
        return self._meter.rows(encoded, part, None, self._student.device)

    def _use_spoiling(self, spoiling: Spoiling) -> None:
        """Spoil the training part and go on with it; fork the twin the first time it differs."""
        clean = self._preparation.split.train
        seed, dataset = self.info.experiment.seed, self.info.dataset
        part, changes = spoil(clean, spoiling, seed, dataset)
        spoiled_validation = None
        if spoiling.validation_too:
            # Another seed: the same pattern in both parts would be no independent spoiling.
            other, _ = spoil(self._watched, spoiling, seed + 1, dataset, reference=clean)
            spoiled_validation = self._rows_of(other)
        encoded = self._preparation.encode_train(part)
        self._part: Part = part
        self._changes: tuple[Change, ...] = changes
        self._spoiling = spoiling
        self._spoiled_validation = spoiled_validation
        self._give(encoded, part is clean)

    def _give(self, encoded: EncodedPart, clean: bool) -> None:
        device = self._student.device
        clean_part = self._preparation.split.train
        clean_encoded = self._preparation.encode_train(clean_part)
        if self.step_number == 0 and clean:
            self._twin = None
        elif self._twin is None and not clean and self.info.experiment.training.twin:
            self._twin = self._student.fork(clean_encoded)
        self._student.replace_data(encoded)
        self._train = self._meter.train_sample(encoded, self._part, device)
        self._twin_train = self._meter.train_sample(clean_encoded, clean_part, device)
        self._wrong: WrongLabels | None = self._meter.wrong_labels(encoded, self._part, device)

    # -- training -------------------------------------------------------------------------------

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the current one."""
        return self._student.order.epoch

    def step(self) -> None:
        """One optimiser update of the student and of the twin, and an evaluation if one is due."""
        if self.diverged:
            return
        started = perf_counter()
        while (edit := self._edits.take_planned(self.step_number)) is not None:
            self._apply(edit)
        due = self.step_number + 1 == self._next_evaluation
        before = [m.weight.detach().clone() for _, m in self._weighted] if due else None
        self._losses.append(self._student.step())
        if self._twin is not None:
            self._twin.step()
        self.step_number += 1
        order = self._student.order
        ends = order.at_epoch_end and order.epochs_done + 1 == self.info.experiment.training.epochs
        if due or ends:
            self._note_update(before)
            self._measurement = self._measure()
            self._record()
        self.finished = self.finished or ends
        self._seconds += perf_counter() - started

    def _note_update(self, before: list[Tensor] | None) -> None:
        if before is None:
            return
        ratios = torch.stack(
            [
                (module.weight.detach() - old).norm() / old.norm().clamp_min(1e-12)
                for (_, module), old in zip(self._weighted, before, strict=True)
            ]
        )
        self._update_ratios = ratios.cpu().tolist()

    def _measure(self) -> Measurement:
        student, twin, meter = self._student, self._twin, self._meter
        train, _ = meter.measure(student, self._train)
        validation, outputs = meter.measure(student, self._validation)
        has_twin = self.info.experiment.training.twin
        twin_train, twin_validation, twin_outputs = train, validation, outputs
        if twin is not None:
            twin_train, _ = meter.measure(twin, self._twin_train)
            twin_validation, twin_outputs = meter.measure(twin, self._validation)
        spoiled = self._spoiled_validation
        return Measurement(
            step=self.step_number,
            train=train,
            validation=validation,
            twin_train=twin_train if has_twin else None,
            twin_validation=twin_validation if has_twin else None,
            spoiled_validation=None if spoiled is None else meter.measure(student, spoiled)[0],
            memorised=meter.memorised(student, self._wrong),
            outputs=outputs,
            twin_outputs=twin_outputs if has_twin else None,
        )

    def _record(self) -> None:
        """Write the measurement into the history and plan the next one."""
        self._flush_losses()
        row = self._row(self._measurement)
        self.history.append(row)
        for (_, module), distribution, ratio in zip(
            self._weighted, self._distributions, self._update_ratios, strict=True
        ):
            distribution.record(self.step_number, module.weight, module.weight.grad, ratio)
        self.diverged = not self._measurement.finite() or (
            self.step_number > 0 and not np.isfinite(self._last_batch_loss)
        )
        self._next_evaluation = next_evaluation(self.step_number, self.info.evaluate_every)

    def _row(self, measured: Measurement) -> dict[str, float]:
        metric = self.info.metric
        row = {
            "step": self.step_number,
            "epoch": self.epoch,
            "learning_rate": self._learning_rate,
            "train_loss": measured.train.loss,
            "train_metric": measured.train.values[metric],
            "validation_loss": measured.validation.loss,
            "validation_metric": measured.validation.values[metric],
        }
        for name in ("twin_train", "twin_validation", "spoiled_validation"):
            figures: Figures | None = getattr(measured, name)
            if figures is not None:
                row[f"{name}_loss"] = figures.loss
                row[f"{name}_metric"] = figures.values[metric]
        if measured.memorised is not None:
            row["memorised"] = measured.memorised.learnt / measured.memorised.total
        return row

    def _flush_losses(self) -> None:
        if self._losses:
            losses = torch.stack(self._losses).float().cpu().numpy()
            self._losses.clear()
            self.history.extend_batch_loss(losses)
            self._last_batch_loss = float(losses[-1])

    # -- edits ----------------------------------------------------------------------------------

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
        if spoiling is not None and spoiling != self._spoiling:
            text = spoiling_text(self._spoiling, spoiling)
            self._use_spoiling(spoiling)
            self._edits.note(Edit(step=self.step_number, spoiling=spoiling), self.epoch, text)
        if rate is not None and rate != self._learning_rate:
            self._learning_rate = rate
            for learner in (self._student, self._twin):
                if learner is not None:
                    learner.set_learning_rate(rate)
            edit = Edit(step=self.step_number, learning_rate=rate)
            self._edits.note(edit, self.epoch, learning_rate_text(rate))

    # -- looking --------------------------------------------------------------------------------

    def open_test(self) -> Exam:
        """Measure both models on the clean test part, with the weights of now."""
        rows = self._rows_of(self._preparation.split.test)
        figures, outputs = self._meter.measure(self._student, rows)
        twin_figures, twin_outputs = figures, outputs
        if self._twin is not None:
            twin_figures, twin_outputs = self._meter.measure(self._twin, rows)
        twin = self.info.experiment.training.twin
        self._exam = Exam(
            step=self.step_number,
            figures=figures,
            twin_figures=twin_figures if twin else None,
            predictions=self._answers(outputs),
            twin_predictions=self._answers(twin_outputs) if twin else None,
        )
        return self._exam

    def final_figures(self) -> tuple[dict[str, Figures], dict[str, Figures] | None]:
        """{"train", "validation", "test"} → figures over all rows, of the student and of the twin.

        The student's training figures are on the data it was given, spoiled or not.
        """
        exam = self.open_test()
        split = self._preparation.split
        parts = {"train": self._part, "validation": split.validation}
        student = {
            name: self._meter.measure(self._student, self._rows_of(part))[0]
            for name, part in parts.items()
        }
        student["test"] = exam.figures
        if exam.twin_figures is None:
            return student, None
        learner = self._twin or self._student
        twin = {
            name: self._meter.measure(learner, self._rows_of(part))[0]
            for name, part in (("train", split.train), ("validation", split.validation))
        }
        twin["test"] = exam.twin_figures
        return student, twin

    def _answers(self, outputs: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
        scale = self._preparation.scale
        return probabilities(outputs) if scale is None else scale.to_unit(outputs[:, 0])

    def _predictions(self, measured: Measurement) -> Predictions:
        twin = measured.twin_outputs
        return Predictions(
            self._answers(measured.outputs), None if twin is None else self._answers(twin)
        )

    def _layers_of(self, learner: Learner) -> tuple[LayerState, ...]:
        return tuple(
            LayerState(
                index=i,
                weight=learner.model[i].weight.detach().float().cpu().numpy().copy(),
                bias=learner.model[i].bias.detach().float().cpu().numpy().copy(),
                update_ratio=ratio,
            )
            for (i, _), ratio in zip(self._weighted, self._update_ratios, strict=True)
        )

    def snapshot(self, want: Want, state: State, fresh: bool = False) -> Snapshot:
        """The run as it stands; `fresh` measures with the weights of now, outside the history."""
        measured = self._measurement
        if fresh and not self.diverged and measured.step != self.step_number:
            measured = self._measurement = self._measure()
        if fresh:
            self._flush_losses()
        twin = self._twin
        weights, plane = Want.WEIGHTS in want, self._plane
        return Snapshot(
            info=self.info,
            state="diverged" if self.diverged else state,
            step=self.step_number,
            epoch=self.epoch,
            seconds=self._seconds,
            learning_rate=self._learning_rate,
            batch_loss=self._last_batch_loss,
            history=self.history.view(),
            markers=self._edits.markers(),
            train=measured.train,
            validation=measured.validation,
            twin_train=measured.twin_train,
            twin_validation=measured.twin_validation,
            spoiled_validation=measured.spoiled_validation,
            measured_at=measured.step,
            changes=self._changes,
            spoiled_train=self._part,
            twin_differs=twin is not None,
            memorised=measured.memorised,
            exam=self._exam,
            experiment=self._edits.experiment(),
            spoiling=self._spoiling,
            planned_edits_applied=self._edits.planned_applied,
            predictions=self._predictions(measured) if Want.PREDICTIONS in want else None,
            layers=self._layers_of(self._student) if weights else (),
            twin_layers=self._layers_of(twin) if weights and twin is not None else (),
            distributions=tuple(d.view() for d in self._distributions) if weights else (),
            responses=(
                plane.responses(self._student, twin)
                if plane is not None and Want.RESPONSES in want
                else None
            ),
            advice=self._current_advice(measured),
        )

    def _current_advice(self, measured: Measurement) -> str:
        if self.diverged:
            return (
                "The loss is not a number any more: the steps were too long. "
                "Lower the learning rate, then reset."
            )
        first = self.history.view()["train_loss"][0]
        if measured.train.loss > _EXPLODED * max(first, 0.01):
            return (
                f"The loss is {measured.train.loss / first:,.0f} times what it was at the start: "
                "the learning rate is too high. Lower it."
            )
        if self._student.fell_back:
            return "The accelerator ran out of memory: training goes on on the CPU."
        return self._advice
