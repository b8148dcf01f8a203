"""The student and its clean twin: their data, their steps and their figures."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.network.losses import loss_of
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.batches import EpochOrder
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.measurement import EvaluationRows, Measurement, Meter, WrongLabels
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.snapshot import Exam, Predictions, SpoiledRows

FiguresByPart = dict[str, Figures]


class Pair:
    """Two learners in lockstep; one and the same until the student's data is first spoiled.

    Until then a second model would make the same updates on the same batches from the same
    weights, so it is made only when the two part: by a copy of weights, optimiser state, order
    and dropout generator, which is what training it all along would have given.

    Attributes:
        student: trains on `part`.
        twin: trains on the clean training part; None as long as the student does too, or where
            the experiment has no twin.
        part: the training part as the student sees it.
        changes: what the spoiling in force really did to it.
        spoiling: the spoiling in force.
        validation_rows: the watched validation rows, where that switch spoils them too.
    """

    def __init__(
        self, experiment: Experiment, preparation: Preparation, device: torch.device
    ) -> None:
        self._seed = experiment.seed
        self._wants_twin = experiment.training.twin
        self._lay_out(preparation)
        self.student = self._first_learner(experiment, device)
        self.twin: Learner | None = None
        self.part, self.spoiling = self._clean, Spoiling()
        self._encoded = self._clean_encoded
        self.changes: tuple[Change, ...] = ()
        self._train = self._twin_train
        self._wrong: WrongLabels | None = None
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

        Raises:
            UserError: the spoiling does not fit the data; nothing is changed.
        """
        spoil(preparation.split.train, self.spoiling, self._seed, preparation.dataset)
        self._lay_out(preparation)
        for learner in filter(None, (self.student, self.twin)):
            learner.restart_data(len(self._clean), self._clean_encoded)
        self.use(self.spoiling, at_start)

    def _first_learner(self, experiment: Experiment, device: torch.device) -> Learner:
        seed, clean = experiment.seed, self._clean
        weights_seed = seed if experiment.weights_seed is None else experiment.weights_seed
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
        dataset = self._preparation.dataset
        part, changes = spoil(self._clean, spoiling, self._seed, dataset)
        spoiled = measured = None
        if spoiling.validation_too:
            rows, done = spoil(self._watched, spoiling, self._seed, dataset, self._clean)
            spoiled, measured = SpoiledRows(self._watched, rows, done), self._rows_of(rows)
        encoded = self._preparation.encode_train(part)
        self._part_ways(same_data=part is self._clean, at_start=at_start)
        self.student.replace_data(encoded, loss_of(dataset, part))
        self.part, self.changes, self.spoiling = part, changes, spoiling
        self.validation_rows, self._spoiled_validation = spoiled, measured
        self._encoded = encoded
        self._train = self._meter.train_sample(encoded, part)
        self._wrong = self._meter.wrong_labels(encoded, part)

    def _part_ways(self, same_data: bool, at_start: bool) -> None:
        if at_start and same_data:
            self.twin = None
        elif self.twin is None and not same_data and self._wants_twin:
            self.twin = self.student.fork(self._clean_encoded)

    @property
    def encoded(self) -> EncodedPart:
        """`part` as the student is given it."""
        return self._encoded

    @property
    def fell_back(self) -> bool:
        """Whether one of them had to leave an accelerator that was full."""
        return self.student.fell_back or (self.twin is not None and self.twin.fell_back)

    def step(self) -> Tensor:
        """One update of both; returns the student's batch loss, () on the device."""
        loss = self.student.step()
        if self.twin is not None:
            self.twin.step()
        return loss

    def set_learning_rate(self, learning_rate: float) -> None:
        """For both, from the next step on."""
        self.student.set_learning_rate(learning_rate)
        if self.twin is not None:
            self.twin.set_learning_rate(learning_rate)

    def measure(self, step: int) -> Measurement:
        """Figures of both with the weights of now, on the rows that evaluations look at."""
        meter, student, twin = self._meter, self.student, self.twin
        train, _ = meter.measure(student, self._train)
        validation, outputs = meter.measure(student, self._validation)
        twin_train, twin_validation, twin_outputs = train, validation, outputs
        if twin is not None:
            twin_train, _ = meter.measure(twin, self._twin_train)
            twin_validation, twin_outputs = meter.measure(twin, self._validation)
        spoiled = self._spoiled_validation
        return Measurement(
            step=step,
            train=train,
            validation=validation,
            twin_train=twin_train if self._wants_twin else None,
            twin_validation=twin_validation if self._wants_twin else None,
            spoiled_validation=None if spoiled is None else meter.measure(student, spoiled)[0],
            memorised=meter.memorised(student, self._wrong),
            outputs=outputs,
            twin_outputs=twin_outputs if self._wants_twin else None,
        )

    def predictions(self, measured: Measurement) -> Predictions:
        """The answers behind a measurement, as probabilities or in the target's unit."""
        twin = measured.twin_outputs
        rows = self._watched
        return Predictions(
            self._answers(measured.outputs, rows),
            None if twin is None else self._answers(twin, rows),
        )

    def _answers(self, outputs: FloatArray, rows: Part) -> NDArray[Any]:
        return self._preparation.judge.answers(outputs, rows.features)

    def exam(self, step: int) -> Exam:
        """Both on the clean test part, with the weights of now."""
        rows = self._rows_of(self._preparation.split.test)
        figures, outputs = self._meter.measure(self.student, rows)
        twin_figures, twin_outputs = figures, outputs
        if self.twin is not None:
            twin_figures, twin_outputs = self._meter.measure(self.twin, rows)
        return Exam(
            step=step,
            figures=figures,
            twin_figures=twin_figures if self._wants_twin else None,
            predictions=self._answers(outputs, rows.part),
            twin_predictions=self._answers(twin_outputs, rows.part) if self._wants_twin else None,
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

    def _all_figures(self, learner: Learner, encoded: EncodedPart, train: Part) -> FiguresByPart:
        split, meter = self._preparation.split, self._meter
        figures = {"train": meter.measure(learner, meter.rows(encoded, train))[0]}
        for name, part in (("validation", split.validation), ("test", split.test)):
            figures[name] = meter.measure(learner, self._rows_of(part))[0]
        return figures


def _part_in_its_own_right(part: Part) -> Part:
    """The same rows, with positions of its own, so that it can be spoiled as a whole."""
    origin = np.arange(len(part), dtype=np.int64)
    return Part(part.features, part.labels, part.groups, part.rows, origin)
