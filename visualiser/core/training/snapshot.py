"""What crosses from the worker to the window: complete, read-only, numpy only, no torch."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, cast

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset, FloatArray
from visualiser.core.data.encoding_spec import Encoder
from visualiser.core.data.split import Part, Split
from visualiser.core.experiment import DatasetConfig, Edit, Experiment, Repair, Spoiling
from visualiser.core.models.layers import Layers, Matrix
from visualiser.core.questions.spec import Answer, Question
from visualiser.core.repair import Repaired
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task
from visualiser.core.training.audit import Audit
from visualiser.core.training.history import HistoryView
from visualiser.core.training.spread import Spread
from visualiser.core.training.vitals import Vitals
from visualiser.core.training.wrong_labels import ChangedErrors, Memorised, WrongLabels

State = Literal["ready", "running", "paused", "diverged", "finished"]


@dataclass(frozen=True, eq=False)
class RunInfo:
    """What does not change during a run; every snapshot points to the same one.

    Attributes:
        split: the clean split; `split.validation` is what predictions are made for.
        watched: positions in `split.validation` that evaluations and Snapshot.predictions cover:
            all of it, or a fixed seeded sample of a large one. (V,) int64
        encoder: how an example becomes what the model sees, fitted on the training rows.
        evaluate_every: steps between regular evaluations.
        task: what is to be done; its first metric is the one of curves and comparisons.
    """

    experiment: Experiment
    dataset: Dataset
    split: Split
    watched: NDArray[np.int64]
    layers: Layers
    parameters: int
    flops_per_step: int
    encoder: Encoder
    evaluate_every: int
    task: Task

    @property
    def metric(self) -> Metric:
        """The figure beside the loss in curves and comparisons."""
        return self.task.metrics[0]

    @cached_property
    def baseline(self) -> Baseline:
        """What answering the watched rows without a model is worth; every frame asks."""
        rows = self.split.validation.take(self.watched)
        return self.task.baseline(self.dataset, self.split.train, rows)


@dataclass(frozen=True)
class Marker:
    """Something that happened at a step: “label noise 20 %”, “learning rate 0.01”."""

    step: int
    epoch: float
    text: str


@dataclass(frozen=True)
class Plan:
    """Edits that were planned before they are made.

    Attributes:
        spoiling, dataset: in force when the first of them was still to come.
        done: how many of `edits` have happened.
    """

    spoiling: Spoiling = field(default_factory=Spoiling)
    dataset: DatasetConfig = field(default_factory=DatasetConfig)
    edits: tuple[Edit, ...] = ()
    done: int = 0

    @property
    def to_come(self) -> tuple[Edit, ...]:
        """What has not happened yet."""
        return self.edits[self.done :]


@dataclass(frozen=True, eq=False)
class LayerState:
    """Weights of one layer, at one step; a layer with several matrices has a state for each.

    Attributes:
        index: the layer's place in RunInfo.layers.
        matrix: which weights of the layer.
        weight: (outputs, inputs) or (outputs, channels, kernel, kernel).
        bias: (outputs,), or (0,) where there is none.
        update_ratio: ‖change of the weights in one step‖ / ‖weights‖ at the last evaluation, or
            NaN before the first step.
    """

    index: int
    matrix: Matrix
    weight: FloatArray
    bias: FloatArray
    update_ratio: float


@dataclass(frozen=True, eq=False)
class DistributionView:
    """Weights of a LayerState over time; columns are evaluations, thinned out when they get many.

    Attributes:
        steps: (T,) steps of the columns.
        weights: all of them, or of a large layer some thousands.
        gradients: sizes of the gradients of the same weights, zeros left out.
        update_ratios: (T,) see LayerState.update_ratio.
    """

    steps: NDArray[np.int64]
    weights: Spread
    gradients: Spread
    update_ratios: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Predictions:
    """Answers for the watched validation rows (clean features).

    Attributes:
        output: (V, K) class probabilities, or (V,) predicted targets in their unit.
        twin_output: the same of the twin, or None without one.
        cleaned_output: the same of the model of repaired data, or None without one.
    """

    output: NDArray[Any]
    twin_output: NDArray[Any] | None
    cleaned_output: NDArray[Any] | None = None


@dataclass(frozen=True, eq=False)
class Exam:
    """The clean test part, opened on purpose at `step`.

    `predictions`, `twin_predictions` and `cleaned_predictions` are for all rows of
    RunInfo.split.test, shaped as in Predictions.
    """

    step: int
    figures: Figures
    twin_figures: Figures | None
    predictions: NDArray[Any]
    twin_predictions: NDArray[Any] | None
    cleaned_figures: Figures | None = None
    cleaned_predictions: NDArray[Any] | None = None


@dataclass(frozen=True, eq=False)
class SpoiledRows:
    """Rows before and after they were spoiled.

    Attributes:
        clean: the rows as they were.
        part: as they are; `part.origin` points into `clean`.
        changes: what was really done; `rows` of a Change are positions in `clean`.
    """

    clean: Part
    part: Part
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class Mended:
    """The training part of the third model: spoiled as the student's, and then repaired.

    Attributes:
        repairs: what was asked for, and `done` what came of it.
    """

    part: Part
    repairs: tuple[Repair, ...]
    done: Repaired


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A run at one step. Dropping one loses nothing.

    Attributes:
        batch_loss: loss of the last training batch, NaN before the first step.
        train, validation: of the student, measured for this snapshot or at the last evaluation.
        twin_train, twin_validation: of the clean twin; None where the experiment has no twin.
        spoiled_validation: on the spoiled validation rows, where some are spoiled.
        measured_at: the step of the figures above.
        changes: what the spoiling in force really did to the training part.
        spoiled_train: the training part as the student sees it.
        validation_rows: behind `spoiled_validation`: the watched validation rows, spoiled.
        twin_differs: False as long as the twin and the student are one model.
        device_text: “CPU, 1 thread”; may change where an accelerator runs out of memory.
        predictions, layers, twin_layers, distributions, answers: present as far as wanted.
        mended: behind the third model; None where nothing is repaired.
        cleaned_train, cleaned_validation: of the third model, measured as the others.
        wrong_labels: behind `memorised`, or behind `changed_errors` where the target is a number.
        vitals: sizes of steps and gradients, and silent units, at the evaluations so far.
    """

    info: RunInfo
    state: State
    step: int
    epoch: float
    seconds: float
    learning_rate: float
    batch_loss: float
    history: HistoryView
    markers: tuple[Marker, ...]
    train: Figures
    validation: Figures
    twin_train: Figures | None
    twin_validation: Figures | None
    spoiled_validation: Figures | None
    measured_at: int
    changes: tuple[Change, ...]
    spoiled_train: Part
    twin_differs: bool
    memorised: Memorised | None
    exam: Exam | None
    experiment: Experiment
    """As it stands now, with the edits made so far: saving it keeps the run."""
    spoiling: Spoiling
    """In force at this step."""
    plan: Plan
    """What was planned, and how much of it has happened: sliders follow it."""
    device_text: str
    predictions: Predictions | None = None
    layers: tuple[LayerState, ...] = ()
    twin_layers: tuple[LayerState, ...] = ()
    distributions: tuple[DistributionView, ...] = ()
    answers: Mapping[Question[Any], Any] = field(default_factory=dict)
    validation_rows: SpoiledRows | None = None
    mended: Mended | None = None
    cleaned_train: Figures | None = None
    cleaned_validation: Figures | None = None
    changed_errors: ChangedErrors | None = None
    wrong_labels: WrongLabels | None = None
    audit: Audit | None = None
    """How fair, calibrated and private the student is, at `measured_at`."""
    twin_audit: Audit | None = None
    vitals: Vitals | None = None
    advice: str = field(default="")
    """One sentence where something is wrong: a diverged run, a device that fell back."""

    def answer(self, question: Question[Answer]) -> Answer | None:
        """The answer to a question, if it was asked for and makes sense here."""
        return cast("Answer | None", self.answers.get(question))
