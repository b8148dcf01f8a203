"""The three columns of the window, and where the user put the borders between them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

_LEFT_WIDTH, _RIGHT_WIDTH = (230, 290), (190, 270)
"""Least and usual widths of the side columns at 100 % text."""

_LEFT_SHARE, _RIGHT_SHARE = 290 / 1264, 270 / 1264
"""Of the window's width, which is what a side column has between its least and usual width."""

_MIDDLE_WIDTH, _VIEWS_HEIGHT = 320, 180
"""Least width of the middle and least height of the views, at 100 % text.

Curves know how high they must be; on a lower screen curves and views scroll.
"""

_LEFT_WIDEST, _RIGHT_WIDEST, _VIEWS_HIGHEST = 1.36, 1.56, 1.75
"""All grow with the text up to this factor; from there on their texts wrap."""


class Columns(QSplitter):
    """The experiment on the left, curves above views in the middle, what came of it on the right.

    Until the user moves a border, the side columns have a share of the width: a small window leaves
    most of what it has to the middle.

    The right column scrolls; the left one is expected to do so itself.
    """

    def __init__(self, left: QWidget, upper: QWidget, lower: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._left = left
        self._right = _scrolled(right)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        self._views = _card(lower)
        for card in (_card(upper), self._views):
            self._middle.addWidget(card)
        self._middle.setSizes([400, 330])
        scrolling = _scroll_area(self._middle, _MIDDLE_WIDTH)
        for widget in (left, scrolling, self._right):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self._scale = 1.0
        self._placed = False
        self.splitterMoved.connect(self._keep_places)
        self._splitters = {"columns": self, "middle": self._middle}
        for splitter in self._splitters.values():
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
        self.set_text_scale(1.0)

    def set_text_scale(self, scale: float) -> None:
        """Keep the columns large enough for text of that size."""
        self._scale = scale
        self._left.setMinimumWidth(round(_LEFT_WIDTH[0] * min(scale, _LEFT_WIDEST)))
        self._right.setMinimumWidth(round(_RIGHT_WIDTH[0] * min(scale, _RIGHT_WIDEST)))
        self._views.setMinimumHeight(round(_VIEWS_HEIGHT * min(scale, _VIEWS_HIGHEST)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the side columns their share, unless the user has decided otherwise."""
        if self._placed:
            return
        left, right = (
            round(min(share * self.width(), usual * self._scale))
            for share, (_, usual) in ((_LEFT_SHARE, _LEFT_WIDTH), (_RIGHT_SHARE, _RIGHT_WIDTH))
        )
        rest = self.width() - left - right - 2 * self.handleWidth()
        self.setSizes([left, max(rest, 0), right])

    def _keep_places(self) -> None:
        self._placed = True

    def places(self) -> dict[str, tuple[int, ...]]:
        """Where the borders are; the columns only where the user has moved them."""
        return {
            name: tuple(splitter.sizes())
            for name, splitter in self._splitters.items()
            if self._placed or splitter is not self
        }

    def restore(self, places: Mapping[str, tuple[int, ...]]) -> None:
        """Put the borders back; what does not fit is left as it is."""
        for name, splitter in self._splitters.items():
            sizes = places.get(name, ())
            if len(sizes) == splitter.count() and sum(sizes) > 0:
                splitter.setSizes(list(sizes))
                self._placed = self._placed or splitter is self


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(2, 2, 2, 2)
    layout.addWidget(widget)
    return card


def _scrolled(widget: QWidget) -> QScrollArea:
    page = QWidget()
    page.setProperty("role", "page")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.addWidget(widget)
    area = _scroll_area(page)
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


def _scroll_area(widget: QWidget, least: int = 0) -> QScrollArea:
    """Scrolls up and down; the width is for `widget` to fit into."""
    area = _ScrollArea(widget, least)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
