"""One figure of both models over the run, as a small curve with the markers of what was done."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import Marker, Snapshot
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.decimate import Decimator
from visualiser.ui.views.scatter_frame import Frame, Range, Values
from visualiser.ui.views.walked_plot import WalkedPlot

_POINTS = 400
_TICKS = 3
_CHROME = 2.8
"""Lines of text above and below the curve."""


@dataclass(frozen=True, eq=False)
class Course:
    """A figure over the run.

    Attributes:
        steps: (R,) of the evaluations.
        student, twin: (R,) figures, NaN where there is none; `twin` is None while it is one model
            with the student.
        markers: what was done on the way.
    """

    steps: Values
    student: Values
    twin: Values | None
    markers: tuple[Marker, ...]

    @classmethod
    def of(cls, snapshot: Snapshot, column: str) -> "Course":
        """A column of the history; that of the twin is called the same with “twin_”."""
        history = snapshot.history
        twin = history[f"twin_{column}"] if snapshot.twin_differs else None
        return cls(history["step"], history[column], twin, snapshot.markers)

    @property
    def known(self) -> bool:
        """Whether there are two figures at least, which make a line."""
        return int(np.count_nonzero(np.isfinite(self.student))) > 1


class RunCurve(WalkedPlot):
    """The student's curve, the twin's dashed; what is pointed at is read off."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._course: Course | None = None
        self._text: Callable[[float], str] = numeral
        self._tick_text: Callable[[float], str] = numeral
        self._level: float | None = None
        self._colour = "accent"
        self.forget()
        self.setAccessibleName(title)

    @property
    def course(self) -> Course | None:
        """What is drawn."""
        return self._course

    @property
    def places(self) -> int:
        return 0 if self._course is None else len(self._course.steps)

    def set_title(self, title: str) -> None:
        """Other words above the curve."""
        if title != self._title:
            self._title = title
            self.setAccessibleName(title)
            self.update()

    def forget(self) -> None:
        """Another figure or another run: nothing is known of it yet."""
        self._course = None
        self._rows = Decimator(_POINTS), Decimator(_POINTS)
        self.show_nothing(self.tr("The curve begins with the second evaluation."))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(8 * line, round(5.4 * line))

    def show_course(
        self,
        course: Course,
        text: Callable[[float], str],
        tick_text: Callable[[float], str],
        level: float | None = None,
    ) -> None:
        """Draw it; `text` writes a figure, `level` is drawn as a line to compare with."""
        self._text, self._tick_text, self._level = text, tick_text, level
        self._colour = "accent" if course.twin is None else "spoiled"
        self._course = course if course.known else None
        self._follow()

    def told(self, place: int) -> str:
        course = self._course
        assert course is not None
        text = self.tr("step {step:,}: {figure}").format(
            step=int(course.steps[place]), figure=self._figure(course.student[place])
        )
        if course.twin is not None:
            twin = self._figure(course.twin[place])
            text += self.tr(", clean twin {figure}").format(figure=twin)
        done = [m.text for m in course.markers if m.step == course.steps[place]]
        return "\n".join([text, *done])

    def _figure(self, value: float) -> str:
        return self._text(float(value)) if np.isfinite(value) else "–"

    def place_at(self, point: QPointF) -> int | None:
        frame, course = self._frame(), self._course
        if course is None or not frame.box.adjusted(-4, -4, 4, 4).contains(point):
            return None
        return int(np.abs(course.steps - frame.numbers(point)[0]).argmin())

    def paint(self, painter: QPainter, marked: int | None) -> None:
        course, frame = self._course, self._frame()
        assert course is not None
        self._paint_ground(painter, frame)
        for marker in course.markers:
            x = frame.point(marker.step, frame.y[0]).x()
            painter.setPen(QPen(QColor(self._palette.spoiled), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, frame.box.top()), QPointF(x, frame.box.bottom()))
        if course.twin is not None:
            pen = QPen(QColor(self._palette.accent), 1.6, Qt.PenStyle.DashLine)
            self._paint_line(painter, frame, course.twin, pen, 1)
        colour = QColor(getattr(self._palette, self._colour))
        self._paint_line(painter, frame, course.student, QPen(colour, 2), 0)
        if marked is not None and np.isfinite(course.student[marked]):
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(frame.point(course.steps[marked], course.student[marked]), 3.5, 3.5)

    def _paint_ground(self, painter: QPainter, frame: Frame) -> None:
        metrics, box, line = painter.fontMetrics(), frame.box, painter.fontMetrics().height()
        muted, grid = QColor(self._palette.muted), QPen(QColor(self._palette.grid), 1)
        painter.setPen(muted)
        title = metrics.elidedText(self._title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QPointF(0, metrics.ascent()), title)
        for tick in self._ticks():
            y = frame.point(frame.x[0], tick).y()
            painter.setPen(grid)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(muted)
            where = QRectF(0, y - line / 2, box.left() - 6, line)
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(where, int(flags), self._tick_text(tick))
        last = self.tr("step {step:,}").format(step=int(frame.x[1]))
        below = QRectF(box.left(), box.bottom() + 2, box.width(), line)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), last)
        if metrics.horizontalAdvance(last + "  0") < box.width():
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), "0")
        if self._level is not None:
            y = frame.point(frame.x[0], self._level).y()
            painter.setPen(QPen(QColor(self._palette.text), 1.2, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _paint_line(
        self, painter: QPainter, frame: Frame, values: Values, pen: QPen, number: int
    ) -> None:
        """In pieces where there is no figure in between."""
        assert self._course is not None
        rows = self._rows[number].rows(values)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points: list[QPointF] = []
        for step, value in zip(self._course.steps[rows], [*values[rows]], strict=True):
            if np.isfinite(value):
                points.append(frame.point(float(step), float(value)))
            elif points:
                painter.drawPolyline(QPolygonF(points))
                points = []
        painter.drawPolyline(QPolygonF(points))

    def _range(self) -> Range:
        """Of both curves, in round numbers."""
        course = self._course
        assert course is not None
        ends = [*self._rows[0].extent(course.student)]
        if course.twin is not None:
            ends += self._rows[1].extent(course.twin)
        if self._level is not None:
            ends.append(self._level)
        low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
        low, high = (low, high) if high - low > 1e-9 * max(abs(high), 1e-9) else (low, low + 0.01)
        ticks = linear_ticks(low, high, _TICKS)
        apart = ticks[1] - ticks[0] if len(ticks) > 1 else high - low
        return apart * np.floor(low / apart + 1e-9), apart * np.ceil(high / apart - 1e-9)

    def _ticks(self) -> list[float]:
        """As many as there is room for, the lower end at least."""
        line, ends = self.fontMetrics().height(), self._range()
        fitting = int((self.height() - _CHROME * line) / (1.3 * line))
        ticks = linear_ticks(*ends, min(max(fitting, 1), _TICKS))
        return [float(tick) for tick in ticks] or [ends[0]]

    def _frame(self) -> Frame:
        course, metrics = self._course, self.fontMetrics()
        if course is None:
            return Frame(QRectF(self.rect()), (0.0, 1.0), (0.0, 1.0))
        line = metrics.height()
        room = max(metrics.horizontalAdvance(self._tick_text(t)) for t in self._ticks()) + 8
        box = QRectF(self.rect()).adjusted(room, 1.5 * line, -6, -1.2 * line - 2)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 20, 10).size()))
        return Frame(box, (0.0, max(float(course.steps[-1]), 1.0)), self._range())
