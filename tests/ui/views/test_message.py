"""A message in colours: chosen from the list or typed, with its answer."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling
from visualiser.core.questions.words import Occlusion
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView
from visualiser.ui.views.coloured_message import ColouredMessage
from visualiser.ui.views.message import MessageView
from visualiser.ui.views.offers.messages import MESSAGE

FREE = "Call now! FREE prize, see you"


@pytest.fixture(scope="module")
def trainer() -> Trainer:
    experiment = starting_point(DatasetConfig(name="sms_spam"))
    noise = CorruptionConfig(name="symmetric_label_noise", amount=0.3)
    trainer = Trainer(
        experiment.replace(spoiling=Spoiling(corruptions=(noise,))),
        load_dataset(experiment.dataset, 0),
    )
    for _ in range(60):
        trainer.step()
    return trainer


@pytest.fixture
def view(qtbot: QtBot, trainer: Trainer) -> MessageView:
    view = MessageView()
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(trainer.info)
    look(view, trainer)
    return view


def look(view: MessageView, trainer: Trainer) -> Snapshot:
    want = MESSAGE.want | Want(questions=view.questions())
    snapshot = trainer.snapshot(want, "paused", fresh=True)
    view.show_snapshot(snapshot)
    return snapshot


def test_it_begins_with_a_message_of_the_last_class(view: MessageView, trainer: Trainer) -> None:
    assert isinstance(view, AskingView)
    assert "“spam”" in view.truth.text()
    assert view.answers.rows
    assert sum(row.share for row in view.answers.rows) == pytest.approx(1, abs=1e-3)
    assert all(row.mark is not None for row in view.answers.rows)


def test_wrongly_answered_messages_come_first(view: MessageView, trainer: Trainer) -> None:
    snapshot = look(view, trainer)
    assert snapshot.predictions is not None
    answered = snapshot.predictions.output.argmax(axis=1)
    watched = trainer.info.watched.tolist()
    true = trainer.info.split.validation.labels
    wrong = [answered[watched.index(row)] != true[row] for row in view.list.order]
    assert wrong == sorted(wrong, reverse=True)
    assert sum(wrong) == min(len(wrong), int(np.sum(answered != true[watched])))


def test_choosing_another_message_asks_about_it(
    view: MessageView, trainer: Trainer, qtbot: QtBot
) -> None:
    view.list.setFocus()
    with qtbot.waitSignal(view.questions_changed):
        QTest.keyClick(view.list, Qt.Key.Key_Down)
    row = view.list.order[view.list.currentRow()]
    text = str(trainer.info.split.validation.features[row])
    assert view.questions() == frozenset({Occlusion(text)})
    look(view, trainer)
    assert view._answer is not None
    assert [view.message.word(n) for n in range(len(view._answer.spans))]


def test_a_typed_message_is_answered_and_none_of_the_data(
    view: MessageView, trainer: Trainer, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(view.questions_changed):
        QTest.keyClicks(view.typed, FREE)
    assert view.questions() == frozenset({Occlusion(FREE)})
    snapshot = look(view, trainer)
    answer = snapshot.answer(Occlusion(FREE))
    assert answer is not None
    assert "own" in view.truth.text()
    first = view.message._pieces[0]
    said = view._read(first.place + QPointF(3, 3))
    assert said.startswith("“Call”: ") and "clean twin" in said
    view.start_run(trainer.info)  # another run: what was typed stays
    assert view.questions() == frozenset({Occlusion(FREE)})
    view.apply_palette(DARK)
    view.grab()


def test_a_message_without_a_word_is_said_to_have_none(view: MessageView, trainer: Trainer) -> None:
    view.typed.setText("…")
    view.typed.textEdited.emit("…")
    look(view, trainer)
    view.grab()
    assert view.message._pieces == ()


def test_words_wrap_and_are_found_under_the_pointer(qtbot: QtBot) -> None:
    message = ColouredMessage()
    qtbot.addWidget(message)
    message.resize(200, 100)
    text = "one two, three! four five six seven eight nine ten"
    spans = tuple((text.index(w), text.index(w) + len(w)) for w in ["one", "two", "three", "ten"])
    message.show_text(text, spans)
    message.show()
    assert [message.word(n) for n in range(4)] == ["one", "two", "three", "ten"]
    for piece in message._pieces:
        assert message.word_at(piece.place + QPointF(1, 8)) == piece.word
    assert message.word_at(QPointF(-5, -5)) == -1
    narrow = message.minimumSizeHint().height()
    message.resize(90, 100)
    assert message.minimumSizeHint().height() >= narrow


def test_a_message_without_a_known_word_says_where_its_answer_comes_from(
    view: MessageView, trainer: Trainer
) -> None:
    for text, hint in (("zzxxqq", "knows no word"), ("free", ""), ("x " * 2000, "first 2,000")):
        view.typed.setText(text)
        view.typed.textEdited.emit(text)
        look(view, trainer)
        assert hint in view.truth.text()
        assert ("knows no word" in view.truth.text()) == (text == "zzxxqq")
