"""A sheet of glass over a plot of points, on which the user paints with a brush or a rubber."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLineF, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.data.painted_points import PaintedPoint
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.boundary_plot import BoundaryPlot

_DOT, _CROSS = 4.0, 4.0


class PaintLayer(QWidget):
    """Tells where the pointer is pressed, and shows what has been painted but is not data yet.

    Signals:
        stroked: a place inside the plane, in pixels, while the left button is down.
        lifted: the button was let go.
    """

    stroked = Signal(QPointF)
    lifted = Signal()

    def __init__(self, plot: BoundaryPlot) -> None:
        super().__init__(plot)
        self._plot = plot
        self._palette = LIGHT
        self._added: Sequence[PaintedPoint] = ()
        self._erased: Sequence[PaintedPoint] = ()
        over = QVBoxLayout(plot)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(self.tr("Plane to paint points in"))
        self.hide()

    def show_strokes(self, added: Sequence[PaintedPoint], erased: Sequence[PaintedPoint]) -> None:
        """Points to come, and points to go."""
        self._added, self._erased = added, erased
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tell(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._tell(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.lifted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.card), 0.8))
        for point in self._added:
            painter.setBrush(QColor(category_colour(point.label)))
            painter.drawEllipse(self._plot.place_of(point.x1, point.x2), _DOT, _DOT)
        painter.setPen(QPen(QColor(self._palette.text), 2))
        for point in self._erased:
            place = self._plot.place_of(point.x1, point.x2)
            for turn in (1, -1):
                along = QPointF(_CROSS, turn * _CROSS)
                painter.drawLine(QLineF(place - along, place + along))
        painter.end()

    def _tell(self, event: QMouseEvent) -> None:
        pressed = bool(event.buttons() & Qt.MouseButton.LeftButton)
        if pressed and self._plot.numbers_at(event.position()) is not None:
            self.stroked.emit(event.position())


def distance(first: QPointF, second: QPointF) -> float:
    """Between two places, in pixels."""
    apart = first - second
    return float(np.hypot(apart.x(), apart.y()))
