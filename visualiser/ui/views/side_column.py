"""Words, a legend and controls beside a picture."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget


class SideColumn(QScrollArea):
    """Widgets below each other; it scrolls where the text is large or the window small."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = widgets
        page = QWidget()
        page.setProperty("role", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(page)
        self.viewport().setAutoFillBackground(False)

    def narrowest(self) -> int:
        """Pixels in which nothing is cut off, though text may wrap."""
        widest = max(widget.minimumSizeHint().width() for widget in self._widgets)
        return widest + 4 + self.verticalScrollBar().sizeHint().width()


def paragraph(role: str = "") -> QLabel:
    """Words that wrap; `role` is one of the style sheet's."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)
    if role:
        label.setProperty("role", role)
    return label
