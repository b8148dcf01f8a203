"""What charts in a frame of numbers share: zoom, moving, arrow keys, an empty sentence."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.numerals import numeral
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range

_ZOOM = 1.0015
"""How much closer one unit of the wheel goes; a notch has 120."""
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FramedPlot(QWidget):
    """The wheel zooms, dragging moves, a double click fits, arrow keys go from thing to thing.

    A subclass says where its numbers stand, paints its drawings, and names what is at a place.

    Signals:
        chosen: the sentence about what the arrow keys went to, or empty.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._nothing = ""
        self._dragged: QPointF | None = None
        self._drawings: tuple[KeptDrawing, ...] = ()
        self.hover = Hover(self, self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(400, 140)  # it takes what there is

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 140)

    # -- what a subclass says -------------------------------------------------------------------

    @property
    def filled(self) -> bool:
        """Whether there is anything to show but a sentence."""
        raise NotImplementedError

    @property
    def frame(self) -> Frame:
        """Where the numbers stand now."""
        raise NotImplementedError

    def frame_at(self, place: QPointF) -> Frame | None:
        """The frame that a place is in; None outside."""
        frame = self.frame
        return frame if frame.box.contains(place) else None

    def read(self, place: QPointF) -> str:
        """Mark and name what is at a place; empty where there is nothing."""
        raise NotImplementedError

    def _next(self, step: int) -> str:
        """Mark what comes after (1) or before (−1) what is marked, and name it."""
        raise NotImplementedError

    def _see(self, frame: Frame) -> None:
        """Show the ranges of a frame, as far as there is something to see."""
        raise NotImplementedError

    def _fit(self) -> None:
        """Show all again."""
        raise NotImplementedError

    def _paint_marked(self, painter: QPainter) -> None:
        """What is marked, over the drawings."""
        raise NotImplementedError

    # -- what it has from here ------------------------------------------------------------------

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._forget()

    def _forget(self) -> None:
        """All that is painted has changed."""
        for drawing in self._drawings:
            drawing.forget()
        self.update()

    def _numbers_width(self, heights: Range) -> float:
        """Room that the numbers of an upright axis want, in pixels."""
        metrics = QFontMetrics(self.font())
        ticks = linear_ticks(*heights, 6).tolist() or [heights[1]]
        return max(metrics.horizontalAdvance(numeral(tick)) for tick in ticks) + 10.0

    def _box(self, heights: Range, right: float, below: float) -> QRectF:
        """Beside the numbers and the title of an upright axis, with so many lines of text free."""
        line = QFontMetrics(self.font()).height()
        left = self._numbers_width(heights) + line + 4
        box = QRectF(self.rect()).adjusted(left, 6, -right * line, -below * line - 8)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 20, 20).size()))
        return box

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.filled:
            super().keyPressEvent(event)
            return
        sentence = self._next(step)
        self.setAccessibleDescription(sentence)
        self.chosen.emit(sentence)

    def wheelEvent(self, event: QWheelEvent) -> None:
        frame, turned = self.frame_at(event.position()), event.angleDelta().y()
        if self.filled and frame is not None and turned:
            self._see(frame.zoomed(event.position(), _ZOOM**turned))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.filled and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is not None:
            shift, self._dragged = event.position() - self._dragged, event.position()
            self._see(self.frame.moved(shift))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.filled:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for drawing in self._drawings:
                drawing.draw(painter)
            self._paint_marked(painter)
        else:
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
