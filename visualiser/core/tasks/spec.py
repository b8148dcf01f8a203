"""What a module that brings a kind of task has to say about itself. No torch here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import NO_BREAK, number_text
from visualiser.core.data.dataset import Dataset, Features, FloatArray, TaskName
from visualiser.core.data.split import Part
from visualiser.core.metrics.paired import PairedTest

Unit = Literal["share", "target", "number"]


@dataclass(frozen=True)
class Figures:
    """Measurements of one model on one part with weights of one step, in eval mode.

    Attributes:
        loss: what training makes smaller.
        values: a figure for each metric of the task.
        standard_error: of the first metric, where its rows hang together, as those of a customer
            do, so that it cannot be told from the figures and the count of rows; else NaN.
    """

    loss: float
    values: dict[str, float]
    standard_error: float = field(default=float("nan"), compare=False)

    def as_dict(self) -> dict[str, float]:
        """{"loss": …, "accuracy": …}, as in run.json."""
        return {"loss": self.loss, **self.values}


@dataclass(frozen=True)
class Wording:
    """How a figure is put into a sentence: “is off” “by” $ 3,100 “on average” “over” 140 rows."""

    verb: str
    preposition: str
    tail: str
    joint: str

    def result(self, figure: str) -> str:
        """“is right on 81.7 %”."""
        return " ".join(filter(None, (self.verb, self.preposition, figure, self.tail)))

    def result_over(self, figure: str, rows: str) -> str:
        """“is right on 81.7 % of 525 pictures”."""
        return f"{self.result(figure)} {self.joint} {rows}"


@dataclass(frozen=True)
class Metric:
    """A figure of a task beside its loss.

    Attributes:
        name: key in Figures.values, run.json and history.csv.
        title: as the user reads it.
        unit: "share" (0 … 1, shown in per cent), "target" (in the target's unit) or "number".
        lower_is_better: as for an error.
        wording: how it is put into a sentence.
        about: its title for a data set, as in “F1 of “spam””; None where `title` says it all.
    """

    name: str
    title: str
    unit: Unit
    lower_is_better: bool
    wording: Wording
    about: Callable[[Dataset], str] | None = None

    def title_for(self, dataset: Dataset) -> str:
        """The title for a data set; may look at all its labels, so not for every frame."""
        return self.title if self.about is None else self.about(dataset)

    def text(self, value: float, dataset: Dataset) -> str:
        """A finite value as the user reads it: “81.7 %”, “$ 42,100”, “0.812”."""
        if self.unit == "share":
            return f"{100 * value:.1f}{NO_BREAK}%"
        if self.unit == "target":
            return dataset.amount_text(value)
        return (f"{value:.3f}" if abs(value) < 100 else number_text(value)).replace("-", "−")

    def unit_text(self, dataset: Dataset) -> str:
        """The unit alone: “%”, “$”, or nothing."""
        if self.unit == "share":
            return "%"
        return dataset.unit if self.unit == "target" else ""

    def gap_text(self, gap: float, dataset: Dataset) -> str:
        """A finite size between two values: “12.5 points”, “$ 3,100”, “0.120”."""
        if self.unit == "share":
            return f"{100 * gap:.1f}{NO_BREAK}points"
        return self.text(gap, dataset)


@dataclass(frozen=True)
class Baseline:
    """What answering without a model is worth.

    Attributes:
        figure: the task's main metric of it.
        words: what is answered, as in “always answering “spam””.
    """

    figure: float
    words: str


class Judge(Protocol):
    """Turns labels into what a model learns and its outputs into figures and answers.

    Fitted on the clean training part.
    """

    def targets(self, rows: Part) -> NDArray[Any]:
        """Labels of N rows → what the loss compares outputs with, (N, …)."""

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Loss and all metrics of outputs (N, outputs) against the labels of N rows.

        Outputs are condensed where network/losses.py says so of the task.
        """

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """(N,) the loss of each row; (0,) where there is none of a single row."""

    def answers(self, outputs: FloatArray, features: Features) -> NDArray[Any]:
        """Outputs as a user reads them: probabilities, or targets in their unit.

        `features` are of the examples answered.
        """


@dataclass(frozen=True)
class Task:
    """A kind of task.

    Attributes:
        name: as in Dataset.task.
        title: as the user reads it.
        loss_title: what the loss is, as in “cross-entropy”.
        metrics: every figure beside the loss; curves and comparisons show the first one.
        outputs: how many numbers a model gives for one example of a data set.
        judge: fitted on a clean training part of a data set.
        standard_error: of the first metric of one model, from its figures on so many rows.
        paired: (labels, answers, answers of another model on the same rows) → whether the two
            differ by more than chance.
        baseline: (data set, clean training part, clean rows to answer) → what answering without
            a model is worth there.
    """

    name: TaskName
    title: str
    loss_title: str
    metrics: tuple[Metric, ...]
    outputs: Callable[[Dataset], int]
    judge: Callable[[Dataset, Part], Judge]
    standard_error: Callable[[Figures, int], float]
    paired: Callable[[NDArray[Any], NDArray[Any], NDArray[Any]], PairedTest]
    baseline: Callable[[Dataset, Part, Part], Baseline]
