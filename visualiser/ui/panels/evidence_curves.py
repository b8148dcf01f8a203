"""A small picture of a few lines over the steps, painted: evidence, not a chart to work in."""

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.diagnosis.evidence import Curves, Line
from visualiser.core.numerals import compact

_LINES_HIGH = 6.5
"""Height in lines of text."""
_MOST_NAMES = 0.34
"""Share of the width that names may take at the ends of their lines."""
_SMALLEST = 1e-12
"""Below it a logarithmic axis shows nothing."""
_ROLES = QPalette.ColorRole
_COLOURS = {
    "train": _ROLES.Dark,
    "validation": _ROLES.Highlight,
    "spoiled": _ROLES.BrightText,
    "twin": _ROLES.Highlight,
    "other": _ROLES.Highlight,
}
"""As in the curves above the views: training quiet and thin, validation in the accent colour, on
spoiled rows in that of warnings."""
_STROKES = {"twin": Qt.PenStyle.DashLine, "spoiled": Qt.PenStyle.DashDotLine}
"""Lines that are told apart without colours too; the others are solid."""


class EvidenceCurves(QWidget):
    """Lines with their names at their ends, a marked stretch, and the value they are held to."""

    def __init__(self) -> None:
        super().__init__()
        self._curves: Curves | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def curves(self) -> Curves | None:
        """What is shown."""
        return self._curves

    def show_curves(self, curves: Curves) -> None:
        """Take other lines; the same ones again paint nothing."""
        if curves == self._curves:
            return
        self._curves = curves
        self.setAccessibleName(curves.title)
        self.setAccessibleDescription(_in_words(curves))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, round(_LINES_HIGH * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        curves = self._curves
        if curves is None or not any(line.points for line in curves.lines):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Drawing(painter, QRectF(self.rect()), self.palette(), curves).paint()
        painter.end()


class _Drawing:
    """One painting of curves into a box."""

    def __init__(self, painter: QPainter, box: QRectF, palette: QPalette, curves: Curves) -> None:
        self._painter, self._palette, self._curves = painter, palette, curves
        self._steps = QCoreApplication.translate("EvidenceCurves", "steps {first} to {last}")
        metrics = painter.fontMetrics()
        self._text_high = metrics.height()
        steps = [step for line in curves.lines for step, _ in line.points]
        values = [self._height(value) for line in curves.lines for _, value in line.points]
        if curves.limit is not None:
            values.append(self._height(curves.limit))
        self._left = min(steps)
        self._right = max(*steps, self._left + 1)
        self._low, high = min(values), max(values)
        self._high = high if high > self._low else self._low + 1
        names = max((metrics.horizontalAdvance(line.title) for line in curves.lines), default=0)
        self._names = names + 6 if len(curves.lines) > 1 else 2
        self._free_above = box.width()
        self._names_above = self._names > _MOST_NAMES * box.width()
        if self._names_above:
            self._names = 2
        self._field = box.adjusted(1, self._text_high * 1.15, -self._names, -self._text_high * 1.15)

    def _height(self, value: float) -> float:
        """On the axis: the value, or its logarithm."""
        return math.log10(max(value, _SMALLEST)) if self._curves.logarithmic else value

    def _at(self, step: float, value: float) -> QPointF:
        field = self._field
        x = (step - self._left) / (self._right - self._left)
        y = (self._height(value) - self._low) / (self._high - self._low)
        return QPointF(field.left() + x * field.width(), field.bottom() - y * field.height())

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self._palette.color(role)

    def paint(self) -> None:
        self._mark()
        self._painter.setPen(QPen(self._colour(_ROLES.Mid), 1))
        self._painter.drawLine(self._field.bottomLeft(), self._field.bottomRight())
        self._limit()
        for line in self._curves.lines:
            self._line(line)
        if self._names_above:
            self._names_in_a_row()
        elif len(self._curves.lines) > 1:
            self._names_at_ends()
        self._figures()

    def _mark(self) -> None:
        if self._curves.marked is None:
            return
        start, end = (
            self._at(step, self._curves.lines[0].points[0][1]).x() for step in self._curves.marked
        )
        colour = QColor(self._colour(_ROLES.BrightText))
        colour.setAlpha(48)
        stretch = QRectF(start, self._field.top(), max(end - start, 2), self._field.height())
        self._painter.fillRect(stretch, colour)

    def _limit(self) -> None:
        if self._curves.limit is None:
            return
        at = self._at(self._left, self._curves.limit).y()
        self._painter.setPen(QPen(self._colour(_ROLES.BrightText), 1, Qt.PenStyle.DashLine))
        self._painter.drawLine(QPointF(self._field.left(), at), QPointF(self._field.right(), at))
        if self._curves.limit_title:
            self._painter.setPen(self._colour(_ROLES.Dark))
            below = at - self._field.top() < self._text_high
            top = at + 1 if below else at - self._text_high - 1
            place = QRectF(self._field.left(), top, self._field.width(), self._text_high)
            self._painter.drawText(place, Qt.AlignmentFlag.AlignRight, self._curves.limit_title)

    def _line(self, line: Line) -> None:
        thin = line.role == "train" and len(self._curves.lines) > 1
        pen = QPen(self._colour(_COLOURS[line.role]), 1.2 if thin else 2)
        if line.role in _STROKES:
            pen.setStyle(_STROKES[line.role])
        self._painter.setPen(pen)
        self._painter.drawPolyline(QPolygonF([self._at(*point) for point in line.points]))

    def _names_at_ends(self) -> None:
        """Beside the last value, moved apart where two ends are near each other."""
        if len(self._curves.lines) < 2:
            return
        ends = [
            (self._at(*line.points[-1]).y(), line) for line in self._curves.lines if line.points
        ]
        ends.sort(key=lambda end: end[0])
        last = -math.inf
        for end, line in ends:
            last = y = max(end, last + self._text_high * 0.9)
            self._painter.setPen(self._colour(_COLOURS[line.role]))
            place = QRectF(
                self._field.right() + 5, y - self._text_high / 2, self._names, self._text_high
            )
            self._painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line.title)

    def _names_in_a_row(self) -> None:
        """Above the picture, where there is no room beside it."""
        metrics, right = self._painter.fontMetrics(), self._field.right()
        for line in reversed(self._curves.lines):
            width = metrics.horizontalAdvance(line.title)
            self._painter.setPen(self._colour(_COLOURS[line.role]))
            self._painter.drawText(QPointF(right - width, self._field.top() - 3), line.title)
            right -= width + metrics.averageCharWidth() / 2
        self._free_above = right - self._field.left()

    def _figures(self) -> None:
        """The highest and lowest value, and the first and last step."""
        self._painter.setPen(self._colour(_ROLES.Dark))
        field, high, metrics = self._field, self._text_high, self._painter.fontMetrics()
        top = 10**self._high if self._curves.logarithmic else self._high
        low = 10**self._low if self._curves.logarithmic else self._low
        fits = metrics.horizontalAdvance(compact(top)) <= self._free_above
        above = field.top() - 3 if fits else field.top() + metrics.ascent()
        self._painter.drawText(QPointF(field.left(), above), compact(top))
        first, last = f"{int(self._left):,}", f"{int(self._right):,}"
        room = field.width() - metrics.horizontalAdvance(compact(low) + "   ")
        fitting = (
            words
            for words in (self._steps.format(first=first, last=last), f"{first} … {last}")
            if metrics.horizontalAdvance(words) <= room
        )
        steps = next(fitting, last)
        place = QRectF(field.left(), field.bottom() + 1, field.width(), high)
        self._painter.drawText(place, Qt.AlignmentFlag.AlignLeft, compact(low))
        self._painter.drawText(place, Qt.AlignmentFlag.AlignRight, steps)


def _in_words(curves: Curves) -> str:
    """For those who hear the picture: where each line begins and ends."""
    return "; ".join(
        f"{line.title}: {compact(line.points[0][1])} … {compact(line.points[-1][1])}"
        for line in curves.lines
        if line.points
    )
