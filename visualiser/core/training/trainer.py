"""The stepper: trains a student, and beside it a twin on clean data, one step at a time.

The caller owns the loop, so pausing, single steps, slow motion, runs without a window and tests
are the same code. All figures are taken at steps that depend on the experiment alone, so that
the same experiment gives the same history, watched or not.
"""

from time import perf_counter

import torch

from visualiser.core.corruption.registry import check_spoiling
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.strokes import data_after, growth_text
from visualiser.core.experiment import DatasetConfig, Edit, Experiment, Repair, Spoiling
from visualiser.core.repair import check_repairs
from visualiser.core.training import advice, whole_parts
from visualiser.core.training.data_in_force import DataInForce
from visualiser.core.training.device import choose_device, device_text, set_threads
from visualiser.core.training.edits import EditLog, Moment
from visualiser.core.training.history import History
from visualiser.core.training.layer_watch import LayerWatch
from visualiser.core.training.pair import Pair
from visualiser.core.training.preparation import prepare
from visualiser.core.training.record import Place, Record
from visualiser.core.training.snapshot import Exam, Plan, RunInfo, Snapshot, State
from visualiser.core.training.want import Want
from visualiser.core.training.whole_parts import FiguresByPart


class Trainer:
    """A run. Not thread-safe: one thread makes it, steps it and asks it for snapshots.

    Attributes:
        step_number: optimiser updates made so far.
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
        pair = self._pair = Pair(experiment, preparation, choice.device)
        self._data = DataInForce(experiment, preparation, pair)
        self._check_plan(experiment.edits)
        self._threads = set_threads(self.info.flops_per_step)
        self._device_advice = choice.advice
        self._layers = LayerWatch(preparation.layers, pair.student.model)
        self._edits = EditLog(experiment)
        self.step_number = 0
        self.epochs = experiment.training.epochs
        self.finished = False
        self._seconds = 0.0
        self._learning_rate = self._rate_of_last_step = experiment.training.learning_rate
        self._exam: Exam | None = None
        self._unseen_change = False
        self._data.spoil(experiment.spoiling, 0)
        pair.mend(experiment.repairs)
        info = self.info
        self._record = Record(pair, self._layers, info.metric.name, info.evaluate_every)
        self._apply_planned_edits()
        self._record.refresh(0)

    @property
    def info(self) -> RunInfo:
        """What does not change during the run; another one after other data came."""
        return self._data.info

    @property
    def history(self) -> History:
        """One row per evaluation."""
        return self._record.history

    @property
    def diverged(self) -> bool:
        """The loss stopped being a number; `step` then does nothing."""
        return self._record.diverged

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
        self._record.before_step(self._place())
        due = self._record.is_due(self.step_number + 1)
        if due:
            self._layers.before_step()
        self._rate_of_last_step = self._learning_rate
        self._record.add_loss(self._pair.step())
        self.step_number += 1
        ends = not (self.finished or self._edits.has_plan) and self._epochs_done() >= self.epochs
        if due or ends:
            self._record.evaluate(self._place())
        self.finished = self.finished or ends
        self._seconds += perf_counter() - started

    def _place(self) -> Place:
        return Place(self.step_number, self.epoch, self._rate_of_last_step)

    def _apply_planned_edits(self) -> None:
        done = self._epochs_done()
        while (edit := self._edits.take_planned(self.step_number, done)) is not None:
            if done >= self.epochs:
                self.epochs = done + 1
            self._apply(edit, planned=True)

    def _epochs_done(self) -> int:
        order = self._pair.student.order
        return order.epochs_done + int(order.at_epoch_end)

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
        self._check_plan(edits)
        self._edits.take_plan(Plan(self._pair.spoiling, self.info.experiment.dataset, edits))

    def _check_plan(self, edits: tuple[Edit, ...]) -> None:
        """Refuse what cannot be done to this data before any of it is done.

        What comes after a change of the data is of rows that are not known yet.
        """
        dataset, config = self.info.dataset, self.info.experiment.dataset
        for edit in edits:
            if data_after(edit, config) is not None:
                return
            if edit.spoiling is not None:
                check_spoiling(edit.spoiling, dataset)
            if edit.repairs is not None:
                check_repairs(dataset, edit.repairs)

    def _apply(self, edit: Edit, planned: bool = False) -> None:
        rate, now = edit.learning_rate, Moment(self.step_number, self.epoch, self._seconds, planned)
        dataset = data_after(edit, self.info.experiment.dataset)
        if dataset is not None:
            self._take_data(dataset, now)
        if edit.spoiling is not None:
            self._use(edit.spoiling, now)
        self._unseen_change |= dataset is not None or edit.spoiling is not None
        if edit.repairs is not None:
            self._mend(edit.repairs, now)
        if rate is not None:
            self._learning_rate = rate
            if self.step_number == 0:
                self._rate_of_last_step = rate
            self._pair.set_learning_rate(rate)
            self._edits.note_learning_rate(rate, now)

    def _use(self, spoiling: Spoiling, now: Moment) -> None:
        before = self._pair.spoiling
        self._record.before_change(self._place())
        self._data.spoil(spoiling, self.step_number)
        self._edits.note_spoiling(before, spoiling, now)
        self._record.after_change(self.step_number)

    def _mend(self, repairs: tuple[Repair, ...], now: Moment) -> None:
        """A third model from the next step on."""
        self._record.before_change(self._place())
        self._pair.mend(repairs)
        mended = self._pair.mended
        said = "" if mended is None else mended.done.sentence(noun_of(self.info.dataset))
        self._edits.note_repairs(repairs, said or "no repairs", now)
        self._record.after_change(self.step_number)

    def _take_data(self, dataset: DatasetConfig, now: Moment) -> None:
        """Other data, and with it another RunInfo; history, weights and markers stay."""
        before, step = self.info, self.step_number
        prepared = self._data.prepare(dataset, step)
        self._record.before_change(self._place())
        self._data.take(prepared, step)
        text = growth_text(len(self.info.dataset) - len(before.dataset))
        self._edits.note_data(before.experiment.dataset, dataset, text, now)
        self._exam = None
        self._record.evaluate_every = self.info.evaluate_every
        self._record.after_change(step)
        # At once: never the answers of one data set beside the rows of another.
        self._record.refresh(step)

    def open_test(self) -> Exam:
        """Measure both models on the clean test part, with the weights of now."""
        self._exam = whole_parts.exam(self._pair, self.step_number)
        return self._exam

    def final_figures(self) -> tuple[FiguresByPart, FiguresByPart | None]:
        """“train”, “validation”, “test” → figures over all rows, of the student and the twin."""
        return whole_parts.final_figures(self._pair)

    def repaired_figures(self) -> FiguresByPart | None:
        """The same of the third model, which learns from repaired data; None without it."""
        return whole_parts.repaired_figures(self._pair)

    def snapshot(self, want: Want, state: State, fresh: bool = False) -> Snapshot:
        """The run as it stands; `fresh` measures with the weights of now, outside the history."""
        if fresh and not self.diverged:
            self._record.refresh(self.step_number)
        measured, pair = self._record.measurement, self._pair
        hurried, self._unseen_change = self._unseen_change and state == "running", False
        student, twin = pair.student, pair.twin
        return Snapshot(
            info=self.info,
            state="diverged" if self.diverged else state,
            step=self.step_number,
            epoch=self.epoch,
            seconds=self._seconds,
            learning_rate=self._learning_rate,
            batch_loss=self._record.batch_loss,
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
            answers=self._data.probes.answers(
                want.pressing if hurried else want.questions,
                student,
                twin,
                self.step_number,
                pair.cleaned,
            ),
            advice=self._advice(),
        )

    def _advice(self) -> str:
        if self.diverged:
            return advice.DIVERGED
        record = self._record
        loss = record.measurement.train.loss
        exploded = advice.exploded(record.first_loss, record.peak_loss, loss)
        return exploded or (advice.FELL_BACK if self._pair.fell_back else self._device_advice)
