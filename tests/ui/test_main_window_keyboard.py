"""Space still plays and pauses after a button that goes away once it was pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import NOISE, SHAPES, Trained, press, show
from visualiser.core.training.commands import Play
from visualiser.ui.main_window import MainWindow

SPACE = Qt.Key.Key_Space


def press_button(qtbot: QtBot, window: MainWindow, button: QPushButton) -> None:
    """By keyboard, as who came to it by Tab."""
    button.setFocus(Qt.FocusReason.TabFocusReason)
    press(qtbot, window, SPACE)


def space_plays(qtbot: QtBot, window: MainWindow) -> bool:
    with qtbot.waitSignal(window.transport.command) as sent:
        press(qtbot, window, SPACE)
    return sent.args == [Play()]


@pytest.fixture
def shown(window: MainWindow, trained: Trained) -> MainWindow:
    show(window, trained(SHAPES.replace(spoiling=NOISE), steps=5))
    return window


def test_after_heal(shown: MainWindow, qtbot: QtBot) -> None:
    heal = shown.column.quality.heal
    press_button(qtbot, shown, heal)
    assert not heal.isEnabled()
    assert space_plays(qtbot, shown)


def test_after_the_exam_was_opened_or_left_closed(shown: MainWindow, qtbot: QtBot) -> None:
    exam = shown.results.exam
    for answer in (exam.no, exam.yes):
        exam.open_button.click()
        press_button(qtbot, shown, answer)
        assert space_plays(qtbot, shown)
        shown.transport.play.click()


def test_tab_goes_on_from_where_heal_was(shown: MainWindow, qtbot: QtBot) -> None:
    press_button(qtbot, shown, shown.column.quality.heal)
    press(qtbot, shown, Qt.Key.Key_Tab)
    reached = shown.focusWidget()
    assert reached is not None and shown.column.quality.isAncestorOf(reached)
