"""Light or dark, the size of text, and full screen before an audience."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from visualiser.ui.menu import Actions
from visualiser.ui.theme import STEP, Theme

_PRESENTED_LARGER = 0.3


class Appearance(QObject):
    """Carries out the actions of the menu that change how the window looks.

    `left` is the column that makes room for the pictures in a presentation.
    """

    def __init__(self, window: QMainWindow, theme: Theme, actions: Actions, left: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._left = left
        self._actions = actions
        self._usual: tuple[float, Qt.WindowState] | None = None
        choices = {"system": actions.system, "light": actions.light, "dark": actions.dark}
        choices[theme.mode].setChecked(True)
        actions.system.triggered.connect(self._follow_system)
        actions.light.triggered.connect(self._go_light)
        actions.dark.triggered.connect(self._go_dark)
        actions.larger.triggered.connect(self._enlarge)
        actions.smaller.triggered.connect(self._reduce)
        actions.normal.triggered.connect(self._normal_size)
        actions.present.toggled.connect(self._present)
        actions.left_column.toggled.connect(left.setVisible)

    @property
    def presenting(self) -> bool:
        """Whether the window fills the screen before an audience."""
        return self._usual is not None

    def stop_presenting(self) -> None:
        """Back to the usual window, if it is not there already."""
        self._actions.present.setChecked(False)

    def _follow_system(self) -> None:
        self._theme.set_mode("system")

    def _go_light(self) -> None:
        self._theme.set_mode("light")

    def _go_dark(self) -> None:
        self._theme.set_mode("dark")

    def _enlarge(self) -> None:
        self._theme.set_scale(self._theme.scale + STEP)

    def _reduce(self) -> None:
        self._theme.set_scale(self._theme.scale - STEP)

    def _normal_size(self) -> None:
        self._theme.set_scale(1.0)

    def _present(self, on: bool) -> None:
        """Full screen with larger text and no left column; afterwards as it was before."""
        self._actions.left_column.setChecked(not on)
        if on:
            self._usual = self._theme.scale, self._window.windowState()
            self._theme.set_scale(self._theme.scale + _PRESENTED_LARGER)
            self._window.showFullScreen()
        elif self._usual is not None:
            scale, state = self._usual
            self._usual = None
            self._theme.set_scale(scale)
            self._window.setWindowState(state)
