"""What one model wrote: the text of now, and earlier ones below it."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.widgets.elided_label import ElidedLabel

Piece = tuple[str, str, str]
"""A heading, the prompt, and what was written after it."""


class WrittenPane(QWidget):
    """A heading and a read-only field of text, whose first piece grows while the model writes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._newest: Piece = ("", "", "")
        self._earlier: tuple[Piece, ...] = ()
        # One that counts: a QLabel would lay the window out anew at every character.
        self.title = ElidedLabel()
        self.title.setProperty("role", "heading")
        self.field = QPlainTextEdit()
        self.field.setReadOnly(True)
        self.field.setUndoRedoEnabled(False)
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(title)
        self.field.setMinimumHeight(2 * self.fontMetrics().height())
        self._end = QTextCursor(self.field.document())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.field, 1)

    @property
    def text(self) -> str:
        """All that stands in the field."""
        return self.field.toPlainText()

    def show_pieces(self, newest: Piece, earlier: Sequence[Piece] = (), progress: str = "") -> None:
        """The text of now, and those of earlier steps below it, newest first.

        Of a text that has grown only what is new is laid out. `progress` stands beside the heading.
        """
        before, self._newest = self._newest, newest
        older, self._earlier = self._earlier, tuple(earlier)
        title = " · ".join(part for part in (newest[0], progress) if part)
        if title != self.title.text():
            self.title.setText(title)
        if older == self._earlier and before[:2] == newest[:2] and newest[2].startswith(before[2]):
            self._write_newest(newest[2][len(before[2]) :])
        else:
            self._lay_out()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._lay_out()

    def _lay_out(self) -> None:
        place = self.field.verticalScrollBar().value()
        self.field.clear()
        cursor = QTextCursor(self.field.document())
        _, prompt, text = self._newest
        cursor.insertText(prompt, self._bold())
        # Where the newest text ends, kept while it grows and others stand below.
        end = cursor.position()
        for heading, begun, written in self._earlier:
            cursor.insertText(f"\n\n{heading}\n", self._coloured(self._palette.muted))
            cursor.insertText(begun, self._bold())
            cursor.insertText(written, self._plain())
        self._end = QTextCursor(self.field.document())
        self._end.setPosition(end)
        self._write_newest(text)
        self.field.verticalScrollBar().setValue(place)

    def _write_newest(self, text: str) -> None:
        if text:
            self._end.insertText(text, self._plain())

    def _plain(self) -> QTextCharFormat:
        return self._coloured(self._palette.text)

    def _bold(self) -> QTextCharFormat:
        style = self._plain()
        style.setFontWeight(QFont.Weight.DemiBold)
        return style

    def _coloured(self, colour: str) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setForeground(QColor(colour))
        return style
