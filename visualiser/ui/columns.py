"""The three columns of the window, and where the user put the borders between them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QVBoxLayout, QWidget

_LEFT_WIDTH, _RIGHT_WIDTH = 230, 190
"""Least widths of the side columns at 100 % text."""

_MIDDLE_WIDTH = 320
"""However large the text, the window has to fit the screen."""

_LEFT_WIDEST, _RIGHT_WIDEST = 1.4, 1.6
"""They grow with the text up to this factor; from there on their texts wrap."""


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
            card = _card(widget)
            card.setMinimumWidth(_MIDDLE_WIDTH)
            self._middle.addWidget(card)
        self._middle.setSizes([400, 330])
        for widget in (left, self._middle, self._right):
            self.addWidget(widget)
        self.setSizes([290, 720, 270])
        self.setStretchFactor(1, 1)
        self._splitters = {"columns": self, "middle": self._middle}
        for splitter in self._splitters.values():
            splitter.setHandleWidth(8)
            splitter.setChildrenCollapsible(False)
        self.set_text_scale(1.0)

    def set_text_scale(self, scale: float) -> None:
        """Keep the side columns wide enough for text of that size."""
        self._left.setMinimumWidth(round(_LEFT_WIDTH * min(scale, _LEFT_WIDEST)))
        self._right.setMinimumWidth(round(_RIGHT_WIDTH * min(scale, _RIGHT_WIDEST)))

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
    area = QScrollArea()
    page = QWidget()
    page.setProperty("role", "page")
    layout = QVBoxLayout(page)
    layout.setContentsMargins(12, 10, 12, 10)
    layout.addWidget(widget)
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setProperty("role", "card")
    return area
