"""A third model, which learns from the spoiled data after repairs."""

import numpy as np
import pytest

from tests.core.findings.made_rows import bundled
from tests.core.training.conftest import assert_same_history, run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Repair,
    Spoiling,
)
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def true_labels(trainer: Trainer) -> tuple[Repair, ...]:
    """What puts every wrong label right."""
    part, dataset = trainer.snapshot(Want.NOTHING, "paused").spoiled_train, trainer.info.dataset
    true = dataset.labels[part.rows]
    return tuple(
        Repair(row=int(row), label=float(label))
        for row, label in zip(part.rows, true, strict=True)
        if label != part.labels[np.flatnonzero(part.rows == row)[0]]
    )


def test_with_all_labels_put_right_the_third_model_is_the_clean_twin(
    moons: Dataset, experiment: Experiment
) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.4))
    repairs = true_labels(Trainer(spoiled, moons))
    trainer = run(Trainer(spoiled.replace(repairs=repairs), moons), 80)
    rows = trainer.history.view()
    for name in ("train_loss", "validation_loss", "validation_metric"):
        assert np.array_equal(rows[f"cleaned_{name}"], rows[f"twin_{name}"])
    assert not np.array_equal(rows["cleaned_validation_loss"], rows["validation_loss"])
    exam = trainer.open_test()
    assert exam.cleaned_figures == exam.twin_figures


def test_the_student_and_its_twin_do_not_mind_a_third(
    moons: Dataset, experiment: Experiment
) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.4))
    alone = run(Trainer(spoiled, moons), 60).history.view()
    beside = Trainer(spoiled.replace(repairs=(Repair(row=3), Repair(row=4))), moons)
    rows = run(beside, 60).history.view()
    for name in ("validation_loss", "twin_validation_loss", "train_loss"):
        assert np.array_equal(rows[name], alone[name])
    assert np.isnan(alone["cleaned_validation_loss"]).all()


def test_repairs_in_the_middle_of_a_run_are_replayed(
    moons: Dataset, experiment: Experiment
) -> None:
    live = run(Trainer(experiment.replace(spoiling=wrong_labels(0.4)), moons), 20)
    live.change_repairs(true_labels(live)[:10])
    run(live, 30)
    live.change_spoiling(wrong_labels(0.2))
    run(live, 20)
    live.change_repairs(())
    run(live, 10)
    snapshot = live.snapshot(Want.NOTHING, "paused")
    assert [marker.text for marker in snapshot.markers] == [
        "10 labels replaced",
        "Wrong labels 20 %",
        "no repairs",
    ]
    again = run(Trainer(snapshot.experiment, moons), 80)
    assert_same_history(again.history.view(), live.history.view())


def test_answers_of_the_third_are_in_the_predictions(
    moons: Dataset, experiment: Experiment
) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.4), repairs=(Repair(row=0),))
    shown = run(Trainer(spoiled, moons), 40).snapshot(Want.PREDICTIONS, "paused", fresh=True)
    assert shown.predictions is not None and shown.predictions.cleaned_output is not None
    labels = shown.info.split.validation.labels[shown.info.watched]
    share = np.mean(shown.predictions.cleaned_output.argmax(axis=1) == labels)
    assert shown.cleaned_validation is not None
    assert shown.cleaned_validation.values["accuracy"] == pytest.approx(share)


def test_a_label_that_there_is_not_changes_nothing(moons: Dataset, experiment: Experiment) -> None:
    trainer = run(Trainer(experiment, moons), 5)
    with pytest.raises(UserError, match="no class"):
        trainer.change_repairs((Repair(row=0, label=2),))
    assert trainer.snapshot(Want.NOTHING, "paused").mended is None


def test_a_plan_by_epochs_comes_when_they_are_done(moons: Dataset, experiment: Experiment) -> None:
    plan = (Edit(epoch=2, spoiling=wrong_labels(0.3)), Edit(epoch=4, spoiling=Spoiling()))
    trainer = Trainer(experiment.replace(edits=plan), moons)
    while not trainer.finished:
        trainer.step()
    shown = trainer.snapshot(Want.NOTHING, "paused")
    assert [(marker.epoch, marker.text) for marker in shown.markers] == [
        (2.0, "Wrong labels 30 %"),
        (4.0, "healed"),
    ]
    made = shown.experiment.edits
    assert [edit.epoch for edit in made] == [None, None]
    again = run(Trainer(shown.experiment, moons), trainer.step_number)
    assert_same_history(again.history.view(), trainer.history.view())


def test_a_plan_made_in_a_run_takes_the_place_of_the_old_one(
    moons: Dataset, experiment: Experiment
) -> None:
    old = (Edit(step=10, spoiling=wrong_labels(0.3)), Edit(step=30, spoiling=Spoiling()))
    trainer = run(Trainer(experiment.replace(edits=old), moons), 15)
    trainer.change_plan((Edit(step=20, spoiling=wrong_labels(0.6)),))
    run(trainer, 25)
    shown = trainer.snapshot(Want.NOTHING, "paused")
    assert shown.spoiling == wrong_labels(0.6)
    assert (shown.plan.done, shown.plan.spoiling) == (1, wrong_labels(0.3))
    assert [edit.step for edit in shown.experiment.edits] == [10, 20]
    with pytest.raises(UserError):
        trainer.change_plan(
            (
                Edit(
                    step=50,
                    spoiling=wrong_labels(0.1).replace(
                        corruptions=(wrong_labels(0.1).corruptions[0].replace(name="typos"),)
                    ),
                ),
            )
        )


def trained(name: str, spoiling: Spoiling, *columns: str) -> Trainer:
    experiment = starting_point(DatasetConfig(name=name)).replace(
        spoiling=spoiling, repairs=tuple(Repair(column=column) for column in columns)
    )
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    while trainer.epoch < 8:
        trainer.step()
    return trainer


def test_without_the_leaked_column_the_third_model_is_nearly_as_good_as_the_clean_twin() -> None:
    leak = Spoiling(corruptions=(CorruptionConfig(name="target_leakage", amount=1.0),))
    trainer = trained("titanic", leak, "leaked fate")
    figures = [
        None if one is None else one["test"].values["accuracy"]
        for one in (*trainer.final_figures(), trainer.repaired_figures())
    ]
    student, twin, third = figures
    assert student is not None and twin is not None and third is not None
    assert third > student + 0.05 and abs(third - twin) < 0.03
    exam = trainer.open_test()
    assert exam.cleaned_figures is not None
    assert exam.cleaned_figures.values["accuracy"] == pytest.approx(third)


def test_columns_of_the_data_are_kept_from_the_third_model_in_validation_too() -> None:
    columns = bundled("titanic")[0].features.names  # type: ignore[union-attr]
    trainer = trained("titanic", Spoiling(), *columns)
    snapshot = trainer.snapshot(Want.PREDICTIONS, "paused", fresh=True)
    assert snapshot.predictions is not None and snapshot.mended is not None
    answers = snapshot.predictions.cleaned_output
    assert answers is not None and set(snapshot.mended.done.hidden) == set(columns)
    assert len(np.unique(answers, axis=0)) == 1
    assert len(np.unique(snapshot.predictions.output, axis=0)) > 5


def test_a_column_left_out_in_the_middle_of_a_run_is_marked_and_taken_back() -> None:
    leak = Spoiling(corruptions=(CorruptionConfig(name="target_leakage", amount=1.0),))
    trainer = trained("titanic", leak)
    trainer.change_repairs((Repair(column="leaked fate"),))
    for _ in range(20):
        trainer.step()
    snapshot = trainer.snapshot(Want.NOTHING, "paused", fresh=True)
    assert "column “leaked fate” left out" in snapshot.markers[-1].text
    assert snapshot.cleaned_validation is not None
    trainer.change_repairs(())
    trainer.step()
    assert trainer.snapshot(Want.NOTHING, "paused", fresh=True).mended is None
