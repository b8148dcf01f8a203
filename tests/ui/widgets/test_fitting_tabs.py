from itertools import permutations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from visualiser.ui.widgets.fitting_tabs import FittingTabs

TITLES = ("Data", "Weights", "Filters", "Histograms", "Network", "Boundary", "Confusion")


@pytest.fixture
def tabs(qtbot: QtBot) -> FittingTabs:
    made = FittingTabs()
    for title in TITLES:
        made.addTab(QLabel(title), title)
    qtbot.addWidget(made)
    made.resize(1200, 300)
    made.show()
    return made


def shown(tabs: FittingTabs) -> list[str]:
    return [tabs.tabText(i) for i in range(tabs.count()) if tabs.isTabVisible(i)]


def offered(tabs: FittingTabs) -> list[str]:
    menu = tabs.more.menu()
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions()]


def test_all_tabs_are_shown_where_there_is_room(tabs: FittingTabs) -> None:
    assert shown(tabs) == list(TITLES)
    assert tabs.more.isHidden()


@pytest.mark.parametrize("width", [420, 340, 260, 180])
def test_what_does_not_fit_is_offered_behind_a_button(tabs: FittingTabs, width: int) -> None:
    tabs.resize(width, 300)
    assert sorted(shown(tabs) + offered(tabs)) == sorted(TITLES)
    bar = tabs.tabBar()
    last = max(i for i in range(tabs.count()) if tabs.isTabVisible(i))
    assert bar.tabRect(0).left() >= 0
    assert bar.mapTo(tabs, bar.tabRect(last).topRight()).x() < tabs.more.x()
    assert tabs.more.geometry().right() < width


def test_the_current_tab_is_always_in_sight(tabs: FittingTabs) -> None:
    tabs.setCurrentIndex(6)
    tabs.resize(260, 300)
    assert tabs.currentIndex() == 6
    assert "Confusion" in shown(tabs)


def test_choosing_from_the_menu_turns_there_and_counts_as_a_click(
    tabs: FittingTabs, qtbot: QtBot
) -> None:
    tabs.resize(260, 300)
    assert "Boundary" in offered(tabs)
    action = next(a for a in tabs.more.menu().actions() if a.text() == "Boundary")
    with qtbot.waitSignal(tabs.tabBarClicked):
        action.trigger()
    assert tabs.tabText(tabs.currentIndex()) == "Boundary"
    assert "Boundary" in shown(tabs)


@pytest.mark.parametrize("width", [420, 340, 260, 180, 120])
def test_from_every_tab_every_other_one_is_reached(tabs: FittingTabs, width: int) -> None:
    tabs.resize(width, 300)
    for before, after in permutations(range(tabs.count()), 2):
        tabs.setCurrentIndex(before)
        if tabs.isTabVisible(after):
            tabs.setCurrentIndex(after)
        else:
            assert TITLES[after] in offered(tabs)
            next(a for a in tabs.more.menu().actions() if a.data() == after).trigger()
        assert tabs.currentIndex() == after
        assert tabs.isTabVisible(after)


def test_tabs_that_cannot_be_used_give_way_first(tabs: FittingTabs) -> None:
    tabs.setTabEnabled(1, False)
    tabs.resize(340, 300)
    tabs.fit()
    assert "Weights" not in shown(tabs)
    assert "Filters" in shown(tabs)
    offered(tabs)
    action = next(a for a in tabs.more.menu().actions() if a.text() == "Weights")
    assert not action.isEnabled()


def test_larger_text_needs_more_room(tabs: FittingTabs) -> None:
    tabs.resize(640, 300)
    before = shown(tabs)
    font = tabs.font()
    font.setPixelSize(2 * QFontInfo(font).pixelSize())  # of the theme or of the system
    tabs.setFont(font)
    tabs.tabBar().setFont(font)
    tabs.fit()
    assert len(shown(tabs)) < len(before)


def test_the_button_is_reached_with_the_keyboard(tabs: FittingTabs) -> None:
    tabs.resize(260, 300)
    assert tabs.more.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert tabs.more.accessibleName()
