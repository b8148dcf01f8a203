"""Forecasts of a run as pandas sees them, to hold what is shown against."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from visualiser.core.data.dataset import Table
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.tasks.forecasting import seasonal_naive
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.widgets.bar_rows import BarRow

Trained = Callable[..., Snapshot]


CLEAN = Experiment(dataset=DatasetConfig(name="bike_daily"))


SPOILED = CLEAN.replace(
    spoiling=Spoiling(corruptions=(CorruptionConfig(name="target_noise", amount=1.0),))
)


def watched_rows(snapshot: Snapshot) -> pd.DataFrame:
    """What is known of the watched validation rows and what is foretold, as pandas sees it."""
    info, predictions = snapshot.info, snapshot.predictions
    assert predictions is not None
    part = info.split.validation.take(info.watched)
    table, times = part.features, info.dataset.times
    assert times is not None
    assert isinstance(table, Table)
    twin = predictions.output if predictions.twin_output is None else predictions.twin_output
    frame = pd.DataFrame(
        {
            "day": pd.to_datetime(times[part.rows]),
            "true": part.labels,
            "student": predictions.output,
            "twin": twin,
            "naive": seasonal_naive(info.dataset, part),
        }
    )
    for column, name in enumerate(table.categorical_names):
        frame[name] = table.categorical[:, column]
    return frame


def mean_errors(frame: pd.DataFrame, answers: str, by: "pd.Series[Any]") -> "pd.Series[Any]":
    return (frame[answers] - frame["true"]).abs().groupby(by).mean()


def texts(rows: tuple[BarRow, ...]) -> dict[str, str]:
    return {row.title: row.text for row in rows}
