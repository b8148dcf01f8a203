"""The value of a day to come, from those before it and what is known of the day."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, FloatArray, Table
from visualiser.core.data.split import Part
from visualiser.core.metrics.regression import mae
from visualiser.core.tasks.regression import MAE, RMSE, AmountJudge, one_output, paired
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording
from visualiser.core.tasks.target_scale import TargetScale

MASE = Metric(
    "mase",
    "MASE",
    "number",
    lower_is_better=True,
    wording=Wording("has a mean absolute scaled error", "of", "", "over"),
)
"""Mean absolute scaled error (Hyndman & Koehler 2006): below 1 is better than the value of one
season before was on the training days."""


@dataclass(frozen=True)
class ForecastJudge:
    """As for any amount, with errors also in those of the seasonal naive forecast.

    Attributes:
        naive_error: its mean absolute error over the clean training days.
    """

    amounts: AmountJudge
    naive_error: float

    def targets(self, labels: NDArray[Any]) -> FloatArray:
        """(N,) values in their unit → float32, standardised."""
        return self.amounts.targets(labels)

    def figures(self, outputs: FloatArray, labels: NDArray[Any]) -> Figures:
        """Mean squared error of the standardised value; MASE, and MAE and RMSE in its unit."""
        plain = self.amounts.figures(outputs, labels)
        values = {metric.name: plain.values[metric.name] for metric in (MAE, RMSE)}
        return Figures(plain.loss, {MASE.name: values[MAE.name] / self.naive_error, **values})

    def answers(self, outputs: FloatArray) -> NDArray[np.float64]:
        """(N,) forecasts in the unit of the target."""
        return self.amounts.answers(outputs)


def seasonal_naive(dataset: Dataset, rows: Part) -> NDArray[np.float64]:
    """(n,) the values of one season before, as forecasts."""
    assert dataset.seasons is not None and isinstance(rows.features, Table)
    return rows.features.numeric[:, dataset.seasons.naive].astype(np.float64)


def _judge(dataset: Dataset, train: Part) -> ForecastJudge:
    error = mae(train.labels, seasonal_naive(dataset, train))
    return ForecastJudge(AmountJudge(TargetScale.fit(train.labels)), error or 1.0)


def _standard_error(figures: Figures, rows: int) -> float:
    error, root = figures.values[MAE.name], figures.values[RMSE.name]
    if not (np.isfinite(root) and error > 0):
        return float("nan")
    spread = np.sqrt(max(root**2 - error**2, 0.0) / rows)
    return float(spread * figures.values[MASE.name] / error)


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    naive = mae(train.labels, seasonal_naive(dataset, train)) or 1.0
    assert dataset.seasons is not None
    days = "a week" if dataset.seasons.length == 7 else f"{dataset.seasons.length} days"
    return Baseline(
        mae(rows.labels, seasonal_naive(dataset, rows)) / naive,
        f"always answering the value of {days} before",
    )


TASK = Task(
    name="forecasting",
    title="Forecasting",
    loss_title="squared error, standardised",
    metrics=(MASE, MAE, RMSE),
    outputs=one_output,
    judge=_judge,
    standard_error=_standard_error,
    paired=paired,
    baseline=_baseline,
)
