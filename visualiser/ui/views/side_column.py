"""Words, a legend and controls beside a picture or below it."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from visualiser.ui.widgets.unrolling import UnrollingArea

_GAP, _ASIDE = 8, 4
"""Pixels between widgets, and right of them."""


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

    def fit(self, layout: QBoxLayout, letters: int, share: int) -> None:
        """Stand beside the picture, or below it where its share of the width would cut it.

        Below it the two scroll as one.

        Args:
            layout: of the picture and this column.
            letters: of width that the column needs at least.
            share: 3 for a third of the width.
        """
        owner = layout.parentWidget()
        inner = letters * owner.fontMetrics().averageCharWidth()
        beside = share * self.narrowest(inner) <= owner.width()
        direction = QBoxLayout.Direction
        layout.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
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


def turning_layout(owner: QWidget, gap: int) -> QBoxLayout:
    """Of a picture and a SideColumn, whose `fit` turns it; it fills its owner."""
    layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(gap)
    return layout
