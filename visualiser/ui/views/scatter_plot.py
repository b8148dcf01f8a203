"""Predicted against true numbers, or the errors against the predictions."""

import numpy as np
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
from visualiser.ui.views.axes import SteppedRange, linear_ticks
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range, Values, paint_axes
from visualiser.ui.views.scatter_pairs import Pairs

_NEAR = 8.0
_RADIUS = 3.2
_SEEN = 98
"""Percentile of the sizes of errors that the error axis covers: one outlier hides no picture."""


class ScatterPlot(QWidget):
    """Paints the points of student and twin; a point under the pointer is named.

    Signals:
        chosen: the sentence about the point that the arrow keys went to, or empty.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._pairs: Pairs | None = None
        self._errors = False
        self._student_colour = "accent"
        self._nothing = ""
        self._span: Range = (0.0, 1.0)
        self._error_range = SteppedRange(1e-9)
        self._zoom: tuple[Range, Range] | None = None
        self._picked: int | None = None
        self._drawing = KeptDrawing(self, self._paint)
        self.hover = Hover(self, self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Predicted against true"))
        self.setToolTip(
            self.tr("The wheel zooms, a double click shows all, the arrow keys go from row to row.")
        )

    def sizeHint(self) -> QSize:
        return QSize(380, 140)  # it takes what there is

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 140)

    @property
    def pairs(self) -> Pairs | None:
        """What is drawn."""
        return self._pairs

    @property
    def picked(self) -> int | None:
        """Which of the V rows is marked."""
        return self._picked

    @property
    def frame(self) -> Frame:
        """Where the numbers stand now."""
        box = self._box()
        x, y = self._zoom or self._ranges()
        return Frame(box, x, y)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._pairs, self._nothing, self._zoom, self._picked = None, why, None, None
        self._error_range.reset()
        self._drawing.forget()

    def show_pairs(self, pairs: Pairs, student_colour: str) -> None:
        """Draw these points; `student_colour` names a colour of the palette."""
        self._pairs, self._student_colour = pairs, student_colour
        low, high = float(pairs.true.min()), float(pairs.true.max())
        margin = 0.06 * ((high - low) or abs(high) or 1.0)
        self._span = low - margin, high + margin
        sizes = [np.abs(pairs.student - pairs.true)]
        if pairs.twin is not None:
            sizes.append(np.abs(pairs.twin - pairs.true))
        self._error_range.fit(1.1 * max(float(np.percentile(size, _SEEN)) for size in sizes))
        self._drawing.forget()
        self.hover.refresh()

    def show_errors(self, errors: bool) -> None:
        """Errors against predictions instead of predictions against true numbers."""
        self._errors, self._zoom = errors, None
        self._drawing.forget()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._drawing.forget()

    def outside(self) -> int:
        """How many of the student's points are not within the axes."""
        if self._pairs is None:
            return 0
        return int(np.count_nonzero(self.frame.place(*self._points(self._pairs.student))[2]))

    def place_of(self, position: int) -> QPointF:
        """Where the student's point of one of the V rows is painted."""
        assert self._pairs is not None
        x, y, _ = self.frame.place(*self._points(self._pairs.student))
        return QPointF(x[position], y[position])

    def read(self, place: QPointF) -> str:
        """The row whose point is near `place`, with all its values; empty where there is none."""
        self._mark(self._nearest(place))
        if self._pairs is None or self._picked is None:
            return ""
        return self._pairs.sentence(self._picked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._pairs is None:
            super().keyPressEvent(event)
            return
        order = np.argsort(self._points(self._pairs.student)[0], kind="stable")
        at = -1 if self._picked is None else int(np.flatnonzero(order == self._picked)[0])
        at = (0 if step > 0 else len(order) - 1) if at < 0 else (at + step) % len(order)
        sentence = self._pairs.sentence(int(order[at]))
        self._mark(int(order[at]))
        self.setAccessibleDescription(sentence)
        self.chosen.emit(sentence)

    def wheelEvent(self, event: QWheelEvent) -> None:
        frame, turned = self.frame, event.angleDelta().y()
        if self._pairs is not None and frame.box.contains(event.position()) and turned:
            closer = frame.zoomed(event.position(), 1.0015**turned)
            self._zoom = closer.x, closer.y
            self._drawing.forget()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._zoom = None
        self._drawing.forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._pairs is None:
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._nothing)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._drawing.draw(painter)
            self._paint_picked(painter, self._pairs)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        """Axes and points; hovering only adds a mark."""
        pairs, frame = self._pairs, self.frame
        assert pairs is not None
        paint_axes(painter, frame, self._palette, self._titles(pairs), self._numbers_width())
        painter.setClipRect(frame.box.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS))
        self._paint_line(painter, frame)
        if pairs.twin is not None:
            self._paint_points(painter, frame, pairs.twin, "accent", hollow=True)
        self._paint_points(painter, frame, pairs.student, self._student_colour, hollow=False)

    def _paint_line(self, painter: QPainter, frame: Frame) -> None:
        """Where predicted and true agree."""
        painter.setPen(QPen(QColor(self._palette.text), 1.4))
        low, high = frame.x
        ends = (0.0, 0.0) if self._errors else (low, high)
        painter.save()
        painter.setClipRect(frame.box)
        painter.drawLine(frame.point(low, ends[0]), frame.point(high, ends[1]))
        painter.restore()

    def _paint_points(
        self, painter: QPainter, frame: Frame, answers: Values, colour: str, *, hollow: bool
    ) -> None:
        ink = QColor(getattr(self._palette, colour))
        x, y, outside = frame.place(*self._points(answers))
        if hollow:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink, 1.2))
        else:
            painter.setPen(QPen(QColor(self._palette.card), 0.7))
            painter.setBrush(ink)
        for left, top, is_outside in zip(x.tolist(), y.tolist(), outside.tolist(), strict=True):
            if is_outside:
                painter.drawRect(QRectF(left - 2.5, top - 2.5, 5, 5))
            else:
                painter.drawEllipse(QPointF(left, top), _RADIUS, _RADIUS)

    def _paint_picked(self, painter: QPainter, pairs: Pairs) -> None:
        """A ring around the point, and a line to what the twin answers."""
        if self._picked is None:
            return
        here = self.place_of(self._picked)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._palette.text), 1.8))
        painter.drawEllipse(here, _RADIUS + 3, _RADIUS + 3)
        if pairs.twin is not None:
            x, y, _ = self.frame.place(*self._points(pairs.twin))
            there = QPointF(x[self._picked], y[self._picked])
            painter.drawLine(here, there)
            painter.drawEllipse(there, _RADIUS + 1, _RADIUS + 1)

    def _points(self, answers: Values) -> tuple[Values, Values]:
        assert self._pairs is not None
        if self._errors:
            return answers, answers - self._pairs.true
        return self._pairs.true, answers

    def _nearest(self, place: QPointF) -> int | None:
        if self._pairs is None:
            return None
        x, y, _ = self.frame.place(*self._points(self._pairs.student))
        distance = np.hypot(x - place.x(), y - place.y())
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= _NEAR else None

    def _mark(self, position: int | None) -> None:
        if position != self._picked:
            self._picked = position
            self.update()

    def _ranges(self) -> tuple[Range, Range]:
        if self._errors:
            return self._span, (-self._error_range.high, self._error_range.high)
        return self._span, self._span

    def _titles(self, pairs: Pairs) -> tuple[str, str]:
        unit = f" ({pairs.dataset.unit})" if pairs.dataset.unit else ""
        target = pairs.dataset.target
        predicted = self.tr("predicted {target}{unit}").format(target=target, unit=unit)
        if self._errors:
            return predicted, self.tr("predicted − true{unit}").format(unit=unit)
        return self.tr("true {target}{unit}").format(target=target, unit=unit), predicted

    def _numbers_width(self) -> float:
        metrics = QFontMetrics(self.font())
        _, high = (self._zoom or self._ranges())[1]
        ticks = linear_ticks(*(self._zoom or self._ranges())[1], 6).tolist() or [high]
        return max(metrics.horizontalAdvance(numeral(tick)) for tick in ticks) + 10.0

    def _box(self) -> QRectF:
        line = QFontMetrics(self.font()).height()
        left = self._numbers_width() + line + 4
        box = QRectF(self.rect()).adjusted(left, 6, -0.75 * line, -2 * line - 8)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 20, 20).size()))
        return box
