"""A number for each example, in the unit of the target."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray
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
    "root mean sq. error",
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

    def targets(self, labels: NDArray[Any]) -> FloatArray:
        """(N,) targets in their unit → float32, standardised."""
        return self.scale.to_model(labels)

    def figures(self, outputs: FloatArray, labels: NDArray[Any]) -> Figures:
        """Mean squared error of the standardised target; MAE, RMSE and R² in its unit.

        `outputs` (N, 1), `labels` (N,) in their unit.
        """
        if not np.isfinite(outputs).all():
            values = {metric.name: np.nan for metric in TASK.metrics}
            return Figures(loss=np.nan, values=values)
        predicted = self.answers(outputs)
        error = outputs[:, 0].astype(np.float64) - self.targets(labels)
        values = {
            MAE.name: mae(labels, predicted),
            RMSE.name: rmse(labels, predicted),
            R2.name: r2(labels, predicted),
        }
        return Figures(loss=float(np.mean(error**2)), values=values)

    def answers(self, outputs: FloatArray) -> NDArray[np.float64]:
        """(N,) predicted targets in their unit."""
        return self.scale.to_unit(outputs[:, 0])


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
