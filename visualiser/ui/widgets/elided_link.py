"""A text to be clicked that ends in “…” where there is no room."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

_LEAST = "x" * 6
_LONG = 1000


class ElidedLink(QPushButton):
    """Shows as much of its text as there is room for; the accessible name has all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setProperty("role", "link")
        self.setFlat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def whole(self) -> str:
        """All of the text."""
        return self._whole

    def set_whole(self, text: str) -> None:
        """Show this text, as far as there is room."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(_LEAST), hint.height())

    def sizeHint(self) -> QSize:
        # Advances are rounded, and a text half a pixel too wide would be shortened.
        whole = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(whole + 1 + self._frame(), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - self._frame(), 0)
        text = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(text.replace("&", "&&"))

    def _frame(self) -> int:
        """What the style puts around a text; of a short one it would be more."""
        option: Any = QStyleOptionButton()
        self.initStyleOption(option)
        inside = QSize(_LONG, self.fontMetrics().height())
        kind = QStyle.ContentsType.CT_PushButton
        return self.style().sizeFromContents(kind, option, inside, self).width() - _LONG
