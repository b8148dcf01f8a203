"""The middle of the window: curves above views, or one of them at a time where it is low."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from visualiser.ui.widgets.cards import MARGIN, card, scroll_area

GAP = 8
"""Pixels between cards."""

_WIDTH = 320
"""Least width."""

_LOW = 350
"""In less height than this, in pixels at 100 % text, two charts would be slivers: one is shown."""

_VIEWS_USUALLY, _VIEWS_HEIGHT, _VIEWS_MOST = 0.45, 180, 0.5
"""Share of the height that the views have where there is room for all; what is left to them, where
there is not, in pixels at 100 % text; and the share that is enough in a low window."""


class Middle(QWidget):
    """The curves above the views; in a low window, tabs turn from one to the other.

    Attributes:
        placed: the user has decided on the border between them.

    Signals:
        turned: the other one is shown.
    """

    turned = Signal()

    def __init__(self, upper: QWidget, lower: QWidget) -> None:
        super().__init__()
        self.placed = False
        self._upper = upper
        self._scale = 1.0
        self._places: tuple[int, ...] = ()
        self.tabs = QTabBar()
        self.tabs.addTab(self.tr("Curves"))
        self.tabs.addTab(self.tr("Views"))
        self.tabs.setTabToolTip(0, self.tr("How loss and measure have gone so far."))
        self.tabs.setTabToolTip(1, self.tr("The model, its answers and the data, as they are now."))
        self.tabs.setAccessibleName(self.tr("What the middle shows"))
        self.tabs.setExpanding(True)
        self.tabs.hide()
        self.tabs.currentChanged.connect(self._turn)
        self._cards = (card(scroll_area(upper, _WIDTH)), card(lower))
        self.border = QSplitter(Qt.Orientation.Vertical)
        for part in self._cards:
            self.border.addWidget(part)
        self.border.setHandleWidth(GAP)
        self.border.setChildrenCollapsible(False)
        self.border.splitterMoved.connect(self._keep_place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.border, 1)

    @property
    def low(self) -> bool:
        """Whether there is room for one of the two only."""
        return self.height() < _LOW * self._scale

    @property
    def shows_curves(self) -> bool:
        """Whether the curves are in sight; in a low window the views may have their place."""
        return not self._cards[0].isHidden()

    @property
    def places(self) -> tuple[int, ...]:
        """Heights of curves and views, as the user has them."""
        return self._places

    def restore(self, places: tuple[int, ...]) -> None:
        """Put the border back, if it fits."""
        if put_sizes(self.border, places):
            self.placed, self._places = True, places

    def set_text_scale(self, scale: float) -> None:
        """Keep both large enough for text of that size."""
        self._scale = scale
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show one or both; let the curves have what they need, and leave the views enough."""
        others = self._show_what_fits()
        if others and self.placed and not self.low:
            put_sizes(self.border, self._places)
        if self.low or self.placed:
            return
        height = self.border.height() - self.border.handleWidth()
        least = self._upper.minimumSizeHint().expandedTo(self._upper.minimumSize())
        needed = least.height() + 2 * MARGIN + 2  # with the border of the card
        enough = min(_VIEWS_HEIGHT * self._scale, _VIEWS_MOST * height)
        views = round(max(enough, min(_VIEWS_USUALLY * height, height - needed)))
        self.border.setSizes([height - views, views])

    def _show_what_fits(self) -> bool:
        """One or both; whether that is something else than before."""
        before = [part.isHidden() for part in self._cards]
        shown = self.tabs.currentIndex()
        for index, part in enumerate(self._cards):
            part.setHidden(self.low and index != shown)
        self.tabs.setVisible(self.low)
        others = before != [part.isHidden() for part in self._cards]
        if others:
            self.turned.emit()
        return others

    def _turn(self, index: int) -> None:
        self._show_what_fits()

    def _keep_place(self) -> None:
        self.placed, self._places = True, tuple(self.border.sizes())


def put_sizes(splitter: QSplitter, sizes: tuple[int, ...]) -> bool:
    """Give a splitter these sizes, if they fit it."""
    fits = len(sizes) == splitter.count() and sum(sizes) > 0
    if fits:
        splitter.setSizes(list(sizes))
    return fits
