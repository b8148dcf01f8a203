"""Changes during a run: replayed to the bit, marked once a gesture, planned and dropped."""

import numpy as np
import pytest

from tests.core.training.conftest import assert_same_history, run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    Edit,
    Experiment,
    Repair,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def test_spoiling_and_healing_before_the_first_step_is_a_clean_run(
    moons: Dataset, experiment: Experiment
) -> None:
    healed = Trainer(experiment, moons)
    healed.change_spoiling(wrong_labels(0.4))
    assert healed.snapshot(Want.NOTHING, "ready", fresh=True).changes[0].changed > 0
    healed.change_spoiling(Spoiling())
    assert healed.snapshot(Want.NOTHING, "ready").experiment == experiment
    history = run(healed, 50).history.view()
    clean = run(Trainer(experiment, moons), 50).history.view()
    assert_same_history(history, clean)


def test_edits_made_by_hand_replay_from_the_saved_experiment(
    moons: Dataset, experiment: Experiment
) -> None:
    live = run(Trainer(experiment, moons), 20)
    live.change_spoiling(wrong_labels(0.4))
    run(live, 15).change_learning_rate(0.1)
    run(live, 15).change_spoiling(Spoiling())
    run(live, 15)
    snapshot = live.snapshot(Want.NOTHING, "paused")
    assert [edit.step for edit in snapshot.experiment.edits] == [20, 35, 50]
    assert [marker.text for marker in snapshot.markers] == [
        "Wrong labels 40 %",
        "learning rate 0.1",
        "healed",
    ]
    replayed = run(Trainer(snapshot.experiment, moons), 65)
    assert_same_history(live.history.view(), replayed.history.view())
    assert replayed.snapshot(Want.NOTHING, "paused").plan.done == 3


def test_each_planned_edit_has_a_marker_of_its_own_however_fast_the_machine(
    moons: Dataset, experiment: Experiment
) -> None:
    planned = experiment.replace(
        edits=(
            Edit(step=5, learning_rate=0.001),
            Edit(step=7, spoiling=wrong_labels(0.3)),
            Edit(step=9, learning_rate=0.02),
            Edit(step=11, spoiling=wrong_labels(0.6)),
        )
    )
    trainer = run(Trainer(planned, moons), 14)
    markers = trainer.snapshot(Want.NOTHING, "paused").markers
    assert [(marker.step, marker.text) for marker in markers] == [
        (5, "learning rate 0.001"),
        (7, "Wrong labels 30 %"),
        (9, "learning rate 0.02"),
        (11, "Wrong labels 60 %"),
    ]


def test_what_is_changed_before_the_first_step_is_in_the_first_row(
    moons: Dataset, experiment: Experiment
) -> None:
    by_hand = Trainer(experiment, moons)
    by_hand.snapshot(Want.NOTHING, "ready", fresh=True)
    by_hand.change_spoiling(wrong_labels(0.4))
    by_hand.change_learning_rate(0.05)
    by_hand.snapshot(Want.NOTHING, "ready", fresh=True)
    run(by_hand, 30)
    saved = by_hand.snapshot(Want.NOTHING, "paused").experiment
    assert not saved.edits and saved.spoiling == wrong_labels(0.4)
    assert_same_history(by_hand.history.view(), run(Trainer(saved, moons), 30).history.view())
    planned = experiment.replace(
        edits=(Edit(step=0, spoiling=wrong_labels(0.4), learning_rate=0.05),)
    )
    assert_same_history(by_hand.history.view(), run(Trainer(planned, moons), 30).history.view())


def test_a_curve_bends_at_the_marker_and_not_before(moons: Dataset, experiment: Experiment) -> None:
    trainer = run(Trainer(experiment, moons), 37)
    trainer.change_spoiling(wrong_labels(0.8))
    run(trainer, 40)
    history = trainer.history.view()
    before, after = np.flatnonzero(history["step"] == 37)
    assert history["train_loss"][after] > 2 * history["train_loss"][before]
    assert history["validation_loss"][after] == history["validation_loss"][before]
    assert history["step"][after + 1] == 38  # dense again: most happens just after an edit


def test_a_slider_moved_away_and_back_leaves_no_marker(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = run(Trainer(experiment, moons), 5)
    trainer.change_spoiling(wrong_labels(0.3))
    trainer.change_spoiling(Spoiling())
    run(trainer, 30)
    snapshot = trainer.snapshot(Want.NOTHING, "paused")
    assert not snapshot.markers
    replayed = run(Trainer(snapshot.experiment, moons), 35)
    assert_same_history(trainer.history.view(), replayed.history.view())


def test_a_drag_over_several_steps_is_marked_where_it_began_and_where_it_ended(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = run(Trainer(experiment, moons), 5)
    for rate in (0.1, 0.2, 0.3):
        trainer.change_spoiling(wrong_labels(rate))
        run(trainer, 2)
    snapshot = trainer.snapshot(Want.NOTHING, "paused")
    assert [(marker.step, marker.text) for marker in snapshot.markers] == [
        (5, "Wrong labels 10 %"),
        (9, "Wrong labels 30 %"),
    ]
    assert [edit.step for edit in snapshot.experiment.edits] == [5, 7, 9]
    replayed = run(Trainer(snapshot.experiment, moons), 11)
    assert_same_history(trainer.history.view(), replayed.history.view())


def test_a_plan_that_is_dropped_changes_nothing_but_what_was_to_come(
    moons: Dataset, experiment: Experiment
) -> None:
    plan = (Edit(step=10, spoiling=wrong_labels(0.3)), Edit(step=20, spoiling=Spoiling()))
    trainer = run(Trainer(experiment.replace(edits=plan), moons), 15)
    trainer.drop_plan()
    snapshot = run(trainer, 15).snapshot(Want.NOTHING, "paused")
    assert snapshot.spoiling == wrong_labels(0.3)
    assert snapshot.experiment.edits == plan[:1]


def test_an_edit_by_hand_ends_the_plan(moons: Dataset, experiment: Experiment) -> None:
    plan = (Edit(step=10, spoiling=wrong_labels(0.3)), Edit(step=20, spoiling=Spoiling()))
    trainer = run(Trainer(experiment.replace(edits=plan), moons), 15)
    trainer.change_learning_rate(0.02)
    snapshot = run(trainer, 15).snapshot(Want.NOTHING, "paused")
    assert snapshot.changes and [edit.step for edit in snapshot.experiment.edits] == [10, 15]


def test_a_run_ends_even_if_an_edit_takes_the_rest_of_its_last_epoch(moons: Dataset) -> None:
    rare = Spoiling(corruptions=(CorruptionConfig(name="class_imbalance", amount=0.01),))
    for seed in range(5):
        training = TrainingConfig(batch_size=1, epochs=1)
        edits = (Edit(step=135, spoiling=rare),)
        trainer = Trainer(Experiment(training=training, edits=edits, seed=seed), moons)
        run(trainer, 145)
        assert trainer.finished


def test_a_plan_that_goes_on_after_the_epochs_is_carried_out_with_an_epoch_after_it(
    moons: Dataset, experiment: Experiment
) -> None:
    training = experiment.training.replace(epochs=1)
    short = Trainer(experiment.replace(training=training), moons)
    epoch = 0
    while not short.finished:
        short.step()
        epoch += 1
    plan = (Edit(step=3 * epoch, spoiling=wrong_labels(0.3)),)
    trainer = Trainer(experiment.replace(training=training, edits=plan), moons)
    while not trainer.finished:
        trainer.step()
    assert (trainer.step_number, trainer.epochs) == (4 * epoch, 4)
    assert trainer.snapshot(Want.NOTHING, "finished").changes


def test_dragging_a_slider_at_one_step_leaves_one_marker(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = run(Trainer(experiment, moons), 5)
    for rate in (0.1, 0.2, 0.3):
        trainer.change_spoiling(wrong_labels(rate))
        trainer.change_learning_rate(rate)
    markers = trainer.snapshot(Want.NOTHING, "paused").markers
    assert [marker.text for marker in markers] == ["Wrong labels 30 %", "learning rate 0.3"]


@pytest.mark.parametrize(
    "edit",
    [
        Edit(step=20, spoiling=Spoiling(corruptions=(CorruptionConfig(name="typos", amount=0.1),))),
        Edit(step=20, repairs=(Repair(row=10_000),)),
    ],
)
def test_a_planned_change_that_does_not_fit_the_data_is_refused_before_the_first_step(
    moons: Dataset, experiment: Experiment, edit: Edit
) -> None:
    with pytest.raises(UserError):
        Trainer(experiment.replace(edits=(edit,)), moons)
