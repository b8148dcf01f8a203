"""What is under the pointer, said in one sentence beside it."""

from collections.abc import Callable
from textwrap import wrap

from PySide6.QtCore import QEvent, QObject, QPointF
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from visualiser.ui.widgets.plain_tip import plain_tip

_WIDEST = 60
"""Characters of a line; Qt does not wrap plain text, and a long row would hide the picture."""


class Hover(QObject):
    """Shows what `read` says of the place under the pointer, and keeps it true while it moves.

    Attributes:
        text: the sentence shown now; empty where there is nothing to say.
    """

    def __init__(self, widget: QWidget, read: Callable[[QPointF], str]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._read = read
        self._place: QPointF | None = None
        self.text = ""
        widget.setMouseTracking(True)
        widget.installEventFilter(self)

    def refresh(self) -> None:
        """Read again: the picture under a resting pointer has changed."""
        if self._place is not None and self._widget.isVisible():
            self._show(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._show(event.position())
        elif kind == QEvent.Type.ToolTip:
            # The widget's own tip explains the picture; over a thing, the thing is explained.
            return bool(self.text)
        elif kind in (QEvent.Type.Leave, QEvent.Type.Hide) and self._place is not None:
            self._place = None
            self._say("")
        return False

    def _show(self, place: QPointF) -> None:
        self._place = place
        self._say(self._read(place))

    def _say(self, text: str) -> None:
        if text == self.text and not text:
            return
        self.text = text
        if text and self._place is not None:
            where = self._widget.mapToGlobal(self._place.toPoint())
            QToolTip.showText(where, plain_tip(wrapped(text)), self._widget)
        else:
            QToolTip.hideText()


def wrapped(text: str) -> str:
    """The same lines, long ones broken between words; “−3” stays whole."""
    lines = (wrap(line, _WIDEST, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join("\n".join(line) for line in lines)
