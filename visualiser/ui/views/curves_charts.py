"""The two charts of the curves below each other: one range of x, the same margins, one pointer."""

import math
from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QWidget

from visualiser.ui.palette import Palette
from visualiser.ui.plotting import pg
from visualiser.ui.views.axes import Range
from visualiser.ui.views.curves_chart import Chart
from visualiser.ui.views.curves_labels import room_for_names
from visualiser.ui.views.curves_overlay import CurvesOverlay
from visualiser.ui.views.curves_pointer import CurvesPointer
from visualiser.ui.views.curves_series import Quantity
from visualiser.ui.views.curves_shown import Content, ReadOut

_ROOMY = 20
"""Lines of text that the charts are high when each has numbers of its own along the bottom."""
_LEAST_LINES, _LEAST_PIXELS = 3, 51
"""A chart is that high at least below its title, together: large letters leave less to curves."""
_PADDING = 24
"""Pixels around the charts and their numbers, whatever the size of text."""


class CurvesCharts(pg.GraphicsLayoutWidget):  # type: ignore[misc]
    """Loss above, accuracy or error below.

    Signals:
        zoomed: the user wants to see this range of x.
        fitted: the user wants to see all.

    Attributes:
        loss, quality: the two charts.
        by_quantity: the same, each with what it shows.
        pointer: where the user points.
        overlay: paints the curves over a picture of the rest.
    """

    zoomed = Signal(float, float)
    fitted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.loss, self.quality = both = Chart(self), Chart(self)
        self.by_quantity: tuple[tuple[Chart, Quantity], ...] = (
            (self.loss, "loss"),
            (self.quality, "metric"),
        )
        self._margins = (-1.0, -1.0)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Charts of loss and accuracy or error"))
        self.setToolTip(
            self.tr(
                "Point to read values, turn the wheel or press + and − to zoom, double-click to "
                "see all, right-click to save."
            )
        )
        self.ci.setContentsMargins(4, 2, 2, 2)
        self.ci.setSpacing(4)
        for row, chart in enumerate(both):
            self.addItem(chart.plot, row, 0)
            chart.box.zoomed.connect(self.zoomed)
            chart.box.fitted.connect(self.fitted)
        self.overlay = CurvesOverlay(self, both)
        self.pointer = CurvesPointer(self, both)

    def apply(self, palette: Palette, font: QFont) -> None:
        """Take the colours of a theme and a font, and the room that its lines need."""
        self.setBackground(palette.card)
        for chart, _ in self.by_quantity:
            chart.apply(palette, font)
        self.overlay.redraw()
        line = self.loss.layer.texts.height
        charts = len(self.by_quantity)
        lines = charts * (_LEAST_LINES + 2) + 1  # titles, and numbers below
        self.setMinimumHeight(math.ceil(lines * line) + charts * _LEAST_PIXELS + _PADDING)
        self._margins = (-1.0, -1.0)
        self.lay_out()

    def show_empty(self, invitation: str, top: float) -> None:
        """No curves yet: an invitation above, and below an axis to `top`."""
        x: Range = (0.0, 10.0)
        self.loss.show_content(Content(empty_text=invitation), x, (0.0, 1.0))
        self.quality.show_content(Content(), x, (0.0, top))
        self.lay_out()
        self.overlay.redraw()

    def show_read_outs(self, read_outs: Mapping[Quantity, ReadOut] | None) -> None:
        """Values under the pointer in each chart, or none."""
        for chart, quantity in self.by_quantity:
            chart.layer.show_read_out(None if read_outs is None else read_outs[quantity])

    def set_exact(self, exact: bool) -> None:
        """Draw with true pens, for a vector file, or with quick ones, for the screen."""
        for chart, _ in self.by_quantity:
            chart.layer.exact = exact

    def lay_out(self) -> None:
        """Give both charts the same margins, in steps too: they rarely change."""
        charts = (self.loss, self.quality)
        line = self.loss.layer.texts.height
        self.loss.show_x_numbers(self.height() > _ROOMY * line)
        numbers = max(chart.number_width() for chart in charts)
        wanted = max(chart.layer.label_width() for chart in charts)
        labels = room_for_names(wanted, self.width() - numbers)
        margins = (math.ceil(numbers / 8) * 8.0, math.ceil(labels / 8) * 8.0)
        if margins != self._margins:
            self._margins = margins
            for chart in charts:
                chart.set_margins(*margins)
