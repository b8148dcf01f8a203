from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import mean_absolute_error

from tests.core.data.encoded import encoder_of
from visualiser.core.data.dataset import Dataset, Table
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import DatasetConfig, SplitConfig
from visualiser.core.tasks.forecasting import seasonal_naive
from visualiser.core.tasks.registry import task_of

Values = NDArray[Any]
BIKES = load_dataset(DatasetConfig(name="bike_daily"), seed=0)
SPLIT = split_dataset(BIKES, SplitConfig(), seed=0)


def test_the_naive_forecast_of_the_training_days_has_a_mase_of_one() -> None:
    judge = task_of(BIKES).judge(BIKES, SPLIT.train)
    naive = seasonal_naive(BIKES, SPLIT.train)
    outputs = judge.targets(SPLIT.train.with_values(labels=naive))[:, None]
    figures = judge.figures(outputs, SPLIT.train)
    assert figures.values["mase"] == pytest.approx(1.0, rel=1e-5)
    error = mean_absolute_error(SPLIT.train.labels, naive)
    assert figures.values["mae"] == pytest.approx(error, rel=1e-5)
    assert judge.answers(outputs, SPLIT.train.features) == pytest.approx(naive, rel=1e-5)


def test_a_series_that_rises_is_foretold_as_well_far_above_what_was_learnt_from() -> None:
    rail = load_dataset(DatasetConfig(name="chicago_rail"), seed=0)
    _same_to_a_model(rail, lambda values: values + 50)


def test_a_business_that_is_ten_times_larger_is_foretold_as_well() -> None:
    assert BIKES.seasons is not None and BIKES.seasons.lowest_level is not None
    _same_to_a_model(BIKES, lambda values: 10 * values)


def _same_to_a_model(dataset: Dataset, moved: Callable[[Values], Values]) -> None:
    split = split_dataset(dataset, SplitConfig(), seed=0)
    judge = task_of(dataset).judge(dataset, split.train)
    table = split.test.features
    assert isinstance(table, Table) and dataset.seasons is not None
    numeric, past = table.numeric.copy(), dataset.seasons.past
    numeric[:, :past] = moved(numeric[:, :past])
    other = split.test.with_values(
        features=table.with_values(numeric, table.categorical), labels=moved(split.test.labels)
    )
    targets = judge.targets(split.test)
    assert judge.targets(other) == pytest.approx(targets, abs=1e-4)
    answers = judge.answers(targets[:, None], other.features)
    assert answers == pytest.approx(other.labels, rel=1e-4)
    encoder = encoder_of(dataset, split.train)
    assert encoder.transform(other.features) == pytest.approx(encoder.transform(table), abs=1e-3)


def test_a_past_that_spoiling_took_below_nothing_still_has_a_forecast() -> None:
    judge = task_of(BIKES).judge(BIKES, SPLIT.train)
    table = SPLIT.train.features
    assert isinstance(table, Table) and BIKES.seasons is not None
    spoiled = table.numeric.copy()
    spoiled[:, : BIKES.seasons.past] -= 8_000
    part = SPLIT.train.with_values(features=table.with_values(spoiled, table.categorical))
    lowest = BIKES.seasons.lowest_level
    assert lowest is not None
    outputs = judge.targets(part)
    assert np.abs(outputs).max() < SPLIT.train.labels.max() / lowest / judge.scale.std
    assert judge.answers(outputs[:, None], part.features) == pytest.approx(part.labels, rel=1e-4)


def test_the_naive_forecast_is_the_value_of_the_same_weekday_before() -> None:
    by_day = dict(zip(BIKES.times, BIKES.labels, strict=True))
    naive = seasonal_naive(BIKES, SPLIT.test)
    days = BIKES.times[SPLIT.test.rows]
    assert np.array_equal(naive, [by_day[day - 7] for day in days])


def test_the_baseline_is_measured_on_the_rows_to_answer() -> None:
    base = task_of(BIKES).baseline(BIKES, SPLIT.train, SPLIT.test)
    trained = mean_absolute_error(SPLIT.train.labels, seasonal_naive(BIKES, SPLIT.train))
    error = mean_absolute_error(SPLIT.test.labels, seasonal_naive(BIKES, SPLIT.test))
    assert base.figure == pytest.approx(error / trained)
    assert base.words == "always answering the value of a week before"


def test_bikes_are_split_from_old_to_new_and_see_what_they_say() -> None:
    times = BIKES.times
    assert times is not None
    assert times[SPLIT.train.rows].max() < times[SPLIT.validation.rows].min()
    assert times[SPLIT.validation.rows].max() < times[SPLIT.test.rows].min()
    assert isinstance(BIKES.features, Table)
    assert str(times[-1]) == "2012-12-31" and BIKES.labels[-1] == 2729
    row = dict(zip(BIKES.features.numeric_names, BIKES.features.numeric[-1], strict=True))
    assert row["the day before"] == 1796
    assert row["temperature (°C)"] == pytest.approx(8.85, abs=0.01)
    plain = load_dataset(DatasetConfig(name="bike_daily", options={"weather": False}), seed=0)
    assert isinstance(plain.features, Table)
    assert plain.features.numeric_names[-1] == "the day before"
    assert plain.features.categorical_names == ("weekday", "holiday")
