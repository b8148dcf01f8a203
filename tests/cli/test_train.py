"""`visualiser train`: what it says of a run."""

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.cli.small_run import ROOT, SMALL


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
    assert run["final"]["test"].keys() == {"loss", "accuracy", "f1"}
    assert run["corruption"][0]["name"] == "symmetric_label_noise"


def test_what_spoiled_validation_rows_would_show_is_said(visualiser: Any) -> None:
    words = ("train", *SMALL, "--label-noise", "0.5", "--spoil-validation")
    assert "spoiled points, accuracy" in visualiser(*words).out
    assert visualiser(*words, "--json").json()["spoiled_validation"].keys() == {
        "loss",
        "accuracy",
        "f1",
    }
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
    table, sentences, *diagnosis = answer.out.split("\n\n")[1:]
    assert all("on a sample of 1,000 validation rows:\n- " in block for block in diagnosis)
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
        f"and {counts['removed_rows']} points are gone."
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
