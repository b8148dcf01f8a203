"""For widgets that choose what they show by the room they have for it, or ask for more."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent

from visualiser.ui.widgets.unrolling import least_height

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


class Unsqueezed(_Base):
    """Never lower than its layout needs where lines wrap; named before the class of Qt.

    Qt asks for the height of wrapped lines at another width, and would squeeze them.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.keep_room()

    def event(self, event: QEvent) -> bool:
        """Other words or other widgets: another height."""
        answer = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.keep_room()
        return answer

    def keep_room(self) -> None:
        """Ask for the height that this width needs."""
        layout = self.layout()
        if layout is not None:
            self.setMinimumHeight(least_height(layout, self.width()))
