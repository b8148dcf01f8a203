"""The student, its clean twin and a third of repaired data: their data, steps and figures."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.experiment import Experiment, Repair, Spoiling
from visualiser.core.network.losses import loss_of
from visualiser.core.repair import check_repairs, repair, without_columns
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.by_heart import ByHeart
from visualiser.core.training.learner import EncodedPart, Learner, Widening
from visualiser.core.training.measurement import EvaluationRows, Measurement, Meter
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.row_recorder import recorder_for
from visualiser.core.training.silent_units import SilentUnits
from visualiser.core.training.snapshot import Exam, Mended, Predictions, SpoiledRows

FiguresByPart = dict[str, Figures]


class Pair:
    """Learners in lockstep; one and the same until the student's data is first spoiled.

    Until then a second model would make the same updates on the same batches from the same
    weights, so it is made only when the two part: by a copy of weights, optimiser state, order
    and dropout generator, which is what training it all along would have given.

    Attributes:
        student: trains on `part`.
        twin: trains on the clean training part; None as long as the student does too, or where
            the experiment has no twin.
        cleaned: trains on the student's part after repairs; None without any. It was a copy of
            the student up to the first of them.
        part: the training part as the student sees it.
        changes: what the spoiling in force really did to it.
        spoiling: the spoiling in force.
        mended: what `cleaned` trains on.
        by_heart: the wrong labels, or the changed targets, of the student's part.
        validation_rows: the watched validation rows, where they are spoiled.
    """

    def __init__(
        self, experiment: Experiment, preparation: Preparation, device: torch.device
    ) -> None:
        self._seed = experiment.seed
        self._wants_twin = experiment.training.twin
        self._lay_out(preparation)
        self.student = self._first_learner(experiment, device)
        dataset = preparation.dataset
        self.student.recorder = recorder_for(dataset.task, dataset.class_count)
        self.twin: Learner | None = None
        self.cleaned: Learner | None = None
        self.mended: Mended | None = None
        self.part, self.spoiling = self._clean, Spoiling()
        self._encoded = self._clean_encoded
        self.changes: tuple[Change, ...] = ()
        self._train = self._twin_train
        self._cleaned_train: EvaluationRows | None = None
        self._cleaned_validation = self._validation
        self.by_heart = ByHeart()
        self._silent = SilentUnits(preparation.layers)
        self.validation_rows: SpoiledRows | None = None
        self._spoiled_validation: EvaluationRows | None = None

    def _lay_out(self, preparation: Preparation) -> None:
        """What both learn from and are measured on, as long as it is clean."""
        self._preparation = preparation
        self._meter = Meter(preparation)
        self._clean = preparation.split.train
        self._clean_encoded = preparation.encode_train(self._clean)
        self._watched = _part_in_its_own_right(
            preparation.split.validation.take(preparation.watched)
        )
        self._validation = self._rows_of(self._watched)
        self._twin_train = self._meter.train_sample(self._clean_encoded, self._clean)

    def take_data(self, preparation: Preparation, at_start: bool) -> None:
        """Go on with another data set of the same kind, spoiled as it was until now.

        Repairs were of other rows, and end.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        split, dataset = preparation.split, preparation.dataset
        spoil(split.train, self.spoiling.on("train"), self._seed, dataset, test=split.test)
        self._lay_out(preparation)
        self.mend(())
        for learner in self._learners():
            learner.restart_data(len(self._clean), self._clean_encoded)
        self.use(self.spoiling, at_start)

    def widen(
        self, preparation: Preparation, widening: Widening, spoiling: Spoiling, at_start: bool
    ) -> None:
        """Go on with other columns that hold 0 in clean rows, and with spoiling that fills them.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        split, dataset = preparation.split, preparation.dataset
        spoil(split.train, spoiling.on("train"), self._seed, dataset, test=split.test)
        self._lay_out(preparation)
        for learner in self._learners():
            learner.widen(preparation.layers, widening, self._clean_encoded)
        self.use(spoiling, at_start)

    def _first_learner(self, experiment: Experiment, device: torch.device) -> Learner:
        seed, clean = experiment.seed, self._clean
        weights_seed = experiment.seed_of_weights
        order = EpochOrder(len(clean), clean.origin, experiment.training.batch_size, seed)
        return Learner(
            self._preparation.layers,
            loss_of(self._preparation.dataset, clean),
            experiment.training,
            self._clean_encoded,
            order,
            device,
            weights_seed,
            dropout_seed=seed,
        )

    def _rows_of(self, part: Part) -> EvaluationRows:
        return self._meter.rows(self._preparation.encode(part), part)

    def use(self, spoiling: Spoiling, at_start: bool) -> None:
        """Give the student other data from the next step on; part from the twin if need be.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        dataset, test = self._preparation.dataset, self._preparation.split.test
        part, changes = spoil(self._clean, spoiling.on("train"), self._seed, dataset, test=test)
        spoiled = measured = None
        if spoiling.on("validation") != Spoiling():
            held_out = spoiling.on("validation")
            rows, done = spoil(self._watched, held_out, self._seed, dataset, self._clean)
            spoiled, measured = SpoiledRows(self._watched, rows, done), self._rows_of(rows)
        encoded = self._preparation.encode_train(part)
        self._part_ways(same_data=part is self._clean, at_start=at_start)
        self.student.replace_data(encoded, loss_of(dataset, part))
        self.part, self.changes, self.spoiling = part, changes, spoiling
        self.validation_rows, self._spoiled_validation = spoiled, measured
        self._encoded = encoded
        self._train = self._meter.train_sample(encoded, part)
        if dataset.predicts_classes or dataset.predicts_amounts:
            self.by_heart.watch(encoded, part, dataset, self._preparation.judge)
        if self.mended is not None:
            self.mend(self.mended.repairs)

    def mend(self, repairs: tuple[Repair, ...]) -> None:
        """Have a third model go on with the student's data repaired; without repairs with none.

        Raises:
            UserError: a label is none of the data set's; nothing is changed.
        """
        dataset = self._preparation.dataset
        check_repairs(dataset, repairs)
        if not repairs:
            self.cleaned = self.mended = self._cleaned_train = None
            return
        part, done = repair(self.part, repairs)
        encoded = self._preparation.encode_train(part)
        if self.cleaned is None:
            self.cleaned = self.student.fork(self._encoded)
        self.cleaned.replace_data(encoded, loss_of(dataset, part))
        self.mended = Mended(part, repairs, done)
        self._cleaned_train = self._meter.train_sample(encoded, part)
        self._cleaned_validation = (
            self._rows_of(self._for_cleaned(self._watched)) if done.hidden else self._validation
        )

    def _for_cleaned(self, part: Part) -> Part:
        """Clean rows as the third model is shown them: without the columns that were left out."""
        return part if self.mended is None else without_columns(part, self.mended.done.hidden)

    def _part_ways(self, same_data: bool, at_start: bool) -> None:
        if at_start and same_data:
            self.twin = None
        elif self.twin is None and not same_data and self._wants_twin:
            self.twin = self.student.fork(self._clean_encoded)

    def _learners(self) -> list[Learner]:
        """The student first."""
        return [one for one in (self.student, self.twin, self.cleaned) if one is not None]

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """Those in force."""
        return () if self.mended is None else self.mended.repairs

    @property
    def encoded(self) -> EncodedPart:
        """`part` as the student is given it."""
        return self._encoded

    @property
    def fell_back(self) -> bool:
        """Whether one of them had to leave an accelerator that was full."""
        return any(learner.fell_back for learner in self._learners())

    def step(self) -> Tensor:
        """One update of each; returns the student's batch loss, () on the device."""
        losses = [learner.step() for learner in self._learners()]
        return losses[0]

    def set_learning_rate(self, learning_rate: float) -> None:
        """For all, from the next step on."""
        for learner in self._learners():
            learner.set_learning_rate(learning_rate)

    def measure(self, step: int) -> Measurement:
        """Figures of all with the weights of now, on the rows that evaluations look at."""
        meter, student, twin = self._meter, self.student, self.twin
        with self._silent.watching(student.model):
            train, told = meter.measure(student, self._train)
        validation, outputs = meter.measure(student, self._validation)
        twin_train, twin_validation, twin_outputs = train, validation, outputs
        audit = twin_audit = meter.audit(outputs, self._validation, told, self._train)
        if twin is not None:
            twin_train, told = meter.measure(twin, self._twin_train)
            twin_validation, twin_outputs = meter.measure(twin, self._validation)
            twin_audit = meter.audit(twin_outputs, self._validation, told, self._twin_train)
        cleaned_train = cleaned_validation = cleaned_outputs = None
        if self.cleaned is not None and self._cleaned_train is not None:
            cleaned_train, _ = meter.measure(self.cleaned, self._cleaned_train)
            cleaned_validation, cleaned_outputs = meter.measure(
                self.cleaned, self._cleaned_validation
            )
        spoiled = self._spoiled_validation
        self.by_heart.measure(student, step)
        return Measurement(
            step=step,
            train=train,
            validation=validation,
            twin_train=twin_train if self._wants_twin else None,
            twin_validation=twin_validation if self._wants_twin else None,
            spoiled_validation=None if spoiled is None else meter.measure(student, spoiled)[0],
            cleaned_train=cleaned_train,
            cleaned_validation=cleaned_validation,
            memorised=self.by_heart.memorised,
            changed_errors=self.by_heart.changed_errors,
            outputs=outputs,
            twin_outputs=twin_outputs if self._wants_twin else None,
            cleaned_outputs=cleaned_outputs,
            audit=audit,
            twin_audit=twin_audit if self._wants_twin else None,
            silent=self._silent.shares(),
        )

    def predictions(self, measured: Measurement) -> Predictions:
        """The answers behind a measurement, as probabilities or in the target's unit."""
        rows = self._watched

        def answers(outputs: FloatArray | None) -> NDArray[Any] | None:
            return None if outputs is None else self._answers(outputs, rows)

        return Predictions(
            self._answers(measured.outputs, rows),
            answers(measured.twin_outputs),
            answers(measured.cleaned_outputs),
        )

    def _answers(self, outputs: FloatArray, rows: Part) -> NDArray[Any]:
        return self._preparation.judge.answers(outputs, rows.features)

    def exam(self, step: int) -> Exam:
        """All on the clean test part, with the weights of now."""
        rows = self._rows_of(self._preparation.split.test)
        figures, outputs = self._meter.measure(self.student, rows)
        twin_figures, twin_outputs = figures, outputs
        if self.twin is not None:
            twin_figures, twin_outputs = self._meter.measure(self.twin, rows)
        cleaned_figures = cleaned_answers = None
        if self.cleaned is not None:
            shown = self._for_cleaned(rows.part)
            shown_rows = rows if shown is rows.part else self._rows_of(shown)
            cleaned_figures, cleaned_outputs = self._meter.measure(self.cleaned, shown_rows)
            cleaned_answers = self._answers(cleaned_outputs, rows.part)
        return Exam(
            step=step,
            figures=figures,
            twin_figures=twin_figures if self._wants_twin else None,
            predictions=self._answers(outputs, rows.part),
            twin_predictions=self._answers(twin_outputs, rows.part) if self._wants_twin else None,
            cleaned_figures=cleaned_figures,
            cleaned_predictions=cleaned_answers,
        )

    def final_figures(self) -> tuple[FiguresByPart, FiguresByPart | None]:
        """“train”, “validation”, “test” → figures over all rows, of the student and the twin.

        The student's training figures are on the data it was given, spoiled or not.
        """
        student = self._all_figures(self.student, self._encoded, self.part)
        if not self._wants_twin:
            return student, None
        if self.twin is None and self.part is self._clean:
            return student, student  # one and the same, and long to measure
        twin = self.twin or self.student
        return student, self._all_figures(twin, self._clean_encoded, self._clean)

    def test_figures(self) -> Figures:
        """Of the student as it stands, over all test rows."""
        return self._meter.measure(self.student, self._rows_of(self._preparation.split.test))[0]

    def repaired_figures(self) -> FiguresByPart | None:
        """As final_figures, of the third model on the data that it was given; None without it."""
        if self.cleaned is None or self.mended is None:
            return None
        part = self.mended.part
        return self._all_figures(self.cleaned, self._preparation.encode_train(part), part)

    def _all_figures(self, learner: Learner, encoded: EncodedPart, train: Part) -> FiguresByPart:
        split, meter = self._preparation.split, self._meter
        figures = {"train": meter.measure(learner, meter.rows(encoded, train))[0]}
        for name, part in (("validation", split.validation), ("test", split.test)):
            shown = self._for_cleaned(part) if learner is self.cleaned else part
            figures[name] = meter.measure(learner, self._rows_of(shown))[0]
        return figures


def _part_in_its_own_right(part: Part) -> Part:
    """The same rows, with positions of its own, so that it can be spoiled as a whole."""
    origin = np.arange(len(part), dtype=np.int64)
    return Part(part.features, part.labels, part.groups, part.rows, origin)
