"""`visualiser train`: what its options and a table of one's own come to."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_run import SMALL
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Experiment,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import save_experiment


def test_options_change_what_the_experiment_file_says(visualiser: Any, tmp_path: Path) -> None:
    path = tmp_path / "x.experiment.json"
    noise = Spoiling(corruptions=(CorruptionConfig(name="pair_flip", amount=0.4),))
    save_experiment(Experiment(seed=3, spoiling=noise), path)
    words = ("--epochs", "1", "--pair-flip", "0", "--label-noise", "0.1", "--no-twin", "--json")
    experiment = visualiser("train", path, "--quiet", *words).json()["experiment"]
    assert [c["name"] for c in experiment["spoiling"]["corruptions"]] == ["symmetric_label_noise"]
    assert (experiment["seed"], experiment["training"]["epochs"]) == (3, 1)
    assert experiment["training"]["twin"] is False


def test_every_option_reaches_the_experiment(visualiser: Any) -> None:
    words = (
        *("--dataset", "mnist_5k", "--model", "cnn", "--option", "model.filters=4"),
        *("--hidden", "8", "--activation", "tanh", "--dropout", "0.1", "--optimizer", "sgd"),
        *("--learning-rate", "0.1", "--batch-size", "500", "--weight-decay", "0.01"),
        *("--epochs", "1", "--seed", "5", "--device", "cpu", "--split", "20/40/40"),
        *("--feature-noise", "0.5", "--option", "feature-noise.fraction=0.5"),
        *("--spoil-validation", "--no-twin", "--quiet", "--json"),
    )
    experiment = Experiment.model_validate(visualiser("train", *words).json()["experiment"])
    assert experiment.model.name == "cnn"
    assert experiment.model.options == {
        "filters": [4],
        "hidden": 8,
        "activation": "tanh",
        "dropout": 0.1,
    }
    assert experiment.training == TrainingConfig(
        optimizer="sgd",
        learning_rate=0.1,
        batch_size=500,
        weight_decay=0.01,
        epochs=1,
        device="cpu",
        twin=False,
    )
    assert experiment.seed == 5
    assert (experiment.split.train, experiment.split.test) == (0.2, 0.4)
    assert {config.parts for config in experiment.spoiling.corruptions} == {"both"}
    assert experiment.spoiling.corruptions[0].options == {"fraction": 0.5}


def test_what_is_not_said_comes_from_the_data_set(visualiser: Any) -> None:
    run = visualiser("train", "--dataset", "sacramento", "--epochs", "1", "--quiet", "--json")
    experiment = Experiment.model_validate(run.json()["experiment"])
    from visualiser.core.starting_point import starting_point

    usual = starting_point(DatasetConfig(name="sacramento"))
    assert experiment == usual.replace(training=usual.training.replace(epochs=1))


def test_an_own_table_with_target_and_group(
    visualiser: Any, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    words = ("--data", table.name, "--target", "decision", "--group", "group")
    run = visualiser("train", *words, "--epochs", "2", "--quiet", "--json").json()
    options = run["experiment"]["dataset"]["options"]
    assert options == {"path": str(table), "target": "decision", "group": "group"}
    assert run["final"]["test"].keys() == {"loss", "accuracy", "f1"}


def test_the_task_of_an_own_table_can_be_said(visualiser: Any, table: Path) -> None:
    words = ("--data", table, "--target", "rent", "--task", "regression", "--epochs", "1")
    run = visualiser("train", *words, "--quiet", "--json").json()
    assert "mae" in run["final"]["test"]


def test_the_experiment_of_an_own_table_moves_with_its_folder(
    visualiser: Any, table: Path, tmp_path: Path
) -> None:
    visualiser("train", "--data", table, "--target", "decision", "--quiet", "--out", tmp_path)
    written = json.loads((tmp_path / "experiment.experiment.json").read_text("utf-8"))
    assert written["dataset"]["options"]["path"] == table.name


def test_an_amount_that_keeps_all_says_that_it_spoils_nothing(visualiser: Any) -> None:
    answer = visualiser("train", *SMALL, "--imbalance", "1", "--label-noise", "0")
    assert answer.code == 0
    assert answer.err.count("spoils nothing") == 2, "once what it does, once in its range"
    assert "--imbalance 1 spoils nothing: it takes the share that is kept" in answer.err
