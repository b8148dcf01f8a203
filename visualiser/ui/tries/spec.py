"""What a widget in which the user makes an example has to offer."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import Features
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette


class Maker(QWidget):
    """There is always one example, from the start of a run on.

    Signals:
        changed: another example was made.
    """

    changed = Signal()

    def start_run(self, info: RunInfo) -> None:
        """Other data, perhaps: begin with an example of it."""
        raise NotImplementedError

    def example(self) -> Features:
        """One example, before encoding."""
        raise NotImplementedError

    def truth(self) -> str:
        """What the label of the example is, where it was taken from the data; else empty."""
        return ""

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme; the style sheet does it where nothing is painted."""


MakerFactory = Callable[[], Maker]
