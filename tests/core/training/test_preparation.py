import numpy as np

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.preparation import WATCHED_ROWS, prepare


def test_of_several_series_whole_days_are_watched() -> None:
    experiment = starting_point(DatasetConfig(name="retail_daily"))
    made = prepare(experiment, load_dataset(experiment.dataset, 0))
    validation, times = made.split.validation, made.dataset.times
    assert times is not None
    days = times[validation.rows]
    seen = np.isin(days, days[made.watched])
    assert np.array_equal(np.flatnonzero(seen), made.watched)
    assert 0.9 * WATCHED_ROWS < len(made.watched) <= WATCHED_ROWS < len(validation)


def test_the_same_seed_watches_the_same_days() -> None:
    experiment = starting_point(DatasetConfig(name="retail_daily"))
    dataset = load_dataset(experiment.dataset, 0)
    first, again = (prepare(experiment, dataset).watched for _ in range(2))
    other = prepare(experiment.replace(seed=1), dataset).watched
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_of_purchases_whole_customers_are_watched() -> None:
    experiment = starting_point(DatasetConfig(name="retail_purchases"))
    made = prepare(experiment, load_dataset(experiment.dataset, 0))
    customers = np.asarray(made.split.validation.features)[:, 0]
    seen = np.isin(customers, customers[made.watched])
    assert np.array_equal(np.flatnonzero(seen), made.watched)
    assert 0.9 * WATCHED_ROWS < len(made.watched) <= WATCHED_ROWS < len(customers)
