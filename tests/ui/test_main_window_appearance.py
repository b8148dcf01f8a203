import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QSlider,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.shown_window import SHAPES, Trained, press, show
from visualiser.ui.main_window import MainWindow
from visualiser.ui.settings import Settings
from visualiser.ui.theme import Theme


def test_presenting_enlarges_and_comes_back_as_it_was(window: MainWindow, theme: Theme) -> None:
    theme.set_scale(1.9)
    window.actions_.present.setChecked(True)
    assert window.isFullScreen()
    assert not window.column.isVisible()
    assert theme.scale > 1.9
    window.actions_.left_column.setChecked(True)
    assert window.column.isVisible()
    window.actions_.present.setChecked(False)
    assert not window.isFullScreen()
    assert theme.scale == 1.9


def test_escape_ends_a_presentation(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.present.setChecked(True)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.actions_.present.isChecked()


def test_themes_are_chosen_in_the_menu(window: MainWindow, theme: Theme) -> None:
    window.actions_.dark.trigger()
    assert theme.mode == "dark"
    window.actions_.light.trigger()
    assert theme.mode == "light"
    window.actions_.larger.trigger()
    assert theme.scale == pytest.approx(1.1)
    window.actions_.normal.trigger()
    assert theme.scale == 1.0


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_window_fits_a_small_screen(
    window: MainWindow, theme: Theme, trained: Trained, scale: float
) -> None:
    theme.set_scale(scale)
    show(window, trained(SHAPES))
    window.resize(1024, 640)
    assert window.size().width() == 1024
    assert window.minimumSizeHint().width() <= 1024
    assert window.minimumSizeHint().height() <= 640


def test_no_two_actions_share_a_shortcut(window: MainWindow) -> None:
    keys = [
        key.toString() for action in vars(window.actions_).values() for key in action.shortcuts()
    ]
    keys += ["Space", "Right", "Shift+Right", "R", "Shift+R", "Alt+M"]
    assert len(keys) == len(set(keys))


def test_every_control_has_a_name_and_a_sentence(window: MainWindow, trained: Trained) -> None:
    show(window, trained(SHAPES))
    nameless = []
    for kind in (QAbstractButton, QComboBox, QSlider):
        for control in window.findChildren(kind):
            inner = control.objectName().startswith(("qt_", "ScrollLeft", "ScrollRight"))
            if not control.isVisible() or inner:
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            if not (control.accessibleName() or text) or not _tip(control):
                nameless.append(f"{type(control).__name__} {control.objectName()} “{text}”")
    assert nameless == []


def _tip(control: QWidget) -> str:
    """Its own tooltip, or that of what it is a part of."""
    widget: QWidget | None = control
    while widget is not None and not widget.toolTip():
        widget = widget.parentWidget()
    return "" if widget is None else widget.toolTip()


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5, 2.0])
def test_the_narrowest_window_cuts_no_column(
    window: MainWindow, theme: Theme, trained: Trained, scale: float
) -> None:
    theme.set_scale(scale)
    show(window, trained(SHAPES, steps=20))
    QApplication.processEvents()
    window.resize(100, 1400)
    QApplication.processEvents()
    assert window.width() <= 1024
    for part in (window.curves, window.stage):
        assert part.visibleRegion().boundingRect().width() == part.width()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_page_of_shortcuts_needs_no_scrolling(
    window: MainWindow, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    window.desk.show_shortcuts()
    page = window.findChild(QTextBrowser)
    assert page is not None
    QApplication.processEvents()
    bar = page.verticalScrollBar()
    whole = page.window().height() + bar.maximum()
    assert bar.maximum() == 0 or whole > page.screen().availableSize().height()
    page.window().close()


def test_tabs_are_not_scrolled_where_the_chosen_one_is_in_sight(
    theme: Theme, qtbot: QtBot, trained: Trained
) -> None:
    made = MainWindow(theme, Settings())
    qtbot.addWidget(made)
    made.resize(1100, 640)
    show(made, trained(SHAPES, steps=20))
    made.show()
    QApplication.processEvents()
    bar = made.stage.first.tabBar()
    assert made.stage.first.currentIndex() > 0
    assert bar.tabRect(0).left() >= 0
