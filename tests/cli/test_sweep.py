import json
import signal
from pathlib import Path

import pytest

from tests.core.sweep.small_sweeps import sweep_of
from visualiser.cli.progress_bar import SweepBar
from visualiser.core.sweep.result import CELLS_FILE
from visualiser.core.sweep.sweep_file import SWEEP_FILE, open_folder

QUICK = (
    "--dataset", "shapes", "--option", "points=100", "--epochs", "1", "--corruption", "label-noise",
)  # fmt: skip
FILES = {"sweep.json", "cells.jsonl", "sweep.csv", "sweep.png", "sweep.svg"}


def lines_of(folder: Path) -> int:
    return len((folder / CELLS_FILE).read_text().splitlines())


def test_it_writes_the_sweep_its_runs_a_table_and_the_chart(visualiser, tmp_path) -> None:
    out = tmp_path / "noise"
    said = visualiser(
        "sweep", *QUICK, "--amounts", "0:0.4:3", "--seeds", "2", "--train-sizes", "0.5,1",
        "--out", out,
    )  # fmt: skip
    assert said.code == 0, said.err
    assert {path.name for path in out.iterdir()} == FILES
    assert lines_of(out) == 12
    assert "50 % of the examples" in said.out and "Without a model" in said.out
    assert (out / "sweep.svg").read_text().count("<svg") == 1
    assert (out / "sweep.png").read_bytes().startswith(b"\x89PNG")


def test_json_has_the_chart_and_nothing_else_is_printed(visualiser, tmp_path) -> None:
    out = tmp_path / "noise"
    words = ("--amounts", "0,0.2", "--seeds", "3,5", "--models", "linear,mlp", "--json", "--quiet")
    said = visualiser("sweep", *QUICK, *words, "--out", out)
    assert said.code == 0 and said.err == ""
    chart = said.json()
    assert [line["label"] for line in chart["lines"]] == ["Linear model", "Neural network (MLP)"]
    assert [point["amount"] for point in chart["lines"][0]["points"]] == [0, 0.2]
    assert len(chart["lines"][1]["points"][1]["values"]) == 2
    assert chart["runs"] == {"done": 8, "wanted": 8}


def test_the_folder_alone_goes_on_with_what_is_there(visualiser, tmp_path) -> None:
    out = tmp_path / "noise"
    assert visualiser("sweep", *QUICK, "--amounts", "0,0.2", "--out", out, "--quiet").code == 0
    path = out / CELLS_FILE
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:-3]))
    said = visualiser("sweep", "--out", out)
    assert said.code == 0 and "7 runs are there already" in said.err
    assert lines_of(out) == 10


def test_more_seeds_are_added_and_another_sweep_is_refused(visualiser, tmp_path) -> None:
    out = tmp_path / "noise"
    words = (*QUICK, "--amounts", "0,0.2", "--out", out, "--quiet")
    assert visualiser("sweep", *words, "--seeds", "2").code == 0
    assert visualiser("sweep", *words, "--seeds", "3").code == 0
    assert lines_of(out) == 6
    said = visualiser("sweep", *words, "--seeds", "3", "--hidden", "3")
    assert said.code == 2 and "has another sweep" in said.err


def test_amounts_and_seeds_alone_are_added_to_what_is_there(visualiser, tmp_path) -> None:
    out = tmp_path / "noise"
    first = (*QUICK, "--amounts", "0,0.2", "--seeds", "1", "--out", out, "--quiet")
    assert visualiser("sweep", *first).code == 0
    said = visualiser(
        "sweep", "--seeds", "2", "--amounts", "0.2,0.4", "--out", out, "--json", "--quiet"
    )
    assert said.code == 0
    assert [point["amount"] for point in said.json()["lines"][0]["points"]] == [0, 0.2, 0.4]
    assert lines_of(out) == 6


@pytest.mark.parametrize(
    "words",
    [
        ("--epochs", "3"), ("--label-noise", "0.2"), ("--model", "linear"), ("--seed", "1"),
        ("--hidden", "3"), ("--option", "points=200"), ("--models", "linear,mlp"), ("--no-twin",),
        ("--spoil-validation",), ("--seeds", "2", "--optimizer", "sgd"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_what_would_change_the_sweep_that_is_there_is_refused(visualiser, tmp_path, words) -> None:
    out = tmp_path / "noise"
    open_folder(sweep_of(), out)
    before = (out / SWEEP_FILE).read_bytes()
    said = visualiser("sweep", *words, "--out", out, "--quiet")
    assert said.code == 2
    assert "cannot be changed by --" in said.err and said.err.count("\n") == 1
    assert (out / SWEEP_FILE).read_bytes() == before and not (out / CELLS_FILE).exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--corruption", "group-bias"), "needs two classes"),
        (("--corruption", "label-noise", "--figure", "mae"), "accuracy, f1, loss"),
        (
            ("--corruption", "label-noise", "--second", "typos=0,0.5"),
            "cannot be used here",
        ),
        (("--corruption", "image-corruption", "--amounts", "0.5"), "a whole number from 0 to 5"),
    ],
)
def test_what_does_not_fit_the_data_is_told_before_anything_is_there(
    visualiser, tmp_path, words, sentence
) -> None:
    out = tmp_path / "out"
    said = visualiser("sweep", "--dataset", "digits_8x8", *words, "--out", out, "--quiet")
    assert said.code == 2 and sentence in said.err
    assert not out.exists()


def test_amounts_that_are_kept_are_named_as_they_are_shown(visualiser, tmp_path) -> None:
    words = ("--corruption", "fewer-examples", "--amounts", "1,0.5", "--seeds", "1", "--quiet")
    said = visualiser("sweep", *QUICK[:6], *words, "--out", tmp_path / "out")
    table = said.out.splitlines()[2:5]
    assert [line.split("  ")[0] for line in table] == ["left out", "0 %", "50 %"]


def test_a_saved_experiment_may_be_swept(visualiser, tmp_path) -> None:
    train = (*QUICK[:6], "--out", tmp_path / "run", "--quiet", "--json")
    assert visualiser("train", *train).code == 0
    saved = tmp_path / "run" / "experiment.experiment.json"
    words = ("--corruption", "feature_noise", "--amounts", "0,1", "--seeds", "1", "--json")
    said = visualiser("sweep", saved, *words, "--quiet", "--out", tmp_path / "sweep")
    assert said.code == 0 and said.json()["corruption"] == "feature_noise"
    sweep = json.loads((tmp_path / "sweep" / "sweep.json").read_text())
    assert sweep["base"]["dataset"]["options"]["points"] == 100


@pytest.mark.parametrize(
    "words",
    [
        ("--corruption", "rust"),
        ("--amounts", "x"),
        ("--amounts", "0,0.99"),
        ("--seeds", "0"),
        ("--seeds", "a,b"),
        ("--models", "oracle"),
        ("--second", "feature-noise"),
        ("--second", "label-noise=0,1"),
        ("--second", "feature-noise=0,99"),
        ("--against", "feature-noise"),
        ("--train-sizes", "0,2"),
        ("--workers", "0"),
        ("--scheduler", "nonsense"),
        ("--figure", "beauty"),
    ],
    ids=" ".join,
)
def test_what_does_not_fit_is_one_sentence(visualiser, tmp_path, words) -> None:
    said = visualiser("sweep", *QUICK, *words, "--out", tmp_path / "out", "--quiet")
    assert said.code == 2
    assert said.err.count("\n") == 1 and said.err.startswith("visualiser: ")


def test_nothing_described_and_nothing_there_is_told(visualiser, tmp_path) -> None:
    said = visualiser("sweep", "--out", tmp_path / "none")
    assert said.code == 2 and "no sweep" in said.err
    assert not (tmp_path / "none").exists()


def test_a_second_way_of_spoiling_and_another_one_are_lines(visualiser, tmp_path) -> None:
    words = ("--amounts", "0,0.2", "--seeds", "1", "--quiet", "--json")
    second = ("--second", "feature-noise=0,1", "--out", tmp_path / "a")
    labels = [one["label"] for one in visualiser("sweep", *QUICK, *words, *second).json()["lines"]]
    assert labels == ["Noisy features: none", "Noisy features: 1 sd"]
    against = ("--against", "pair-flip", "--out", tmp_path / "b")
    chart = visualiser("sweep", *QUICK, *words, *against).json()
    assert len(chart["lines"]) == 2
    clean = [line["points"][0]["values"] for line in chart["lines"]]
    assert clean[0] == clean[1]
    assert lines_of(tmp_path / "b") == 3  # clean data are clean data


def test_interrupted_it_keeps_what_is_done_and_says_how_to_go_on(
    visualiser, tmp_path, monkeypatch
) -> None:
    out = tmp_path / "noise"
    words = (*QUICK, "--amounts", "0,0.2,0.4", "--seeds", "1", "--out", out, "--quiet")
    with monkeypatch.context() as patched:  # Ctrl-C when the first run is done
        patched.setattr(SweepBar, "hear", lambda bar, result: signal.raise_signal(signal.SIGINT))
        said = visualiser("sweep", *words, "--workers", "1")
    assert said.code == 130
    assert lines_of(out) == 1 and "goes on" in said.err
    assert visualiser("sweep", "--out", out, "--quiet").code == 0
    assert lines_of(out) == 3
