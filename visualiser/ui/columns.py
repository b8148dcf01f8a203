"""The three columns of the window, and where the user put the borders between them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

_LEFT_WIDTH, _RIGHT_WIDTH = 230, 190
"""Least widths of the side columns at 100 % text."""

_MIDDLE_WIDTH, _MIDDLE_HEIGHT = 320, 400
"""Least size of curves and views together, at 100 % text; on a lower screen they scroll."""

_LEFT_WIDEST, _RIGHT_WIDEST, _MIDDLE_HIGHEST = 1.4, 1.6, 1.75
"""All grow with the text up to this factor; from there on their texts wrap."""


class Columns(QSplitter):
    """The experiment on the left, curves above views in the middle, what came of it on the right.

    The right column scrolls; the left one is expected to do so itself.
    """

    def __init__(self, left: QWidget, upper: QWidget, lower: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._left = left
        self._right = _scrolled(right)
        self._middle = QSplitter(Qt.Orientation.Vertical)
        for widget in (upper, lower):
            self._middle.addWidget(_card(widget))
        self._middle.setSizes([400, 330])
        self._middle.setMinimumWidth(_MIDDLE_WIDTH)
        scrolling = _scroll_area(self._middle)
        for widget in (left, scrolling, self._right):
            self.addWidget(widget)
        self.setSizes([290, 720, 270])
        self.setStretchFactor(1, 1)
        self._splitters = {"columns": self, "middle": self._middle}
        for splitter in self._splitters.values():
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
        self.set_text_scale(1.0)

    def set_text_scale(self, scale: float) -> None:
        """Keep the columns large enough for text of that size."""
        self._left.setMinimumWidth(round(_LEFT_WIDTH * min(scale, _LEFT_WIDEST)))
        self._right.setMinimumWidth(round(_RIGHT_WIDTH * min(scale, _RIGHT_WIDEST)))
        self._middle.setMinimumHeight(round(_MIDDLE_HEIGHT * min(scale, _MIDDLE_HIGHEST)))

    def places(self) -> dict[str, tuple[int, ...]]:
        """Where the borders are."""
        return {name: tuple(splitter.sizes()) for name, splitter in self._splitters.items()}

    def restore(self, places: Mapping[str, tuple[int, ...]]) -> None:
        """Put the borders back; what does not fit is left as it is."""
        for name, splitter in self._splitters.items():
            sizes = places.get(name, ())
            if len(sizes) == splitter.count() and sum(sizes) > 0:
                splitter.setSizes(list(sizes))


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


def _scroll_area(widget: QWidget) -> QScrollArea:
    """Scrolls up and down; the width is for `widget` to fit into."""
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
