"""Swapped clues, answered once for each asking, with the weights of then."""

import numpy as np
import pytest
import torch

from tests.core.probes.asked import looked
from tests.core.probes.test_saliency import MARKED, SMALL_CNN, trained
from visualiser.core.clues import WAYS, with_clue
from visualiser.core.corruption.spec import Context
from visualiser.core.experiment import ModelConfig
from visualiser.core.probes import patience
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest
from visualiser.core.training.clue_tests import clue_tests
from visualiser.core.training.trainer import Trainer


def told(trainer: Trainer, question: ClueTest) -> ClueAnswers:
    while (answer := looked(trainer, question)).answers is None:
        pass
    assert isinstance(answer.answers, ClueAnswers)
    return answer.answers


@pytest.mark.parametrize("part", ["validation", "test"])
def test_all_rows_are_answered_in_each_way_by_both_models(part: str) -> None:
    trainer = trained("sms_spam", ModelConfig(name="word_average"), spoiling=MARKED)
    question = ClueTest("mark", part)  # type: ignore[arg-type]
    found = told(trainer, question)
    info, pair = trainer.info, trainer._pair
    clean = getattr(info.split, part)
    context = Context(info.dataset, clean, info.split.train)
    judge = pair.ground.preparation.judge
    for way in WAYS:
        rows = with_clue(clean, "mark", way, context)
        inputs = pair.ground.preparation.encode(rows)
        for learner, output in ((pair.student, found.output), (pair.twin, found.twin_output)):
            assert learner is not None and output is not None
            outputs = learner.outputs(torch.tensor(inputs.inputs))
            expected = judge.answers(outputs, rows.features)
            np.testing.assert_allclose(output[way], expected, atol=1e-5)


def test_a_test_is_of_the_step_at_which_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "_SECONDS", 0.0)
    trainer = trained("digits_8x8", spoiling=MARKED, steps=5)
    shares, question = [], ClueTest("mark", number=1)
    while (answer := looked(trainer, question)).answers is None:
        shares.append(answer.share)
        trainer.step()
    assert shares == sorted(shares) and shares[0] < 1 and len(shares) > 3
    assert answer.answers.step == 5 and answer.answers.twin_output is not None
    trainer.step()
    assert looked(trainer, question).answers is answer.answers
    again = ClueTest("mark", number=2)
    looked(trainer, again)
    assert told(trainer, again).step == trainer.step_number


def test_at_the_end_of_a_run_each_clue_in_force_is_swapped_in_both_parts() -> None:
    trainer = trained("stamps", SMALL_CNN, steps=45)
    outcomes = clue_tests(trainer)
    assert [(one.clue, one.part) for one in outcomes] == [
        ("ground", "validation"),
        ("ground", "test"),
    ]
    student = outcomes[0].student
    assert student.right["fitting"].value > 0.9 and student.right["swapped"].value < 0.3
    trainer.step()
    assert clue_tests(trainer)[0].step == trainer.step_number
    assert clue_tests(trained("digits_8x8", steps=1)) == ()


def test_what_can_have_no_clue_is_not_answered() -> None:
    assert looked(trained("sacramento", steps=1), ClueTest("mark")) is None
