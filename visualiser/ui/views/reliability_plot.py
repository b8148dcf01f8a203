"""The reliability diagram: how often answers of like confidence are right, and their counts."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from visualiser.core.metrics.calibration import BINS, Reliability, bin_edges
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.interval_words import per_cent, round_per_cent, with_interval
from visualiser.ui.views.scatter_frame import Frame, Ticks, paint_axes
from visualiser.ui.views.walked_plot import WalkedPlot

_DOT = 3.6
_CAP = 3.0
_COUNTS = 0.22
"""Share of the height that the histogram of the counts has."""
_LOW = 9
"""Lines of text below which there is no room for it."""


@dataclass(frozen=True, eq=False)
class Reliabilities:
    """What is drawn.

    Attributes:
        student, twin: answers in bins; `twin` is None without one.
        least: the lowest confidence there can be, one of so many classes.
        many: what the examples are called.
    """

    student: Reliability
    twin: Reliability | None
    least: float
    many: str


class ReliabilityPlot(WalkedPlot):
    """On the diagonal a model is right as often as it says; below it, it boasts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Reliabilities | None = None
        self._filled: list[int] = []
        self.setAccessibleName(self.tr("Reliability diagram"))

    @property
    def shown(self) -> Reliabilities | None:
        """What is drawn."""
        return self._shown

    @property
    def places(self) -> int:
        return len(self._filled)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(11 * line, 6 * line)

    def show_bins(self, shown: Reliabilities) -> None:
        """Draw these bins."""
        self._shown = shown
        count = (
            shown.student.count if shown.twin is None else (shown.student.count + shown.twin.count)
        )
        self._filled = np.flatnonzero(count).tolist()
        self._follow()

    def show_nothing(self, why: str) -> None:
        self._shown, self._filled = None, []
        super().show_nothing(why)

    def told(self, place: int) -> str:
        shown, edges, number = self._shown, bin_edges(), self._filled[place]
        assert shown is not None
        lines = [
            self.tr("Said to be {low} to {high} sure:").format(
                low=per_cent(edges[number]), high=per_cent(edges[number + 1])
            )
        ]
        models = [(self.tr("your model"), shown.student)]
        if shown.twin is not None:
            models.append((self.tr("clean twin"), shown.twin))
        for whose, bins in models:
            if not bins.count[number]:
                lines.append(self.tr("{whose}: none").format(whose=whose))
                continue
            text = self.tr("{whose}: {count:,} {many}, {said} sure on average, right on {right}")
            lines.append(
                text.format(
                    whose=whose,
                    count=int(bins.count[number]),
                    many=shown.many,
                    said=per_cent(float(bins.confidence[number])),
                    right=with_interval(bins.right[number], per_cent, per_cent),
                )
            )
        return "\n".join(lines)

    def place_at(self, point: QPointF) -> int | None:
        """The bin whose part of the axis is above or below the point."""
        frame = self._frame()
        if not frame.box.left() <= point.x() <= frame.box.right():
            return None
        number = int(np.searchsorted(bin_edges()[1:-1], frame.numbers(point)[0]))
        return self._filled.index(number) if number in self._filled else None

    def _frame(self) -> Frame:
        """Of the diagram; the counts stand below it."""
        metrics = self.fontMetrics()
        line = metrics.height()
        least = 0.0 if self._shown is None else self._shown.least
        low = float(np.floor(least * BINS + 1e-9) / BINS)
        left = metrics.horizontalAdvance(round_per_cent(1.0)) + line + 16
        counts = self._counts_height()
        right = metrics.horizontalAdvance(round_per_cent(1.0)) / 2 + 2
        box = QRectF(self.rect()).adjusted(left, 0.6 * line, -right, -2.4 * line - counts)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 30, 20).size()))
        return Frame(box, (low, 1.0), (0.0, 1.0))

    def _counts_height(self) -> float:
        line = self.fontMetrics().height()
        return _COUNTS * self.height() if self.height() > _LOW * line else 0.0

    def paint(self, painter: QPainter, marked: int | None) -> None:
        shown, frame = self._shown, self._frame()
        assert shown is not None
        counts = QRectF(frame.box)
        counts.setTop(frame.box.bottom() + 4)
        counts.setHeight(max(self._counts_height() - 4, 0.0))
        if marked is not None:
            self._paint_mark(painter, frame, counts, self._filled[marked])
        self._paint_ground(painter, frame, counts)
        if shown.twin is not None:
            self._paint_bins(painter, frame, shown.twin, "accent", filled=False)
        colour = "accent" if shown.twin is None else "spoiled"
        self._paint_bins(painter, frame, shown.student, colour, filled=True)
        if counts.height() > 4:
            self._paint_counts(painter, frame, counts, shown, colour)

    def _paint_mark(self, painter: QPainter, frame: Frame, counts: QRectF, number: int) -> None:
        edges = bin_edges()
        left, right = (frame.point(edge, 0).x() for edge in edges[number : number + 2])
        bottom = max(counts.bottom(), frame.box.bottom())
        strip = QRectF(left, frame.box.top(), right - left, bottom - frame.box.top())
        painter.fillRect(strip & QRectF(frame.box).united(counts), QColor(self._palette.sunken))

    def _paint_ground(self, painter: QPainter, frame: Frame, counts: QRectF) -> None:
        """Axes, with the numbers of the lower one below the counts, and the diagonal."""
        metrics, box = painter.fontMetrics(), frame.box
        line = metrics.height()
        up: Ticks = tuple((tick, round_per_cent(tick)) for tick in self._ticks_up(box, line))
        room = metrics.horizontalAdvance(round_per_cent(1.0)) + 10
        paint_axes(painter, frame, self._palette, ("", self.tr("right")), room, (), up)
        wide = metrics.horizontalAdvance(round_per_cent(1.0)) + 24
        bottom = max(counts.bottom(), box.bottom()) + 2
        for tick in linear_ticks(*frame.x, max(2, int(box.width() / wide))).tolist():
            x = frame.point(tick, 0).x()
            painter.setPen(QPen(QColor(self._palette.grid), 1))
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.setPen(QColor(self._palette.muted))
            words = QRectF(x - 60, bottom, 120, line)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), round_per_cent(tick))
        title = QRectF(box.left(), bottom + line, box.width(), line + 2)
        painter.drawText(title, int(Qt.AlignmentFlag.AlignHCenter), self.tr("sure"))
        painter.save()
        painter.setClipRect(box)
        painter.setPen(QPen(QColor(self._palette.text), 1.2, Qt.PenStyle.DotLine))
        painter.drawLine(frame.point(0, 0), frame.point(1, 1))
        painter.restore()

    @staticmethod
    def _ticks_up(box: QRectF, line: int) -> list[float]:
        fitting = max(1, min(5, int(box.height() / (1.6 * line))))
        return [float(tick) for tick in linear_ticks(0.0, 1.0, fitting)]

    def _paint_bins(
        self, painter: QPainter, frame: Frame, bins: Reliability, colour: str, *, filled: bool
    ) -> None:
        """A dot with Wilson's interval for each bin that has answers, joined by a line."""
        ink, right = QColor(getattr(self._palette, colour)), bins.right
        places = np.flatnonzero(bins.count)
        dots = [frame.point(float(bins.confidence[n]), float(right.value[n])) for n in places]
        style = Qt.PenStyle.SolidLine if filled else Qt.PenStyle.DashLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.6, style))
        painter.drawPolyline(QPolygonF(dots))
        for number, dot in zip(places, dots, strict=True):
            ends = [frame.point(0, float(end[number])).y() for end in (right.low, right.high)]
            painter.setPen(QPen(ink, 1.2))
            painter.drawLine(QPointF(dot.x(), ends[0]), QPointF(dot.x(), ends[1]))
            for y in ends:
                painter.drawLine(QPointF(dot.x() - _CAP, y), QPointF(dot.x() + _CAP, y))
            painter.setPen(QPen(ink, 1.6))
            painter.setBrush(ink if filled else QColor(self._palette.card))
            painter.drawEllipse(dot, _DOT, _DOT)

    def _paint_counts(
        self, painter: QPainter, frame: Frame, box: QRectF, shown: Reliabilities, colour: str
    ) -> None:
        """A bar for each bin, the twin's as an outline over it."""
        twin = shown.twin
        most = max(shown.student.count.max(), 0 if twin is None else twin.count.max(), 1)
        edges, ink = bin_edges(), QColor(getattr(self._palette, colour))
        for number in self._filled:
            left, right = (frame.point(edge, 0).x() for edge in edges[number : number + 2])
            for bins, filled in ((shown.student, True), (twin, False)):
                if bins is None or not bins.count[number]:
                    continue
                height = max(box.height() * int(bins.count[number]) / most, 1.0)
                bar = QRectF(left + 1, box.bottom() - height, right - left - 2, height)
                if filled:
                    painter.setOpacity(0.65)
                    painter.fillRect(bar, ink)
                    painter.setOpacity(1.0)
                else:
                    painter.setPen(QPen(QColor(self._palette.accent), 1.2))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.drawRect(bar)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
