"""What a widget in which the user makes an example has to offer."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import Features
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.widgets.paragraph import paragraph


class Maker(QWidget):
    """There is always one example, from the start of a run on.

    Attributes:
        below: buttons and short labels that the page puts below the example and its answers.
        words: how it went, below those; hidden while there is nothing to say.
        is_square: it is as wide as it is high, and leaves the rest of the width to the answers.

    Signals:
        changed: another example was made.
        told: the words are others.
    """

    changed = Signal()
    told = Signal()
    below: tuple[QWidget, ...] = ()
    is_square = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = paragraph("muted")
        self.words.hide()

    def say(self, text: str) -> None:
        """Say how it went; nothing where `text` is empty."""
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.told.emit()

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
