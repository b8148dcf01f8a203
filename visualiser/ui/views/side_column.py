"""Words, a legend and controls beside a picture or below it."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QWidget

from visualiser.ui.widgets.unrolling import UnrollingArea

_GAP, _ASIDE = 8, 4
"""Pixels between widgets, and right of them."""
_PICTURE_LINES = 8
"""Lines of text that a picture is high at least where words stand below it."""


class SideColumn(UnrollingArea):
    """Widgets below each other; it scrolls where the text is large or the window small."""

    def __init__(self, *widgets: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets = widgets
        self.column.setContentsMargins(0, 0, _ASIDE, 0)
        self.column.setSpacing(_GAP)
        for widget in widgets:
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.setAccessibleName(self.tr("What the picture shows"))

    def narrowest(self, inner: int = 0) -> int:
        """Pixels in which nothing is cut off, though text may wrap; `inner` inside at least."""
        widest = max(inner, *(widget.minimumSizeHint().width() for widget in self._widgets))
        return widest + _ASIDE + self.verticalScrollBar().sizeHint().width()

    def fit(self, layout: "TurningLayout", letters: int, share: int) -> None:
        """Stand beside the picture, or below it where its share of the width would cut it.

        Below it the two scroll as one.

        Args:
            layout: of the picture and this column.
            letters: of width that the column needs at least.
            share: 3 for a third of the width.
        """
        owner = layout.parentWidget()
        inner = letters * owner.fontMetrics().averageCharWidth()
        needed = max(share * self.narrowest(inner), layout.least_beside())
        beside = needed <= owner.width()
        layout.turn(beside=beside)
        self.unroll(not beside)

    def lowest(self, width: int, *widgets: QWidget) -> int:
        """Pixels that those of its widgets need below each other in a column of that width."""
        inner = width - _ASIDE
        heights = (
            widget.heightForWidth(inner)
            if widget.hasHeightForWidth()
            else widget.sizeHint().height()
            for widget in widgets
        )
        return sum(heights) + _GAP * (len(widgets) - 1)


class TurningLayout(QBoxLayout):
    """Beside each other or below: as narrow as the latter, since a narrow place has it turned."""

    def minimumSize(self) -> QSize:
        widest = max((size.width() for size in self._least()), default=0)
        return QSize(widest, super().minimumSize().height())

    def turn(self, *, beside: bool, upwards: bool = False) -> None:
        """Beside each other; or below, where a picture is high enough to be read all the same.

        `upwards` has what stands on the left go below, instead of above.
        """
        direction = QBoxLayout.Direction
        below = direction.BottomToTop if upwards else direction.TopToBottom
        self.setDirection(direction.LeftToRight if beside else below)
        line = self.parentWidget().fontMetrics().height()
        for place in range(self.count()):
            widget = self.itemAt(place).widget()
            if widget is not None and not isinstance(widget, UnrollingArea):
                widget.setMinimumHeight(0 if beside else _PICTURE_LINES * line)

    def least_beside(self) -> int:
        """Pixels in which all stand beside each other."""
        widths = [size.width() for size in self._least()]
        return sum(widths) + self.spacing() * max(len(widths) - 1, 0)

    def _least(self) -> list[QSize]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item.minimumSize() for item in items if item is not None and not item.isEmpty()]


def turning_layout(owner: QWidget, gap: int) -> TurningLayout:
    """Of a picture and a SideColumn, whose `fit` turns it; it fills its owner."""
    layout = TurningLayout(QBoxLayout.Direction.LeftToRight, owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    return layout
