import numpy as np
import pytest

from tests.core.training.conftest import run, wrong_labels
from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.training.snapshot import WrongLabels
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want


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
