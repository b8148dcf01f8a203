"""Default models and references are measured on the same test rows, against oracles."""

import numpy as np
import pytest

from visualiser.bench.quality.measuring import measure_dataset, measure_seed, settings_text, train
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import split_dataset
from visualiser.core.experiment import DatasetConfig, Experiment, TrainingConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer


def short(name: str, epochs: int = 2) -> Experiment:
    """The default of a data set with few epochs."""
    start = starting_point(DatasetConfig(name=name))
    return start.replace(training=start.training.replace(epochs=epochs))


def nothing(share: float) -> None:
    pass


def test_the_model_has_the_figures_of_the_same_experiment_trained_elsewhere() -> None:
    experiment = short("wine", epochs=3).replace(seed=1)
    dataset = load_dataset(experiment.dataset, 1)
    measured = measure_seed(experiment, dataset, nothing, limit=60)
    trainer = Trainer(experiment, dataset)
    while not trainer.finished:
        trainer.step()
    assert measured.model == trainer.final_figures()[0]["test"].values
    assert measured.test_rows == len(trainer.info.split.test)


def test_the_trivial_reference_is_the_largest_class_of_the_test_rows() -> None:
    experiment = short("wine")
    dataset = load_dataset(experiment.dataset, 0)
    labels = split_dataset(dataset, experiment.split, 0).test.labels
    measured = measure_seed(experiment, dataset, nothing, limit=60)
    assert measured.trivial == pytest.approx(np.bincount(labels).max() / len(labels))


def test_each_seed_is_measured_and_progress_ends_at_one() -> None:
    shares: list[float] = []
    measured = measure_dataset(short("iris"), 2, shares.append)
    assert [run.seed for run in measured.runs] == [0, 1]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert (measured.name, measured.task) == ("iris", "classification")


def test_training_ends_at_the_limit_of_time_and_what_it_reached_counts() -> None:
    experiment = short("iris", epochs=1_000_000)
    trained = train(experiment, load_dataset(experiment.dataset, 0), nothing, limit=0.05)
    assert trained.stopped
    assert 0 <= trained.figures.values["accuracy"] <= 1


def test_a_run_that_diverges_ends() -> None:
    experiment = short("sacramento").replace(
        training=TrainingConfig(optimizer="sgd", learning_rate=1000, epochs=50)
    )
    trained = train(experiment, load_dataset(experiment.dataset, 0), nothing, limit=60)
    assert not trained.stopped
    assert np.isnan(trained.figures.values["mae"])


def test_settings_are_one_line() -> None:
    experiment = Experiment(training=TrainingConfig(weight_decay=0.01, epochs=3))
    experiment = experiment.replace(
        model=experiment.model.replace(options={"hidden": [8, 4], "activation": "tanh"})
    )
    assert settings_text(experiment) == (
        "Neural network (MLP), hidden 8, 4, activation tanh; "
        "adam 0.003, batch 32, weight decay 0.01, 3 epochs"
    )
