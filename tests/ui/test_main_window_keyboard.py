"""Tab goes as the eye does, and Space plays after a button that goes away once it was pressed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import DIGITS, NOISE, SHAPES, Trained, press, show
from visualiser.core.experiment import ModelConfig
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


def stops(qtbot: QtBot, window: MainWindow, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """What has the keyboard one after the other, from Play on until it has it again."""
    window.transport.play.setFocus()
    reached: list[QWidget] = []
    while window.transport.play not in reached:
        press(qtbot, window, key)
        holder = window.focusWidget()
        assert holder is not None and holder not in reached
        reached.append(holder)
    return reached


def parts_in_order(window: MainWindow) -> list[QWidget]:
    """Parts of the window as the eye goes; each holds controls, or is one."""
    data, quality, model = window.column.data, window.column.quality, window.column.model
    headers = [section.header for section in window.column.sections.values()]
    return [
        *(window.transport.step, window.transport.menu),
        *(headers[0], data.source, data.open_button, data.form),
        *(headers[1], quality.rows["symmetric_label_noise"]),
        *(headers[2], model.model, model.form),
        *(headers[3], window.column.training.rate, window.column.training.form),
        *(window.curves, window.stage.first.tabBar(), window.results),
    ]


def test_tab_goes_through_the_window_as_the_eye_does(shown: MainWindow, qtbot: QtBot) -> None:
    reached = stops(qtbot, shown)
    places = [
        next(i for i, stop in enumerate(reached) if stop is part or part.isAncestorOf(stop))
        for part in parts_in_order(shown)
    ]
    assert places == sorted(places)
    assert set(shown.column.data.form.controls.values()) <= set(reached)
    assert reached[:-1] == stops(qtbot, shown, Qt.Key.Key_Backtab)[-2::-1]


def test_controls_of_other_data_and_of_another_model_stand_in_their_section(
    shown: MainWindow, trained: Trained, qtbot: QtBot
) -> None:
    show(shown, trained(DIGITS))
    show(shown, trained(SHAPES.replace(model=ModelConfig(options={"hidden": [3, 5]}))))
    reached = stops(qtbot, shown)
    for before, parts, after in (
        (shown.column.data.open_button, shown.column.data.form.controls, "quality"),
        (shown.column.model.model, shown.column.model.form.controls, "training"),
    ):
        first = reached.index(before) + 1
        between = reached[first : reached.index(shown.column.sections[after].header)]
        for control in parts.values():
            assert isinstance(control, QWidget)
            if control.isVisible():  # the rest is folded away
                assert any(control is stop or control.isAncestorOf(stop) for stop in between)


def test_tab_brings_what_it_reaches_into_sight(shown: MainWindow, qtbot: QtBot) -> None:
    shown.resize(1024, 640)
    shown.transport.play.setFocus()
    holder: QWidget | None = shown.transport.play
    while holder is not None and not shown.column.training.isAncestorOf(holder):
        press(qtbot, shown, Qt.Key.Key_Tab)
        holder = shown.focusWidget()
    assert holder is not None
    assert not holder.visibleRegion().isEmpty()
