"""Cards: what the window is made of, as large as they are or scrolling."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

MARGIN = 2
"""Pixels between the edge of a card and what is in it."""


def card(widget: QWidget) -> QFrame:
    """The widget on a card."""
    frame = QFrame()
    frame.setProperty("role", "card")
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(*4 * (MARGIN,))
    layout.addWidget(widget)
    return frame


def scrolled_card(widget: QWidget) -> QScrollArea:
    """A card that scrolls where the widget is higher than its place."""
    page = QWidget()
    page.setProperty("role", "page")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.addWidget(widget)
    area = scroll_area(page)
    area.setProperty("role", "card")
    return area


class _ScrollArea(QScrollArea):
    """Scrolls up and down, and is never narrower than what is in it."""

    def __init__(self, widget: QWidget, least: int) -> None:
        super().__init__()
        self._least = least
        self.setWidget(widget)

    def minimumSizeHint(self) -> QSize:
        inside = self.widget().minimumSizeHint().width() + 2 * self.frameWidth()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(inside + bar, self._least), super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def scroll_area(widget: QWidget, least: int = 0) -> QScrollArea:
    """Scrolls up and down; the width is for `widget` to fit into."""
    area = _ScrollArea(widget, least)
    widget.setAutoFillBackground(False)  # the card shows through
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
