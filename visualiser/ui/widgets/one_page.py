"""Pages one behind the other, of which only the one in sight asks for room."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from visualiser.ui.widgets.unrolling import least_height


class OnePage(QStackedWidget):
    """A stack would be as large as its largest page needs, whichever is in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        """The least that the page needs: it takes what more there is."""
        page = self.currentWidget()
        layout = None if page is None else page.layout()
        return -1 if layout is None else least_height(layout, width)
