"""`visualiser train`: figures, files and the same result each time."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from visualiser.cli import train
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

ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--dataset", "shapes", "--option", "points=100", "--epochs", "1", "--quiet")
FILES = {"run.json", "history.csv", "curves.png", "experiment.experiment.json"}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table of people with a group and a decision that follows from the income."""
    path = tmp_path / "my people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["income", "town", "group", "decision", "rent"])
        for i in range(120):
            decision = "yes" if i % 10 > 4 else "no"
            writer.writerow([1000 + i % 10, "AB"[i % 2], "xyz"[i % 3], decision, 500 + 3.5 * i])
    return path


# What it says


def test_a_summary_for_people(visualiser: Any) -> None:
    answer = visualiser("train", *SMALL, "--label-noise", "0.3")
    assert answer.code == 0
    assert "2-D shapes" in answer.out and "labels changed." in answer.out
    assert "clean twin, accuracy" in answer.out
    assert answer.err == ""


def test_json_is_the_whole_run(visualiser: Any) -> None:
    answer = visualiser("train", *SMALL, "--label-noise", "0.3", "--json")
    run = answer.json()
    assert answer.code == 0
    assert {"experiment", "device", "steps", "seconds", "corruption", "final", "twin_final"} <= {
        *run
    }
    assert run["final"]["test"].keys() == {"loss", "accuracy"}
    assert run["corruption"][0]["name"] == "symmetric_label_noise"


def test_what_spoiled_validation_rows_would_show_is_said(visualiser: Any) -> None:
    words = ("train", *SMALL, "--label-noise", "0.5", "--spoil-validation")
    assert "spoiled rows, accuracy" in visualiser(*words).out
    assert visualiser(*words, "--json").json()["spoiled_validation"].keys() == {"loss", "accuracy"}
    assert visualiser("train", *SMALL, "--json").json()["spoiled_validation"] is None


@pytest.fixture(scope="module")
def large_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20,000 rows, three times as many of them for validation as evaluations look at."""
    random = np.random.default_rng(0)
    x = random.normal(size=(20_000, 2))
    yes = x[:, 0] + x[:, 1] + random.normal(0, 1, len(x)) > 0
    price = 1000 * (x[:, 0] - x[:, 1] + random.normal(0, 1, len(x)))
    path = tmp_path_factory.mktemp("large") / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["a", "b", "side", "decision", "price"])
        for (a, b), answer, amount in zip(x, yes, price, strict=True):
            writer.writerow([a, b, "east" if a > 1 else "west", "yes" if answer else "no", amount])
    return path


@pytest.mark.parametrize(
    ("target", "spoiling", "title"),
    [
        ("decision", ("--label-noise", "0.45"), "accuracy"),
        ("decision", ("--label-noise", "0.01", "--spoil-validation"), "accuracy"),
        ("price", ("--target-noise", "2"), "mean error"),
    ],
)
def test_sentences_rest_on_the_figures_of_the_table_and_not_on_a_sample(
    visualiser: Any,
    large_table: Path,
    tmp_path: Path,
    target: str,
    spoiling: tuple[str, ...],
    title: str,
) -> None:
    model = ("--hidden", "4", "--batch-size", "512", "--epochs", "1", "--quiet")
    words = ("--data", large_table, "--target", target, "--group", "side", *spoiling)
    answer = visualiser("train", *words, *model, "--out", tmp_path / "run")
    assert answer.code == 0
    table, sentences = answer.out.split("\n\n")[1:]
    ours, twins = (
        re.split(r"\s{2,}", line)[2]
        for line in table.splitlines()
        if line.startswith((title, f"clean twin, {title}"))
    )
    assert ours in sentences
    assert twins in sentences
    assert "3,000" in sentences
    assert "1,000 " not in sentences
    figures = re.findall(r"\d+\.\d %", sentences)
    assert {*figures} <= {*re.findall(r"\d+\.\d %", table)}
    assert "misleads" not in sentences
    assert "gap" not in sentences
    assert ("a sample of 1,000" in table) == ("--spoil-validation" in spoiling)

    run = json.loads((tmp_path / "run/run.json").read_text("utf-8"))
    metric = "accuracy" if title == "accuracy" else "mae"
    with (tmp_path / "run/history.csv").open(encoding="utf-8") as file:
        *_, last = csv.DictReader(file)
    sample = float(last[f"validation_{metric}"])
    assert sample != run["final"]["validation"][metric], "a sample that says the same tests nothing"


def test_the_columns_say_what_they_were_measured_on(visualiser: Any) -> None:
    spoiled = visualiser("train", *SMALL, "--label-noise", "0.3").out
    assert "train: the model on the data it was given, spoiled" in spoiled
    assert "; the twin on clean data." in spoiled
    assert "it was given" not in visualiser("train", *SMALL).out


def test_several_ways_of_spoiling_are_summed_up(visualiser: Any) -> None:
    words = ("train", *SMALL, "--label-noise", "0.4", "--imbalance", "0.1")
    counts = visualiser(*words, "--json").json()["spoiled_in_all"]
    assert (
        f"In all, {counts['wrong_labels']} of {counts['rows']} training labels are wrong "
        f"and {counts['removed_rows']} rows are gone."
    ) in visualiser(*words).out


def test_progress_goes_to_stderr(visualiser: Any) -> None:
    answer = visualiser("train", *SMALL[:-1], "--json")
    assert "Training: 100 %" in answer.err
    assert answer.json()["state"] == "finished"


@pytest.mark.skipif(sys.platform == "win32", reason="no such terminals")
def test_a_terminal_that_does_not_know_its_size_has_a_bar() -> None:
    import pty

    ours, theirs = pty.openpty()
    words = [sys.executable, "-m", "visualiser", "train", *SMALL[:-1]]
    subprocess.run(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=theirs, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Training: 100 %|█" in shown


def test_a_diverged_run_is_an_outcome_with_advice(visualiser: Any) -> None:
    words = ("--optimizer", "sgd", "--learning-rate", "1000", "--weight-decay", "10")
    answer = visualiser("train", *SMALL, *words, "--epochs", "400")
    assert answer.code == 0
    assert "not a number" in answer.out
    assert "Lower the learning rate" in answer.out


# What it writes


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
    history = (tmp_path / "a/history.csv").read_bytes()
    assert history == (tmp_path / "b/history.csv").read_bytes()
    assert history.strip().endswith(b",0.1")
    assert load_experiment(tmp_path / "a/experiment.experiment.json") == plan
    run = json.loads((tmp_path / "a/run.json").read_text("utf-8"))
    assert [change["name"] for change in run["corruption"]] == ["pair_flip"]


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
    assert experiment.spoiling.validation_too
    assert experiment.spoiling.corruptions[0].options == {"fraction": 0.5}


def test_what_is_not_said_comes_from_the_data_set(visualiser: Any) -> None:
    run = visualiser("train", "--dataset", "sacramento", "--epochs", "1", "--quiet", "--json")
    experiment = Experiment.model_validate(run.json()["experiment"])
    from visualiser.core.starting_point import starting_point

    usual = starting_point(DatasetConfig(name="sacramento"))
    assert experiment == usual.replace(training=usual.training.replace(epochs=1))


# Own tables


def test_an_own_table_with_target_and_group(
    visualiser: Any, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(table.parent)
    words = ("--data", table.name, "--target", "decision", "--group", "group")
    run = visualiser("train", *words, "--epochs", "2", "--quiet", "--json").json()
    options = run["experiment"]["dataset"]["options"]
    assert options == {"path": str(table), "target": "decision", "group": "group"}
    assert run["final"]["test"].keys() == {"loss", "accuracy"}


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


# What it refuses


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dataset", "cats"], "no data set called “cats”"),
        (["--model", "gpt"], "no model called “gpt”"),
        (["--dataset", "shapes", "--model", "cnn"], "a convolution needs pictures"),
        (["--label-noise", "2"], "--label-noise 2 is out of range"),
        (["--label-noise", "nan"], "--label-noise nan is out of range"),
        (["--label-noise=-0.1"], "--label-noise -0.1 is out of range"),
        (["--dataset", "sacramento", "--label-noise", "0.2"], "Wrong labels cannot be used here"),
        (["--epochs", "0"], "--epochs 0 does not fit"),
        (["--batch-size", "0"], "--batch-size 0 does not fit"),
        (["--learning-rate", "0"], "--learning-rate 0.0 does not fit"),
        (["--learning-rate", "inf"], "--learning-rate inf does not fit"),
        (["--learning-rate", "nan"], "--learning-rate nan does not fit"),
        (["--weight-decay=-1"], "--weight-decay -1.0 does not fit"),
        (["--seed=-1"], "--seed -1 does not fit"),
        (["--seed", "9" * 30], "--seed"),
        (["--hidden", "0"], "hidden=0 does not fit"),
        (["--hidden", "a,b"], "hidden=a,b does not fit"),
        (["--hidden", ",".join(["1"] * 99)], "does not fit"),
        (["--model", "linear", "--hidden", "3"], "Linear model has no option “hidden”"),
        (["--dropout", "1"], "dropout=1 does not fit"),
        (["--split", "70/15"], "--split 70/15"),
        (["--split", "70/15/25"], "add up to 100"),
        (["--split", "a/b/c"], "--split a/b/c"),
        (["--split", "nan/1/1"], "--split nan/1/1"),
        (["--split", "100/0/0"], "at least 1"),
        (["--option", "shape"], "KEY=VALUE"),
        (["--option", "colour=red"], "no option “colour”"),
        (["--dataset", "shapes", "--option", "shape=cube"], "shape=cube does not fit"),
        (["--option", "cat.legs=4"], "nothing is called “cat”"),
        (["--option", "pair-flip.to_class=1"], "Confused labels is not in use"),
        (["--target", "rent"], "--target is about a file of your own"),
        (["--data", "x.csv", "--dataset", "shapes"], "two sets of data"),
        (["--dataset", "own_table"], "--data FILE"),
        (["gone.experiment.json"], "There is no file “gone.experiment.json”"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(
    visualiser: Any, words: list[str], said: str
) -> None:
    answer = visualiser("train", "--quiet", *words)
    assert answer.code == 2
    assert said in answer.err
    assert answer.err.startswith("visualiser: ")
    assert answer.err.count("\n") == 1
    assert answer.out == ""


def hostile_tables(folder: Path) -> dict[str, Path]:
    tables = {
        "binary": bytes(range(256)) * 40,
        "empty": b"",
        "one line": b"a,b,c\n",
        "one class": b"a,decision\n" + b"1,yes\n" * 30,
    }
    paths = {"folder": folder, "missing": folder / "gone.csv"}
    for name, content in tables.items():
        paths[name] = folder / f"{name}.csv"
        paths[name].write_bytes(content)
    return paths


@pytest.mark.parametrize("kind", ["binary", "empty", "one line", "one class", "folder", "missing"])
def test_a_file_that_is_no_table_is_refused_in_one_line(
    visualiser: Any, kind: str, tmp_path: Path
) -> None:
    path = hostile_tables(tmp_path)[kind]
    answer = visualiser("train", "--data", path, "--target", "decision", "--quiet")
    assert answer.code == 2
    assert path.name in answer.err or "target" in answer.err.lower()
    assert answer.err.count("\n") == 1


@pytest.mark.parametrize("role", ["--target", "--group"])
def test_a_column_that_is_not_there_is_named(visualiser: Any, role: str, table: Path) -> None:
    columns = {"--target": "decision"} | {role: "shoe size"}
    words = [word for pair in columns.items() for word in pair]
    answer = visualiser("train", "--data", table, *words, "--quiet")
    assert answer.code == 2
    assert "shoe size" in answer.err


def test_names_that_are_not_text_are_refused(visualiser: Any) -> None:
    answer = visualiser("train", "--data", "caf\udce9.csv", "--quiet")
    assert answer.code == 2
    assert answer.err.count("\n") == 1


def test_a_file_in_place_of_the_folder_is_refused_before_training(
    visualiser: Any, tmp_path: Path
) -> None:
    path = tmp_path / "run"
    path.write_text("mine")
    for out in (path, path / "below"):
        answer = visualiser("train", *SMALL, "--out", out)
        assert answer.code == 2
        assert str(out) in answer.err
        assert answer.err.count("\n") == 1
    assert path.read_text() == "mine"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write to")
def test_a_folder_that_cannot_be_written_to_is_refused(visualiser: Any) -> None:
    answer = visualiser("train", *SMALL, "--out", "/proc/run")
    assert answer.code == 2
    assert "/proc/run" in answer.err


# When something is missing or stops it


def test_without_qt_the_other_files_are_written(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['PySide6'] = None; from visualiser.cli.main import main;"
        f"sys.exit(main(['train', *{SMALL}, '--out', {str(tmp_path)!r}]))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert answer.returncode == 0
    assert "curves.png was not drawn" in answer.stderr
    assert {path.name for path in tmp_path.iterdir()} == FILES - {"curves.png"}


def test_curves_are_drawn_without_a_display(tmp_path: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    answer = subprocess.run(
        [sys.executable, "-m", "visualiser", "train", *SMALL, "--out", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    assert (tmp_path / "curves.png").stat().st_size > 10_000


def test_ctrl_c_keeps_the_run_so_far(
    visualiser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press_ctrl_c(bar: object, trainer: Any) -> None:
        if trainer.step_number == 5:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(train.TrainingBar, "show", press_ctrl_c)
    before = signal.getsignal(signal.SIGINT)
    answer = visualiser("train", *SMALL, "--epochs", "1000", "--out", tmp_path)
    assert answer.code == 130
    assert "Interrupted at step 5" in answer.err
    assert {path.name for path in tmp_path.iterdir()} == FILES
    assert json.loads((tmp_path / "run.json").read_text("utf-8"))["steps"] == 5
    assert signal.getsignal(signal.SIGINT) == before


def test_a_second_ctrl_c_stops_at_once(visualiser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def press_twice(bar: object, trainer: Any) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(train.TrainingBar, "show", press_twice)
    answer = visualiser("train", *SMALL)
    assert answer.code == 130
    assert answer.err == "visualiser: Interrupted.\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
