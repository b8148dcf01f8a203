"""A number for each example, in the unit of the target."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.split import Part
from visualiser.core.metrics.paired import PairedTest, paired_errors
from visualiser.core.metrics.regression import mae, r2, rmse
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording
from visualiser.core.tasks.target_scale import TargetScale

MAE = Metric(
    "mae",
    "mean error",
    "target",
    lower_is_better=True,
    wording=Wording("is off", "by", "on average", "over"),
)
RMSE = Metric(
    "rmse",
    "RMSE",
    "target",
    lower_is_better=True,
    wording=Wording("has a root mean square error", "of", "", "over"),
)
R2 = Metric(
    "r2",
    "R²",
    "number",
    lower_is_better=False,
    wording=Wording("reaches an R²", "of", "", "over"),
)


@dataclass(frozen=True)
class AmountJudge:
    """The target is learnt in standard deviations from its mean."""

    scale: TargetScale

    def targets(self, rows: Part) -> FloatArray:
        """(N,) targets in their unit → float32, standardised."""
        return self.scale.to_model(rows.labels)

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Mean squared error of the standardised target; MAE, RMSE and R² in its unit.

        `outputs` is (N, 1).
        """
        answers = self.answers(outputs, rows.features)
        loss = squared_error(outputs, self.targets(rows))
        return Figures(loss, amount_figures(rows.labels, answers))

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """(N,) squared error of each standardised target."""
        return squared_errors(outputs, self.targets(rows))

    def answers(self, outputs: FloatArray, features: Features) -> NDArray[np.float64]:
        """(N,) predicted targets in their unit."""
        return self.scale.to_unit(outputs[:, 0])


def squared_error(outputs: FloatArray, targets: FloatArray) -> float:
    """Mean for (N, 1) outputs against (N,) targets, in doubles; NaN if any is not finite."""
    if not np.isfinite(outputs).all():
        return float("nan")
    return float(squared_errors(outputs, targets).mean())


def squared_errors(outputs: FloatArray, targets: FloatArray) -> NDArray[np.float64]:
    """(N,) for (N, 1) outputs against (N,) targets, in doubles."""
    with np.errstate(invalid="ignore"):  # a diverged model answers with infinities
        return np.asarray((outputs[:, 0].astype(np.float64) - targets) ** 2)


def amount_figures(labels: NDArray[Any], answers: NDArray[np.float64]) -> dict[str, float]:
    """MAE, RMSE and R² of (N,) answers in the unit of the labels; NaN if any is not finite."""
    if not np.isfinite(answers).all():
        return dict.fromkeys((MAE.name, RMSE.name, R2.name), float("nan"))
    return {
        MAE.name: mae(labels, answers),
        RMSE.name: rmse(labels, answers),
        R2.name: r2(labels, answers),
    }


def _judge(dataset: Dataset, train: Part) -> AmountJudge:
    return AmountJudge(TargetScale.fit(train.labels))


def one_output(dataset: Dataset) -> int:
    """One number for each example."""
    return 1


def _standard_error(figures: Figures, rows: int) -> float:
    # Var |e| = E e² − (E |e|)²
    variance = figures.values[RMSE.name] ** 2 - figures.values[MAE.name] ** 2
    return float(np.sqrt(max(variance, 0.0) / rows)) if np.isfinite(variance) else float("nan")


def paired(labels: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    """Whether the absolute errors of two models differ by more than chance, (N,) each."""
    return paired_errors(np.abs(first - labels), np.abs(second - labels))


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    """The mean of the clean training rows."""
    mean = np.full(len(rows), float(np.mean(train.labels)))
    return Baseline(mae(rows.labels, mean), "always answering the mean")


TASK = Task(
    name="regression",
    title="Regression",
    loss_title="squared error, standardised",
    metrics=(MAE, RMSE, R2),
    outputs=one_output,
    judge=_judge,
    standard_error=_standard_error,
    paired=paired,
    baseline=_baseline,
)
