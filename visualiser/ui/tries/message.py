"""A message that the user types."""

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Features
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.taken import TakeAnother
from visualiser.ui.widgets.fitted import Fitted

_LONGEST = 20_000
"""Characters; what is pasted beyond is left out."""
_LEAST_LINES = 4


class MessageMaker(Fitted, Maker):
    """A field of text; each change is answered at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.text.setPlaceholderText(self.tr("Type a message …"))
        self.text.setAccessibleName(self.tr("Message to try"))
        self.text.setTabChangesFocus(True)
        self.take = TakeAnother(self)
        self._taken = ""
        self.below = (self.take,)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.text.textChanged.connect(self.changed)
        self.take.taken.connect(self._take)

    def fit(self) -> None:
        """A few lines of the message are always seen."""
        self.text.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())

    def start_run(self, info: RunInfo) -> None:
        """Begin with a message of the data, unless the user has typed one."""
        kept = bool(self.text.toPlainText()) and self.text.toPlainText() != self._taken
        self.take.start_run(info)
        if not kept:
            self._show_taken()

    def example(self) -> Features:
        """(1,) message."""
        return np.array([self.text.toPlainText()[:_LONGEST]], dtype=object)

    def truth(self) -> str:
        """Known as long as the message is as it was in the data."""
        return self.take.label_text() if self.text.toPlainText() == self._taken else ""

    def _take(self) -> None:
        self._show_taken()
        self.changed.emit()

    def _show_taken(self) -> None:
        with QSignalBlocker(self.text):
            self.text.setPlainText(str(np.asarray(self.take.features())[0]))
        self._taken = self.text.toPlainText()
