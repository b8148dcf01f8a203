from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QTabBar, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui.widgets.mouse_focus import MouseFocus

SPACE = Qt.Key.Key_Space


class Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.keys: list[int] = []
        self.button, self.choice, self.line = QPushButton("Reset"), QComboBox(), QLineEdit()
        self.tabs = QTabBar()
        self.tabs.addTab("Weights")
        self.tabs.setExpanding(True)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        for widget in (self.button, self.choice, self.tabs, self.line):
            layout.addWidget(widget)
        self.clicks = 0
        self.button.clicked.connect(self.count)
        MouseFocus(self)

    def count(self) -> None:
        self.clicks += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys.append(event.key())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.line.setFocus()
    yield made


def click(qtbot: QtBot, widget: QWidget) -> None:
    """As the system sends it: to the window, at a place."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    qtbot.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)


def test_space_after_a_click_on_a_button_is_left_to_the_window(
    window: Window, qtbot: QtBot
) -> None:
    click(qtbot, window.button)
    assert not window.button.hasFocus()
    qtbot.keyClick(window.windowHandle(), SPACE)
    assert (window.clicks, window.keys) == (1, [SPACE])


def test_space_on_a_button_reached_by_tab_presses_it(window: Window, qtbot: QtBot) -> None:
    window.button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.windowHandle(), SPACE)
    assert (window.clicks, window.keys) == (1, [])


def test_a_clicked_tab_gives_the_keyboard_back(window: Window, qtbot: QtBot) -> None:
    click(qtbot, window.tabs)
    assert not window.tabs.hasFocus()


def test_a_clicked_line_of_text_keeps_the_keyboard(window: Window, qtbot: QtBot) -> None:
    window.button.setFocus(Qt.FocusReason.TabFocusReason)
    click(qtbot, window.line)
    assert window.line.hasFocus()
    qtbot.keyClick(window.windowHandle(), SPACE)
    assert (window.line.text(), window.keys) == (" ", [])
