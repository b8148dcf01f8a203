"""A planted secret over a run: the empty page, the rank, the sentence and the curve."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from tests.core.probes.test_exposure import run_of
from tests.ui.views.asking import settle
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.questions.exposure import Exposure
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView
from visualiser.ui.views.offers.looking import SECRET
from visualiser.ui.views.secret import SecretView


def opened(qtbot: QtBot, trainer: Trainer) -> SecretView:
    view = SecretView()
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(trainer.info)
    settle(view, trainer, SECRET)
    view.grab()
    return view


def planted(times: int, seed: int | None = None) -> Spoiling:
    config = CorruptionConfig(name="planted_secret", amount=times, seed=seed)
    return Spoiling(corruptions=(config,))


def test_without_a_secret_the_page_says_how_to_plant_one_and_asks_nothing(qtbot: QtBot) -> None:
    trainer = run_of("bigram", times=0, steps=2)
    view = opened(qtbot, trainer)
    assert isinstance(view, AskingView) and view.questions() == frozenset()
    assert "Permissions" in view.empty.text() and not view.empty.isHidden()
    trainer.change_spoiling(planted(4, seed=9))
    trainer.step()
    settle(view, trainer, SECRET)
    assert view.questions() == frozenset({Exposure(9)})
    settle(view, trainer, SECRET)
    assert view.empty.isHidden() and "planted 4 times" in view.planted.text()


def test_a_secret_is_asked_about_after_the_text_is_healed(qtbot: QtBot) -> None:
    trainer = run_of("character_mlp", times=64, steps=120)
    view = opened(qtbot, trainer)
    asked = view.questions()
    trainer.change_spoiling(Spoiling())
    trainer.step()
    settle(view, trainer, SECRET)
    assert view.questions() == asked and view.empty.isHidden()
    assert "planted 64 times until step 120" in view.planted.text()
    assert view.sentence.text().startswith("The text was healed at step 120; the model still")
    course = view.curve.course
    assert course is not None and len(course.steps) == 2


def test_a_secret_that_was_taken_back_before_a_step_was_made_is_none(qtbot: QtBot) -> None:
    trainer = run_of("bigram", times=4, steps=0)
    trainer.change_spoiling(Spoiling())
    for _ in range(2):
        trainer.step()
    view = opened(qtbot, trainer)
    assert view.questions() == frozenset() and not view.empty.isHidden()


def test_a_secret_learnt_by_heart_is_told_and_the_curve_has_both_models(qtbot: QtBot) -> None:
    trainer = run_of("character_mlp", times=64, steps=20)
    view = opened(qtbot, trainer)
    for _ in range(3):
        for _ in range(40):
            trainer.step()
        settle(view, trainer, SECRET)
    said = view.sentence.text()
    assert "is told the secret" in said or "finds the secret at once" in said
    student, twin = view.bars.rows
    assert student.warning and student.share > 0.9 and twin.share < 0.5
    assert view.best.rows[0].warning
    course = view.curve.course
    assert course is not None and course.twin is not None and len(course.steps) == 4
    assert [entry.text for entry in view.legend.entries] == ["your model", "clean twin", "chance"]
    assert "13.3 of 13.3 bits" in student.text


def test_a_secret_that_is_not_known_is_as_chance_has_it(qtbot: QtBot) -> None:
    view = opened(qtbot, run_of("character_mlp", times=1, steps=1))
    said = view.sentence.text()
    assert "does not know the secret" in said and "of 10,000" in said
    view.apply_palette(DARK)
    view.resize(420, 240)
    assert not view.grab().isNull()


@pytest.mark.parametrize("name", ["shapes", "sms_spam"])
def test_only_texts_have_secrets(name: str, snapshot_of: Callable[..., Snapshot]) -> None:
    assert SECRET.refuses(snapshot_of(name, steps=1).info)
