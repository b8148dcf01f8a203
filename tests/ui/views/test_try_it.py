from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.views.tried import Tried
from visualiser.core.data.dataset import Table
from visualiser.ui.tries.clip import ClipMaker
from visualiser.ui.tries.column_control import NumberControl
from visualiser.ui.tries.message import MessageMaker
from visualiser.ui.tries.point import PointMaker
from visualiser.ui.tries.row import RowMaker
from visualiser.ui.view import AskingView


@pytest.mark.parametrize(
    "name", ["shapes", "mnist_5k", "sms_spam", "sacramento", "bike_daily", "drums"]
)
def test_there_is_an_answer_before_anything_was_made(
    tried: Callable[..., Tried], name: str
) -> None:
    trial = tried(name)
    assert trial.page.student.answer.text()
    assert trial.page.twin.isHidden()
    assert "Nothing is learnt" in trial.view.words.text()


def test_what_is_typed_is_answered_as_it_is_typed(tried: Callable[..., Tried]) -> None:
    trial = tried("sms_spam", steps=400)
    maker = trial.page.maker
    assert isinstance(maker, MessageMaker)
    maker.text.setPlainText("Congratulations! You have won a prize. Call now to claim your cash")
    assert trial.page.student.answer.text() == "spam"
    maker.text.setPlainText("ok see you at home later")
    assert trial.page.student.answer.text() == "ham"
    maker.text.clear()
    assert trial.page.student.answer.text()


def test_a_house_is_changed_column_by_column(tried: Callable[..., Tried]) -> None:
    trial = tried("sacramento", steps=400)
    maker = trial.page.maker
    assert isinstance(maker, RowMaker)
    taken = maker.example()
    assert isinstance(taken, Table) and not trial.page.truth.isHidden()
    before = trial.page.student.answer.text()
    area = taken.numeric_names.index("living area (sq ft)")
    control = maker.findChildren(NumberControl)[area]
    control.slider.setValue(control.slider.maximum())
    changed = maker.example()
    assert isinstance(changed, Table)
    assert changed.numeric[0, area] > taken.numeric[0, area]
    assert np.array_equal(np.delete(changed.numeric, area), np.delete(taken.numeric, area))
    assert trial.page.truth.isHidden()
    assert trial.page.student.answer.text() != before


def test_the_cross_moves_by_click_and_key(tried: Callable[..., Tried], qtbot: QtBot) -> None:
    trial = tried("shapes")
    maker = trial.page.maker
    assert isinstance(maker, PointMaker)
    qtbot.mouseClick(maker.pad, Qt.MouseButton.LeftButton, pos=maker.pad.rect().center())
    middle = np.asarray(maker.example()).copy()
    qtbot.keyClick(maker.pad, Qt.Key.Key_Right)
    assert np.asarray(maker.example())[0, 0] > middle[0, 0]
    assert np.asarray(maker.example())[0, 1] == middle[0, 1]


def test_the_twin_answers_beside_a_spoiled_model(tried: Callable[..., Tried]) -> None:
    page = tried("sms_spam", noise=0.4).page
    assert not page.twin.isHidden()
    assert "spoiled" in page.student.title.text().lower()


def test_an_example_of_the_user_outlives_a_reset(tried: Callable[..., Tried]) -> None:
    trial = tried("sms_spam")
    maker = trial.page.maker
    assert isinstance(maker, MessageMaker)
    maker.text.setPlainText("my own words")
    trial.view.start_run(trial.trainer.info)
    assert np.asarray(maker.example())[0] == "my own words"


def test_a_clip_of_the_user_is_heard_by_the_model_or_refused(
    tried: Callable[..., Tried], tmp_path: Path
) -> None:
    trial = tried("drums")
    maker = trial.page.maker
    assert isinstance(maker, ClipMaker) and maker.truth()
    path = tmp_path / "tone.wav"
    seconds = np.arange(8000) / 8000
    soundfile.write(path, np.sin(2 * np.pi * 440 * seconds), 8000)
    maker.open_file(str(path))
    clip = np.asarray(maker.example())
    assert clip.shape == np.asarray(trial.trainer.info.dataset.features)[:1].shape
    assert maker.truth() == "" and "tone.wav" in maker.words.text()
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    maker.open_file(str(empty))
    assert "empty.wav" in maker.words.text()
    assert np.array_equal(np.asarray(maker.example()), clip)


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names"])
def test_customers_and_beginnings_of_texts_are_tried_too(
    tried: Callable[..., Tried], name: str
) -> None:
    trial = tried(name, steps=3)
    assert isinstance(trial.view.page, AskingView)
    assert trial.view.questions()
    snapshot = trial.answer()
    assert all(snapshot.answer(question) is not None for question in trial.view.questions())
