import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, log_loss

from tests.core.training.conftest import CARD, assert_same_history, run, wrong_labels
from tests.core.wants import EVERYTHING
from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import (
    CorruptionConfig,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.questions.plane import PLANE
from visualiser.core.training.history import COLUMNS
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want

TWIN = [name for name in COLUMNS if name.startswith("twin_")]


def test_the_same_experiment_gives_the_same_history(moons: Dataset, experiment: Experiment) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.3))
    first, second = (run(Trainer(spoiled, moons), 150) for _ in range(2))
    assert_same_history(first.history.view(), second.history.view())


def test_looking_at_every_step_changes_nothing(moons: Dataset, experiment: Experiment) -> None:
    spoiled = experiment.replace(spoiling=wrong_labels(0.3))
    unseen, watched = Trainer(spoiled, moons), Trainer(spoiled, moons)
    run(unseen, 60)
    for _ in range(60):
        watched.step()
        watched.snapshot(EVERYTHING, "running", fresh=True)
        watched.open_test()
    unseen.snapshot(Want.NOTHING, "paused", fresh=True)
    assert_same_history(unseen.history.view(), watched.history.view())


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam", "adamw"])
def test_the_twin_is_what_a_clean_run_would_have_been(
    moons: Dataset, experiment: Experiment, optimizer: str
) -> None:
    training = experiment.training.replace(optimizer=optimizer, weight_decay=0.01, evaluate_every=5)
    experiment = experiment.replace(training=training)
    clean = run(Trainer(experiment, moons), 90)
    spoiled = run(Trainer(experiment, moons), 35)
    assert not spoiled.snapshot(Want.NOTHING, "paused").twin_differs
    spoiled.change_spoiling(wrong_labels(0.4))
    run(spoiled, 55)
    history, oracle = spoiled.history.view(), clean.history.view()
    _, here, there = np.intersect1d(history["step"], oracle["step"], return_indices=True)
    assert history["step"][here[-1]] > 60
    for name in TWIN:
        own = name.removeprefix("twin_")
        assert np.array_equal(history[name][here], oracle[own][there], equal_nan=True), name
    assert not np.array_equal(history["train_loss"][here], oracle["train_loss"][there])


def test_figures_before_the_first_step_are_there(moons: Dataset, experiment: Experiment) -> None:
    snapshot = Trainer(experiment, moons).snapshot(EVERYTHING, "ready")
    assert snapshot.step == 0 and len(snapshot.history) == 0
    assert snapshot.predictions is not None and snapshot.answer(PLANE) is not None
    assert np.isnan(snapshot.batch_loss)
    assert len(snapshot.layers) == 2 and snapshot.layers[0].weight.shape == (8, 2)


def test_a_logistic_regression_ends_where_scikit_learns_does(moons: Dataset) -> None:
    config = TrainingConfig(batch_size=140, learning_rate=0.1, optimizer="momentum")
    trainer = run(
        Trainer(Experiment(model=ModelConfig(name="linear"), training=config), moons), 600
    )
    split = trainer.info.split
    x, scale = np.asarray(split.train.features), np.asarray(split.train.features).std(axis=0)
    oracle = LogisticRegression(C=np.inf).fit(x / scale, split.train.labels)
    chances = oracle.predict_proba(np.asarray(split.validation.features) / scale)
    figures = trainer.snapshot(Want.NOTHING, "paused", fresh=True).validation
    assert figures.loss == pytest.approx(log_loss(split.validation.labels, chances), abs=0.01)
    expected = accuracy_score(split.validation.labels, chances.argmax(axis=1))
    assert figures.values["accuracy"] == pytest.approx(expected, abs=0.04)


def test_a_linear_regression_answers_in_the_targets_unit(slope: Dataset) -> None:
    config = TrainingConfig(batch_size=210, learning_rate=0.1, optimizer="sgd")
    trainer = run(
        Trainer(Experiment(model=ModelConfig(name="linear"), training=config), slope), 300
    )
    split = trainer.info.split
    oracle = LinearRegression().fit(split.train.features, split.train.labels)
    answers = trainer.open_test().predictions
    assert np.allclose(answers, oracle.predict(split.test.features), atol=0.01)


def test_final_figures_cover_all_rows_of_student_and_twin(
    moons: Dataset, experiment: Experiment
) -> None:
    trainer = run(Trainer(experiment.replace(spoiling=wrong_labels(0.5)), moons), 100)
    student, twin = trainer.final_figures()
    assert twin is not None and set(student) == set(twin) == {"train", "validation", "test"}
    assert student["train"].values["accuracy"] < twin["train"].values["accuracy"]


def test_final_figures_of_a_clean_run_are_measured_once_for_both(
    moons: Dataset, experiment: Experiment
) -> None:
    student, twin = run(Trainer(experiment, moons), 20).final_figures()
    assert twin is student


def test_without_a_twin_there_are_no_twin_figures(moons: Dataset, experiment: Experiment) -> None:
    training = experiment.training.replace(twin=False)
    spoiled = experiment.replace(training=training, spoiling=wrong_labels(0.5))
    trainer = run(Trainer(spoiled, moons), 30)
    snapshot = trainer.snapshot(EVERYTHING, "paused")
    assert snapshot.twin_validation is None and snapshot.predictions is not None
    assert snapshot.predictions.twin_output is None and not snapshot.twin_layers
    assert trainer.final_figures()[1] is None
    assert np.isnan(trainer.history.view()["twin_validation_loss"]).all()


def test_a_learning_rate_of_100_ends_in_a_lost_loss_with_advice(slope: Dataset) -> None:
    config = TrainingConfig(batch_size=16, learning_rate=100, optimizer="sgd")
    trainer = run(Trainer(Experiment(model=ModelConfig(name="mlp"), training=config), slope), 500)
    snapshot = trainer.snapshot(EVERYTHING, "running")
    assert trainer.diverged and snapshot.state == "diverged"
    assert "learning rate" in snapshot.advice
    stopped_at = trainer.step_number
    assert run(trainer, 3).step_number == stopped_at


def test_an_exploded_but_finite_loss_gets_advice_too(moons: Dataset) -> None:
    config = TrainingConfig(batch_size=16, learning_rate=100, optimizer="adam")
    trainer = run(Trainer(Experiment(training=config), moons), 200)
    assert "learning rate is too high" in trainer.snapshot(Want.NOTHING, "running").advice


def test_validation_is_clean_unless_the_switch_adds_a_spoiled_one(
    moons: Dataset, experiment: Experiment
) -> None:
    config = (CorruptionConfig(name="symmetric_label_noise", amount=0.5),)
    both = Spoiling(corruptions=config).done_to("both")
    trainer = run(Trainer(experiment.replace(spoiling=both), moons), 40)
    plain = run(Trainer(experiment.replace(spoiling=wrong_labels(0.5)), moons), 40)
    view, clean = trainer.history.view(), plain.history.view()
    assert np.array_equal(view["validation_loss"], clean["validation_loss"])
    assert np.isfinite(view["spoiled_validation_loss"]).all()
    assert np.isnan(clean["spoiled_validation_loss"]).all()
    assert not np.array_equal(view["spoiled_validation_loss"], view["validation_loss"])


def test_spoiled_validation_rows_are_those_that_their_figures_are_of(
    moons: Dataset, experiment: Experiment
) -> None:
    noise = CorruptionConfig(name="symmetric_label_noise", amount=0.5)
    both = Spoiling(corruptions=(noise,)).done_to("both")
    trainer = Trainer(experiment.replace(spoiling=both), moons)
    snapshot = run(trainer, 40).snapshot(Want.PREDICTIONS, "paused", fresh=True)
    rows, info = snapshot.validation_rows, snapshot.info
    assert rows is not None and snapshot.predictions is not None
    assert rows.clean.rows.tolist() == info.split.validation.rows[info.watched].tolist()
    changed = np.flatnonzero(rows.part.labels != rows.clean.labels[rows.part.origin])
    assert changed.tolist() == rows.changes[0].rows.tolist()
    share = np.mean(snapshot.predictions.output.argmax(axis=1) == rows.part.labels)
    assert snapshot.spoiled_validation is not None
    assert snapshot.spoiled_validation.values["accuracy"] == pytest.approx(share)
    trainer.change_spoiling(wrong_labels(0.5))
    assert trainer.snapshot(Want.NOTHING, "paused").validation_rows is None


def test_a_run_ends_its_epochs_with_an_evaluation(moons: Dataset, experiment: Experiment) -> None:
    trainer = Trainer(experiment, moons)
    while not trainer.finished:
        trainer.step()
    assert trainer.epoch == 3.0
    assert trainer.history.view()["step"][-1] == trainer.step_number == 3 * 9


def test_wrong_labels_learnt_by_heart_are_counted(experiment: Experiment) -> None:
    # So many coordinates that any labels at all can be told apart.
    points = np.random.default_rng(0).normal(size=(200, 40)).astype(np.float32)
    labels = (points[:, 0] > 0).astype(np.int64)
    wide = Dataset(
        "wide",
        "Wide",
        CARD,
        "points",
        "classification",
        points,
        labels,
        "side",
        ("l", "r"),
        feature_names=tuple(f"x{i}" for i in range(40)),
    )
    model = ModelConfig(name="mlp", options={"hidden": [64]})
    trainer = Trainer(experiment.replace(spoiling=wrong_labels(0.3), model=model), wide)
    snapshot = run(trainer, 600).snapshot(Want.NOTHING, "paused", fresh=True)
    assert snapshot.memorised is not None
    assert snapshot.memorised.total == snapshot.changes[0].changed
    assert snapshot.memorised.learnt == snapshot.memorised.total
