"""The stepper: trains a student, and beside it a twin on clean data, one step at a time.

The caller owns the loop, so pausing, single steps, slow motion, runs without a window and tests
are the same code. All figures are taken at steps that depend on the experiment alone, so that
the same experiment gives the same history, watched or not.
"""

from dataclasses import replace
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from visualiser.core.corruption.registry import check_spoiling, spare_columns
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.strokes import data_after, growth_text
from visualiser.core.experiment import DatasetConfig, Edit, Experiment, Repair, Spoiling
from visualiser.core.probes.registry import Probes
from visualiser.core.training import advice
from visualiser.core.training.device import choose_device, device_text, set_threads
from visualiser.core.training.edits import EditLog, Moment
from visualiser.core.training.history import History
from visualiser.core.training.layer_watch import LayerWatch
from visualiser.core.training.other_data import prepare_other
from visualiser.core.training.pair import FiguresByPart, Pair
from visualiser.core.training.preparation import Preparation, describe_run, prepare
from visualiser.core.training.schedule import next_evaluation
from visualiser.core.training.snapshot import Exam, Plan, RunInfo, Snapshot, State
from visualiser.core.training.want import Want
from visualiser.core.training.widening import SpareColumns, widened, widening

_MOST_UNREAD_LOSSES = 4096


class Trainer:
    """A run. Not thread-safe: one thread makes it, steps it and asks it for snapshots.

    Attributes:
        info: what does not change during the run; another one after other data came.
        history: one row per evaluation.
        step_number: optimiser updates made so far.
        diverged: the loss stopped being a number; `step` then does nothing.
        epochs: to be done: the experiment's, or more where its plan goes on after those.
        finished: they are done; `step` goes on all the same.
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
        self._base, self._probes = preparation, Probes(preparation)
        self._spare = SpareColumns()
        self._layers = LayerWatch(preparation.layers, student.model)
        self._edits = EditLog(experiment)
        self.history = History()
        self.step_number = 0
        self.epochs = experiment.training.epochs
        self.diverged = self.finished = False
        self._seconds = 0.0
        self._learning_rate = self._rate_of_last_step = experiment.training.learning_rate
        self._losses: list[Tensor] = []
        self._batch_loss = float("nan")
        self._exam: Exam | None = None
        self._stale = self._edited = False
        self._recorded_at = -1
        self._put(experiment.spoiling)
        self._pair.mend(experiment.repairs)
        self._measurement = self._pair.measure(0)
        self._apply_planned_edits()
        self._measure_again()
        self._first_loss = self._peak_loss = self._measurement.train.loss
        self._next_evaluation = self._counted_from = 0

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the current one."""
        return self._pair.student.order.epoch

    def step(self) -> None:
        """One optimiser update of the student and of the twin, and an evaluation if one is due."""
        if self.diverged:
            return
        started = perf_counter()
        self._apply_planned_edits()
        if self.step_number == 0 or self._edited:
            self._record_edited()
        due = self.step_number + 1 == self._next_evaluation
        if due:
            self._layers.before_step()
        self._rate_of_last_step = self._learning_rate
        self._losses.append(self._pair.step())
        self.step_number += 1
        ends = not (self.finished or self._edits.has_plan) and self._epochs_done() >= self.epochs
        if len(self._losses) >= _MOST_UNREAD_LOSSES:
            self._flush_losses()
        if due or ends:
            self._measurement = self._pair.measure(self.step_number)
            self._record()
        self.finished = self.finished or ends
        self._seconds += perf_counter() - started

    def _apply_planned_edits(self) -> None:
        done = self._epochs_done()
        while (edit := self._edits.take_planned(self.step_number, done)) is not None:
            if done >= self.epochs:
                self.epochs = done + 1
            self._apply(edit, planned=True)

    def _record_edited(self) -> None:
        """A row with the data that the coming step will have, before it is made.

        Not earlier: of several edits at one step only the last is trained on.
        """
        if self._stale or self._measurement.step != self.step_number:
            self._measurement = self._pair.measure(self.step_number)
        self._stale = self._edited = False
        if self.step_number == 0:
            self._first_loss = self._peak_loss = self._measurement.train.loss
            self._record()
        else:
            self._write_row()
            self._plan_evaluation(counted_from=self.step_number)

    def _epochs_done(self) -> int:
        order = self._pair.student.order
        return order.epochs_done + int(order.at_epoch_end)

    def _record(self) -> None:
        """Write the measurement into the history and plan the next one."""
        self._write_row()
        self._layers.record(self.step_number, self._measurement.silent)
        self._peak_loss = max(self._peak_loss, self._measurement.train.loss)
        lost = self.step_number > 0 and not np.isfinite(self._batch_loss)
        self.diverged = lost or not self._measurement.finite()
        self._plan_evaluation(self._counted_from)

    def _plan_evaluation(self, counted_from: int) -> None:
        """Dense at the start and after each edit of the data, when most happens."""
        self._counted_from = counted_from
        passed = self.step_number - counted_from
        self._next_evaluation = counted_from + next_evaluation(passed, self.info.evaluate_every)

    def _write_row(self) -> None:
        self._flush_losses()
        place = {
            "step": self.step_number,
            "epoch": self.epoch,
            "learning_rate": self._rate_of_last_step,
        }
        self.history.append(place | self._measurement.columns(self.info.metric.name))
        self._recorded_at = self.step_number

    def _flush_losses(self) -> None:
        # Losses stay on the device until here: reading each would wait for each step.
        if self._losses:
            losses = torch.stack(self._losses).float().cpu().numpy()
            self._losses.clear()
            self.history.extend_batch_loss(losses)
            self._batch_loss = float(losses[-1])

    def change_learning_rate(self, learning_rate: float) -> None:
        """From the next step on; leaves a marker, ends a plan, and raises as change_spoiling."""
        if learning_rate != self._learning_rate:
            self._apply_by_hand(Edit(step=self.step_number, learning_rate=learning_rate))

    def change_spoiling(self, spoiling: Spoiling) -> None:
        """From the next step on; leaves a marker, and ends a plan. `Spoiling()` heals.

        Raises:
            UserError: it does not fit the data, or too many changes were made; nothing is changed.
        """
        if spoiling != self._pair.spoiling:
            self._apply_by_hand(Edit(step=self.step_number, spoiling=spoiling))

    def change_repairs(self, repairs: tuple[Repair, ...]) -> None:
        """From the next step on a third model trains on repaired data; leaves a marker.

        Raises:
            UserError: a label is none of the data set's; nothing is changed.
        """
        if repairs != self._pair.repairs:
            self._apply_by_hand(Edit(step=self.step_number, repairs=repairs))

    def change_data(self, dataset: DatasetConfig) -> None:
        """From the next step on another data set of the same kind; leaves a marker, ends a plan.

        Raises:
            UserError: it is of another kind or cannot be used; nothing is changed.
        """
        if dataset != self.info.experiment.dataset:
            self._apply_by_hand(Edit(step=self.step_number, dataset=dataset))

    def _apply_by_hand(self, edit: Edit) -> None:
        self._edits.check_room(edit)
        self._apply(edit)
        self._edits.drop_plan()

    def drop_plan(self) -> None:
        """Forget the planned edits that are still to come; nothing else changes."""
        self._edits.drop_plan()

    def change_plan(self, edits: tuple[Edit, ...]) -> None:
        """Make these edits when their time comes, in place of what was planned until now.

        Raises:
            UserError: a recipe in it does not fit the data, or there are too many changes; the
                old plan stays.
        """
        for edit in edits:
            if edit.spoiling is not None:
                check_spoiling(edit.spoiling, self.info.dataset)
        self._edits.take_plan(Plan(self._pair.spoiling, self.info.experiment.dataset, edits))

    def _apply(self, edit: Edit, planned: bool = False) -> None:
        rate, now = edit.learning_rate, Moment(self.step_number, self.epoch, self._seconds, planned)
        dataset = data_after(edit, self.info.experiment.dataset)
        if dataset is not None:
            self._take_data(dataset, now)
        if edit.spoiling is not None:
            self._use(edit.spoiling, now)
        if edit.repairs is not None:
            self._mend(edit.repairs, now)
        if rate is not None:
            self._learning_rate = rate
            if self.step_number == 0:
                self._rate_of_last_step = rate
            self._pair.set_learning_rate(rate)
            self._edits.note_learning_rate(rate, now)

    def _use(self, spoiling: Spoiling, now: Moment) -> None:
        """Other data from the next step on, with a row of how things stood until here.

        So a curve bends at the marker and not at the evaluation before it.
        """
        before = self._pair.spoiling
        self._record_as_it_was()
        self._put(spoiling)
        self._edits.note_spoiling(before, spoiling, now)
        self._stale = True
        self._edited = self.step_number > 0

    def _mend(self, repairs: tuple[Repair, ...], now: Moment) -> None:
        """A third model from the next step on, with a row of how things stood until here."""
        self._record_as_it_was()
        self._pair.mend(repairs)
        mended = self._pair.mended
        said = "" if mended is None else mended.done.sentence(noun_of(self.info.dataset))
        self._edits.note_repairs(repairs, said or "no repairs", now)
        self._stale = True
        self._edited = self.step_number > 0

    def _put(self, spoiling: Spoiling) -> None:
        """Let the student learn from data so spoiled, with room for the columns that it fills."""
        step, spare, at_start = self.step_number, self._spare, self.step_number == 0
        names = spare.wanted(spare_columns(spoiling, self._base.dataset), step)
        if names == spare.names:
            self._pair.use(spoiling, at_start)
            return
        preparation = widened(self._base, names)
        experiment = self.info.experiment
        seed = experiment.seed_of_weights
        wider = widening(self._base, spare.names, names, spare.kept(step), seed)
        self._pair.widen(preparation, wider, spoiling, at_start)
        spare.take(names, step)
        self._see(preparation, self.info)

    def _see(self, preparation: Preparation, info: RunInfo) -> None:
        """Another RunInfo: of such data, for the experiment and at the pace of `info`."""
        described = describe_run(info.experiment, preparation)
        self.info = replace(described, evaluate_every=info.evaluate_every)
        self._probes = Probes(preparation)

    def _take_data(self, dataset: DatasetConfig, now: Moment) -> None:
        """Other data, and with it another RunInfo; history, weights and markers stay."""
        before, at_start = self.info, self.step_number == 0
        base, info = prepare_other(self._base, before, dataset, at_start)
        preparation = widened(base, self._spare.names)
        self._record_as_it_was()
        self._pair.take_data(preparation, at_start)
        self._base = base
        self._see(preparation, info)
        text = growth_text(len(info.dataset) - len(before.dataset))
        self._edits.note_data(before.experiment.dataset, dataset, text, now)
        self._exam, self._edited = None, not at_start
        # At once: never the answers of one data set beside the rows of another.
        self._measurement = self._pair.measure(self.step_number)

    def _record_as_it_was(self) -> None:
        if self.step_number > self._recorded_at >= 0:
            self._measurement = self._pair.measure(self.step_number)
            self._write_row()

    def open_test(self) -> Exam:
        """Measure both models on the clean test part, with the weights of now."""
        self._exam = self._pair.exam(self.step_number)
        return self._exam

    def final_figures(self) -> tuple[FiguresByPart, FiguresByPart | None]:
        """“train”, “validation”, “test” → figures over all rows, of the student and the twin."""
        return self._pair.final_figures()

    def repaired_figures(self) -> FiguresByPart | None:
        """The same of the third model, which learns from repaired data; None without it."""
        return self._pair.repaired_figures()

    def snapshot(self, want: Want, state: State, fresh: bool = False) -> Snapshot:
        """The run as it stands; `fresh` measures with the weights of now, outside the history."""
        if fresh and not self.diverged:
            self._measure_again()
        measured, pair = self._measurement, self._pair
        student, twin = pair.student, pair.twin
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
            mended=pair.mended,
            cleaned_train=measured.cleaned_train,
            cleaned_validation=measured.cleaned_validation,
            wrong_labels=pair.by_heart.view(),
            vitals=self._layers.vitals(),
            measured_at=measured.step,
            changes=pair.changes,
            spoiled_train=pair.part,
            validation_rows=pair.validation_rows,
            twin_differs=twin is not None,
            memorised=measured.memorised,
            changed_errors=measured.changed_errors,
            audit=measured.audit,
            twin_audit=measured.twin_audit,
            exam=self._exam,
            experiment=self._edits.experiment(),
            spoiling=pair.spoiling,
            plan=self._edits.plan,
            device_text=device_text(student.device, self._threads),
            predictions=pair.predictions(measured) if want.predictions else None,
            layers=self._layers.states(student.model) if want.weights else (),
            twin_layers=self._layers.states(twin.model) if want.weights and twin else (),
            distributions=self._layers.views() if want.weights else (),
            answers=self._probes.answers(
                want.questions, student, twin, self.step_number, pair.cleaned
            ),
            advice=self._advice(),
        )

    def _measure_again(self) -> None:
        self._flush_losses()
        if self._stale or self._measurement.step != self.step_number:
            self._measurement = self._pair.measure(self.step_number)
            self._stale = False

    def _advice(self) -> str:
        if self.diverged:
            return advice.DIVERGED
        loss = self._measurement.train.loss
        exploded = advice.exploded(self._first_loss, self._peak_loss, loss)
        return exploded or (advice.FELL_BACK if self._pair.fell_back else self._device_advice)
