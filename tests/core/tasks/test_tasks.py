"""Every task: figures against scikit-learn's, baselines, and what crosses from labels to models."""

from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.dummy import DummyClassifier, DummyRegressor
from sklearn.metrics import (
    accuracy_score,
    log_loss,
    mean_absolute_error,
    mean_squared_error,
    r2_score,
)
from sklearn.preprocessing import StandardScaler

from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part, Split, split_dataset
from visualiser.core.experiment import DatasetConfig, SplitConfig
from visualiser.core.network.losses import CONDENSED, loss_of
from visualiser.core.tasks.classification import ClassJudge
from visualiser.core.tasks.registry import TASKS, task_of
from visualiser.core.tasks.regression import AmountJudge
from visualiser.core.tasks.target_scale import TargetScale

DATA = {
    "classification": "mortgage_hmda",
    "regression": "sacramento",
    "forecasting": "bike_daily",
    "ranking": "retail_purchases",
    "language": "dutch_names",
}


@cache
def loaded(name: str) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig(name=name), seed=0)
    return dataset, split_dataset(dataset, SplitConfig(), seed=0)


def made_rows(labels: np.ndarray) -> Part:
    places = np.arange(len(labels))
    return Part(np.zeros((len(labels), 2), np.float32), labels, None, places, places)


@given(seed=st.integers(0, 50), classes=st.integers(2, 6))
def test_figures_of_classes_equal_scikit_learns(seed: int, classes: int) -> None:
    rng = np.random.default_rng(seed)
    logits = rng.normal(scale=5, size=(40, classes)).astype(np.float32)
    labels = rng.integers(0, classes, 40)
    judge = ClassJudge()
    rows = made_rows(labels)
    figures = judge.figures(logits, rows)
    chances = np.exp(logits.astype(float))
    chances /= chances.sum(axis=1, keepdims=True)
    assert np.isclose(figures.loss, log_loss(labels, chances, labels=range(classes)), atol=1e-9)
    assert figures.values["accuracy"] == accuracy_score(labels, logits.argmax(axis=1))
    assert np.allclose(judge.answers(logits, rows.features), chances, atol=1e-6)


def test_figures_of_amounts_are_in_the_targets_unit() -> None:
    rng = np.random.default_rng(1)
    target = rng.normal(200_000, 50_000, size=100)
    judge = AmountJudge(TargetScale.fit(target))
    outputs = rng.normal(size=(100, 1)).astype(np.float32)
    rows = made_rows(target)
    predicted = judge.answers(outputs, rows.features)
    values = judge.figures(outputs, rows).values
    assert np.isclose(values["mae"], mean_absolute_error(target, predicted))
    assert np.isclose(values["rmse"], mean_squared_error(target, predicted) ** 0.5)
    assert np.isclose(values["r2"], r2_score(target, predicted))


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_lost_model_has_no_figures_and_no_baseline_depends_on_it(name: str) -> None:
    dataset, split = loaded(DATA[name])
    task = task_of(dataset)
    outputs = np.full((len(split.test), task.outputs(dataset)), np.nan, np.float32)
    figures = task.judge(dataset, split.train).figures(outputs, split.test)
    assert np.isnan(figures.loss)
    assert all(np.isnan(figures.values[metric.name]) for metric in task.metrics)


@pytest.mark.parametrize("name", sorted({*TASKS} - {*CONDENSED}))
def test_the_loss_that_is_trained_is_the_loss_that_is_shown(name: str) -> None:
    dataset, split = loaded(DATA[name])
    task = task_of(dataset)
    judge = task.judge(dataset, split.train)
    outputs = np.random.default_rng(2).normal(size=(len(split.test), task.outputs(dataset)))
    outputs = outputs.astype(np.float32)
    targets = judge.targets(split.test)
    trained = loss_of(dataset, split.train)(torch.tensor(outputs), torch.tensor(targets))
    shown = judge.figures(outputs, split.test).loss
    assert float(trained) == pytest.approx(shown, rel=1e-5)


def test_the_baseline_of_classes_is_the_most_frequent_one() -> None:
    dataset, split = loaded("mortgage_hmda")
    base = task_of(dataset).baseline(dataset, split.train, split.validation)
    oracle = DummyClassifier().fit(np.zeros((len(split.train), 1)), split.train.labels)
    rows = np.zeros((len(split.validation), 1))
    assert base.figure == pytest.approx(oracle.score(rows, split.validation.labels))
    assert base.words == "always answering “approved”"


def test_the_baseline_of_amounts_is_the_mean_of_the_training_rows() -> None:
    dataset, split = loaded("sacramento")
    base = task_of(dataset).baseline(dataset, split.train, split.validation)
    oracle = DummyRegressor().fit(np.zeros((len(split.train), 1)), split.train.labels)
    answers = oracle.predict(np.zeros((len(split.validation), 1)))
    assert base.figure == pytest.approx(mean_absolute_error(split.validation.labels, answers))


def test_figures_read_in_their_unit() -> None:
    dataset, _ = loaded("sacramento")
    mae, _, r2 = task_of(dataset).metrics
    assert mae.text(42_100, dataset) == mae.gap_text(42_100, dataset) == "$\xa042,100"
    assert r2.text(0.8123, dataset) == "0.812" and r2.unit_text(dataset) == ""
    assert mae.wording.result_over("$ 42,100", "140 houses") == (
        "is off by $ 42,100 on average over 140 houses"
    )
    classes, _ = loaded("mortgage_hmda")
    accuracy, _ = task_of(classes).metrics
    assert accuracy.text(0.8167, classes) == "81.7\xa0%"
    assert accuracy.gap_text(0.125, classes) == "12.5\xa0points"
    assert accuracy.wording.result_over("81.7 %", "525 rows") == "is right on 81.7 % of 525 rows"


@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_no_figure_of_a_regression_is_long_after_a_divergence(value: float) -> None:
    dataset, _ = loaded("sacramento")
    for metric in task_of(dataset).metrics:
        assert len(metric.text(value, dataset)) <= 14


@settings(max_examples=50, deadline=None)
@given(arrays(np.float64, st.integers(1, 30), elements=st.floats(-1e9, 1e9)))
def test_a_scaled_target_comes_back_in_its_unit(labels: np.ndarray) -> None:
    scale = TargetScale.fit(labels)
    assert scale.std > 0
    back = scale.to_unit(scale.to_model(labels))
    assert np.allclose(back, labels, atol=1e-5 * max(1.0, float(np.abs(labels).max())))


def test_a_target_is_scaled_as_scikit_learn_does() -> None:
    dataset, split = loaded("sacramento")
    scale = TargetScale.fit(split.train.labels)
    oracle = StandardScaler().fit(split.train.labels[:, None])
    expected = oracle.transform(dataset.labels[:, None])[:, 0]
    assert np.allclose(scale.to_model(dataset.labels), expected, atol=1e-5)
