"""Find it: suspects, keys, undo, scores and what is asked of the run."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.ui.views.conftest import show
from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Repair, Spoiling
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.search import Findings, Search, look
from visualiser.core.questions.row_record import ROW_HISTORY
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.search_job import SearchJob
from visualiser.ui.views.find_it import COLUMNS, NOTHING, REPAIR, SCORES, FindView
from visualiser.ui.views.find_model import DECISION, EXAMPLE, LABEL, THOUGHT, TRUTH
from visualiser.ui.views.offers.finding import FIND_IT

NOISE = {"digits_8x8": "pair_flip", "sacramento": "target_noise", "titanic": "target_leakage"}


def shot(name: str, amount: float = 0.2) -> Snapshot:
    """A short run, with how each row was learnt."""
    return _shot(name, amount)


@cache
def _shot(name: str, amount: float) -> Snapshot:
    experiment = starting_point(DatasetConfig(name=name))
    wrong = CorruptionConfig(name=NOISE.get(name, "symmetric_label_noise"), amount=amount)
    spoiling = Spoiling(corruptions=(wrong,)) if amount else Spoiling()
    experiment = experiment.replace(spoiling=spoiling)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    while trainer.epoch < 4:
        trainer.step()
    return trainer.snapshot(Want.answers_to(ROW_HISTORY), "paused")


def found_in(name: str, amount: float = 0.2) -> Findings:
    return _found_in(name, amount)


@cache
def _found_in(name: str, amount: float) -> Findings:
    snapshot = shot(name, amount)
    info = snapshot.info
    record = snapshot.answer(ROW_HISTORY)
    return look(Search(info.dataset, snapshot.spoiled_train, info.split.validation, 0, record))


@pytest.fixture
def searched(open_view: Callable[..., FindView]) -> Callable[..., FindView]:
    """The view after its button was pressed and the search is done."""

    def opened(name: str = "penguins", amount: float = 0.2) -> FindView:
        view = open_view(FindView)
        show(view, shot(name, amount))
        jobs: list[SearchJob] = []
        view.search_wanted.connect(jobs.append)
        view.look.click()
        view.show_snapshot(shot(name, amount))
        jobs[0].found.emit(found_in(name, amount))
        return view

    return opened


def press(qtbot: QtBot, view: FindView, *keys: Qt.Key, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        qtbot.keyClick(view.suspects.table, key, modifiers)


def cell(view: FindView, row: int, column: int) -> str:
    rows = view.suspects.rows
    return str(rows.data(rows.index(row, column), Qt.ItemDataRole.DisplayRole))


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
    searched: Callable[..., FindView],
) -> None:
    view = searched()
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


def test_where_columns_alone_are_suspect_they_are_shown_and_counted(
    searched: Callable[..., FindView],
) -> None:
    view = searched("titanic", 0.9)
    assert view.pages.currentIndex() == COLUMNS
    assert view.buttons.button(COLUMNS).text().startswith("Columns (")


def test_keys_decide_and_go_on_to_the_next_row(
    qtbot: QtBot, searched: Callable[..., FindView]
) -> None:
    view = searched()
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


def test_arrows_walk_without_deciding(qtbot: QtBot, searched: Callable[..., FindView]) -> None:
    view = searched()
    press(qtbot, view, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert view.suspects.table.place == 1 and not view.suspects.review.decisions


def test_undo_takes_the_last_decision_back_and_returns_to_its_row(
    qtbot: QtBot, searched: Callable[..., FindView]
) -> None:
    view = searched()
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
    qtbot: QtBot, searched: Callable[..., FindView], monkeypatch: pytest.MonkeyPatch
) -> None:
    view = searched()
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


def test_of_amounts_a_target_may_be_typed(qtbot: QtBot, searched: Callable[..., FindView]) -> None:
    view = searched("sacramento", 0.5)
    bar = view.suspects.bar
    assert bar.other.isHidden() and not bar.amount.isHidden()
    for typed in ("many", "251,000"):
        bar.amount.setText(typed)
        qtbot.keyClick(bar.amount, Qt.Key.Key_Return)
    (decision,) = view.suspects.review.decisions.values()
    assert decision.label == 251_000


def test_the_impatient_repair_as_many_as_they_say_and_undo_them_at_once(
    searched: Callable[..., FindView],
) -> None:
    view = searched()
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
    qtbot: QtBot, searched: Callable[..., FindView]
) -> None:
    view = searched()
    assert not view.repairs.go_on.isEnabled() and not view.repairs.start_over.isEnabled()
    press(qtbot, view, Qt.Key.Key_R, Qt.Key.Key_D)
    repairs = view.suspects.review.repairs
    for button, over in ((view.repairs.go_on, False), (view.repairs.start_over, True)):
        with qtbot.waitSignal(view.repairs_wanted) as wanted:
            button.click()
        assert wanted.args == [repairs, over]


def test_the_truth_is_hidden_until_it_is_asked_for(searched: Callable[..., FindView]) -> None:
    view = searched()
    rows, scores = view.suspects.rows, view.scores
    view.buttons.button(SCORES).click()
    assert scores.table.isHidden() and not rows.shows_truth
    assert view.suspects.table.isColumnHidden(TRUTH)
    scores.truth.click()
    assert not scores.table.isHidden() and rows.shows_truth
    wrong = found_in("penguins").part.labels != shot("penguins").info.split.train.labels
    for row in range(rows.rowCount()):
        assert cell(view, row, TRUTH).startswith("truly") == bool(wrong[rows.position(row)])
    scores.truth.click()
    assert scores.table.isHidden() and not rows.shows_truth


def test_who_has_looked_at_all_suspects_sees_the_scores(
    qtbot: QtBot, searched: Callable[..., FindView]
) -> None:
    view = searched()
    count = view.suspects.rows.rowCount()
    press(qtbot, view, *[Qt.Key.Key_R] * (count - 1))
    assert not view.suspects.rows.shows_truth
    press(qtbot, view, Qt.Key.Key_S)
    assert view.suspects.rows.shows_truth
    assert f"You changed {count - 1}" in view.scores.person.text()


def test_a_click_on_a_finder_in_the_scores_shows_its_suspects(
    searched: Callable[..., FindView],
) -> None:
    view = searched()
    view.buttons.button(SCORES).click()
    view.scores.truth.click()
    table = view.scores.table
    names = table.names
    assert names[0] == AGREEMENT
    table.setCurrentCell(names.index("margin"), 0)
    assert view.finder.get() == "margin"
    flagged = found_in("penguins").suspects["margin"].flagged.sum()
    assert view.suspects.rows.rowCount() == flagged


def test_a_finder_of_what_nothing_is_wrong_with_says_why_it_has_no_curve(
    searched: Callable[..., FindView],
) -> None:
    view = searched()
    view.scores.truth.click()
    view.scores.table.setCurrentCell(view.scores.table.names.index("far"), 0)
    assert "No row's values are wrong" in view.scores.curve.accessibleDescription()


def test_of_clean_data_nothing_is_known_to_be_wrong(searched: Callable[..., FindView]) -> None:
    view = searched("penguins", 0.0)
    view.buttons.button(SCORES).click()
    assert "nothing is known to be wrong" in view.scores.words.text()
    assert not view.scores.truth.isEnabled() and view.scores.table.isHidden()


def spoiled_by(open_view: Callable[..., FindView], name: str, way: str, amount: float) -> FindView:
    """The view after a search of data spoiled in another way, the truth shown."""
    experiment = starting_point(DatasetConfig(name=name))
    recipe = Spoiling(corruptions=(CorruptionConfig(name=way, amount=amount),))
    experiment = experiment.replace(spoiling=recipe)
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    snapshot = trainer.snapshot(Want.answers_to(ROW_HISTORY), "ready", fresh=True)
    view = open_view(FindView)
    show(view, snapshot)
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    view.look.click()
    view.show_snapshot(snapshot)
    jobs[0].found.emit(look(jobs[0].search))
    view.buttons.button(SCORES).click()
    assert view.scores.truth.isEnabled() and view.scores.data.isHidden()
    view.scores.truth.click()
    return view


def test_where_no_row_is_wrong_the_finders_of_columns_are_scored_all_the_same(
    open_view: Callable[..., FindView],
) -> None:
    scores = spoiled_by(open_view, "titanic", "target_leakage", 0.9).scores
    assert not scores.data.isHidden() and scores.table.isHidden() and scores.bias.isHidden()
    assert scores.data.text() == "Leaked columns: 1 of 1 found, none besides."
    assert "no single row is wrong" in scores.words.text()


def test_of_biased_labels_it_is_said_why_finders_of_rows_do_not_see_them(
    open_view: Callable[..., FindView],
) -> None:
    view = spoiled_by(open_view, "mortgage_hmda", "group_label_bias", 0.7)
    scores = view.scores
    assert not scores.table.isHidden() and not scores.bias.isHidden()
    assert "Groups with biased labels: 1 of 1 found" in scores.data.text()
    assert any("less often “approved”" in text for text in view.columns.texts)


def test_findings_about_columns_are_cards_the_serious_ones_first(
    searched: Callable[..., FindView],
) -> None:
    view = searched()
    view.buttons.button(COLUMNS).click()
    texts = view.columns.texts
    assert len(texts) == len(found_in("penguins").data)
    assert any("leaked" in text for text in texts)


def test_what_was_found_stays_in_a_new_run_of_the_same_rows_and_not_of_others(
    qtbot: QtBot, searched: Callable[..., FindView]
) -> None:
    view = searched()
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
    qtbot: QtBot, searched: Callable[..., FindView], name: str
) -> None:
    view = searched(name, 0.5 if name == "sacramento" else 0.2)
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
    searched: Callable[..., FindView],
) -> None:
    page = searched().repairs
    tips = [page.go_on.toolTip(), page.start_over.toolTip()]
    tips += [label.text() for label in page.findChildren(QLabel)]
    assert any("your model" in text for text in tips)
    assert not any("student" in text for text in tips)


def test_a_leaked_column_is_left_out_by_a_click_on_its_card_and_taken_back(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = spoiled_by(open_view, "titanic", "target_leakage", 0.9)
    button = view.columns.buttons[0]
    assert button.text() == "Leave this column out"
    button.click()
    assert button.text() == "Use it again"
    assert view.suspects.review.repairs == (Repair(column="leaked fate"),)
    assert "column “leaked fate” left out" in view.repairs.words.text()
    with qtbot.waitSignal(view.repairs_wanted) as wanted:
        view.repairs.start_over.click()
    assert wanted.args == [(Repair(column="leaked fate"),), True]
    button.click()
    assert view.suspects.review.repairs == ()
    view.repairs.undo.click()
    assert button.text() == "Use it again"


def test_of_data_without_columns_none_can_be_left_out(searched: Callable[..., FindView]) -> None:
    assert searched("digits_8x8").columns.buttons == ()
