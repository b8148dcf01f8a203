"""The chart of a sweep: amount of spoiling across, a figure on clean test rows up."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from visualiser.core.sweep.summary import Curve, Point, Summary, place_of
from visualiser.core.sweep.verdict import sentences
from visualiser.ui.sweeps import drawing
from visualiser.ui.views.framed_plot import FramedPlot
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range, paint_axes

_NEAR = 18.0
"""Pixels from a mean within which it is read."""


class SweepChart(FramedPlot):
    """Means over the seeds with a band of one standard deviation, and every run as a dot.

    Attributes:
        summary: what is drawn.
        question: what stands there before there is any sweep.
        marked: line and place of the point that is read; None for none.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary: Summary | None = None
        self.marked: tuple[int, int] | None = None
        self._seen: tuple[Range, Range] | None = None
        self._all = KeptDrawing(self, self._paint_all)
        self._drawings = (self._all,)
        self.question = self.tr(
            "How much noise can this take?\nChoose what is spoiled and how much, then press Start."
        )
        self._nothing = self.question
        self.setAccessibleName(self.tr("Chart of the sweep"))
        self.setToolTip(
            self.tr(
                "The line is the mean over the seeds, the band one standard deviation to either "
                "side, each small dot one run; dashed is the mean of runs under way. The wheel "
                "zooms, a double click fits, the arrow keys go from point to point."
            )
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 200)

    @property
    def filled(self) -> bool:
        """Whether anything is known of a run."""
        return self.summary is not None and self.summary.measure is not None

    @property
    def frame(self) -> Frame:
        """Where amounts and figures stand now."""
        assert self.summary is not None
        x, y = self._seen or drawing.ranges(self.summary)
        box = self._box(y, right=0, below=2)
        metrics = QFontMetrics(self.font())
        box.adjust(0, metrics.height() / 3, -self._names_room(), 0)
        return Frame(box, x, y)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._nothing = why
        self.summary, self.marked, self._seen = None, None, None
        self._forget()

    def show_summary(self, summary: Summary) -> None:
        """Draw a sweep as far as it is done."""
        before = self.summary
        if before is None or before.measure != summary.measure or before.sweep != summary.sweep:
            self._seen, self.marked = None, None
        self.summary = summary
        self.setAccessibleDescription(" ".join(sentences(summary)))
        self._forget()
        self.hover.refresh()

    def read(self, place: QPointF) -> str:
        """The nearest mean, in a sentence."""
        nearest, distance = None, _NEAR
        for mark, point in self._points():
            apart = self._place(point) - place
            if (far := (apart.x() ** 2 + apart.y() ** 2) ** 0.5) < distance:
                nearest, distance = mark, far
        return self._mark(nearest)

    def words(self) -> list[drawing.Name]:
        """What stands at the ends of the lines."""
        assert self.summary is not None
        return drawing.names_of(self.summary, self._palette, self.tr("without a model"))

    # -- what FramedPlot asks for ---------------------------------------------------------------

    def _next(self, step: int) -> str:
        marks = [mark for mark, _ in self._points()]
        if not marks:
            return ""
        at = marks.index(self.marked) + step if self.marked in marks else min(step, 0)
        return self._mark(marks[at % len(marks)])

    def _see(self, frame: Frame) -> None:
        self._seen = frame.x, frame.y
        self._forget()

    def _fit(self) -> None:
        self._seen = None
        self._forget()

    def _paint_marked(self, painter: QPainter) -> None:
        point = next((point for mark, point in self._points() if mark == self.marked), None)
        if self.marked is not None and point is not None:
            colour = drawing.line_colour(self.marked[0], self._palette)
            drawing.paint_mark(painter, self._place(point), colour)

    # -------------------------------------------------------------------------------------------

    def _paint_all(self, painter: QPainter) -> None:
        summary, palette = self.summary, self._palette
        assert summary is not None and summary.measure is not None
        frame, measure = self.frame, summary.measure
        titles = summary.corruption_title, measure.axis_title
        across = drawing.amount_ticks(summary, frame, painter.fontMetrics())
        paint_axes(painter, frame, palette, titles, self._numbers_width(frame.y), across)
        if summary.baseline is not None:
            level = measure.factor * summary.baseline
            drawing.paint_level(painter, frame, level, palette.muted)
        for place, curve in reversed(tuple(enumerate(summary.curves))):
            colour = drawing.line_colour(place, palette)
            drawing.paint_curve(painter, frame, curve, summary, colour, palette.card)
            drawing.paint_sketch(painter, frame, curve, summary, colour)
        room = self._names_room()
        drawing.paint_names(painter, frame, self.words(), room, palette)

    def _names_room(self) -> float:
        if self.summary is None:
            return 0.0
        return drawing.room_right(self.words(), QFontMetrics(self.font()), float(self.width()))

    def _points(self) -> list[tuple[tuple[int, int], Point]]:
        """All means there are, line by line."""
        if self.summary is None or self.summary.measure is None:
            return []
        return [
            ((line, place), point)
            for line, curve in enumerate(self.summary.curves)
            for place, point in enumerate(curve.points)
            if point.values
        ]

    def _place(self, point: Point) -> QPointF:
        summary = self.summary
        assert summary is not None and summary.measure is not None
        place = place_of(point.amount, summary.amount)
        return self.frame.point(place, summary.measure.factor * point.mean)

    def _mark(self, mark: tuple[int, int] | None) -> str:
        if mark != self.marked:
            self.marked = mark
            self.update()
        if mark is None or self.summary is None:
            return ""
        curve = self.summary.curves[mark[0]]
        return self._sentence(curve, curve.points[mark[1]])

    def _sentence(self, curve: Curve, point: Point) -> str:
        """“Wrong labels 20 %, all examples: accuracy 92.2 % ± 0.8 points, mean of 5 runs …”."""
        summary = self.summary
        assert summary is not None and summary.measure is not None
        measure = summary.measure
        figure = f"{measure.title} {measure.text(point.mean)}"
        if len(point.values) > 1:
            figure += f" ± {measure.gap_text(point.deviation)}"
        text = self.tr("{what} {amount}{line}: {figure}; {runs}, {least} to {most}{lost}").format(
            what=summary.corruption_title,
            amount=summary.amount.text(point.amount),
            line=f", {curve.label}" if curve.label else "",
            figure=figure,
            runs=self.tr("1 run")
            if len(point.values) == 1
            else self.tr("{n} of {all} runs").format(n=len(point.values), all=point.wanted),
            least=measure.text(min(point.values)),
            most=measure.text(max(point.values)),
            lost=self.tr("; {n} lost their loss").format(n=point.lost) if point.lost else "",
        )
        return text + "."
