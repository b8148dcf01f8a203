"""What happened, then what to do: a quiet bar instead of a box that has to be clicked away."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

Kind = Literal["info", "warning", "error"]

MOST_SHOWN = 3
_INFO_SHOWN_FOR_MS = 8_000


@dataclass(frozen=True)
class Message:
    """Something to tell the user.

    Attributes:
        text: what happened, one sentence.
        hint: what to do, one sentence; may be empty.
        kind: information goes away by itself; the others stay until they are closed.
        key: a newer message with the same key takes this one's place.
    """

    text: str
    hint: str = ""
    kind: Kind = "info"
    key: str = ""


class MessageBar(QWidget):
    """The newest messages, each with a button that closes it; Esc closes them all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self.setAccessibleName(self.tr("Messages"))
        QShortcut(QKeySequence("Esc"), self, self.clear)
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show it above the others; the oldest go when there are too many."""
        for row in list(self._rows):
            if message.key and row.message.key == message.key:
                self._remove(row)
        row = _Row(message, self)
        row.close_button.clicked.connect(row.dismiss)
        row.timer.timeout.connect(row.dismiss)
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        for old in self._rows[MOST_SHOWN:]:
            self._remove(old)
        self.show()

    def withdraw(self, key: str) -> None:
        """Take back the message with that key, because its reason is gone."""
        for row in list(self._rows):
            if row.message.key == key:
                self._remove(row)

    def clear(self) -> None:
        """Close all messages."""
        for row in list(self._rows):
            self._remove(row)

    @property
    def messages(self) -> tuple[Message, ...]:
        """What is shown now, newest first."""
        return tuple(row.message for row in self._rows)

    def remove(self, row: "_Row") -> None:
        """Close one message."""
        if row in self._rows:
            self._remove(row)

    def _remove(self, row: "_Row") -> None:
        self._rows.remove(row)
        row.timer.stop()
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))


class _Row(QFrame):
    def __init__(self, message: Message, bar: MessageBar) -> None:
        super().__init__(bar)
        self.message = message
        self._bar = bar
        self.setProperty("role", "bar")
        self.setProperty("kind", message.kind)
        text = QLabel(f"{message.text} {message.hint}".strip())
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("role", "flat")
        self.close_button.setToolTip(self.tr("Close this message (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.addWidget(text, 1)
        layout.addWidget(self.close_button)
        self.setAccessibleName(text.text())
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        if message.kind == "info":
            self.timer.start(_INFO_SHOWN_FOR_MS)

    def dismiss(self) -> None:
        self._bar.remove(self)
