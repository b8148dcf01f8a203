"""Predicted against true numbers, or the errors against the predictions."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualiser.ui.views.axes import SteppedRange
from visualiser.ui.views.dots import Dot, DotPainter
from visualiser.ui.views.forecast_axis import LONGEST_DATE, date_ticks
from visualiser.ui.views.framed_plot import FramedPlot
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range, Ticks, Values, lines_up, paint_axes
from visualiser.ui.views.scatter_pairs import Pairs

_NEAR = 8.0
_RADIUS = 3.2
_SEEN = 98
"""Percentile of the sizes of errors that the error axis covers: one outlier hides no picture."""


class ScatterPlot(FramedPlot):
    """Paints the points of student and twin; a point under the pointer is named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: Pairs | None = None
        self._errors = False
        self._student_colour = "accent"
        self._span: Range = (0.0, 1.0)
        self._error_range = SteppedRange(1e-9)
        self._zoom: tuple[Range, Range] | None = None
        self._picked: int | None = None
        self._dots = DotPainter()
        self._drawings = (KeptDrawing(self, self._paint),)
        self.setAccessibleName(self.tr("Predicted against true"))
        self.setToolTip(
            self.tr(
                "The wheel zooms, dragging moves, a double click shows all, the arrow keys go "
                "from row to row."
            )
        )

    @property
    def pairs(self) -> Pairs | None:
        """What is drawn."""
        return self._pairs

    @property
    def picked(self) -> int | None:
        """Which of the V rows is marked."""
        return self._picked

    @property
    def filled(self) -> bool:
        """Whether there are points."""
        return self._pairs is not None

    @property
    def frame(self) -> Frame:
        """Where the numbers stand now."""
        x, y = self._zoom or self._ranges()
        return Frame(self._box(y, right=0.75, below=2), x, y)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._pairs, self._nothing, self._zoom, self._picked = None, why, None, None
        self._error_range.reset()
        self._forget()

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
        self._forget()
        self.hover.refresh()

    def show_errors(self, errors: bool) -> None:
        """Errors against predictions instead of predictions against true numbers."""
        self._errors, self._zoom = errors, None
        self._forget()

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

    def _next(self, step: int) -> str:
        assert self._pairs is not None
        order = np.argsort(self._points(self._pairs.student)[0], kind="stable")
        at = -1 if self._picked is None else int(np.flatnonzero(order == self._picked)[0])
        at = (0 if step > 0 else len(order) - 1) if at < 0 else (at + step) % len(order)
        self._mark(int(order[at]))
        return self._pairs.sentence(int(order[at]))

    def _see(self, frame: Frame) -> None:
        self._zoom = frame.x, frame.y
        self._forget()

    def _fit(self) -> None:
        self._zoom = None
        self._forget()

    def _paint(self, painter: QPainter) -> None:
        """Axes and points; hovering only adds a mark."""
        pairs, frame = self._pairs, self.frame
        assert pairs is not None
        across, up = self._dates(frame, painter.fontMetrics())
        room = self._numbers_width(frame.y)
        paint_axes(painter, frame, self._palette, self._titles(pairs), room, across, up)
        painter.setClipRect(frame.box.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS))
        self._paint_line(painter, frame)
        if pairs.twin is not None:
            self._paint_points(painter, frame, pairs.twin, "accent", hollow=True)
        self._paint_points(painter, frame, pairs.student, self._student_colour, hollow=False)

    def _dates(self, frame: Frame, metrics: QFontMetrics) -> tuple[Ticks | None, Ticks | None]:
        """What stands along the axes that are of dates; errors are numbers of days."""
        if self._pairs is None or not self._pairs.dataset.target_is_date:
            return None, None
        most = int(frame.box.width() / (metrics.horizontalAdvance(LONGEST_DATE) + 12))
        up = None if self._errors else date_ticks(*frame.y, lines_up(frame, metrics))
        return date_ticks(*frame.x, max(most, 1)), up

    def _numbers_width(self, heights: Range) -> float:
        if self._errors or self._pairs is None or not self._pairs.dataset.target_is_date:
            return super()._numbers_width(heights)
        return QFontMetrics(self.font()).horizontalAdvance(LONGEST_DATE) + 10.0

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
        ink = getattr(self._palette, colour)
        dot = Dot(_RADIUS, ink, self._palette.card, 0.7)
        if hollow:
            dot = Dot(_RADIUS, "", ink, 1.2)
        x, y, outside = frame.place(*self._points(answers))
        inside = zip(x[~outside].tolist(), y[~outside].tolist(), strict=True)
        self._dots.paint(painter, (dot,), ((left, top, 0) for left, top in inside))
        painter.setPen(QPen(QColor(dot.outline), dot.width))
        painter.setBrush(QColor(dot.fill) if dot.fill else Qt.BrushStyle.NoBrush)
        for left, top in zip(x[outside].tolist(), y[outside].tolist(), strict=True):
            painter.drawRect(QRectF(left - 2.5, top - 2.5, 5, 5))

    def _paint_marked(self, painter: QPainter) -> None:
        """A ring around the point, and a line to what the twin answers."""
        pairs = self._pairs
        if self._picked is None or pairs is None:
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
        target = pairs.dataset.target
        unit = pairs.dataset.target_text.removeprefix(target)
        own = "" if pairs.dataset.target_is_date else unit  # dates have none, errors have days
        predicted = self.tr("predicted {target}{unit}").format(target=target, unit=own)
        if self._errors:
            return predicted, self.tr("predicted − true{unit}").format(unit=unit)
        return self.tr("true {target}{unit}").format(target=target, unit=own), predicted
