"""The rows that evaluations look at, and the measuring of a learner on them."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.network.losses import CONDENSED
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.history import MEASURED
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.snapshot import Memorised


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
class Measurement:
    """Figures of the models with the weights of one step.

    Attributes:
        cleaned_train, cleaned_validation: of the model of repaired data, None without one.
        outputs, twin_outputs, cleaned_outputs: (V, outputs) for the watched validation rows,
            condensed where the task's are.
        silent: as in Vitals.silent, of the student.
    """

    step: int
    train: Figures
    validation: Figures
    twin_train: Figures | None
    twin_validation: Figures | None
    spoiled_validation: Figures | None
    cleaned_train: Figures | None
    cleaned_validation: Figures | None
    memorised: Memorised | None
    outputs: FloatArray
    twin_outputs: FloatArray | None
    cleaned_outputs: FloatArray | None
    silent: tuple[float, ...] = ()

    def columns(self, metric: str) -> dict[str, float]:
        """As in a row of the history: “train_loss”, “twin_validation_metric”, “memorised”."""
        row = {}
        for name in MEASURED:
            figures: Figures | None = getattr(self, name)
            if figures is not None:
                row[f"{name}_loss"] = figures.loss
                row[f"{name}_metric"] = figures.values[metric]
        if self.memorised is not None:
            row["memorised"] = self.memorised.learnt / self.memorised.total
            row["resisted"] = self.memorised.resisted / self.memorised.total
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
        inputs = torch.tensor(encoded.inputs[positions])
        targets = torch.tensor(encoded.targets[positions])
        return EvaluationRows(inputs, targets, part.take(positions))
