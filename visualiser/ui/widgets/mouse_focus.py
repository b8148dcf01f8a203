"""Keeps Space, → and R for the run after a click, or where a button goes away."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QTabBar, QWidget


def rest_keyboard(place: QWidget) -> None:
    """Leave Space to the window, and let Tab go on from `place`, which takes no keys itself.

    For a button that goes away once it was pressed: Qt would hand the keyboard to its neighbour.
    """
    if place.isVisible():
        place.setFocus()
    elif (holder := QApplication.focusWidget()) is not None:
        holder.clearFocus()


class MouseFocus(QObject):
    """A button, list or tab that is clicked does not keep the keyboard.

    Otherwise Space after a click on Reset would reset again instead of playing. Whoever moves by
    Tab keeps the keyboard where it is, and Space presses what has it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def _moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if (
            isinstance(new, QAbstractButton | QComboBox | QTabBar)
            and new.window() is self._window
            and QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        ):
            new.clearFocus()
