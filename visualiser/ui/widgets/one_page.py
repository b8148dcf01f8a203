"""Pages one behind the other, of which only the one in sight asks for room."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualiser.ui.widgets.unrolling import least_height


class OnePage(QStackedWidget):
    """A stack would be as large as its largest page needs, whichever is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """What the page needs, in the width that there is."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        layout, least = page.layout(), page.minimumSizeHint().expandedTo(page.minimumSize())
        if layout is None:
            return least
        return QSize(least.width(), least_height(layout, self.width()))

    def hasHeightForWidth(self) -> bool:
        """Qt would ask the stack, which asks all pages."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
