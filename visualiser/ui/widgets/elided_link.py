"""A text to be clicked that ends in “…” where there is no room."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

_LEAST = "x" * 6


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
        metrics = self.fontMetrics()
        hint = super().sizeHint()
        hidden = metrics.horizontalAdvance(self._whole) - metrics.horizontalAdvance(self.text())
        return QSize(hint.width() + hidden, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        frame = super().sizeHint().width() - metrics.horizontalAdvance(self.text())
        text = metrics.elidedText(
            self._whole, Qt.TextElideMode.ElideRight, max(self.width() - frame, 0)
        )
        self.setText(text.replace("&", "&&"))
