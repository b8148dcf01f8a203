"""Where one of two classes is rare, whether its rows are ranked first."""

import numpy as np
import pytest

from visualiser.bench.quality.measuring import measure_seed
from visualiser.bench.quality.ranking import standard_error
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point


def test_the_rare_class_of_mortgages_is_ranked_by_model_and_reference() -> None:
    start = starting_point(DatasetConfig(name="mortgage_hmda"))
    experiment = start.replace(training=start.training.replace(epochs=3))
    dataset = load_dataset(experiment.dataset, 0)
    measured = measure_seed(experiment, dataset, lambda share: None, limit=60)
    assert measured.ranking is not None
    assert measured.ranking.of == "denied"
    assert 0.6 < measured.ranking.model < 1 and 0.6 < measured.ranking.strong < 1


def test_data_whose_accuracy_tells_is_not_ranked() -> None:
    experiment = starting_point(DatasetConfig(name="penguins"))
    experiment = experiment.replace(training=experiment.training.replace(epochs=1))
    dataset = load_dataset(experiment.dataset, 0)
    assert measure_seed(experiment, dataset, lambda share: None, limit=60).ranking is None


def test_the_error_of_an_area_is_that_of_drawing_the_rows_anew() -> None:
    # Scores of both classes are exponential with means 1 and θ: the area is θ / (1 + θ), and for
    # these Hanley and McNeil's formula is exact.
    draws, rare, others, theta = 4_000, 30, 200, 4.0
    random = np.random.default_rng(0)
    high = random.exponential(theta, (draws, rare))
    low = np.sort(random.exponential(1.0, (draws, others)), axis=1)
    areas = [
        np.searchsorted(below, above).mean() / others
        for above, below in zip(high, low, strict=True)
    ]
    expected = standard_error(theta / (1 + theta), rare, others)
    assert np.std(areas) == pytest.approx(expected, rel=0.05)
