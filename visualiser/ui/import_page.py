"""What every page of the import has: options to agree to, once it is ready."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from visualiser.core.experiment import Options


class ImportPage(QWidget):
    """One kind of data: what was recognised, and every guess to be changed.

    Signals:
        ready_changed: whether it can be used as it is chosen now.
        unusable: whether only another file or folder would help.
    """

    ready_changed = Signal(bool)
    unusable = Signal(bool)

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.ready = False

    @property
    def has_content(self) -> bool:
        """Whether there is more to see than a sentence."""
        raise NotImplementedError

    def options(self) -> Options:
        """What is asked for now, as options of the data set."""
        raise NotImplementedError

    def cancel(self) -> None:
        """What is still being read does not matter any more."""
        raise NotImplementedError

    def set_ready(self, ready: bool) -> None:
        """Say whether it can be used."""
        self.ready = ready
        self.ready_changed.emit(ready)


def scrolling(content: QWidget) -> QScrollArea:
    """What scrolls downwards where the window is too small for it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    return area


def sentence(role: str = "", *, hidden: bool = False) -> QLabel:
    """A label for a sentence of any length."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setHidden(hidden)
    return label
