"""A line of text that shortens itself instead of being clipped."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from visualiser.ui.widgets.plain_tip import plain_tip

_SPARE = 24
"""Pixels that a shorter text leaves unused: counters do not lay the window out at every digit."""


class ElidedLabel(QLabel):
    """Shows as much of its text as fits, ending in “…”, and all of it as its tooltip then.

    `text()` is the whole text. A tooltip set by the owner is kept below the whole text. The label
    paints its text itself: QLabel lays the whole window out anew at each new text.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._shown = ""
        self._tip = ""
        self._told: tuple[str, str] | None = None
        self._wanted: int | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._take(text)

    def text(self) -> str:
        return self._text

    def setText(self, text: str) -> None:
        self._take(text)
        if self._wanted is not None and not 0 <= self._wanted - self._needed() <= _SPARE:
            self._wanted = self._needed()
            self.updateGeometry()

    def _take(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._elide()

    def setToolTip(self, tip: str) -> None:
        self._tip = tip
        self._elide()

    @property
    def shown(self) -> str:
        """What there is room for."""
        return self._shown

    @property
    def elided(self) -> bool:
        """Whether something is left out now."""
        return self._shown != self._text

    def sizeHint(self) -> QSize:
        # Not before somebody asks: a label gets its looks once, with the role it has by then.
        if self._wanted is None:
            self._wanted = self._needed()
        return QSize(self._wanted, self.fontMetrics().height() + 2)

    def _needed(self) -> int:
        self.ensurePolished()
        return self.fontMetrics().horizontalAdvance(self._text) + 2

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("xxx…")), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style sheet: other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wanted = self._needed()
            self.updateGeometry()
            self._elide()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)  # the frame and the ground of the style sheet
        flags = self.alignment().value | Qt.TextFlag.TextSingleLine.value
        painter = QPainter(self)
        self.style().drawItemText(
            painter,
            self.contentsRect(),
            flags,
            self.palette(),
            self.isEnabled(),
            self._shown,
            self.foregroundRole(),
        )
        painter.end()

    def _elide(self) -> None:
        self._shown = self.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, max(self.width(), 0)
        )
        told = self._text if self.elided else "", self._tip
        if told != self._told:
            self._told = told
            super().setToolTip(plain_tip("\n".join(part for part in told if part)))
        self.update()
