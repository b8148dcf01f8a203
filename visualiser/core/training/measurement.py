"""The rows that evaluations look at, and the measuring of a learner on them."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.split import Part
from visualiser.core.network.losses import CONDENSED
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.audit import Audit, audit
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.history import MEASURED
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation
from visualiser.core.training.wrong_labels import ChangedErrors, Memorised


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
        memorised, changed_errors: of rows with a wrong label, or with a changed target.
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
    changed_errors: ChangedErrors | None
    outputs: FloatArray
    twin_outputs: FloatArray | None
    cleaned_outputs: FloatArray | None
    audit: Audit
    twin_audit: Audit | None
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
        if self.changed_errors is not None:
            row["changed_given_error"] = self.changed_errors.given
            row["changed_true_error"] = self.changed_errors.true
            row["changed_by"] = self.changed_errors.change
        row |= self.audit.columns()
        if self.twin_audit is not None:
            row |= self.twin_audit.columns("twin_")
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

    def audit(
        self, outputs: FloatArray, rows: EvaluationRows, train_outputs: FloatArray,
        train_rows: EvaluationRows,
    ) -> Audit:  # fmt: skip
        """How fair, calibrated and private the outputs of `measure` show a model to be."""
        dataset, judge = self._preparation.dataset, self._preparation.judge
        true = self._preparation.split.train.labels
        return audit(dataset, judge, outputs, rows.part, train_outputs, train_rows.part, true)

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
