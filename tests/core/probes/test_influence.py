"""Importance and partial dependence against scikit-learn, and what a look of them costs."""

from typing import Any

import numpy as np
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence, permutation_importance

from tests.core.corruption.examples import DATASETS
from tests.core.probes.test_trial import trainer_of
from visualiser.core.data.dataset import Table
from visualiser.core.data.encoding_table import TableEncoder
from visualiser.core.experiment import (
    CorruptionConfig,
    Experiment,
    ModelConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.probes import influence
from visualiser.core.probes.influence import grid_of
from visualiser.core.questions.influence import (
    IMPORTANCE,
    ColumnImportance,
    Dependence,
    DependenceCurve,
)
from visualiser.core.questions.spec import Question
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


class Answering(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """The student as scikit-learn sees it: rows of numbers and codes in, answers out."""

    def __init__(self, trainer: Trainer, table: Table) -> None:
        self.trainer, self.table = trainer, table

    def fit(self, rows: np.ndarray, labels: np.ndarray) -> "Answering":
        self.fitted_ = True
        return self

    def predict(self, rows: np.ndarray) -> np.ndarray:
        numbers = len(self.table.numeric_names)
        table = self.table.take(np.zeros(len(rows), dtype=np.int64)).with_values(
            rows[:, :numbers].astype(np.float32), rows[:, numbers:].astype(np.int32)
        )
        return np.asarray(answers(self.trainer, table))

    def __sklearn_is_fitted__(self) -> bool:
        return True


def answers(trainer: Trainer, table: Table) -> Any:
    import torch

    preparation = trainer._data.probes._preparation
    inputs = torch.from_numpy(preparation.encoder.transform(table))
    return preparation.judge.answers(trainer._pair.student.outputs(inputs), table)


def rows_of(table: Table) -> np.ndarray:
    return np.hstack([table.numeric, table.categorical]).astype(np.float64)


def trained(name: str, steps: int = 200, **changes: object) -> Trainer:
    trainer = trainer_of(name, **changes)
    for _ in range(steps):
        trainer.step()
    return trainer


def ask(trainer: Trainer, question: Question[Any]) -> Any:
    return trainer.snapshot(Want.answers_to(question), "paused").answer(question)


def whole_importance(trainer: Trainer) -> ColumnImportance:
    """Asked until every column had its turn."""
    for _ in range(100):
        answer: ColumnImportance = ask(trainer, IMPORTANCE)
        if (answer.measured_at == trainer.step_number).all():
            return answer
    raise AssertionError("it never ends")


def test_importance_is_that_of_scikit_learn() -> None:
    trainer = trained("sacramento")
    answer = whole_importance(trainer)
    part = trainer._data.probes._probe(type(IMPORTANCE))._rows
    table = part.features
    oracle = permutation_importance(
        Answering(trainer, table).fit(rows_of(table), part.labels),
        rows_of(table),
        part.labels,
        scoring="neg_mean_absolute_error",
        n_repeats=30,
        random_state=0,
    )
    assert answer.names == table.names
    off = np.abs(answer.rise - oracle.importances_mean)
    assert (off <= 4 * oracle.importances_std + 1).all()
    assert answer.rise.max() > 10_000  # dollars: the size of a house matters
    assert answer.twin_rise is None


def test_dependence_is_that_of_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(influence, "_MOST_ROWS", 10_000)
    trainer = trained("sacramento")
    table = trainer.info.split.validation.take(trainer.info.watched).features
    assert isinstance(table, Table)
    for column in (0, len(table.names) - 1):
        curve: DependenceCurve = ask(trainer, Dependence(column))
        oracle = partial_dependence(
            Answering(trainer, table).fit(rows_of(table), np.zeros(len(table))),
            rows_of(table),
            [column],
            custom_values={column: curve.values},
            kind="average",
            method="brute",
        )
        np.testing.assert_allclose(curve.output[:, 0], oracle["average"][0], rtol=1e-4)
        assert curve.rows == len(table)


def test_figures_of_a_wide_table_are_those_of_a_finished_round() -> None:
    trainer = trained("ames", steps=3)
    first: ColumnImportance = ask(trainer, IMPORTANCE)
    assert 0 < first.turns < len(first.names) and not first.measured
    assert np.isnan(first.rise).all()
    whole = whole_importance(trainer)
    assert whole.measured and np.isfinite(whole.rise).all()
    assert whole.turns == len(whole.names)
    # Asked again at rest, nothing is measured anew and nothing changes.
    np.testing.assert_array_equal(ask(trainer, IMPORTANCE).rise, whole.rise)
    trainer.step()
    later: ColumnImportance = ask(trainer, IMPORTANCE)
    np.testing.assert_array_equal(later.rise, whole.rise)
    assert set(later.measured_at.tolist()) == {3} and later.turns < len(later.names)
    assert (whole_importance(trainer).rise != whole.rise).any()


def test_a_twin_that_comes_later_is_shown_when_all_its_columns_had_their_turn() -> None:
    trainer = trained("ames", steps=3)
    before = whole_importance(trainer)
    noise = Spoiling(corruptions=(CorruptionConfig(name="target_noise", amount=1.0),))
    trainer.change_spoiling(noise)
    trainer.step()
    during: ColumnImportance = ask(trainer, IMPORTANCE)
    assert during.twin_rise is None
    np.testing.assert_array_equal(during.rise, before.rise)
    after = whole_importance(trainer)
    assert after.twin_rise is not None and np.isfinite(after.twin_rise).all()


@pytest.mark.parametrize("name", ["penguins", "titanic", "mortgage_hmda"])
def test_shares_of_classes_add_up_along_the_curve_of_every_column(name: str) -> None:
    trainer = trained(name, steps=10)
    table = trainer.info.split.train.features
    assert isinstance(table, Table)
    for column in range(len(table.names)):
        curve: DependenceCurve = ask(trainer, Dependence(column))
        assert curve.output.shape == (len(curve.values), trainer.info.dataset.class_count)
        np.testing.assert_allclose(curve.output.sum(axis=1), 1, atol=1e-5)
        np.testing.assert_array_equal(curve.values, grid_of(table, column))


def test_the_twin_stands_beside_a_spoiled_student() -> None:
    noise = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
    trainer = trained("titanic", steps=60, spoiling=noise)
    answer = whole_importance(trainer)
    assert answer.twin_rise is not None and np.isfinite(answer.twin_rise).all()
    assert not np.allclose(answer.rise, answer.twin_rise)
    curve: DependenceCurve = ask(trainer, Dependence(0))
    assert curve.twin_output is not None and not np.allclose(curve.output, curve.twin_output)


def test_asking_leaves_the_training_as_it_was() -> None:
    asked, left = (trainer_of("titanic") for _ in range(2))
    for _ in range(5):
        asked.step()
        left.step()
        asked.snapshot(Want.answers_to(IMPORTANCE, Dependence(1)), "running")
    first, second = (run.snapshot(Want.WEIGHTS, "paused").layers for run in (asked, left))
    for mine, other in zip(first, second, strict=True):
        assert np.array_equal(mine.weight, other.weight)


@pytest.mark.parametrize("name", ["shapes", "mnist_5k", "bike_daily"])
def test_what_is_no_table_has_no_columns_to_ask_about(name: str) -> None:
    trainer = trainer_of(name, model=ModelConfig(name="linear"))
    assert ask(trainer, IMPORTANCE) is None
    assert ask(trainer, Dependence(0)) is None


@pytest.mark.parametrize("name", ["sacramento", "titanic", "penguins", "ames"])
def test_spans_of_columns_follow_each_other_over_all_that_is_encoded(name: str) -> None:
    info = trainer_of(name).info
    assert isinstance(info.encoder, TableEncoder)
    spans = info.encoder.spans
    table = info.split.train.features
    assert isinstance(table, Table)
    assert len(spans) == len(table.names)
    assert spans[0][0] == 0 and spans[-1][1] == info.encoder.shape[0]
    for column, (start, end) in zip(table.names, spans, strict=True):
        assert all(encoded.startswith(column) for encoded in info.encoder.names[start:end])


def test_a_leaked_column_counts_though_clean_rows_hold_nothing_there() -> None:
    leak = Spoiling(corruptions=(CorruptionConfig(name="target_leakage", amount=1.0),))
    training = TrainingConfig(batch_size=32, learning_rate=0.05)
    experiment = Experiment(spoiling=leak, model=ModelConfig(name="linear"), training=training)
    trainer = Trainer(experiment, DATASETS["prices"])
    for _ in range(200):
        trainer.step()
    column = trainer.info.dataset.features.names.index("leaked answer")
    for _ in range(8):
        snapshot = trainer.snapshot(Want.answers_to(IMPORTANCE, Dependence(column)), "paused")
    importance, curve = snapshot.answer(IMPORTANCE), snapshot.answer(Dependence(column))
    assert importance is not None and curve is not None and importance.twin_rise is not None
    assert np.nanargmax(importance.rise) == column
    # The twin was never told: what it does with the column is how it happened to start.
    assert importance.rise[column] > 5 * abs(importance.twin_rise[column])
    assert curve.values[0] == -2 and curve.output[-1] > curve.output[0]
