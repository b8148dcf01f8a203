"""The value of a period to come, from those before it and what is known of the period."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Seasons, Table
from visualiser.core.data.dated_series import changes, values_of
from visualiser.core.data.split import Part
from visualiser.core.metrics.regression import mae
from visualiser.core.tasks.regression import (
    MAE,
    RMSE,
    amount_figures,
    one_output,
    paired,
    squared_error,
    squared_errors,
)
from visualiser.core.tasks.spec import Baseline, Figures, Metric, Task, Wording
from visualiser.core.tasks.target_scale import TargetScale

MASE = Metric(
    "mase",
    "MASE",
    "number",
    lower_is_better=True,
    wording=Wording("is off", "by", "times the naive error", "over"),
)
"""Mean absolute scaled error (Hyndman & Koehler 2006): below 1 is better than the value of one
season before was on the training part."""


@dataclass(frozen=True)
class ForecastJudge:
    """What a value differs from its level is learnt, in standard deviations of such changes.

    Attributes:
        naive_error: mean absolute error of the seasonal naive forecast on the training part.
    """

    scale: TargetScale
    seasons: Seasons
    naive_error: float

    def targets(self, rows: Part) -> FloatArray:
        """(N,) values in their unit → float32."""
        assert isinstance(rows.features, Table)
        return self.scale.to_model(changes(rows.labels, rows.features, self.seasons))

    def figures(self, outputs: FloatArray, rows: Part) -> Figures:
        """Mean squared error of what is learnt; MASE, and MAE and RMSE in the target's unit."""
        values = amount_figures(rows.labels, self.answers(outputs, rows.features))
        kept = {metric.name: values[metric.name] for metric in (MAE, RMSE)}
        mase = {MASE.name: values[MAE.name] / self.naive_error}
        return Figures(squared_error(outputs, self.targets(rows)), {**mase, **kept})

    def row_losses(self, outputs: FloatArray, rows: Part) -> NDArray[np.float64]:
        """(N,) squared error of what is learnt."""
        return squared_errors(outputs, self.targets(rows))

    def answers(self, outputs: FloatArray, features: Features) -> NDArray[np.float64]:
        """(N,) forecasts in the unit of the target."""
        assert isinstance(features, Table)
        return values_of(self.scale.to_unit(outputs[:, 0]), features, self.seasons)


def seasonal_naive(dataset: Dataset, rows: Part) -> NDArray[np.float64]:
    """(n,) the values of one season before, as forecasts."""
    assert dataset.seasons is not None and isinstance(rows.features, Table)
    return rows.features.numeric[:, dataset.seasons.naive].astype(np.float64)


def _judge(dataset: Dataset, train: Part) -> ForecastJudge:
    assert dataset.seasons is not None and isinstance(train.features, Table)
    change = changes(train.labels, train.features, dataset.seasons)
    naive = mae(train.labels, seasonal_naive(dataset, train))
    return ForecastJudge(TargetScale.fit(change), dataset.seasons, naive or 1.0)


def _standard_error(figures: Figures, rows: int) -> float:
    error, root = figures.values[MAE.name], figures.values[RMSE.name]
    if not (np.isfinite(root) and error > 0):
        return float("nan")
    spread = np.sqrt(max(root**2 - error**2, 0.0) / rows)
    return float(spread * figures.values[MASE.name] / error)


def _baseline(dataset: Dataset, train: Part, rows: Part) -> Baseline:
    naive = mae(train.labels, seasonal_naive(dataset, train)) or 1.0
    assert dataset.seasons is not None
    return Baseline(
        mae(rows.labels, seasonal_naive(dataset, rows)) / naive,
        f"always answering the value of {dataset.seasons.naive_words}",
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
