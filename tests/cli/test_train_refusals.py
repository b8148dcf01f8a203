"""`visualiser train`: what makes no sense is refused in one line."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch

from tests.cli.small_run import SMALL


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--dataset", "cats"], "no data set called “cats”"),
        (["--model", "oracle"], "no model called “oracle”"),
        (["--dataset", "shapes", "--model", "cnn"], "a convolution needs pictures"),
        (["--label-noise", "2"], "--label-noise 2 is out of range"),
        (["--label-noise", "0.9"], "It takes a share from 0 (spoils nothing) to 0.8."),
        (["--data", "nofile.csv"], "There is no file or folder nofile.csv. See how it is spelt"),
        (["--label-noise", "nan"], "--label-noise nan is out of range"),
        (["--label-noise=-0.1"], "--label-noise -0.1 is out of range"),
        (["--dataset", "sacramento", "--label-noise", "0.2"], "Wrong labels cannot be used here"),
        (
            ["--epochs", "0"],
            "--epochs 0 does not fit: it must be a whole number from 1 to",
        ),
        (["--batch-size", "0"], "--batch-size 0 does not fit"),
        (["--learning-rate", "0"], "--learning-rate 0.0 does not fit"),
        (["--learning-rate", "inf"], "--learning-rate inf does not fit"),
        (["--learning-rate", "nan"], "--learning-rate nan does not fit"),
        (["--weight-decay=-1"], "--weight-decay -1.0 does not fit"),
        (["--seed=-1"], "--seed -1 does not fit"),
        (["--seed", "9" * 30], "--seed"),
        (
            ["--hidden", "0"],
            "--hidden 0 does not fit",
        ),
        (["--hidden", "a,b"], "--hidden a,b does not fit"),
        (["--hidden", ",".join(["1"] * 99)], "does not fit"),
        (["--model", "linear", "--hidden", "3"], "Linear model has no option “hidden”"),
        (["--dropout", "1"], "--dropout 1 does not fit"),
        (["--split", "70/15"], "--split 70/15"),
        (["--split", "70/15/25"], "add up to 100"),
        (["--split", "a/b/c"], "--split a/b/c"),
        (["--split", "nan/1/1"], "--split nan/1/1"),
        (["--split", "100/0/0"], "at least 1"),
        (["--option", "shape"], "KEY=VALUE"),
        (["--option", "colour=red"], "no option “colour”"),
        (
            ["--dataset", "shapes", "--option", "shape=cube"],
            "does not fit 2-D shapes: it must be one of",
        ),
        (["--option", "cat.legs=4"], "nothing is called “cat”"),
        (["--option", "pair-flip.to_class=1"], "Confused labels is not in use"),
        (["--target", "rent"], "--target is about a table of your own"),
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


def experiment_file(folder: Path, **content: Any) -> Path:
    path = folder / "lesson.experiment.json"
    start = {"format": "training-visualiser-experiment", "version": 1}
    path.write_text(json.dumps(start | content), encoding="utf-8")
    return path


BIASED = {"corruptions": [{"name": "group_label_bias", "amount": 0.5}]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"model": {"name": "cnn"}}, "cannot take this data"),
        ({"spoiling": BIASED}, "cannot be used here"),
        ({"edits": [{"step": 9, "spoiling": BIASED}]}, "cannot be used here"),
        ({"dataset": {"name": "own_table", "options": {"path": "gone.csv"}}}, "gone.csv"),
    ],
)
def test_what_an_experiment_file_asks_for_in_vain_is_told_with_its_name(
    visualiser: Any, tmp_path: Path, content: dict[str, Any], said: str
) -> None:
    answer = visualiser("train", experiment_file(tmp_path, **content), "--quiet")
    assert answer.code == 2
    assert answer.err.startswith("visualiser: “lesson.experiment.json”: ")
    assert said in answer.err


def test_what_is_asked_for_besides_a_file_is_not_blamed_on_it(
    visualiser: Any, tmp_path: Path
) -> None:
    path = experiment_file(tmp_path, seed=1)
    answer = visualiser("train", path, "--group-bias", "0.5", "--quiet")
    assert answer.code == 2
    assert "lesson" not in answer.err


def test_a_table_in_place_of_an_experiment_is_told_where_it_belongs(
    visualiser: Any, table: Path
) -> None:
    answer = visualiser("train", table, "--quiet")
    assert answer.code == 2
    assert f"“{table.name}” is not an experiment" in answer.err
    assert f"--data {table}" in answer.err


@pytest.mark.skipif(torch.backends.mps.is_available(), reason="this computer has such a device")
@pytest.mark.parametrize("words", [["--quiet"], ["--quiet", "--json"], []])
def test_a_device_that_is_not_there_is_told_quiet_or_not(visualiser: Any, words: list[str]) -> None:
    answer = visualiser("train", *SMALL, "--device", "mps", *words)
    assert answer.code == 0
    told = "visualiser: This computer offers no MPS device: training on the CPU.\n"
    assert answer.err.count(told) == 1
