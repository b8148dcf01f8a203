"""Data that changes during a run, as when points are painted."""

import numpy as np
import pytest

from tests.core.wants import EVERYTHING
from visualiser.core.data.painted_points import PaintedPoint, first_points, painted_point
from visualiser.core.data.registry import load_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
    Stroke,
)
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def painted(*points: PaintedPoint) -> DatasetConfig:
    listed = [list(point) for point in points]
    return DatasetConfig(name="painted", options={"classes": 2, "points": listed})


FIRST = first_points(2)
MORE = tuple(painted_point(0.1 * i, -4 + 0.1 * i, 1) for i in range(30))


def trainer(experiment: Experiment | None = None) -> Trainer:
    chosen = experiment or starting_point(painted(*FIRST))
    return Trainer(chosen, load_dataset(chosen.dataset, chosen.seed))


def stepped(run: Trainer, steps: int) -> Trainer:
    for _ in range(steps):
        run.step()
    return run


def rows(run: Trainer) -> dict[str, np.ndarray]:
    view = run.history.view()
    return {name: view[name] for name in ("step", "train_loss", "validation_loss")}


def test_painted_points_are_learnt_from_with_the_weights_there_are() -> None:
    run = stepped(trainer(), 40)
    before = run.snapshot(EVERYTHING, "paused").layers
    run.change_data(painted(*FIRST, *MORE))
    after = run.snapshot(EVERYTHING, "paused", fresh=True)
    for old, new in zip(before, after.layers, strict=True):
        assert np.array_equal(old.weight, new.weight)
    assert len(after.info.dataset) == len(FIRST) + len(MORE)
    assert len(after.spoiled_train) == len(after.info.split.train)
    assert after.predictions is not None
    assert len(after.predictions.output) == len(after.info.watched)
    assert [marker.text for marker in after.markers] == ["+30 points"]
    epoch = run.epoch
    stepped(run, 40)
    assert run.epoch > epoch and run.snapshot(Want.NOTHING, "paused").step == 80


def test_no_point_moves_from_one_part_to_another() -> None:
    run = stepped(trainer(), 5)
    held_out = {tuple(x) for x in np.asarray(run.info.split.validation.features).tolist()}
    run.change_data(painted(*FIRST, *MORE))
    train = {tuple(x) for x in np.asarray(run.info.split.train.features).tolist()}
    assert not held_out & train


def test_a_painted_run_is_replayed_to_the_bit_from_what_it_kept() -> None:
    run = stepped(trainer(), 13)
    run.change_data(painted(*FIRST, *MORE))
    stepped(run, 20)
    run.change_data(painted(*FIRST))
    stepped(run, 7)
    kept = run.snapshot(Want.NOTHING, "paused").experiment
    again = stepped(trainer(Experiment.model_validate_json(kept.model_dump_json())), 40)
    for name, column in rows(run).items():
        assert np.array_equal(column, rows(again)[name], equal_nan=True), name


def test_an_edit_that_names_all_points_is_the_same_run_as_one_that_names_the_stroke() -> None:
    run = stepped(trainer(), 13)
    run.change_data(painted(*FIRST[3:], *MORE))
    kept = run.snapshot(Want.NOTHING, "paused").experiment
    assert [edit.stroke for edit in kept.edits] == [Stroke(erased=(0, 1, 2), added=MORE)]
    whole = kept.replace(edits=(Edit(step=13, dataset=painted(*FIRST[3:], *MORE)),))
    one, other = stepped(trainer(kept), 30), stepped(trainer(whole), 30)
    for name, column in rows(one).items():
        assert np.array_equal(column, rows(other)[name], equal_nan=True), name


def test_painting_before_the_first_step_is_part_of_the_experiment() -> None:
    run = trainer()
    run.change_data(painted(*FIRST, *MORE))
    kept = run.snapshot(Want.NOTHING, "ready", fresh=True).experiment
    assert kept.dataset == painted(*FIRST, *MORE) and not kept.edits
    direct = stepped(trainer(kept), 30)
    stepped(run, 30)
    assert np.array_equal(rows(run)["train_loss"], rows(direct)["train_loss"])


def test_spoiling_stays_in_force_and_the_twin_sees_the_points_clean() -> None:
    noise = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.3),))
    run = stepped(trainer(starting_point(painted(*FIRST)).replace(spoiling=noise)), 20)
    run.change_data(painted(*FIRST, *MORE))
    snapshot = stepped(run, 20).snapshot(EVERYTHING, "paused", fresh=True)
    assert snapshot.twin_differs and snapshot.twin_train is not None
    assert snapshot.changes[0].eligible == len(snapshot.info.split.train)
    assert snapshot.changes[0].changed > 0


@pytest.mark.parametrize(
    "other", [painted(*FIRST[:6]), DatasetConfig(name="sacramento"), DatasetConfig(name="shapes")]
)
def test_data_that_cannot_be_gone_on_with_changes_nothing(other: DatasetConfig) -> None:
    if other.name == "shapes":
        other = other.replace(options={"classes": 3})
    run, same = stepped(trainer(), 10), stepped(trainer(), 10)
    with pytest.raises(UserError):
        run.change_data(other)
    stepped(run, 10)
    stepped(same, 10)
    for name, column in rows(run).items():
        assert np.array_equal(column, rows(same)[name], equal_nan=True), name
