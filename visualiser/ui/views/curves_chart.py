"""One chart of curves: axes, zoom, and the layer that paints inside."""

import math

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsSceneMouseEvent, QGraphicsSceneWheelEvent

from visualiser.core.numerals import numeral
from visualiser.ui.palette import Palette
from visualiser.ui.plotting import MouseDragEvent, pg
from visualiser.ui.views.axes import NumberAxis, Range, Values
from visualiser.ui.views.curves_cuts import cuts_of
from visualiser.ui.views.curves_layer import CurvesLayer
from visualiser.ui.views.curves_shown import Content

_PAD = 0.02
"""Of the height, above and below the range, so that a curve at its edge is seen whole."""
_EVENT_LINES = 2
"""Rows of texts that curves make room for; more of them stand over the curves."""
_LOW = 7
"""Lines of text below which a chart has no room to give to the texts of events."""
_REACH = 6
"""Pixels on either side of the pointer that count as under it."""
_ZOOM = 0.8
"""What a notch of the wheel leaves of the visible range."""


class ZoomBox(pg.ViewBox):  # type: ignore[misc]
    """Wheel and dragging move along x only; a double click fits.

    Signals:
        zoomed: the user wants to see this range of x.
        fitted: the user wants to see all.
    """

    zoomed = Signal(float, float)
    fitted = Signal()

    def __init__(self) -> None:
        super().__init__(enableMenu=False, defaultPadding=0)
        self.disableAutoRange()
        self.setMouseEnabled(x=True, y=False)

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        event.accept()
        (low, high), _ = self.viewRange()
        factor = _ZOOM ** (event.delta() / 120)
        middle = min(max(self.mapSceneToView(event.scenePos()).x(), low), high)
        self.zoomed.emit(middle - (middle - low) * factor, middle + (high - middle) * factor)

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        event.accept()
        (low, high), _ = self.viewRange()
        before = self.mapSceneToView(event.lastScenePos()).x()
        shift = before - self.mapSceneToView(event.scenePos()).x()
        self.zoomed.emit(low + shift, high + shift)

    def mouseDoubleClickEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        event.accept()
        self.fitted.emit()


class Chart(QObject):
    """A plot of curves over steps or epochs.

    Attributes:
        plot: the pyqtgraph item to be placed in a layout.
        box: inside its axes.
        layer: paints the curves.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.box = ZoomBox()
        self.x_axis, self.y_axis = NumberAxis("bottom", whole=True), NumberAxis("left")
        self.plot = pg.PlotItem(
            viewBox=self.box,
            axisItems={"bottom": self.x_axis, "left": self.y_axis},
            enableMenu=False,
        )
        self.plot.hideButtons()
        self.layer = CurvesLayer(self.box)
        self.layer.setParentItem(self.plot)
        self._x: Range = (0.0, 1.0)
        self._y: Range = (0.0, 1.0)
        self._shown: tuple[Range, Range] | None = None
        self._ticks_of: object = None
        self._ticks = Content().ticks
        self.box.sigResized.connect(self._follow_size)

    @property
    def x_range(self) -> Range:
        """What of the x axis is visible."""
        return self._x

    @property
    def y_range(self) -> Range:
        """What of the y axis is visible; exponents of ten on a logarithmic one."""
        return self._y

    @property
    def reach(self) -> float:
        """How far from the pointer, in units of x, something still is under it."""
        low, high = self._x
        return _REACH * (high - low) / max(float(self.box.width()), 1.0)

    def apply(self, palette: Palette, font: QFont) -> None:
        """Take the colours of a theme and a font."""
        self.layer.apply(palette, font)
        for axis in (self.x_axis, self.y_axis):
            axis.apply(palette, font)

    def show_content(self, content: Content, x: Range, y: Range) -> None:
        """Draw curves within ranges; ranges that stay the same cost nothing."""
        self._x, self._y = x, y
        size = self.box.size()
        low, high = y
        pad = _PAD * (high - low)
        room = self._room_for_texts(content, size.height())
        padded = low - pad, high + pad + room * (high - low)
        if (x, padded) != self._shown:
            self._shown = (x, padded)
            self.box.setRange(xRange=x, yRange=padded, padding=0, disableAutoRange=True)
        content.ticks = self._ticks_for(x, padded)
        content.cuts = cuts_of(content.lines, x, padded, self.y_axis.logarithmic)
        self.layer.show_content(content)

    def _ticks_for(self, x: Range, y: Range) -> tuple[Values, Values]:
        """Where numbers and grid lines stand, on the axes too."""
        axes, size = (self.x_axis, self.y_axis), self.box.size()
        ticks_of = x, y, size, [axis.reads_as for axis in axes]
        if ticks_of != self._ticks_of:
            self._ticks_of = ticks_of
            self._ticks = axes[0].ticks(*x, size.width()), axes[1].ticks(*y, size.height())
            for axis, ticks in zip(axes, self._ticks, strict=True):
                axis.show_ticks(ticks)
        return self._ticks

    def ground_of(self) -> tuple[object, ...]:
        """What the axes show, and where the chart is."""
        axes = (self.x_axis, self.y_axis)
        return self.plot.scenePos(), *((axis.isVisible(), axis.reads_as) for axis in axes)

    def _room_for_texts(self, content: Content, height: float) -> float:
        """What the texts of events take above the curves, as a share of the height for curves."""
        line = self.layer.texts.height
        lines = min(sum(bool(event.text) for event in content.events), _EVENT_LINES)
        if height < _LOW * line:
            return 0.0
        return lines * line / (height - lines * line)

    def show_x_numbers(self, shown: bool) -> None:
        """Whether the numbers along the bottom are worth their room."""
        if shown != self.x_axis.isVisible():
            # setVisible would leave the room of the numbers empty.
            (self.x_axis.show if shown else self.x_axis.hide)()
            self._follow_size()

    def number_width(self) -> float:
        """Room that the numbers of the y axis want, in pixels."""
        ticks = self.layer.content.ticks[1].tolist()
        texts = [numeral(10**t if self.y_axis.logarithmic else t) for t in ticks]
        return max((self.layer.texts.width(text) for text in texts), default=0.0) + 10

    def set_margins(self, numbers: float, labels: float) -> None:
        """Room left for numbers and right for labels, the same in linked charts."""
        title = math.ceil(self.layer.texts.height) + 4
        self.plot.layout.setContentsMargins(0, title, labels, 0)
        self.y_axis.setWidth(numbers)
        self._follow_size()

    @Slot()
    def _follow_size(self) -> None:
        box, whole = self.box.geometry(), self.plot.boundingRect()
        if self._shown is not None:
            self.layer.content.ticks = self._ticks_for(*self._shown)
        corner = QPointF(box.left() - 5, 0)
        self.layer.set_bounds(QRectF(corner, QPointF(whole.right(), box.bottom() + 5)))
