"""The three columns of the window, and where the user put the borders between them."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

_LEFT_WIDTH, _RIGHT_WIDTH = (230, 290), (190, 270)
"""Least and usual widths of the side columns at 100 % text."""

_LEFT_SHARE, _RIGHT_SHARE = 290 / 1264, 270 / 1264
"""Of the window's width, which is what a side column has between its least and usual width."""

_MIDDLE_WIDTH = 320
"""Least width of the middle."""

_VIEWS_USUALLY, _VIEWS_HEIGHT, _VIEWS_MOST = 0.45, 180, 0.5
"""Share of the height that the views have where there is room for all; what is left to them, where
there is not, in pixels at 100 % text; and the share that is enough in a low window."""

_LEFT_WIDEST, _RIGHT_WIDEST = 1.36, 1.56
"""Side columns grow with the text up to this factor; from there on their texts wrap."""

_GAP, _CARD_MARGIN = 8, 2
"""Pixels between cards, and between the edge of a card and what is in it."""


class Columns(QSplitter):
    """The experiment on the left, curves above views in the middle, what came of it on the right.

    Until the user moves a border, the side columns have a share of the width: a small window leaves
    most of what it has to the middle.

    The right column and the curves scroll where they are higher than their place; the left column
    and the views are expected to do so themselves.
    """

    def __init__(self, left: QWidget, upper: QWidget, lower: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._left = left
        self._right = _scrolled(right)
        self._middle = _Middle(upper, lower)
        for widget in (left, self._middle, self._right):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self._scale = 1.0
        self._placed = False
        self.splitterMoved.connect(self._keep_places)
        self.setHandleWidth(_GAP)
        self.setChildrenCollapsible(False)
        self.set_text_scale(1.0)

    def set_text_scale(self, scale: float) -> None:
        """Keep the columns large enough for text of that size."""
        self._scale = scale
        self._left.setMinimumWidth(round(_LEFT_WIDTH[0] * min(scale, _LEFT_WIDEST)))
        self._right.setMinimumWidth(round(_RIGHT_WIDTH[0] * min(scale, _RIGHT_WIDEST)))
        self._middle.set_text_scale(scale)
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
        """Where the user has moved borders to."""
        splitters = {"columns": (self, self._placed), "middle": (self._middle, self._middle.placed)}
        return {
            name: tuple(splitter.sizes())
            for name, (splitter, placed) in splitters.items()
            if placed
        }

    def restore(self, places: Mapping[str, tuple[int, ...]]) -> None:
        """Put the borders back; what does not fit is left as it is."""
        if _put(self, places.get("columns", ())):
            self._placed = True
        if _put(self._middle, places.get("middle", ())):
            self._middle.placed = True


class _Middle(QSplitter):
    """The curves above the views.

    Attributes:
        placed: the user has decided on the border.
    """

    def __init__(self, upper: QWidget, lower: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.placed = False
        self._upper = upper
        self._scale = 1.0
        for card in (_card(_scroll_area(upper, _MIDDLE_WIDTH)), _card(lower)):
            self.addWidget(card)
        self.setHandleWidth(_GAP)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._keep_place)

    def set_text_scale(self, scale: float) -> None:
        self._scale = scale
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the curves have what they need, as far as it leaves the views enough."""
        if self.placed:
            return
        height = self.height() - self.handleWidth()
        least = self._upper.minimumSizeHint().expandedTo(self._upper.minimumSize())
        needed = least.height() + 2 * _CARD_MARGIN + 2  # with the border of the card
        enough = min(_VIEWS_HEIGHT * self._scale, _VIEWS_MOST * height)
        views = round(max(enough, min(_VIEWS_USUALLY * height, height - needed)))
        self.setSizes([height - views, views])

    def _keep_place(self) -> None:
        self.placed = True


def _put(splitter: QSplitter, sizes: tuple[int, ...]) -> bool:
    """Give a splitter these sizes, if they fit it."""
    fits = len(sizes) == splitter.count() and sum(sizes) > 0
    if fits:
        splitter.setSizes(list(sizes))
    return fits


def _card(widget: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(*4 * (_CARD_MARGIN,))
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
    widget.setAutoFillBackground(False)  # the card shows through
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
