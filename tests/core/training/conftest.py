"""Small data sets that train in a moment."""

import numpy as np
import pytest

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.training.history import COLUMNS, HistoryView
from visualiser.core.training.trainer import Trainer

CARD = DataCard("made for a test", "this file", "none", "small")


@pytest.fixture(scope="session")
def moons() -> Dataset:
    return load_dataset(DatasetConfig(name="shapes", options={"shape": "moons", "points": 200}), 0)


@pytest.fixture(scope="session")
def slope() -> Dataset:
    """A regression with a known answer: y = 3 a − 2 b + 10, with a little noise, in “€”."""
    rng = np.random.default_rng(0)
    points = rng.normal(size=(300, 2)).astype(np.float32)
    target = 3 * points[:, 0] - 2 * points[:, 1] + 10 + rng.normal(scale=0.1, size=300)
    return Dataset(
        "slope", "Slope", CARD, "points", "regression", points, target.astype(np.float64), "y",
        unit="€", feature_names=("a", "b"),
    )  # fmt: skip


@pytest.fixture
def experiment() -> Experiment:
    return Experiment(
        dataset=DatasetConfig(name="shapes"),
        model=ModelConfig(name="mlp", options={"hidden": [8], "dropout": 0.2}),
        training=TrainingConfig(batch_size=16, epochs=3, learning_rate=0.01),
    )


def wrong_labels(rate: float) -> Spoiling:
    return Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=rate),))


def run(trainer: Trainer, steps: int) -> Trainer:
    """The trainer itself, so many steps later."""
    for _ in range(steps):
        trainer.step()
    return trainer


def assert_same_history(first: HistoryView, second: HistoryView) -> None:
    for name in COLUMNS:
        assert np.array_equal(first[name], second[name], equal_nan=True), name
    assert np.array_equal(first.batch_loss, second.batch_loss)
