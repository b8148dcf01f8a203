import numpy as np
import pytest
from sklearn.metrics import mean_absolute_error

from tests.core.training.conftest import assert_same_history, run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Experiment, Spoiling
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.core.training.wrong_labels import WrongLabels


def watched(trainer: Trainer) -> WrongLabels:
    labels = trainer.snapshot(Want.NOTHING, "paused", fresh=True).wrong_labels
    assert labels is not None
    return labels


@pytest.fixture
def trainer(moons: Dataset, experiment: Experiment) -> Trainer:
    model = experiment.model.replace(options={"hidden": [64, 64], "dropout": 0.0})
    return Trainer(experiment.replace(model=model, spoiling=wrong_labels(0.3)), moons)


def test_rows_with_a_wrong_label_are_told_with_both_labels(
    trainer: Trainer, moons: Dataset
) -> None:
    labels = watched(trainer)
    part = trainer.snapshot(Want.NOTHING, "paused").spoiled_train
    wrong = np.flatnonzero(part.labels != moons.labels[part.rows])
    assert labels.position.tolist() == wrong.tolist()
    assert labels.given.tolist() == part.labels[wrong].tolist()
    assert labels.true.tolist() == moons.labels[part.rows[wrong]].tolist()


def test_counts_and_curves_are_of_the_same_rows(trainer: Trainer) -> None:
    run(trainer, 60)
    labels = watched(trainer)
    memorised = trainer.snapshot(Want.NOTHING, "paused", fresh=True).memorised
    assert memorised is not None
    assert memorised.learnt == np.count_nonzero(labels.answered == labels.given)
    assert memorised.resisted == np.count_nonzero(labels.answered == labels.true)
    assert memorised.resisted == np.count_nonzero(labels.resisted)
    row = trainer.history.view()
    assert ((row["memorised"] + row["resisted"])[1:] <= 1 + 1e-12).all()


def test_a_row_is_learnt_since_the_first_of_its_unbroken_answers(trainer: Trainer) -> None:
    since: dict[int, int] = {}
    for _ in range(90):
        run(trainer, 1)
        labels = watched(trainer)
        for row, given, answer, told in zip(
            labels.rows, labels.given, labels.answered, labels.since, strict=True
        ):
            if given != answer:
                since.pop(int(row), None)
                assert told == -1
            else:
                first = since.setdefault(int(row), int(told))
                assert told == first <= trainer.step_number
    assert since


def test_a_row_is_looked_at_since_the_label_became_wrong(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = run(Trainer(experiment, moons), 10)
    trainer.change_spoiling(wrong_labels(0.3))
    labels = watched(trainer)
    assert (labels.first == 10).all()
    run(trainer, 20)
    assert (watched(trainer).first == 10).all()
    trainer.change_spoiling(wrong_labels(0.6))
    more = watched(trainer)
    old = np.isin(more.rows, labels.rows) & (more.first == 10)
    assert old.sum() == len(labels.rows) and (more.first[~old] == 30).all()
    assert len(more.rows) > len(labels.rows)


def test_more_noise_of_the_same_pattern_keeps_what_is_known(trainer: Trainer) -> None:
    run(trainer, 200)
    before = watched(trainer)
    learnt = {(r, g): s for r, g, s in zip(before.rows, before.given, before.since, strict=True)}
    trainer.change_spoiling(wrong_labels(0.4))
    after = watched(trainer)
    for row, given, step in zip(after.rows, after.given, after.since, strict=True):
        if learnt.get((row, given), -1) >= 0:
            assert step == learnt[row, given]


def test_healed_data_has_no_wrong_labels(trainer: Trainer) -> None:
    trainer.change_spoiling(Spoiling())
    assert trainer.snapshot(Want.NOTHING, "paused", fresh=True).wrong_labels is None


@pytest.fixture
def estimated(slope: Dataset, experiment: Experiment) -> Trainer:
    """Targets that were estimated, and a model with room to learn them by heart."""
    model = experiment.model.replace(options={"hidden": [64, 64], "dropout": 0.0})
    return Trainer(experiment.replace(model=model, spoiling=imprecise(1.0)), slope)


def imprecise(amount: float) -> Spoiling:
    return Spoiling(corruptions=(CorruptionConfig(name="target_noise", amount=amount),))


def test_rows_with_a_changed_target_are_told_with_both_targets(
    estimated: Trainer, slope: Dataset
) -> None:
    watched_rows = watched(estimated)
    part = estimated.snapshot(Want.NOTHING, "paused").spoiled_train
    changed = np.flatnonzero(part.labels != slope.labels[part.rows])
    assert len(changed) and watched_rows.position.tolist() == changed.tolist()
    assert watched_rows.given.tolist() == part.labels[changed].tolist()
    assert watched_rows.true.tolist() == slope.labels[part.rows[changed]].tolist()


def test_errors_of_changed_targets_are_those_of_the_answers_to_their_rows(
    estimated: Trainer,
) -> None:
    run(estimated, 60)
    snapshot = estimated.snapshot(Want.NOTHING, "paused", fresh=True)
    rows, errors = watched(estimated), snapshot.changed_errors
    assert errors is not None and snapshot.memorised is None
    assert errors.given == pytest.approx(mean_absolute_error(rows.given, rows.answered))
    assert errors.true == pytest.approx(mean_absolute_error(rows.true, rows.answered))
    assert errors.total == len(rows.rows)


def test_errors_of_changed_targets_are_columns_of_the_history(estimated: Trainer) -> None:
    run(estimated, 60)
    history = estimated.history.view()
    given, true = history["changed_given_error"], history["changed_true_error"]
    assert np.isfinite(given).all() and np.isfinite(true).all()
    # All of the few training rows are watched, and all of their targets are changed.
    assert given == pytest.approx(history["train_metric"])
    assert np.isnan(history["memorised"]).all()


def test_a_changed_target_is_hit_within_a_quarter_of_its_change(estimated: Trainer) -> None:
    run(estimated, 300)
    rows = watched(estimated)
    change = np.abs(rows.given - rows.true)
    assert ((rows.since >= 0) == (np.abs(rows.answered - rows.given) <= change / 4)).all()
    assert (rows.resisted == (np.abs(rows.answered - rows.true) <= change / 4)).all()
    assert not (rows.resisted & (rows.since >= 0)).any()


def test_forecasts_are_held_against_changed_values_in_their_unit(experiment: Experiment) -> None:
    config = DatasetConfig(name="bike_daily")
    days = load_dataset(config, 0)
    plan = starting_point(config).replace(spoiling=imprecise(1.0))
    trainer = run(Trainer(plan, days), 20)
    rows, snapshot = watched(trainer), trainer.snapshot(Want.NOTHING, "paused")
    part = snapshot.spoiled_train.take(rows.position)
    assert rows.given.tolist() == part.labels.tolist()
    assert np.median(np.abs(rows.answered - rows.true)) < days.labels.std()


def test_targets_that_are_right_again_are_not_looked_at(estimated: Trainer) -> None:
    run(estimated, 10)
    estimated.change_spoiling(Spoiling())
    snapshot = estimated.snapshot(Want.NOTHING, "paused", fresh=True)
    assert snapshot.changed_errors is None and snapshot.wrong_labels is None


def test_looking_at_changed_targets_leaves_the_run_as_it_is(
    estimated: Trainer, slope: Dataset
) -> None:
    looked_at = run(estimated, 50)
    for _ in range(3):
        looked_at.snapshot(Want.NOTHING, "paused", fresh=True)
    again = Trainer(looked_at.info.experiment, slope)
    assert_same_history(run(again, 100).history.view(), run(looked_at, 50).history.view())
