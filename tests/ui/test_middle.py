"""A low window shows curves or views, not a sliver of both."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import SHAPES, Trained, show
from visualiser.core.training.want import Want
from visualiser.ui.main_window import MainWindow
from visualiser.ui.middle import Middle


@pytest.fixture
def middle(qtbot: QtBot) -> Iterator[Middle]:
    made = Middle(QLabel("curves"), QLabel("views"))
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    yield made


def seen(middle: Middle) -> list[str]:
    return sorted(label.text() for label in middle.findChildren(QLabel) if label.isVisible())


def test_where_there_is_room_both_are_shown_and_nothing_has_to_be_turned(middle: Middle) -> None:
    assert seen(middle) == ["curves", "views"]
    assert not middle.tabs.isVisible()


@pytest.mark.parametrize(("scale", "height"), [(1.0, 300), (1.5, 500), (2.0, 620)])
def test_a_low_window_shows_one_in_nearly_all_of_the_height(
    middle: Middle, scale: float, height: int
) -> None:
    middle.set_text_scale(scale)
    middle.resize(700, height)
    QApplication.processEvents()
    assert seen(middle) == ["curves"]
    assert middle.tabs.isVisible()
    (curves,) = (label for label in middle.findChildren(QLabel) if label.isVisible())
    assert curves.height() > height - middle.tabs.height() - 20


def test_tabs_turn_to_the_other_one_by_mouse_and_keyboard(middle: Middle, qtbot: QtBot) -> None:
    middle.resize(700, 300)
    with qtbot.waitSignal(middle.turned):
        QTest.mouseClick(
            middle.tabs, Qt.MouseButton.LeftButton, pos=middle.tabs.tabRect(1).center()
        )
    assert seen(middle) == ["views"]
    with qtbot.waitSignal(middle.turned):
        QTest.keyClick(middle.tabs, Qt.Key.Key_Left)
    assert seen(middle) == ["curves"]


def test_a_higher_window_shows_both_again_with_the_border_where_it_was(middle: Middle) -> None:
    middle.border.moveSplitter(450, 1)
    placed = middle.places
    middle.resize(700, 300)
    middle.tabs.setCurrentIndex(1)
    assert middle.places == placed
    middle.resize(700, 600)
    QApplication.processEvents()
    assert seen(middle) == ["curves", "views"]
    assert middle.border.sizes() == pytest.approx(placed, abs=3)


def test_views_that_are_turned_away_ask_for_nothing(
    window: MainWindow, trained: Trained, qtbot: QtBot
) -> None:
    show(window, trained(SHAPES))
    window.stage.choose("weights")
    assert window.stage.want != Want()
    (middle,) = window.findChildren(Middle)
    middle.set_text_scale(3.0)
    assert middle.low and window.stage.want == Want()
    with qtbot.waitSignal(window.view_changed):
        middle.tabs.setCurrentIndex(1)
    assert window.stage.want != Want()
