"""Text of 200 % in small windows: nothing is cut sideways, and everything can be reached."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import show
from tests.ui.views.conftest import trained
from tests.ui.views.searching import found_in, shot
from visualiser.ui.main_window import MainWindow
from visualiser.ui.search_job import SearchJob
from visualiser.ui.theme import Theme
from visualiser.ui.views.find_head import SCORES, SUSPECTS
from visualiser.ui.views.find_it import FindView
from visualiser.ui.views.groups import GroupsView
from visualiser.ui.views.registry import VIEWS
from visualiser.ui.views.side_column import SideColumn

SMALL, USUAL = (1024, 640), (1280, 800)


@pytest.fixture
def large(window: MainWindow, theme: Theme) -> MainWindow:
    """The window with the views in sight, as small as it is meant for."""
    theme.set_scale(2.0)
    window.resize(*SMALL)
    window.columns.show_views(True)
    QApplication.processEvents()
    return window


def place(window: MainWindow) -> QScrollArea:
    """What the view in sight stands in."""
    area = window.stage.first.currentWidget().findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    return area


def look_at(window: MainWindow, view: str) -> QScrollArea:
    window.stage.choose(view)
    QApplication.processEvents()
    return place(window)


def searched(window: MainWindow, name: str = "penguins") -> FindView:
    """Find it in the window, after a search; the truth is shown."""
    show(window, shot(name))
    view = look_at(window, "find_it").findChild(FindView)
    assert view is not None
    jobs: list[SearchJob] = []
    view.search_wanted.connect(jobs.append)
    view.look.click()
    view.show_snapshot(shot(name))
    jobs[0].found.emit(found_in(name))
    view.scores.truth.click()
    QApplication.processEvents()
    return view


def in_sight(widget: QWidget) -> bool:
    """Whether all of it is seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


@pytest.mark.parametrize(
    "name",
    ["mortgage_hmda", "digits_8x8", "sms_spam", "sacramento", "retail_purchases", "drums",
     "bike_daily", "shapes", "alice29"],
)  # fmt: skip
def test_no_view_is_wider_than_its_place(large: MainWindow, name: str) -> None:
    snapshot = trained(name, (), 20)
    show(large, snapshot)
    wide = {
        view.name: over
        for view in VIEWS
        if view.refuses(snapshot.info) is None
        and (over := look_at(large, view.name).horizontalScrollBar().maximum())
    }
    assert wide == {}


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_no_page_of_find_it_is_wider_than_its_place(
    large: MainWindow, size: tuple[int, int]
) -> None:
    large.resize(*size)
    view = searched(large)
    for button in view.buttons.buttons():
        button.click()
        QApplication.processEvents()
        assert place(large).horizontalScrollBar().maximum() == 0, button.text()
        assert view.suspects.table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [SMALL, USUAL])
def test_the_last_line_of_a_suspect_is_in_reach_whatever_is_said_of_it(
    large: MainWindow, size: tuple[int, int]
) -> None:
    large.resize(*size)
    view = searched(large)
    view.buttons.button(SUSPECTS).click()
    for row in range(0, view.suspects.rows.rowCount(), 5):
        view.suspects.table.go_to(row)
        QApplication.processEvents()
        for widget in (view.suspects.why, view.suspects.bar.undo, view.suspects.bar.progress):
            place(large).ensureWidgetVisible(widget, 0, 0)
            assert in_sight(widget), row


def test_what_the_table_of_suspects_has_no_room_for_stands_below_it(large: MainWindow) -> None:
    view = searched(large)
    view.buttons.button(SUSPECTS).click()
    told = view.suspects.why.text()
    assert "Model says: " in told and "Truth: " in told
    view.suspects.bar.drop.click()
    view.suspects.table.go_to(0)
    assert "Decision: left out" in view.suspects.why.text()


def test_scores_without_room_for_columns_stand_below_the_finder(large: MainWindow) -> None:
    view = searched(large)
    view.buttons.button(SCORES).click()
    table = view.scores.table
    item = table.item(0, 0)
    assert item is not None and "\nSuspects " in item.text() and "Precision " in item.text()
    large.resize(2000, 1000)
    QApplication.processEvents()
    assert "\n" not in item.text() and not table.isColumnHidden(2)
    assert table.width() >= table.width_for_all()


def test_a_low_place_scrolls_a_page_of_find_it_with_its_head(large: MainWindow) -> None:
    view = searched(large)
    pages = (view.columns, view.repairs, view.scores)
    assert all(page.unrolled for page in pages)
    large.resize(*USUAL)
    QApplication.processEvents()
    assert not any(page.unrolled for page in pages)


def test_both_groups_are_in_sight_without_scrolling(large: MainWindow) -> None:
    show(large, trained("mortgage_hmda", (), 30))
    view = look_at(large, "groups").findChild(GroupsView)
    assert view is not None and view.bars.places == 2
    assert in_sight(view.bars)


@pytest.mark.parametrize("name", ["groups", "calibration", "privacy"])
def test_a_picture_and_the_words_below_it_scroll_as_one(large: MainWindow, name: str) -> None:
    show(large, trained("mortgage_hmda", (), 30))
    area = look_at(large, name)
    QApplication.processEvents()
    words, bar = area.findChild(SideColumn), area.verticalScrollBar()
    assert words is not None and words.verticalScrollBar().maximum() == 0
    bar.setValue(bar.maximum())
    labels = [label for label in words.page.findChildren(QLabel) if label.text()]
    lowest = max(label.mapTo(area, label.rect().bottomLeft()).y() for label in labels)
    assert bar.maximum() > 0 and lowest < area.height()


def test_a_page_of_the_menu_is_no_larger_than_the_screen(large: MainWindow) -> None:
    large.desk.show_shortcuts()
    page = large.findChild(QTextBrowser)
    assert page is not None
    screen = page.screen().availableSize()
    assert page.window().width() <= screen.width() and page.window().height() <= screen.height()
    page.window().close()


def test_a_letter_for_a_suspect_out_of_sight_shows_it_before_it_decides(
    large: MainWindow, qtbot: QtBot
) -> None:
    view = searched(large)
    view.buttons.button(SUSPECTS).click()
    QApplication.processEvents()
    table = view.suspects.table
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    middle = table.visualRect(table.currentIndex()).center()
    assert not table.viewport().visibleRegion().contains(middle)
    qtbot.keyClick(table, Qt.Key.Key_D)
    assert not view.suspects.review.decisions
    middle = table.visualRect(table.currentIndex()).center()
    assert table.viewport().visibleRegion().contains(middle)
    qtbot.keyClick(table, Qt.Key.Key_D)
    assert len(view.suspects.review.decisions) == 1


def test_names_of_finders_are_whole_where_there_is_room(window: MainWindow, theme: Theme) -> None:
    window.resize(*USUAL)
    view = searched(window)
    view.buttons.button(SCORES).click()
    QApplication.processEvents()
    table = view.scores.table
    assert table.width() >= table.width_for_all()
