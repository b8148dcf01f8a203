"""A page that scrolls in its place, or lies there whole for a place around it to scroll."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QFrame,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)


class UnrollingArea(QScrollArea):
    """Scrolls up and down. Unrolled it is as high as its page: two scrolls in a low place are one.

    It is never narrower than what is on its page.

    Attributes:
        page: what scrolls. column: where its widgets stand.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unrolled = False
        self.page = QWidget()
        self.page.setProperty("role", "page")
        self.column = QVBoxLayout(self.page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self.page)
        self.page.setAutoFillBackground(False)  # the card shows through
        self.viewport().setAutoFillBackground(False)

    @property
    def unrolled(self) -> bool:
        """Whether the page lies there whole."""
        return self._unrolled

    def unroll(self, unrolled: bool) -> None:
        """Lie there whole, or scroll."""
        if unrolled == self._unrolled:
            return
        self._unrolled = unrolled
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if unrolled else policy.ScrollBarAsNeeded
        )
        kind = QSizePolicy.Policy
        self.setSizePolicy(kind.Expanding, kind.Fixed if unrolled else kind.Expanding)
        self.setMinimumHeight(0)
        self._keep_whole()

    def sizeHint(self) -> QSize:
        """Unrolled it is no higher than its page: what is left over is for others."""
        hint = super().sizeHint()
        return QSize(hint.width(), self.minimumHeight()) if self._unrolled else hint

    def minimumSizeHint(self) -> QSize:
        bar = 0 if self._unrolled else self.verticalScrollBar().sizeHint().width()
        width = self.page.minimumSizeHint().width() + bar
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_whole()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Other words on the page, or other widgets: another height."""
        answer = super().eventFilter(watched, event)
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
            self._keep_whole()
            self.updateGeometry()
        return answer

    def _keep_whole(self) -> None:
        if self._unrolled:
            self.setMinimumHeight(least_height(self.column, self.width()))


def least_height(layout: QLayout, width: int) -> int:
    """Pixels of height that a layout needs in that width; Qt knows none where nothing wraps."""
    wrapped = layout.totalMinimumHeightForWidth(width) if layout.hasHeightForWidth() else 0
    return max(wrapped, 0) or layout.totalMinimumSize().height()


def height_in_sight(widget: QWidget) -> int:
    """Of the place that the widget has, which may scroll it."""
    parent = widget.parentWidget()
    while parent is not None:
        around = parent.parentWidget()
        if isinstance(around, QAbstractScrollArea) and around.viewport() is parent:
            return parent.height()
        parent = around
    return widget.height()
