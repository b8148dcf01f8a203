"""The three columns of the window, and where the user put the borders between them."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from visualiser.ui.middle import GAP, Middle, put_sizes
from visualiser.ui.widgets.cards import scrolled_card

_LEFT_WIDTH, _RIGHT_WIDTH = (230, 290), (190, 270)
"""Least and usual widths of the side columns at 100 % text."""

_LEFT_SHARE, _RIGHT_SHARE = 290 / 1264, 270 / 1264
"""Of the window's width, which is what a side column has between its least and usual width."""

_LEFT_WIDEST, _RIGHT_WIDEST = 1.36, 1.56
"""Side columns grow with the text up to this factor; from there on their texts wrap."""


class Columns(QSplitter):
    """The experiment on the left, curves above views in the middle, what came of it on the right.

    Until the user moves a border, the side columns have a share of the width: a small window leaves
    most of what it has to the middle.

    The right column and the curves scroll where they are higher than their place; the left column
    and the views are expected to do so themselves.

    Signals:
        turned: in a low window the middle shows the other one of curves and views.
    """

    turned = Signal()

    def __init__(self, left: QWidget, upper: QWidget, lower: QWidget, right: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._left = left
        self._right = scrolled_card(right)
        self._middle = Middle(upper, lower)
        self._middle.turned.connect(self.turned)
        for widget in (left, self._middle, self._right):
            self.addWidget(widget)
        self.setStretchFactor(1, 1)
        self._scale = 1.0
        self._placed = False
        self.splitterMoved.connect(self._keep_places)
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        self.set_text_scale(1.0)

    def set_text_scale(self, scale: float) -> None:
        """Keep the columns large enough for text of that size."""
        self._scale = scale
        self._left.setMinimumWidth(round(_LEFT_WIDTH[0] * min(scale, _LEFT_WIDEST)))
        self._right.setMinimumWidth(round(_RIGHT_WIDTH[0] * min(scale, _RIGHT_WIDEST)))
        self._middle.set_text_scale(scale)
        self._fit()

    def show_views(self, views: bool) -> None:
        """In a low window, which has room for one of the two, turn to the views or the curves."""
        self._middle.tabs.setCurrentIndex(int(views))

    @property
    def shows_curves(self) -> bool:
        """Whether the curves are in sight."""
        return self._middle.shows_curves

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
        places = {"columns": tuple(self.sizes())} if self._placed else {}
        return places | ({"middle": self._middle.places} if self._middle.placed else {})

    def restore(self, places: Mapping[str, tuple[int, ...]]) -> None:
        """Put the borders back; what does not fit is left as it is."""
        if put_sizes(self, places.get("columns", ())):
            self._placed = True
        self._middle.restore(places.get("middle", ()))
