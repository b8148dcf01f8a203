"""A message that the user types."""

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Features
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.tries.spec import Maker
from visualiser.ui.tries.taken import TakeAnother
from visualiser.ui.views.known_words import cut_words, unread_words
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
        self._info: RunInfo | None = None
        self.below = (self.take,)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text)
        self.text.textChanged.connect(self._edited)
        self.take.taken.connect(self._take)

    def fit(self) -> None:
        """A few lines of the message are always seen."""
        self.text.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())

    def start_run(self, info: RunInfo) -> None:
        """Begin with a message of the data, unless the user has typed one."""
        self._info = info
        kept = bool(self.text.toPlainText()) and self.text.toPlainText() != self._taken
        self.take.start_run(info)
        if not kept:
            self._show_taken()
        self._tell()

    def example(self) -> Features:
        """(1,) message."""
        return np.array([self._read], dtype=object)

    def truth(self) -> str:
        """Known as long as the message is as it was in the data."""
        return self.take.label_text() if self.text.toPlainText() == self._taken else ""

    @property
    def _read(self) -> str:
        return self.text.toPlainText()[:_LONGEST]

    def _take(self) -> None:
        self._show_taken()
        self._edited()

    def _edited(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        """Say what the model cannot read; the same words again are not said."""
        assert self._info is not None
        sentences = (
            unread_words(self._info, self._read),
            cut_words(self.text.toPlainText(), _LONGEST),
        )
        words = " ".join(filter(None, sentences))
        if words != self.words.text():
            self.say(words)

    def _show_taken(self) -> None:
        with QSignalBlocker(self.text):
            self.text.setPlainText(str(np.asarray(self.take.features())[0]))
        self._taken = self.text.toPlainText()
