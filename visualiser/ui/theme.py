"""Fonts, colours and the size of text, applied to the whole program at once."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from visualiser.paths import assets_dir
from visualiser.ui.palette import DARK, LIGHT, Palette
from visualiser.ui.style_sheet import BASE_PIXELS, style_sheet

Mode = Literal["system", "light", "dark"]

_STYLED = "styled"
"""A property of an application that has its style."""

SMALLEST, LARGEST, STEP = 1.0, 2.0, 0.1


class Theme(QObject):
    """Light or dark, as chosen or as the system has it, and the size of text.

    What is chosen to begin with is not in force before `apply`, so that a window can be built
    first: with a style sheet in force every widget is polished anew for each parent that it gets,
    which doubled the time that the window takes.

    Signals:
        palette_changed: the new Palette; pictures drawn by hand follow it.
    """

    palette_changed = Signal(object)

    def __init__(
        self,
        application: QApplication,
        mode: Mode = "system",
        scale: float = SMALLEST,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._application = application
        self._mode: Mode = mode
        self._scale = _offered(scale)
        self._family = _load_fonts()
        self._applied: tuple[Palette, float] | None = None
        # Once a process: every widget there is gets a new style, whether it is another or not.
        if application.property(_STYLED) is None:
            application.setStyle("Fusion")
            application.setProperty(_STYLED, True)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def mode(self) -> Mode:
        """What the user chose."""
        return self._mode

    @property
    def scale(self) -> float:
        """Size of text, 1.0 to 2.0."""
        return self._scale

    @property
    def palette(self) -> Palette:
        """The colours in force."""
        if self._mode == "system":
            scheme = QGuiApplication.styleHints().colorScheme()
            return DARK if scheme == Qt.ColorScheme.Dark else LIGHT
        return DARK if self._mode == "dark" else LIGHT

    def set_mode(self, mode: Mode) -> None:
        """Choose light, dark, or to follow the system."""
        self._mode = mode
        self.apply()

    def set_scale(self, scale: float) -> None:
        """Choose the size of text; clamped to 1.0 … 2.0."""
        self._scale = _offered(scale)
        self.apply()

    def apply(self) -> None:
        """Give the program its fonts and colours, unless it has them already."""
        palette = self.palette
        if self._applied == (palette, self._scale):
            return
        self._applied = palette, self._scale
        sheet = style_sheet(palette, self._scale, self._family)
        # Else every widget is polished for nothing.
        changes = sheet != self._application.styleSheet()
        if changes:
            # Taken off first: Qt takes six times as long to put one sheet in place of another,
            # 2.1 seconds instead of 0.4 where most views were opened.
            self._application.setStyleSheet("")
        font = QFont(self._family)
        font.setPixelSize(round(BASE_PIXELS * self._scale))
        self._application.setFont(font)
        self._application.setPalette(qt_palette(palette))
        if changes:
            self._application.setStyleSheet(sheet)
        self.palette_changed.emit(palette)

    def _system_changed(self) -> None:
        if self._mode == "system":
            self.apply()


def apply_to(widget: QWidget, palette: Palette, family: str) -> None:
    """Give a single widget the colours of a theme and text of the usual size."""
    font = QFont(family)
    font.setPixelSize(BASE_PIXELS)
    widget.setFont(font)
    widget.setPalette(qt_palette(palette))
    widget.setStyleSheet(style_sheet(palette, SMALLEST, family))


def _offered(scale: float) -> float:
    return round(min(max(scale, SMALLEST), LARGEST), 2)


def _load_fonts() -> str:
    """The family shipped with the program, or the system's own where it is missing."""
    families = []
    for path in sorted((assets_dir() / "fonts").glob("*.?tf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number)
    return next((family for family in families if family == "Inter"), QFont().family())


def qt_palette(colours: Palette) -> QPalette:
    """The same colours as Qt asks for them."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in (
        (role.Window, colours.window),
        (role.Base, colours.card),
        (role.AlternateBase, colours.sunken),
        (role.Button, colours.card),
        (role.Text, colours.text),
        (role.WindowText, colours.text),
        (role.ButtonText, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.ToolTipBase, colours.sunken),
        (role.ToolTipText, colours.text),
        (role.Link, colours.accent),
        (role.Mid, colours.border),
        (role.Midlight, colours.sunken),
        (role.Dark, colours.muted),
        (role.Light, colours.card),
        (role.BrightText, colours.spoiled),
    ):
        palette.setColor(where, QColor(colour))
    for where in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.muted))
    return palette
