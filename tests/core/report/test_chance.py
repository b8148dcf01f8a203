"""Ranges of figures: resampled figures are those of the resampled rows."""

import numpy as np
import pytest
from sklearn.metrics import f1_score, mean_absolute_error, r2_score, root_mean_squared_error

from tests.core.made_snapshots import dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.metrics.intervals import _draws
from visualiser.core.report.chance import range_of, samples_of
from visualiser.core.tasks.spec import Figures

ROWS = 120
DRAWS = _draws(ROWS).astype(int)
NONE = Figures(0.0, {})


def drawn(replicate: int) -> np.ndarray:
    return np.repeat(np.arange(ROWS), DRAWS[replicate])


@pytest.mark.parametrize("classes", [2, 5])
def test_shares_and_f1_are_those_of_the_rows_drawn(classes: int) -> None:
    generator = np.random.default_rng(classes)
    labels = generator.integers(0, classes, ROWS)
    output = generator.random((ROWS, classes))
    made = dataset(classes, 60)
    samples = samples_of(made, labels, output, NONE)
    for replicate in (0, 7, 400):
        rows = drawn(replicate)
        true, said = labels[rows], output[rows].argmax(axis=1)
        assert samples["accuracy"][replicate] == pytest.approx(np.mean(true == said))
        if classes > 2:
            expected = f1_score(true, said, average="macro")
            assert samples["f1"][replicate] == pytest.approx(expected)


def test_errors_of_amounts_are_those_of_the_rows_drawn() -> None:
    houses = load_dataset(DatasetConfig(name="sacramento"), 0)
    labels = houses.labels[:ROWS].astype(float)
    output = labels * 1.1 + np.random.default_rng(1).normal(0, 30_000, ROWS)
    samples = samples_of(houses, labels, output, NONE)
    for replicate in (0, 7, 400):
        rows = drawn(replicate)
        true, said = labels[rows], output[rows]
        assert samples["mae"][replicate] == pytest.approx(mean_absolute_error(true, said), 1e-4)
        assert samples["rmse"][replicate] == pytest.approx(
            root_mean_squared_error(true, said), 1e-4
        )
        assert samples["r2"][replicate] == pytest.approx(r2_score(true, said), abs=1e-3)


def test_what_has_diverged_has_no_samples_and_two_standard_errors_stand_in() -> None:
    made = dataset(2, 60)
    output = np.full((4, 2), np.nan)
    assert samples_of(made, np.zeros(4, dtype=int), output, NONE) == {}
    found = range_of(0.5, None, 0.1)
    assert (found.low, found.high) == pytest.approx((0.3, 0.7))
