"""What three models know of one person's rows."""

import numpy as np
import pytest
import torch
from sklearn.metrics import roc_auc_score

from tests.core.probes.asked import settled
from tests.core.probes.test_saliency import WRONG, trained
from visualiser.core.data.people import people_of
from visualiser.core.questions.own_rows import OwnRows
from visualiser.core.removal import repairs_without
from visualiser.core.training.learner import Learner
from visualiser.core.training.trainer import Trainer


def losses(trainer: Trainer, learner: Learner, rows: np.ndarray, part: str) -> np.ndarray:
    """Of each row by itself, as the task's judge has it."""
    prepared = trainer._pair.ground.preparation
    found = getattr(trainer.info.split, part).take(rows)
    outputs = learner.outputs(torch.tensor(prepared.encode(found).inputs))
    each = [prepared.judge.figures(outputs[i : i + 1], found.take(np.array([i]))).loss
            for i in range(len(rows))]  # fmt: skip
    return np.array(each)


@pytest.mark.parametrize("name", ["digits_8x8", "sacramento", "drums"])
def test_a_loss_a_metric_and_how_they_are_told_apart_of_each_model(name: str) -> None:
    spoiling = WRONG if name != "sacramento" else None
    more = {} if spoiling is None else {"spoiling": spoiling}
    trainer = trained(name, steps=15, **more)
    info = trainer.info
    people = people_of(info.dataset, info.split.train.rows)
    person = int(people[4])
    part = trainer._pair.part
    trainer.change_repairs(repairs_without(info.dataset, part, person, ()))
    for _ in range(6):
        trainer.step()
    found = settled(trainer, OwnRows(person)).newest
    rows = np.flatnonzero(people == person)
    assert found.rows == found.all_rows == len(rows)
    models = {"student": trainer._pair.student, "without": trainer._pair.cleaned}
    assert (found.twin is None) == (spoiling is None)
    if found.twin is not None:
        models["twin"] = trainer._pair.twin
    places = np.linspace(0, len(info.watched) - 1, min(300, len(info.watched))).astype(int)
    others = info.watched[np.unique(places)]
    assert found.others == len(others)
    for model, learner in models.items():
        own = losses(trainer, learner, rows, "train")
        other = losses(trainer, learner, others, "validation")
        known = getattr(found, model)
        assert known.loss == pytest.approx(own.mean(), rel=1e-3)
        apart = roc_auc_score([1] * len(own) + [0] * len(other), -np.concatenate((own, other)))
        assert known.apart == pytest.approx(apart, abs=2e-3)


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names"])
def test_other_tasks_are_answered_with_what_they_have(name: str) -> None:
    trainer = trained(name, steps=2)
    people = people_of(trainer.info.dataset, trainer.info.split.train.rows)
    found = settled(trainer, OwnRows(int(people[0]))).newest
    assert np.isfinite(found.student.loss) and np.isfinite(found.student.metric)
    assert np.isnan(found.student.apart) == (name == "retail_purchases")
    assert found.without is None and found.rows > 0


def test_a_model_that_appears_at_rest_is_asked_at_once() -> None:
    trainer = trained("digits_8x8", steps=4)
    person = int(trainer.info.split.train.rows[0])
    assert settled(trainer, OwnRows(person)).newest.without is None
    trainer.change_repairs(repairs_without(trainer.info.dataset, trainer._pair.part, person, ()))
    found = settled(trainer, OwnRows(person)).newest
    assert found.without == found.student  # nothing was learnt since


def test_a_person_who_is_not_in_the_training_part_is_answered_with_no_figures() -> None:
    trainer = trained("digits_8x8", steps=1)
    person = int(trainer.info.split.test.rows[0])
    found = settled(trainer, OwnRows(person)).newest
    assert found.rows == 0 and np.isnan(found.student.loss)
