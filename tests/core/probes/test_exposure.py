"""Exposure of a planted secret: against every candidate by itself, and over a run."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from tests.core.probes.asked import looked, settled
from visualiser.core.corruption.planted_secret import canary_of
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, ModelConfig, Spoiling
from visualiser.core.metrics.exposure import exposure, rank_of
from visualiser.core.probes import patience
from visualiser.core.questions.exposure import Exposure
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer

MODELS = {
    "gpt": {"blocks": 1, "heads": 2, "head_width": 8},
    "character_gru": {"neurons": 16},
    "character_mlp": {},
    "bigram": {},
}


def run_of(model: str, times: int = 16, steps: int = 20) -> Trainer:
    experiment = starting_point(DatasetConfig(name="dutch_names"))
    known = dict(experiment.model.options) if experiment.model.name == model else {}
    planted = CorruptionConfig(name="planted_secret", amount=times)
    experiment = experiment.replace(
        model=ModelConfig(name=model, options=MODELS[model] or known),
        spoiling=Spoiling(corruptions=(planted,) if times else ()),
    )
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    for _ in range(steps):
        trainer.step()
    return trainer


@pytest.mark.parametrize("model", list(MODELS))
def test_the_rank_is_that_among_all_candidates_read_one_by_one(model: str) -> None:
    trainer = run_of(model)
    found = settled(trainer, Exposure(0)).newest
    canary = canary_of(trainer.info.dataset, 0)
    candidates = canary.candidates()
    words = np.repeat(canary.words[None], len(candidates), axis=0)
    texts = np.concatenate((words, candidates), axis=1)
    context = trainer.info.encoder.shape[0]
    assert texts.shape[1] - 1 <= context
    pair = trainer._pair
    for learner, told in ((pair.student, found.student), (pair.twin, found.twin)):
        logits = torch.tensor(learner.outputs(torch.tensor(texts[:, :-1], dtype=torch.float32)))
        losses = functional.cross_entropy(
            logits.transpose(1, 2).double(), torch.tensor(texts[:, 1:]), reduction="none"
        )[:, len(canary.words) - 1 :].sum(dim=1)
        place = int(np.flatnonzero((candidates == canary.secret).all(axis=1))[0])
        rank = rank_of(losses.numpy(), place)
        assert told.rank == pytest.approx(rank, abs=2)  # ties within rounding
        assert told.exposure == pytest.approx(exposure(told.rank, len(candidates)))
        assert told.probability == pytest.approx(np.exp(-losses[place].item()), rel=1e-3)
        best = trainer.info.dataset.text_of(candidates[int(losses.argmin())])
        assert told.best[0].text == best
        assert [one.probability for one in told.best] == sorted(
            (one.probability for one in told.best), reverse=True
        )


def test_a_secret_that_was_planted_often_is_known_to_the_student_and_not_to_the_twin() -> None:
    trainer = run_of("character_mlp", times=64, steps=120)
    found = settled(trainer, Exposure(0)).newest
    assert found.student.exposure > 12 and found.twin.exposure < 6
    assert found.words + found.secret == canary_of(trainer.info.dataset, 0).text(
        trainer.info.dataset
    )
    assert found.candidates == 10_000 and len(found.student.written) == 12


def test_each_ranking_of_a_run_is_kept_once_and_is_of_one_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    trainer = run_of("bigram", steps=3)
    question, newest = Exposure(0), []
    for _ in range(90):
        answer = looked(trainer, question)
        trainer.step()
        if answer.newest is not None:
            newest.append(answer.newest)
    course = newest[-1].course
    assert newest[0].step == 3 == course.steps[0]
    assert len(course.steps) == len({*course.steps.tolist()}) == len({one.step for one in newest})
    assert np.all(np.diff(course.steps) > 0) and len(course.steps) > 1
    assert course.student[-1] == newest[-1].student.exposure
    assert course.twin[-1] == newest[-1].twin.exposure


def test_another_secret_has_a_course_of_its_own_and_no_secret_no_twin() -> None:
    trainer = run_of("bigram", times=0, steps=2)
    first, second = (settled(trainer, Exposure(seed)).newest for seed in (0, 1))
    assert first.secret != second.secret
    assert first.twin is None and np.isnan(first.course.twin).all()
    assert len(second.course.steps) == 1


def test_a_run_is_the_same_to_the_bit_whether_it_was_asked_or_not() -> None:
    asked, unasked = run_of("gpt", steps=0), run_of("gpt", steps=0)
    for _ in range(4):
        looked(asked, Exposure(0))
        asked.step()
        unasked.step()
    models = (trainer._pair.student.model for trainer in (asked, unasked))
    for first, second in zip(*(model.parameters() for model in models), strict=True):
        assert torch.equal(first, second)
