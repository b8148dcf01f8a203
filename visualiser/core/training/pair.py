"""The student, its clean twin and a third of repaired data: their data, steps and figures."""

from typing import Any

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
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.by_heart import ByHeart
from visualiser.core.training.clean_ground import CleanGround
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner
from visualiser.core.training.measurement import EvaluationRows, Measurement
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.row_recorder import recorder_for
from visualiser.core.training.silent_units import SilentUnits
from visualiser.core.training.snapshot import Mended, Predictions, SpoiledRows
from visualiser.core.training.widening import Widening


class Pair:
    """Learners in lockstep; one and the same until the student's data is first spoiled.

    Until then a second model would make the same updates on the same batches from the same
    weights, so it is made only when the two part: by a copy of weights, optimiser state, order
    and dropout generator, which is what training it all along would have given.

    Attributes:
        ground: the clean data that all of them come from.
        wants_twin: whether the experiment has a twin at all.
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
        self.wants_twin = experiment.training.twin
        self.ground = CleanGround(preparation)
        self.student = self._first_learner(experiment, device)
        dataset = preparation.dataset
        self.student.recorder = recorder_for(dataset.task, dataset.class_count)
        self.twin: Learner | None = None
        self.cleaned: Learner | None = None
        self.mended: Mended | None = None
        self.part, self.spoiling = self.ground.part, Spoiling()
        self._encoded = self.ground.encoded
        self.changes: tuple[Change, ...] = ()
        self._train = self.ground.train
        self._cleaned_train: EvaluationRows | None = None
        self._cleaned_validation = self.ground.validation
        self.by_heart = ByHeart()
        self._silent = SilentUnits(preparation.layers)
        self.validation_rows: SpoiledRows | None = None
        self._spoiled_validation: EvaluationRows | None = None

    def take_data(self, preparation: Preparation, at_start: bool) -> None:
        """Go on with another data set of the same kind, spoiled as it was until now.

        Repairs were of other rows, and end.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        ground = CleanGround(preparation)
        ground.spoil_train(self.spoiling, self._seed)
        self.ground = ground
        self.mend(())
        for learner in self._learners():
            learner.restart_data(len(ground.part), ground.encoded)
        self.use(self.spoiling, at_start)

    def widen(
        self, preparation: Preparation, widening: Widening, spoiling: Spoiling, at_start: bool
    ) -> None:
        """Go on with other columns that hold 0 in clean rows, and with spoiling that fills them.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        ground = CleanGround(preparation)
        ground.spoil_train(spoiling, self._seed)
        self.ground = ground
        for learner in self._learners():
            learner.widen(preparation.layers, widening, ground.encoded)
        self.use(spoiling, at_start)

    def _first_learner(self, experiment: Experiment, device: torch.device) -> Learner:
        seed, clean, preparation = experiment.seed, self.ground.part, self.ground.preparation
        weights_seed = experiment.seed_of_weights
        order = EpochOrder(len(clean), clean.origin, experiment.training.batch_size, seed)
        return Learner(
            preparation.layers,
            loss_of(preparation.dataset, clean),
            experiment.training,
            self.ground.encoded,
            order,
            device,
            weights_seed,
            dropout_seed=seed,
        )

    def use(self, spoiling: Spoiling, at_start: bool) -> None:
        """Give the student other data from the next step on; part from the twin if need be.

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        ground, dataset = self.ground, self.ground.preparation.dataset
        part, changes = ground.spoil_train(spoiling, self._seed)
        spoiled = measured = None
        if spoiling.on("validation") != Spoiling():
            held_out = spoiling.on("validation")
            rows, done = spoil(ground.watched, held_out, self._seed, dataset, ground.part)
            spoiled, measured = SpoiledRows(ground.watched, rows, done), ground.rows_of(rows)
        encoded = ground.preparation.encode_train(part)
        self._part_ways(same_data=part is ground.part, at_start=at_start)
        self.student.replace_data(encoded, loss_of(dataset, part))
        self.part, self.changes, self.spoiling = part, changes, spoiling
        self.validation_rows, self._spoiled_validation = spoiled, measured
        self._encoded = encoded
        self._train = ground.meter.train_sample(encoded, part)
        if dataset.predicts_classes or dataset.predicts_amounts:
            self.by_heart.watch(encoded, part, dataset, ground.preparation.judge)
        if self.mended is not None:
            self.mend(self.mended.repairs)

    def mend(self, repairs: tuple[Repair, ...]) -> None:
        """Have a third model go on with the student's data repaired; without repairs with none.

        Raises:
            UserError: a label is none of the data set's; nothing is changed.
        """
        ground, dataset = self.ground, self.ground.preparation.dataset
        check_repairs(dataset, repairs)
        if not repairs:
            self.cleaned = self.mended = self._cleaned_train = None
            return
        part, done = repair(self.part, repairs)
        encoded = ground.preparation.encode_train(part)
        if self.cleaned is None:
            self.cleaned = self.student.fork(self._encoded)
        self.cleaned.replace_data(encoded, loss_of(dataset, part))
        self.mended = Mended(part, repairs, done)
        self._cleaned_train = ground.meter.train_sample(encoded, part)
        self._cleaned_validation = (
            ground.rows_of(self.for_cleaned(ground.watched)) if done.hidden else ground.validation
        )

    def for_cleaned(self, part: Part) -> Part:
        """Clean rows as the third model is shown them: without the columns that were left out."""
        return part if self.mended is None else without_columns(part, self.mended.done.hidden)

    def _part_ways(self, same_data: bool, at_start: bool) -> None:
        if at_start and same_data:
            self.twin = None
        elif self.twin is None and not same_data and self.wants_twin:
            self.twin = self.student.fork(self.ground.encoded)

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
        ground, student, twin = self.ground, self.student, self.twin
        meter = ground.meter
        with self._silent.watching(student.model):
            train, told = meter.measure(student, self._train)
        validation, outputs = meter.measure(student, ground.validation)
        twin_train, twin_validation, twin_outputs = train, validation, outputs
        audit = twin_audit = meter.audit(outputs, ground.validation, told, self._train)
        if twin is not None:
            twin_train, told = meter.measure(twin, ground.train)
            twin_validation, twin_outputs = meter.measure(twin, ground.validation)
            twin_audit = meter.audit(twin_outputs, ground.validation, told, ground.train)
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
            twin_train=twin_train if self.wants_twin else None,
            twin_validation=twin_validation if self.wants_twin else None,
            spoiled_validation=None if spoiled is None else meter.measure(student, spoiled)[0],
            cleaned_train=cleaned_train,
            cleaned_validation=cleaned_validation,
            memorised=self.by_heart.memorised,
            changed_errors=self.by_heart.changed_errors,
            outputs=outputs,
            twin_outputs=twin_outputs if self.wants_twin else None,
            cleaned_outputs=cleaned_outputs,
            audit=audit,
            twin_audit=twin_audit if self.wants_twin else None,
            silent=self._silent.shares(),
        )

    def predictions(self, measured: Measurement) -> Predictions:
        """The answers behind a measurement, as probabilities or in the target's unit."""
        ground, rows = self.ground, self.ground.watched

        def answers(outputs: FloatArray | None) -> NDArray[Any] | None:
            return None if outputs is None else ground.answers(outputs, rows)

        return Predictions(
            ground.answers(measured.outputs, rows),
            answers(measured.twin_outputs),
            answers(measured.cleaned_outputs),
        )
