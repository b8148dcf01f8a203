"""One person's rows left out: who, what is sent to the run, and what is compared."""

from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.core.probes.test_saliency import WRONG, trained
from tests.ui.views.asking import settle
from visualiser.core.experiment import CorruptionConfig, Repair, Spoiling
from visualiser.core.questions.own_rows import OwnRows
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.view import AskingView, RepairingView
from visualiser.ui.views.offers.looking import REMOVAL
from visualiser.ui.views.removal import RemovalView


def opened(qtbot: QtBot, trainer: Trainer) -> RemovalView:
    view = RemovalView()
    qtbot.addWidget(view)
    view.resize(780, 330)
    view.show()
    view.start_run(trainer.info)
    settle(view, trainer, REMOVAL)
    view.grab()
    return view


def wanted(qtbot: QtBot, view: RemovalView, button: Any) -> tuple[tuple[Repair, ...], bool]:
    with qtbot.waitSignal(view.repairs_wanted) as caught:
        button.click()
    repairs, start_over = caught.args
    return repairs, start_over


def test_those_with_most_rows_stand_first_and_one_is_chosen(qtbot: QtBot) -> None:
    trainer = trained("drums", steps=2)
    view = opened(qtbot, trainer)
    assert isinstance(view, AskingView) and isinstance(view, RepairingView)
    blocks = trainer.info.dataset.blocks[trainer.info.split.train.rows]
    counts = np.bincount(blocks)
    assert view.person is not None and counts[view.person] == counts.max()
    assert view.people.rowCount() == np.count_nonzero(counts)
    assert view.questions() == frozenset({OwnRows(view.person)})
    assert len(view.tiles.tiles) == min(counts.max(), 60)
    with qtbot.waitSignal(view.questions_changed):
        view.list.setCurrentIndex(view.people.index(3))
    assert view.person == view.people.person_at(3)


def test_all_their_rows_are_left_out_beside_what_is_repaired_and_put_back(qtbot: QtBot) -> None:
    trainer = trained("digits_8x8", steps=5, spoiling=WRONG)
    other = Repair(row=int(trainer.info.split.train.rows[50]), label=1)
    trainer.change_repairs((other,))
    view = opened(qtbot, trainer)
    repairs, start_over = wanted(qtbot, view, view.go_on)
    assert not start_over and other in repairs
    assert Repair(row=int(view.person or 0)) in repairs and len(repairs) == 2
    trainer.change_repairs(repairs)
    trainer.step()
    settle(view, trainer, REMOVAL)
    assert view.go_on.isHidden() and not view.put_back.isHidden()
    assert "Without them the loss on their rows" in view.sentence.text()
    assert "Start over" in view.hint.text()
    assert wanted(qtbot, view, view.start_over) == (repairs, True)
    assert wanted(qtbot, view, view.put_back) == ((other,), False)


def test_a_new_run_without_them_compares_models_of_which_one_never_saw_them(qtbot: QtBot) -> None:
    before = trained("digits_8x8", steps=3)
    view = opened(qtbot, before)
    view.list.setCurrentIndex(view.people.index(7))
    settle(view, before, REMOVAL)
    repairs, _ = wanted(qtbot, view, view.start_over)
    after = Trainer(before.info.experiment.replace(repairs=repairs), before.info.dataset)
    for _ in range(10):
        after.step()
    chosen = view.person
    view.start_run(after.info)
    assert view.person == chosen
    settle(view, after, REMOVAL)
    assert "never saw" in view.hint.text()
    head, own, loss, apart, everyone = view.figures.cells
    assert head == ("", "your model", "without them")
    assert all("–" not in row for row in (own, loss, apart, everyone))
    assert everyone[0] == "accuracy, validation"


def test_without_a_third_model_its_column_is_empty_and_the_twin_has_one(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("sacramento", steps=5))
    assert [row[2] for row in view.figures.cells[1:]] == ["–"] * 4
    assert "of all pairs" in view.sentence.text()
    view = opened(qtbot, trained("digits_8x8", steps=5, spoiling=WRONG))
    assert view.figures.cells[0][-1] == "clean twin"


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names", "sms_spam"])
def test_people_of_any_data_are_listed_in_any_size_and_theme(qtbot: QtBot, name: str) -> None:
    view = opened(qtbot, trained(name, steps=1))
    index = view.people.index(0)
    text = view.people.data(index)
    assert text.startswith(("customer ", "block ", "message "))
    for width, height in ((1100, 500), (430, 220)):
        view.resize(width, height)
        view.apply_palette(DARK)
        assert not view.grab().isNull()


def test_who_has_withdrawn_is_marked_last_and_cannot_be_taken_out(qtbot: QtBot) -> None:
    withdrawn = CorruptionConfig(name="withdrawn_consent", amount=0.9)
    trainer = trained("titanic", spoiling=Spoiling(corruptions=(withdrawn,)), steps=5)
    view = opened(qtbot, trainer)
    left = len(trainer.snapshot(Want.NOTHING, "paused").spoiled_train)
    texts = [view.people.data(view.people.index(at)) for at in range(view.people.rowCount())]
    assert ["not in the training" in text for text in texts] == [False] * left + [True] * (
        len(texts) - left
    )
    assert view.go_on.isEnabled() and view.start_over.isEnabled()  # somebody who is there
    view.list.setCurrentIndex(view.people.index(len(texts) - 1))
    settle(view, trainer, REMOVAL)
    assert not view.go_on.isEnabled() and not view.start_over.isEnabled()
    assert view.title.text().endswith("not in the training")
    assert "nothing left to take out" in view.sentence.text()
    assert "guess" not in view.sentence.text()


def test_who_is_looked_at_stays_chosen_when_others_go(qtbot: QtBot) -> None:
    trainer = trained("titanic", steps=2)
    view = opened(qtbot, trainer)
    view.list.setCurrentIndex(view.people.index(11))
    person = view.person
    withdrawn = CorruptionConfig(name="withdrawn_consent", amount=0.5)
    trainer.change_spoiling(Spoiling(corruptions=(withdrawn,)))
    settle(view, trainer, REMOVAL)
    assert view.person == person
    assert view.people.data(view.list.currentIndex()).startswith(f"row {person + 1}")


def test_people_of_a_table_are_told_apart_in_the_list(qtbot: QtBot) -> None:
    view = opened(qtbot, trained("mortgage_hmda", steps=1))
    texts = [view.people.data(view.people.index(at)) for at in range(30)]
    who, what = zip(*(text.split("\n") for text in texts), strict=True)
    assert len(set(who)) == 30 and all(text.startswith("row ") for text in who)
    in_sight = {text[:24] for text in what}
    assert len(in_sight) > 15
