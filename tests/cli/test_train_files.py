"""`visualiser train`: the files it writes, and the same result each time."""

import csv
import io
import json
from pathlib import Path
from typing import Any

from tests.cli.small_run import FILES, SMALL
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.experiment_file import load_experiment, save_experiment
from visualiser.core.run_files import history_columns


def test_all_files_of_a_run(visualiser: Any, tmp_path: Path) -> None:
    out = tmp_path / "new folder" / "run"
    answer = visualiser("train", *SMALL, "--pair-flip", "0.2", "--out", out)
    assert answer.code == 0
    assert {path.name for path in out.iterdir()} == FILES
    assert all(name in answer.out for name in FILES)
    with (out / "history.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == history_columns("accuracy")
    run = json.loads((out / "run.json").read_text("utf-8"))
    assert int(rows[-1]["step"]) == run["steps"]
    assert (out / "curves.png").read_bytes().startswith(b"\x89PNG")


def test_the_same_words_give_the_same_history(visualiser: Any, tmp_path: Path) -> None:
    words = ("train", *SMALL, "--feature-noise", "0.5", "--dropout", "0.2", "--out")
    for name in ("a", "b"):
        assert visualiser(*words, tmp_path / name).code == 0
    assert (tmp_path / "a/history.csv").read_bytes() == (tmp_path / "b/history.csv").read_bytes()


def test_another_seed_gives_another_history(visualiser: Any, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        assert visualiser("train", *SMALL, "--seed", seed, "--out", tmp_path / seed).code == 0
    assert (tmp_path / "1/history.csv").read_bytes() != (tmp_path / "2/history.csv").read_bytes()


def test_the_written_experiment_repeats_the_run(visualiser: Any, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    visualiser("train", *SMALL, "--imbalance", "0.5", "--out", first)
    visualiser("train", first / "experiment.experiment.json", "--quiet", "--out", second)
    for name in ("history.csv", "experiment.experiment.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_planned_edits_happen_and_are_kept(visualiser: Any, tmp_path: Path) -> None:
    noise = Spoiling(corruptions=(CorruptionConfig(name="pair_flip", amount=0.4),))
    plan = Experiment(
        dataset=DatasetConfig(name="shapes", options={"points": 100}),
        training=TrainingConfig(epochs=3),
        edits=(Edit(step=2, spoiling=noise), Edit(step=4, learning_rate=0.1)),
    )
    path = tmp_path / "plan.experiment.json"
    save_experiment(plan, path)
    for name in ("a", "b"):
        assert visualiser("train", path, "--quiet", "--out", tmp_path / name).code == 0
    history = (tmp_path / "a/history.csv").read_text("utf-8")
    assert history == (tmp_path / "b/history.csv").read_text("utf-8")
    assert [*csv.DictReader(io.StringIO(history))][-1]["learning_rate"] == "0.1"
    assert load_experiment(tmp_path / "a/experiment.experiment.json") == plan
    run = json.loads((tmp_path / "a/run.json").read_text("utf-8"))
    assert [change["name"] for change in run["corruption"]] == ["pair_flip"]


def test_a_plan_longer_than_the_epochs_is_carried_out_and_told(
    visualiser: Any, tmp_path: Path
) -> None:
    noise = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
    plan = Experiment(
        dataset=DatasetConfig(name="shapes", options={"points": 100}),
        training=TrainingConfig(epochs=2),
        edits=(Edit(step=40, spoiling=noise),),
    )
    save_experiment(plan, tmp_path / "plan.experiment.json")
    answer = visualiser("train", tmp_path / "plan.experiment.json", "--json", "--quiet")
    assert answer.code == 0
    assert "goes on after its 2 epochs" in answer.err
    assert [change["name"] for change in answer.json()["corruption"]] == ["symmetric_label_noise"]


def test_an_edit_that_cannot_be_done_is_refused_before_training(
    visualiser: Any, tmp_path: Path
) -> None:
    bias = CorruptionConfig(name="group_label_bias", amount=0.5, options={"group": "martians"})
    plan = Experiment(
        dataset=DatasetConfig(name="mortgage_hmda"),
        training=TrainingConfig(epochs=1_000_000),
        edits=(Edit(step=10**8, spoiling=Spoiling(corruptions=(bias,))),),
    )
    save_experiment(plan, tmp_path / "plan.experiment.json")
    answer = visualiser("train", tmp_path / "plan.experiment.json", "--quiet")
    assert answer.code == 2
    assert "martians" in answer.err


def test_a_clue_that_training_offers_is_swapped_at_the_end(visualiser: Any, tmp_path: Path) -> None:
    words = ("--dataset", "digits_8x8", "--epochs", "2", "--quiet", "--out", tmp_path / "run")
    answer = visualiser("train", *words, "--shortcut", "1")
    assert answer.code == 0 and "with the patch of their class" in answer.out
    tests = json.loads((tmp_path / "run/run.json").read_text("utf-8"))["shortcut_test"]
    assert [one["part"] for one in tests] == ["validation", "test"]
    for model in ("student", "twin"):
        shares = tests[0][model]["accuracy"]
        assert set(shares) == {"as_it_is", "fitting", "swapped"}
        assert all(low <= share <= high for share, low, high in shares.values())
    student = tests[0]["student"]["accuracy"]
    assert student["fitting"][0] > student["swapped"][0]


def test_without_a_clue_nothing_is_swapped(visualiser: Any, tmp_path: Path) -> None:
    visualiser("train", *SMALL, "--out", tmp_path / "run")
    assert json.loads((tmp_path / "run/run.json").read_text("utf-8"))["shortcut_test"] == []
