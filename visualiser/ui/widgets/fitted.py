"""For widgets that choose what they show by the room they have for it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as _Base
else:
    _Base = object  # Qt forbids a second widget among the ancestors of one


class Fitted(_Base):
    """Calls `fit` when the room or the size of text is another; named before the class of Qt."""

    def fit(self) -> None:
        """Choose anew what to show."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or style sheet: other widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()
