"""What views of models of text have in common: the beginning that a user types, and letters."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.letters import unknown_letters
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.known_words import cut_words
from visualiser.ui.views.offers.language import no_text
from visualiser.ui.widgets.paragraph import paragraph

_LONGEST = 300
_MOST_NAMED = 8
"""Characters that are left out; of more is said how many."""
_FIRST_LENGTH = 24
"""Characters of the prompt that stands there before the user types one."""


class Prompt(QWidget):
    """A labelled line of text; every change counts at once.

    Attributes:
        line: where the text is typed.
        words: which of its characters the models cannot read; hidden where they read all.

    Signals:
        changed: the user typed something else.
    """

    changed = Signal()

    def __init__(self, title: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given = ""
        self._alphabet: tuple[str, ...] = ()
        self.title = paragraph("heading")
        self.title.setText(title)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Type a beginning …"))
        self.line.setAccessibleName(title)
        self.line.setToolTip(tip)
        self.line.textEdited.connect(self._edited)
        self.words = paragraph("muted")
        self.words.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.line)
        layout.addWidget(self.words)

    @property
    def text(self) -> str:
        """What stands there, as far as it is read."""
        return self.line.text()[:_LONGEST]

    def start_run(self, info: RunInfo) -> None:
        """Begin with words of the text, unless the user has typed some."""
        if self.text == self._given:
            self._given = first_prompt(info)
            with QSignalBlocker(self.line):
                self.line.setText(self._given)
        self._alphabet = info.dataset.alphabet
        self._tell()

    def _edited(self, text: str) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        unknown = unknown_letters(self.text, self._alphabet) if self._alphabet else ()
        sentences = (
            left_out_words(unknown),
            self.tr("Nothing is left of it: the models read the beginning of a line.")
            if unknown and set(unknown) == set(self.text)
            else "",
            cut_words(self.line.text(), _LONGEST),
        )
        self.words.setText(" ".join(filter(None, sentences)))
        self.words.setVisible(any(sentences))


def first_prompt(info: RunInfo) -> str:
    """A few whole words of the validation part, from one line; empty for other data."""
    if no_text(info):
        return ""
    for row in info.watched.tolist():
        window = info.dataset.text_of(np.asarray(info.split.validation.features)[row])
        lines = window.split("\n")
        # The first line may begin, and the last one end, in the middle of a word.
        words = lines[1] if len(lines) > 2 else window.partition(" ")[2].partition("\n")[0]
        piece = words[:_FIRST_LENGTH]
        if len(words) > len(piece):
            piece = piece.rpartition(" ")[0]
        if piece.strip():
            return piece
    return ""


def left_out_words(letters: tuple[str, ...]) -> str:
    """Which characters are left out, since models have never seen them; empty where none is."""
    if not letters:
        return ""
    names = ", ".join(f"“{isolated(letter_name(each))}”" for each in letters[:_MOST_NAMED])
    more = len(letters) - _MOST_NAMED
    if more > 0:
        names = _tr("{names} and {count} more").format(names=names, count=more)
    return _tr("Left out, as the text that is learnt lacks them: {names}.").format(names=names)


def letter_name(letter: str) -> str:
    """A character as it can be seen: “space”, “new line”, or itself."""
    names = {" ": _tr("space"), "\n": _tr("new line"), "\ufffd": _tr("rare character")}
    return names.get(letter, letter)


def visible(letter: str) -> str:
    """A character as one sign: spaces and ends of lines too."""
    return {" ": "␣", "\n": "↵"}.get(letter, letter)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Prompt", text)
