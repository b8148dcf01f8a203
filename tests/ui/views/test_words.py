"""The words that pull most: which are shown, how far their bars go, and where there are none."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from visualiser.core.questions.words import WORDS
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views import example_answers
from visualiser.ui.views.offers import messages
from visualiser.ui.views.words import WordsView

OpenView = Callable[..., WordsView]
SnapshotOf = Callable[..., Snapshot]


def test_the_strongest_words_of_each_class_stand_on_top(
    open_view: OpenView, snapshot_of: SnapshotOf
) -> None:
    snapshot = snapshot_of("sms_spam", steps=40)
    view = open_view(WordsView, snapshot)
    answer = snapshot.answer(WORDS)
    assert answer is not None
    spam, ham = view.columns
    assert (spam.heading, ham.heading) == ("Pull to “spam”", "Pull to “ham”")
    assert spam.rows[0].name == answer.words[int(answer.pulls[:, 1].argmax())]
    assert ham.rows[0].name == answer.words[int(answer.pulls[:, 1].argmin())]
    for bars in view.columns:
        values = [row.value for row in bars.rows]
        assert len(values) > 3 and values == sorted(values, reverse=True)
        assert all(row.twin is None for row in bars.rows)
    assert not view.legend.entries


def test_the_twin_stands_beside_a_spoiled_model(
    open_view: OpenView, snapshot_of: SnapshotOf
) -> None:
    snapshot = snapshot_of("sms_spam", steps=40, noise=0.4)
    view = open_view(WordsView, snapshot)
    answer = snapshot.answer(WORDS)
    assert answer is not None and answer.twin_pulls is not None
    row = view.columns[0].rows[0]
    assert row.twin == pytest.approx(answer.twin_pulls[answer.words.index(row.name), 1])
    assert "twin" in view.legend.entries[0].text
    place = QPointF(20, view.columns[0].height() - 1)
    assert view._read(view.columns[0], QPointF(20, 5)) == ""
    assert "clean twin" in row.tip
    view._read(view.columns[0], place)  # below the last row there may be nothing


def test_while_it_runs_bars_move_and_names_wait(
    open_view: OpenView, snapshot_of: SnapshotOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(example_answers, "_SECONDS_BETWEEN", 1e9)
    snapshot = snapshot_of("sms_spam", steps=40)
    view = open_view(WordsView, snapshot)
    names = [row.name for row in view.columns[0].rows]
    answer = snapshot.answer(WORDS)
    assert answer is not None
    turned = replace(answer, pulls=-answer.pulls)
    view.show_snapshot(replace(snapshot, state="running", answers={WORDS: turned}))
    assert [row.name for row in view.columns[0].rows] == names
    assert view.columns[0].rows[0].value < 0
    view.show_snapshot(replace(snapshot, state="paused", answers={WORDS: turned}))
    assert [row.name for row in view.columns[0].rows] != names


def test_weights_that_are_no_numbers_are_said_and_not_drawn(
    open_view: OpenView, snapshot_of: SnapshotOf
) -> None:
    snapshot = snapshot_of("sms_spam", steps=40)
    answer = snapshot.answer(WORDS)
    assert answer is not None
    lost = replace(answer, pulls=np.full_like(answer.pulls, np.nan))
    view = open_view(WordsView)
    view.start_run(snapshot.info)
    view.show_snapshot(replace(snapshot, answers={WORDS: lost}))
    assert view.columns[0].rows == ()
    view.apply_palette(DARK)
    view.grab()


@pytest.mark.parametrize("name", ["shapes", "sacramento", "mnist_5k"])
def test_other_data_is_refused_with_a_reason(name: str, snapshot_of: SnapshotOf) -> None:
    assert messages.WORDS.refuses(snapshot_of(name, steps=1).info)


@pytest.mark.parametrize("model", ["linear", "word_average", "text_cnn"])
def test_every_model_of_messages_has_words(
    model: str, open_view: OpenView, snapshot_of: SnapshotOf
) -> None:
    snapshot = snapshot_of("sms_spam", steps=3, model=model)
    assert messages.WORDS.refuses(snapshot.info) is None
    assert open_view(WordsView, snapshot).columns[1].rows
