"""A number that can be clicked, shown as fully as there is room for."""

from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from visualiser.ui.widgets.fitted import Fitted

_WIDE = 1000
_LEAST_CHARACTERS = 8
"""A value is given a line of its own rather than less room than this."""


class ValueButton(Fitted, QPushButton):
    """A number that can be clicked, at the right; takes the longest of its texts that fits.

    Attributes:
        room_for: a text that there should be room for, on a line of its own if need be.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts: tuple[str, ...] = ("",)
        self.room_for = ""
        self._shown = ""
        self.setProperty("role", "value")
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_texts(self, *texts: str) -> None:
        """Set the texts, longest first."""
        if texts != self.texts:
            self.texts = texts
            self.fit()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the shortest text: a count that comes or goes must not move the panel."""
        needed = max(self._needed(text) for text in (self.texts[-1], self.room_for))
        return QSize(needed, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        least = min(self._needed(self.texts[-1]), self._needed("0" * _LEAST_CHARACTERS))
        return QSize(least, super().sizeHint().height())

    def fit(self) -> None:
        """Take the longest text that fits."""
        width = self.width()
        fitting = (text for text in self.texts if self._needed(text) <= width)
        self._shown = next(fitting, self.texts[-1])
        # A single ampersand would underline the letter behind it.
        self.setText(self._shown.replace("&", "&&"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt centres the text of a button; numbers stand at the right."""
        # The stubs do not know the public fields of style options.
        option: Any = QStyleOptionButton()
        self.initStyleOption(option)
        needed = min(self._needed(self._shown), self.width())
        option.rect = self.rect().adjusted(self.width() - needed, 0, 0, 0)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()

    def _needed(self, text: str) -> int:
        """Width of a button with that text; what the style sheet adds grows with the text size."""
        self.ensurePolished()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        # A style makes a button of few letters wider than they are: only of a wide one does it
        # tell what it adds.
        wide, kind = QSize(_WIDE, 10), QStyle.ContentsType.CT_PushButton
        added = self.style().sizeFromContents(kind, option, wide, self).width() - _WIDE
        return self._text_width(text) + added

    def _text_width(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text)
