"""What one model wrote: the text of now, and earlier ones below it."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.side_column import paragraph

Piece = tuple[str, str, str]
"""A heading, the prompt, and what was written after it."""


class WrittenPane(QWidget):
    """Two read-only fields of text; the upper one grows while the model writes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._now: Piece = ("", "", "")
        self._before: tuple[Piece, ...] = ()
        self.title = paragraph("heading")
        self.newest = _field(title)
        self.past = paragraph("heading")
        self.past.setText(self.tr("Before"))
        self.earlier = _field(self.tr("{title}: earlier texts").format(title=title))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.newest, 1)
        layout.addWidget(self.past)
        layout.addWidget(self.earlier, 1)
        self.show_earlier(())

    def show_newest(self, piece: Piece) -> None:
        """The text of now; what stood there already is not laid out again."""
        heading, prompt, text = piece
        before, self._now = self._now, piece
        if before[0] != heading:
            self.title.setText(heading)
        if before == piece:
            return
        if before[:2] == (heading, prompt) and text.startswith(before[2]):
            cursor = QTextCursor(self.newest.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(text[len(before[2]) :], self._plain())
            return
        self.newest.clear()
        self._write(self.newest, piece)

    def show_earlier(self, pieces: Sequence[Piece]) -> None:
        """Texts of earlier steps, newest first."""
        self.past.setVisible(bool(pieces))
        self.earlier.setVisible(bool(pieces))
        if self._before == tuple(pieces):
            return
        self._before = tuple(pieces)
        self._lay_out_earlier()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.newest.clear()
        self._write(self.newest, self._now)
        self._lay_out_earlier()

    def _lay_out_earlier(self) -> None:
        place = self.earlier.verticalScrollBar().value()
        self.earlier.clear()
        for number, piece in enumerate(self._before):
            cursor = QTextCursor(self.earlier.document())
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText("\n\n" if number else "", self._plain())
            cursor.insertText(piece[0] + "\n", self._coloured(self._palette.muted))
            self._write(self.earlier, piece)
        self.earlier.verticalScrollBar().setValue(place)

    def _write(self, field: QPlainTextEdit, piece: Piece) -> None:
        """The prompt in bold, then the text, at the end of a field."""
        cursor = QTextCursor(field.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        bold = self._plain()
        bold.setFontWeight(QFont.Weight.DemiBold)
        cursor.insertText(piece[1], bold)
        cursor.insertText(piece[2], self._plain())

    def _plain(self) -> QTextCharFormat:
        return self._coloured(self._palette.text)

    def _coloured(self, colour: str) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setForeground(QColor(colour))
        return style


def _field(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setUndoRedoEnabled(False)
    field.setTabChangesFocus(True)
    field.setAccessibleName(name)
    field.setMinimumHeight(2 * field.fontMetrics().height())
    return field
