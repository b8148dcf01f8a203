"""What happened, then what to do: a quiet bar instead of a box that has to be clicked away."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

Kind = Literal["info", "warning", "error"]

MOST_SHOWN = 3
MOST_KEPT = 50
_INFO_SHOWN_FOR_MS = 8_000
_LEAST_SHOWN_FOR_MS = 2_000
"""However soon the user does the next thing: a sentence takes that long to read."""


@dataclass(frozen=True)
class Message:
    """Something to tell the user.

    Attributes:
        text: what happened, one sentence.
        hint: what to do, one sentence; may be empty.
        kind: information goes away by itself; the others stay until they are closed.
        key: a newer message with the same key takes this one's place.
        action: text of a button that does something about it; empty for none.
    """

    text: str
    hint: str = ""
    kind: Kind = "info"
    key: str = ""
    action: str = ""

    @property
    def sentence(self) -> str:
        """What happened and what to do."""
        return f"{self.text} {self.hint}".strip()


@dataclass(frozen=True)
class Told:
    """A message and when it was told."""

    message: Message
    at: datetime


class MessageBar(QWidget):
    """The newest messages, each with a button that closes it; Esc closes them all.

    Signals:
        acted: the Message whose own button was pressed; it is closed then.
    """

    acted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Row] = []
        self._told: deque[Told] = deque(maxlen=MOST_KEPT)
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
        self._keep(message)
        row = _Row(message, self)
        row.close_button.clicked.connect(row.dismiss)
        row.timer.timeout.connect(row.dismiss)
        row.action_button.clicked.connect(row.act)
        self._rows.insert(0, row)
        self._layout.insertWidget(0, row)
        for old in self._rows[MOST_SHOWN:]:
            self._remove(old)
        self.show()
        self._announce(message)

    def move_on(self) -> None:
        """The user has turned to the next thing: information goes as soon as it can be read."""
        for row in self._rows:
            row.hurry()

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

    @property
    def told(self) -> tuple[Told, ...]:
        """The last messages, shown still or not, newest first."""
        return tuple(reversed(self._told))

    def remove(self, row: "_Row") -> None:
        """Close one message."""
        if row in self._rows:
            self._remove(row)

    def act(self, row: "_Row") -> None:
        """Somebody wants done what a message offers."""
        self.remove(row)
        self.acted.emit(row.message)

    def _remove(self, row: "_Row") -> None:
        self._rows.remove(row)
        row.timer.stop()
        self._layout.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self._rows))

    def _keep(self, message: Message) -> None:
        """The same thing with other figures is told once."""
        if message.key and self._told and self._told[-1].message.key == message.key:
            self._told.pop()
        self._told.append(Told(message, datetime.now()))

    def _announce(self, message: Message) -> None:
        """Screen readers say it, without the keyboard being taken from where it is."""
        event = QAccessibleAnnouncementEvent(self, message.sentence)
        if message.kind == "error":
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)


class _Row(QFrame):
    def __init__(self, message: Message, bar: MessageBar) -> None:
        super().__init__(bar)
        self.message = message
        self._bar = bar
        self.setProperty("role", "bar")
        self.setProperty("kind", message.kind)
        text = QLabel(message.sentence)
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.action_button = QPushButton(message.action)
        self.action_button.setToolTip(message.action)
        self.action_button.setVisible(bool(message.action))
        self.close_button = QToolButton()
        self.close_button.setText("✕")
        self.close_button.setProperty("role", "flat")
        self.close_button.setToolTip(self.tr("Close this message (Esc)"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 4, 4)
        layout.addWidget(text, 1)
        layout.addWidget(self.action_button)
        layout.addWidget(self.close_button)
        self.setAccessibleName(text.text())
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        if message.kind == "info":
            self.timer.start(_INFO_SHOWN_FOR_MS)

    def dismiss(self) -> None:
        self._bar.remove(self)

    def act(self) -> None:
        self._bar.act(self)

    def hurry(self) -> None:
        """Information has been shown for long enough, or will be soon."""
        if self.timer.isActive():
            shown_for = _INFO_SHOWN_FOR_MS - self.timer.remainingTime()
            left = max(0, _LEAST_SHOWN_FOR_MS - shown_for)
            self.timer.start(min(left, self.timer.remainingTime()))


def told_html(told: tuple[Told, ...], title: str, nothing: str) -> str:
    """The last messages as a page, newest first; all of it escaped."""
    rows = "".join(
        f"<tr><td style='padding:3px 16px 3px 0'>{one.at:%H:%M:%S}</td>"
        f"<td style='padding:3px 0'>{escape(one.message.sentence)}</td></tr>"
        for one in told
    )
    return f"<h3>{escape(title)}</h3>" + (f"<table>{rows}</table>" if rows else escape(nothing))
