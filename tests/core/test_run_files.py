"""history.csv and run.json as another program reads them."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.run_files import (
    history_columns,
    history_text,
    run_document,
    write_history_csv,
    write_run_json,
)
from visualiser.core.training.history import COLUMNS, History
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))
EXPERIMENT = Experiment(
    dataset=DatasetConfig(name="shapes", options={"points": 100}),
    spoiling=NOISE,
    training=TrainingConfig(epochs=2, device="cpu"),
)


def trained(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment, load_dataset(experiment.dataset, experiment.seed))
    while not (trainer.finished or trainer.diverged):
        trainer.step()
    return trainer


def last_snapshot(trainer: Trainer) -> Snapshot:
    return trainer.snapshot(Want.NOTHING, "finished")


def document(experiment: Experiment) -> dict[str, Any]:
    trainer = trained(experiment)
    return run_document(last_snapshot(trainer), *trainer.final_figures())


def history(*rows: dict[str, float]) -> History:
    grown = History()
    for row in rows:
        grown.append(row)
    return grown


# history.csv


@pytest.mark.parametrize("metric", ["accuracy", "mae"])
def test_the_metric_is_named_in_the_header(metric: str) -> None:
    header = history_text(history().view(), metric).strip().split(",")
    assert tuple(header) == history_columns(metric)
    assert header[:4] == ["step", "epoch", "train_loss", "validation_loss"]
    assert {f"{p}_{metric}" for p in ("train", "twin_validation", "spoiled_validation")} <= {
        *header
    }
    assert not any("metric" in name for name in header)


def test_numbers_come_back_to_the_last_bit() -> None:
    rng = np.random.default_rng(0)
    rows = [
        {name: float(rng.lognormal() * 10.0 ** rng.integers(-9, 9)) for name in COLUMNS}
        | {"step": float(step)}
        for step in range(50)
    ]
    text = history_text(history(*rows).view(), "accuracy")
    _, *lines = csv.reader(io.StringIO(text))
    assert [[float(cell) for cell in line] for line in lines] == [[*r.values()] for r in rows]


def test_steps_are_whole_and_missing_figures_empty() -> None:
    text = history_text(history({"step": 12, "epoch": 0.5}).view(), "accuracy")
    assert text.splitlines()[1] == "12,0.5" + "," * (len(COLUMNS) - 2)


def test_infinite_losses_stay_visible() -> None:
    text = history_text(history({"step": 1, "train_loss": math.inf}).view(), "accuracy")
    row = next(csv.DictReader(io.StringIO(text)))
    assert float(row["train_loss"]) == math.inf


def test_the_same_experiment_gives_the_same_bytes(tmp_path: Path) -> None:
    healed = EXPERIMENT.replace(
        edits=(Edit(step=3, spoiling=Spoiling()), Edit(step=4, learning_rate=0.1))
    )
    for name in ("first", "second"):
        trainer = trained(healed)
        write_history_csv(trainer.history.view(), trainer.info.metric.name, tmp_path / name)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    assert b"\r" not in (tmp_path / "first").read_bytes()


def test_planned_edits_are_applied() -> None:
    plan = EXPERIMENT.replace(edits=(Edit(step=3, learning_rate=0.125),))
    rates = trained(plan).history.view()["learning_rate"]
    assert {*rates.tolist()} == {0.003, 0.125}


# run.json


def test_a_run_has_what_other_programs_look_for() -> None:
    run = document(EXPERIMENT)
    assert Experiment.model_validate(run["experiment"]) == EXPERIMENT
    assert run["format"] == "training-visualiser-run" and run["version"] == 1
    assert run["device"].startswith("CPU")
    assert run["steps"] == 6 and run["seconds"] >= 0
    (change,) = run["corruption"]
    assert {*change} == {"name", "amount", "changed", "eligible"}
    assert (change["name"], change["amount"]) == ("symmetric_label_noise", 0.3)
    assert change["eligible"] == 70 and 0 < change["changed"] < 70
    assert run["memorised"]["total"] == change["changed"]
    assert run["spoiled_in_all"] == {
        "rows": 70,
        "wrong_labels": change["changed"],
        "noisy_rows": 0,
        "removed_rows": 0,
        "copied_rows": 0,
        "altered_rows": 0,
        "repeated_rows": 0,
    }
    for final in (run["final"], run["twin_final"]):
        assert {*final} == {"train", "validation", "test"}
        assert all({*figures} == {"loss", "accuracy", "f1"} for figures in final.values())
    assert run["final"] != run["twin_final"]


def test_what_several_ways_of_spoiling_came_to_is_counted_in_the_end() -> None:
    spoiling = NOISE.replace(
        corruptions=(
            *NOISE.corruptions,
            CorruptionConfig(name="class_imbalance", amount=0.1),
        )
    )
    trainer = trained(EXPERIMENT.replace(spoiling=spoiling))
    snapshot = last_snapshot(trainer)
    run = run_document(snapshot, *trainer.final_figures())
    part, clean = snapshot.spoiled_train, snapshot.info.split.train
    true_label = dict(zip(clean.rows.tolist(), clean.labels.tolist(), strict=True))
    wrong = [true_label[row] for row in part.rows.tolist()] != part.labels
    counts = run["spoiled_in_all"]
    assert counts["wrong_labels"] == np.count_nonzero(wrong)
    assert counts["wrong_labels"] < run["corruption"][0]["changed"]
    assert counts["rows"] == len(part) == 70 - counts["removed_rows"]
    assert counts["removed_rows"] == run["corruption"][1]["changed"]


def test_regression_reports_errors_in_the_unit_of_the_target() -> None:
    run = document(
        EXPERIMENT.replace(
            dataset=DatasetConfig(name="sacramento"),
            spoiling=Spoiling(),
            training=TrainingConfig(epochs=1, device="cpu"),
        )
    )
    assert {*run["final"]["test"]} >= {"loss", "mae"}
    assert run["final"]["test"]["mae"] > 1000
    assert run["final"] == run["twin_final"]
    assert run["corruption"] == [] and run["memorised"] is None and run["changed_errors"] is None


def test_errors_of_changed_targets_are_reported() -> None:
    noise = CorruptionConfig(name="target_noise", amount=1.0)
    trainer = trained(
        EXPERIMENT.replace(
            dataset=DatasetConfig(name="sacramento"),
            spoiling=Spoiling(corruptions=(noise,)),
            training=TrainingConfig(epochs=1, device="cpu"),
        )
    )
    run = run_document(last_snapshot(trainer), *trainer.final_figures())
    told, history = run["changed_errors"], trainer.history.view()
    assert told["given"] == history["changed_given_error"][-1]
    assert told["true"] == history["changed_true_error"][-1]
    assert told["change"] == history["changed_by"][-1]
    assert (told["total"], told["sampled"]) == (500, True)


def test_without_a_twin_its_figures_are_null() -> None:
    training = TrainingConfig(epochs=1, twin=False, device="cpu")
    assert document(EXPERIMENT.replace(training=training))["twin_final"] is None


def test_the_saved_run_is_strict_json_even_when_it_diverged(tmp_path: Path) -> None:
    training = TrainingConfig(
        optimizer="sgd", learning_rate=1000, weight_decay=10, epochs=400, device="cpu", twin=False
    )
    trainer = trained(EXPERIMENT.replace(training=training))
    assert trainer.diverged
    run = run_document(last_snapshot(trainer), *trainer.final_figures())
    write_run_json(run, tmp_path / "run.json")

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    read = json.loads((tmp_path / "run.json").read_text("utf-8"), parse_constant=refuse)
    assert read == run
    assert read["state"] == "diverged"
    assert read["final"]["train"]["loss"] is None


def test_files_that_cannot_be_written_are_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"history\.csv"):
        write_history_csv(history().view(), "accuracy", tmp_path / "gone" / "history.csv")
    with pytest.raises(UserError, match=r"run\.json"):
        write_run_json({}, tmp_path / "gone" / "run.json")
