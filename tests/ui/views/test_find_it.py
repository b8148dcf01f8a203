"""Find it: suspects, keys, undo, scores and what is asked of the run."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from tests.ui.views.searching import cell, found_in, press, searched, shot
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, Repair, Spoiling
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.questions.row_record import ROW_HISTORY
from visualiser.core.starting_point import starting_point
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.search_job import SearchJob
from visualiser.ui.views.find_head import REPAIR
from visualiser.ui.views.find_it import NOTHING, FindView
from visualiser.ui.views.find_model import DECISION, EXAMPLE, LABEL, THOUGHT
from visualiser.ui.views.offers.finding import FIND_IT


def test_it_asks_how_rows_were_learnt_only_while_a_search_waits_for_it(
    open_view: Callable[..., FindView],
) -> None:
    view = open_view(FindView)
    show(view, shot("penguins"))
    assert view.questions() == frozenset() and view.pages.currentIndex() == NOTHING
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    view.look.click()
    assert view.questions() == {ROW_HISTORY} and not view.look.isEnabled() and not jobs
    view.show_snapshot(shot("penguins"))
    assert view.questions() == frozenset() and len(jobs) == 1
    assert jobs[0].search.part is shot("penguins").spoiled_train
    assert jobs[0].search.record is shot("penguins").answer(ROW_HISTORY)


def test_a_search_can_be_cancelled_and_may_fail(open_view: Callable[..., FindView]) -> None:
    view = open_view(FindView)
    show(view, shot("penguins"))
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    for end in (lambda job: job.cancelled.emit(), lambda job: job.failed.emit("It broke.")):
        view.look.click()
        view.show_snapshot(shot("penguins"))
        stopped: list[bool] = []
        jobs[-1].stop_wanted.connect(lambda stopped=stopped: stopped.append(True))
        view.search.work.cancel.click()
        assert stopped
        end(jobs[-1])
        assert view.look.isEnabled() and view.pages.currentIndex() == NOTHING
    assert "It broke." in view.note.text()


def test_suspects_stand_in_the_order_of_their_suspicion_with_label_and_answer(
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view)
    findings, rows = found_in("penguins"), view.suspects.rows
    suspects = findings.suspects[AGREEMENT]
    assert view.finder.get() == AGREEMENT
    assert [rows.position(row) for row in range(rows.rowCount())] == suspects.ranked.tolist()
    position = rows.position(0)
    names = findings.search.dataset.class_names
    assert cell(view, 0, LABEL) == names[int(findings.part.labels[position])]
    assert names[int(suspects.proposed[position])] in view.suspects.bar.relabel.text()
    assert findings.foretold is not None
    best = int(findings.foretold.output[position].argmax())
    assert cell(view, 0, THOUGHT).startswith(names[best]) and "label" in cell(view, 0, THOUGHT)
    assert cell(view, 0, EXAMPLE)


def test_keys_decide_and_go_on_to_the_next_row(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = searched(open_view)
    page = view.suspects
    names = [page.rows.name(row) for row in range(4)]
    proposed = float(found_in("penguins").suspects[AGREEMENT].proposed[page.rows.position(0)])
    press(qtbot, view, Qt.Key.Key_R, Qt.Key.Key_D, Qt.Key.Key_A, Qt.Key.Key_S)
    assert [page.review.decisions[name].verdict for name in names] == [
        "relabel", "drop", "accept", "skip"
    ]  # fmt: skip
    assert page.review.decisions[names[0]].label == proposed
    assert page.table.place == 4
    assert [cell(view, row, DECISION) for row in range(1, 4)] == [
        "left out", "label is right", "skipped"
    ]  # fmt: skip
    assert page.bar.progress.text().startswith("4 of ")
    assert len(page.review.repairs) == 2


def test_arrows_walk_without_deciding(qtbot: QtBot, open_view: Callable[..., FindView]) -> None:
    view = searched(open_view)
    press(qtbot, view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert view.suspects.table.place == 1 and not view.suspects.review.decisions


def test_undo_takes_the_last_decision_back_and_returns_to_its_row(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = searched(open_view)
    table = view.suspects.table
    assert not view.suspects.bar.undo.isEnabled()
    press(qtbot, view, Qt.Key.Key_D, Qt.Key.Key_D)
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert table.place == 1 and len(view.suspects.review.decisions) == 1
    view.suspects.bar.undo.click()
    assert table.place == 0 and not view.suspects.review.decisions
    qtbot.keyClick(table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not view.suspects.bar.undo.isEnabled()


def test_another_label_is_chosen_from_a_list(
    qtbot: QtBot, open_view: Callable[..., FindView], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = searched(open_view)
    other, opened = view.suspects.bar.other, []
    # A popup grabs the keyboard, of which there is none without a display.
    monkeypatch.setattr(other, "showPopup", lambda: opened.append(True))
    press(qtbot, view, Qt.Key.Key_R, shift=True)
    assert opened
    other.setCurrentIndex(2)
    other.activated.emit(2)
    (decision,) = view.suspects.review.decisions.values()
    assert (decision.verdict, decision.label) == ("relabel", 1.0)
    assert other.currentIndex() == 0


def test_of_amounts_a_target_may_be_typed(qtbot: QtBot, open_view: Callable[..., FindView]) -> None:
    view = searched(open_view, "sacramento", 0.5)
    bar = view.suspects.bar
    assert bar.other.isHidden() and not bar.amount.isHidden()
    for typed in ("many", "251,000"):
        bar.amount.setText(typed)
        qtbot.keyClick(bar.amount, Qt.Key.Key_Return)
    (decision,) = view.suspects.review.decisions.values()
    assert decision.label == 251_000


def test_the_impatient_repair_as_many_as_they_say_and_undo_them_at_once(
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view)
    flagged = int(found_in("penguins").suspects[AGREEMENT].flagged.sum())
    view.buttons.button(REPAIR).click()
    assert view.repairs.count.get() == flagged
    view.repairs.count.put(7)
    view.repairs.first.click()
    assert len(view.suspects.review.repairs) == 7
    assert "7 relabelled" in view.repairs.words.text()
    view.repairs.undo.click()
    assert not view.suspects.review.repairs


def test_repairs_go_into_the_run_or_into_a_new_one(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = searched(open_view)
    assert not view.repairs.go_on.isEnabled() and not view.repairs.start_over.isEnabled()
    press(qtbot, view, Qt.Key.Key_R, Qt.Key.Key_D)
    repairs = view.suspects.review.repairs
    for button, over in ((view.repairs.go_on, False), (view.repairs.start_over, True)):
        with qtbot.waitSignal(view.repairs_wanted) as wanted:
            button.click()
        assert wanted.args == [repairs, over]


def test_what_was_found_stays_in_a_new_run_of_the_same_rows_and_not_of_others(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = searched(open_view)
    press(qtbot, view, Qt.Key.Key_A, Qt.Key.Key_D)
    repairs = view.suspects.review.repairs
    experiment = shot("penguins").experiment.replace(repairs=repairs)
    again = Trainer(experiment, shot("penguins").info.dataset).snapshot(Want.NOTHING, "ready")
    show(view, again)
    assert view.suspects.rows.rowCount() and len(view.suspects.review.decisions) == 2
    assert not view.repairs.go_on.isEnabled()
    trainer = Trainer(experiment, shot("penguins").info.dataset)
    trainer.change_spoiling(Spoiling())
    view.show_snapshot(trainer.snapshot(Want.NOTHING, "ready"))
    assert view.pages.currentIndex() == NOTHING and "look again" in view.note.text()


def test_repairs_of_an_experiment_that_is_opened_are_shown_as_decisions(
    open_view: Callable[..., FindView],
) -> None:
    repairs = (Repair(row=3), Repair(row=5, label=1))
    experiment = shot("penguins").experiment.replace(repairs=repairs)
    trainer = Trainer(experiment, shot("penguins").info.dataset)
    trainer.step()
    view = open_view(FindView)
    show(view, trainer.snapshot(Want.NOTHING, "ready", fresh=True))
    assert view.suspects.review.repairs == repairs
    assert "1 relabelled" in view.repairs.words.text()
    compared = view.repairs.compared.text()
    assert "repaired" in compared and "clean" in compared


@pytest.mark.parametrize("name", ["penguins", "digits_8x8", "sacramento"])
def test_every_page_is_drawn_in_any_size_and_theme(
    qtbot: QtBot, open_view: Callable[..., FindView], name: str
) -> None:
    view = searched(open_view, name, 0.5 if name == "sacramento" else 0.2)
    view.scores.truth.click()
    for page in range(NOTHING):
        view.buttons.button(page).click()
        for size in ((260, 160), (900, 420)):
            view.resize(*size)
            assert not view.grab().isNull()
    view.apply_palette(DARK)
    assert not view.grab().isNull()
    press(qtbot, view, Qt.Key.Key_Return)
    assert not np.isnan(found_in(name, 0.5 if name == "sacramento" else 0.2).part.labels).any()


@pytest.mark.parametrize("name", ["retail_purchases", "dutch_names"])
def test_where_rows_have_no_labels_the_tab_says_why_it_is_grey(name: str) -> None:
    experiment = starting_point(DatasetConfig(name=name))
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    assert "labels" in str(FIND_IT.refuses(trainer.info))
    assert FIND_IT.refuses(shot("penguins").info) is None


def test_what_training_is_offered_on_repairs_speaks_of_your_model(
    open_view: Callable[..., FindView],
) -> None:
    page = searched(open_view).repairs
    tips = [page.go_on.toolTip(), page.start_over.toolTip()]
    tips += [label.text() for label in page.findChildren(QLabel)]
    assert any("your model" in text for text in tips)
    assert not any("student" in text for text in tips)


def test_what_was_found_in_rows_that_have_changed_meanwhile_is_not_shown(
    open_view: Callable[..., FindView],
) -> None:
    view = open_view(FindView)
    show(view, shot("penguins"))
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    view.look.click()
    view.show_snapshot(shot("penguins"))
    view.show_snapshot(shot("penguins", 0.5))
    jobs[0].found.emit(found_in("penguins"))
    assert view.pages.currentIndex() == NOTHING
    assert "look again" in view.note.text()
