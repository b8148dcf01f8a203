"""The rows that evaluations look at, and the measuring of a learner on them."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.network.losses import CONDENSED
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.snapshot import Memorised

_MOST_WRONG_LABELS = 500


@dataclass(frozen=True, eq=False)
class EvaluationRows:
    """Encoded rows and their labels in the user's terms.

    Attributes:
        inputs: (n, *shape); a learner takes them to its device in pieces.
        targets: (n, …) as the task's judge gives them.
        part: the same rows as the user knows them.
    """

    inputs: Tensor
    targets: Tensor
    part: Part


@dataclass(frozen=True, eq=False)
class WrongLabels:
    """Training rows with a changed label: what was given and what is true, (n,) each.

    Attributes:
        sampled: they are a sample of all that there are.
    """

    inputs: Tensor
    given: NDArray[np.int64]
    true: NDArray[np.int64]
    sampled: bool


@dataclass(frozen=True, eq=False)
class Measurement:
    """Figures of both models with the weights of one step.

    Attributes:
        outputs, twin_outputs: (V, outputs) for the watched validation rows, condensed where the
            task's are.
    """

    step: int
    train: Figures
    validation: Figures
    twin_train: Figures | None
    twin_validation: Figures | None
    spoiled_validation: Figures | None
    memorised: Memorised | None
    outputs: FloatArray
    twin_outputs: FloatArray | None

    def columns(self, metric: str) -> dict[str, float]:
        """As in a row of the history: “train_loss”, “twin_validation_metric”, “memorised”."""
        row = {}
        for name in ("train", "validation", "twin_train", "twin_validation", "spoiled_validation"):
            figures: Figures | None = getattr(self, name)
            if figures is not None:
                row[f"{name}_loss"] = figures.loss
                row[f"{name}_metric"] = figures.values[metric]
        if self.memorised is not None:
            row["memorised"] = self.memorised.learnt / self.memorised.total
        return row

    def finite(self) -> bool:
        """Whether the student still has a loss."""
        return bool(np.isfinite(self.train.loss) and np.isfinite(self.validation.loss))


class Meter:
    """Turns outputs into figures for one kind of task."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._condense = CONDENSED.get(preparation.dataset.task)

    def rows(self, encoded: EncodedPart, part: Part) -> EvaluationRows:
        """All rows of a part."""
        return EvaluationRows(torch.tensor(encoded.inputs), torch.tensor(encoded.targets), part)

    def figures(self, outputs: FloatArray, rows: EvaluationRows) -> Figures:
        """Figures of outputs (n, outputs) on those rows."""
        return self._preparation.judge.figures(outputs, rows.part)

    def measure(self, learner: Learner, rows: EvaluationRows) -> tuple[Figures, FloatArray]:
        """Figures and outputs, condensed where the task's are, of a learner on those rows."""
        if self._condense is None:
            outputs = learner.outputs(rows.inputs)
        else:
            outputs = learner.condensed(rows.inputs, rows.targets, self._condense)
        return self.figures(outputs, rows), outputs

    def train_sample(self, encoded: EncodedPart, part: Part) -> EvaluationRows:
        """Those rows of a training part that come from the fixed sample; the first few if none."""
        sample = self._preparation.train_sample
        positions = np.flatnonzero(np.isin(part.origin, sample, assume_unique=False))
        if not len(positions):
            positions = np.arange(min(len(part), len(sample)))
        # Of many copies every nth: copies stand together, so that each row weighs as in the part.
        positions = positions[:: max(1, len(positions) // max(1, len(sample)))]
        inputs = torch.tensor(encoded.inputs[positions])
        targets = torch.tensor(encoded.targets[positions])
        return EvaluationRows(inputs, targets, part.take(positions))

    def wrong_labels(self, encoded: EncodedPart, part: Part) -> WrongLabels | None:
        """The training rows whose class label differs from the clean one, a sample of many."""
        if not self._preparation.dataset.class_names:
            return None
        true = self._preparation.split.train.labels[part.origin]
        positions = np.flatnonzero(part.labels != true)
        if not len(positions):
            return None
        sampled = len(positions) > _MOST_WRONG_LABELS
        if sampled:
            order = np.random.default_rng(0).permutation(len(true))[positions]
            positions = np.sort(positions[np.argsort(order)[:_MOST_WRONG_LABELS]])
        inputs = torch.tensor(encoded.inputs[positions])
        return WrongLabels(inputs, part.labels[positions], true[positions], sampled)

    def memorised(self, learner: Learner, wrong: WrongLabels | None) -> Memorised | None:
        """How many wrong labels the learner answers as given."""
        if wrong is None:
            return None
        counted = count_memorised(learner.outputs(wrong.inputs), wrong.given, wrong.true)
        return replace(counted, sampled=wrong.sampled)


def count_memorised(
    logits: FloatArray, given: NDArray[np.int64], true: NDArray[np.int64]
) -> Memorised:
    """How many of the wrong labels `given` are answered as given, how many with the true one."""
    answer = logits.argmax(axis=1)
    return Memorised(
        learnt=int(np.sum(answer == given)), resisted=int(np.sum(answer == true)), total=len(given)
    )
