"""The look-up of the most similar rows against scikit-learn's."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

from tests.core.probes.test_trial import trainer_of
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.questions.look_alikes import LOOK_ALIKES, NEIGHBOURS, LookAlikes
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


def asked(trainer: Trainer) -> LookAlikes | None:
    return trainer.snapshot(Want.answers_to(LOOK_ALIKES), "paused").answer(LOOK_ALIKES)


def encoded(trainer: Trainer) -> tuple[np.ndarray, np.ndarray]:
    preparation = trainer._data.probes._preparation
    train, rows = preparation.split.train, preparation.split.validation
    transform = preparation.encoder.transform
    return transform(train.features), transform(rows.features)


def test_classes_are_the_votes_of_the_nearest_rows():
    trainer = trainer_of("wine")
    found = asked(trainer)
    assert found is not None
    train, rows = encoded(trainer)
    oracle = KNeighborsClassifier(NEIGHBOURS).fit(train, trainer.info.split.train.labels)
    assert np.abs(found.output - oracle.predict_proba(rows)).max() < 0.02
    assert len(found.places) == len(rows)


def test_amounts_are_the_mean_of_the_nearest_rows_in_their_unit():
    trainer = trainer_of("sacramento")
    found = asked(trainer)
    assert found is not None
    train, rows = encoded(trainer)
    oracle = KNeighborsRegressor(NEIGHBOURS).fit(train, trainer.info.split.train.labels)
    expected = oracle.predict(rows)[found.places]
    # Rows at the same distance may be chosen otherwise.
    assert np.median(np.abs(found.output - expected) / expected) < 1e-4


def test_it_knows_the_labels_as_the_student_is_given_them():
    trainer = trainer_of("wine")
    clean = asked(trainer)
    noise = CorruptionConfig(name="symmetric_label_noise", amount=0.8)
    trainer.change_spoiling(Spoiling(corruptions=(noise,)))
    spoiled = asked(trainer)
    assert clean is not None and spoiled is not None
    labels = trainer.info.split.validation.labels
    right = [(one.output.argmax(axis=1) == labels).mean() for one in (clean, spoiled)]
    assert right[1] < right[0] - 0.2


def test_without_other_data_the_answer_is_the_same_one():
    trainer = trainer_of("wine")
    first = asked(trainer)
    trainer.step()
    assert asked(trainer) is first


def test_messages_and_sounds_are_not_looked_up():
    for name in ("sms_spam", "bike_daily", "dutch_names"):
        assert asked(trainer_of(name)) is None


def test_of_fewer_rows_than_are_looked_up_all_are():
    trainer = trainer_of("wine")
    trainer.change_spoiling(
        Spoiling(corruptions=(CorruptionConfig(name="fewer_examples", amount=0.05),))
    )
    found = asked(trainer)
    assert found is not None
    assert found.looked_at < NEIGHBOURS
    assert np.ptp(found.output, axis=0) == pytest.approx(0)  # one answer to all: that of all rows
