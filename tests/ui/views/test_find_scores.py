"""Find it: what was found in columns, and scores of finders and of who looks."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.views.searching import cell, found_in, press, searched, shot
from visualiser.core.experiment import Repair
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.ui.views.find_head import COLUMNS, SCORES
from visualiser.ui.views.find_it import FindView
from visualiser.ui.views.find_model import TRUTH


def revealed(open_view: Callable[..., FindView], name: str, way: str, amount: float) -> FindView:
    """The view after a search of data spoiled in that way, the truth shown."""
    view = searched(open_view, name, amount, way)
    view.buttons.button(SCORES).click()
    assert view.scores.truth.isEnabled() and view.scores.data.isHidden()
    view.scores.truth.click()
    return view


def test_where_columns_alone_are_suspect_they_are_shown_and_counted(
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view, "titanic", 0.9, "target_leakage")
    assert view.pages.currentIndex() == COLUMNS
    assert view.buttons.button(COLUMNS).text().startswith("Columns (")


def test_the_truth_is_hidden_until_it_is_asked_for(open_view: Callable[..., FindView]) -> None:
    view = searched(open_view)
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
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = searched(open_view)
    count = view.suspects.rows.rowCount()
    press(qtbot, view, *[Qt.Key.Key_R] * (count - 1))
    assert not view.suspects.rows.shows_truth
    press(qtbot, view, Qt.Key.Key_S)
    assert view.suspects.rows.shows_truth
    assert f"You changed {count - 1}" in view.scores.person.text()


def test_a_click_on_a_finder_in_the_scores_shows_its_suspects(
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view)
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
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view)
    view.scores.truth.click()
    view.scores.table.setCurrentCell(view.scores.table.names.index("far"), 0)
    assert "No row's values are wrong" in view.scores.curve.accessibleDescription()


def test_of_clean_data_nothing_is_known_to_be_wrong(open_view: Callable[..., FindView]) -> None:
    view = searched(open_view, "penguins", 0.0)
    view.buttons.button(SCORES).click()
    assert "nothing is known to be wrong" in view.scores.words.text()
    assert not view.scores.truth.isEnabled() and view.scores.table.isHidden()


def test_where_no_row_is_wrong_the_finders_of_columns_are_scored_all_the_same(
    open_view: Callable[..., FindView],
) -> None:
    scores = revealed(open_view, "titanic", "target_leakage", 0.9).scores
    assert not scores.data.isHidden() and scores.table.isHidden() and scores.bias.isHidden()
    assert scores.data.text() == "Leaked columns: 1 of 1 found, none besides."
    assert "no single row is wrong" in scores.words.text()


def test_of_biased_labels_it_is_said_why_finders_of_rows_do_not_see_them(
    open_view: Callable[..., FindView],
) -> None:
    view = revealed(open_view, "mortgage_hmda", "group_label_bias", 0.7)
    scores = view.scores
    assert not scores.table.isHidden() and not scores.bias.isHidden()
    assert "Groups with biased labels: 1 of 1 found" in scores.data.text()
    assert any("less often “approved”" in text for text in view.columns.texts)


def test_findings_about_columns_are_cards_the_serious_ones_first(
    open_view: Callable[..., FindView],
) -> None:
    view = searched(open_view)
    view.buttons.button(COLUMNS).click()
    texts = view.columns.texts
    assert len(texts) == len(found_in("penguins").data)
    assert any("leaked" in text for text in texts)


def test_a_leaked_column_is_left_out_by_a_click_on_its_card_and_taken_back(
    qtbot: QtBot, open_view: Callable[..., FindView]
) -> None:
    view = revealed(open_view, "titanic", "target_leakage", 0.9)
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


def test_of_data_without_columns_none_can_be_left_out(open_view: Callable[..., FindView]) -> None:
    assert searched(open_view, "digits_8x8").columns.buttons == ()
