"""A dated series with the forecasts of its validation days, and a band around them."""

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
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.forecast_days import Forecasts, SeriesDays
from visualiser.ui.views.forecast_lines import paint_day, paint_forecasts, paint_known
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range

_BEFORE = 0.35
"""Training days shown at first, as a share of the validation days."""
_AT_FIRST = 120.0
"""Validation days shown at first at most: weeks of three years in one picture are a black bar."""
_MARGIN = 0.08
"""Above and below the true values; the band of a fair forecast stays inside."""
_FEWEST_DAYS = 7.0


class ForecastPlot(QWidget):
    """Paints the true series once, and over it in each frame what is foretold.

    Signals:
        chosen: the sentence about the day that the arrow keys went to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._forecasts: Forecasts | None = None
        self._series: SeriesDays | None = None
        self._student_colour = "accent"
        self._naive = False
        self._nothing = ""
        self._x: Range | None = None
        self._dragged: float | None = None
        self._day: int | None = None
        self._ground = KeptDrawing(self, self._paint_ground)
        self._front = KeptDrawing(self, self._paint_front)
        self.hover = Hover(self, self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Forecast"))
        self.setToolTip(
            self.tr(
                "The wheel zooms, dragging moves, a double click fits, the arrow keys go from day "
                "to day."
            )
        )

    def sizeHint(self) -> QSize:
        return QSize(420, 140)  # it takes what there is

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 140)

    @property
    def forecasts(self) -> Forecasts | None:
        """What is drawn."""
        return self._forecasts

    @property
    def day(self) -> int | None:
        """Which day is marked, counted from 1 January 1970."""
        return self._day

    @property
    def frame(self) -> Frame:
        """Where days and values stand now."""
        x = self._x or self._fitted()
        return Frame(self._box(), x, self._heights(x))

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._forecasts, self._series, self._nothing = None, None, why
        self._x, self._day = None, None
        self._forget()

    def show_forecasts(self, forecasts: Forecasts, student_colour: str) -> None:
        """Draw these; `student_colour` names a colour of the palette."""
        if forecasts.series is not self._series:
            self._x, self._day = None, None
            self._ground.forget()
        self._forecasts, self._series = forecasts, forecasts.series
        self._student_colour = student_colour
        self._front.forget()
        self.hover.refresh()

    def show_naive(self, naive: bool) -> None:
        """Whether the seasonal naive forecast is drawn."""
        self._naive = naive
        self._forget()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._forget()

    def outside(self) -> int:
        """How many of the student's forecasts of the days in sight are above or below the axis."""
        if self._forecasts is None:
            return 0
        x = self._x or self._fitted()
        low, high = self._heights(x)
        student, days = self._forecasts.student, self._forecasts.series.watched
        seen = (days >= x[0]) & (days <= x[1])
        return int(np.count_nonzero(seen & ((student < low) | (student > high))))

    def all_in_sight(self) -> bool:
        """Whether every validation day is within the axes."""
        assert self._series is not None
        low, high = self._x or self._fitted()
        return low <= self._series.begins and high >= self._series.days[-1]

    def place_of(self, day: int) -> QPointF:
        """Where the student's forecast of a watched day is painted."""
        assert self._forecasts is not None
        at = int(np.searchsorted(self._forecasts.series.watched, day))
        return self.frame.point(float(day), float(self._forecasts.student[at]))

    def read(self, place: QPointF) -> str:
        """The day at `place`, what was true and what was foretold; empty outside the axes."""
        forecasts, frame = self._forecasts, self.frame
        if forecasts is None or not frame.box.contains(place):
            self._mark(None)
            return ""
        day = frame.numbers(place)[0]
        days = forecasts.series.days
        self._mark(int(days[np.abs(days - day).argmin()]))
        assert self._day is not None
        return forecasts.sentence(self._day, naive=self._naive)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or self._forecasts is None:
            super().keyPressEvent(event)
            return
        watched = self._forecasts.series.watched
        at = 0 if step > 0 else len(watched) - 1
        if self._day is not None:
            later = int(np.count_nonzero(watched <= self._day))
            at = later if step > 0 else int(np.count_nonzero(watched < self._day)) - 1
            at %= len(watched)
        self._mark(int(watched[at]))
        sentence = self._forecasts.sentence(int(watched[at]), naive=self._naive)
        self.setAccessibleDescription(sentence)
        self.chosen.emit(sentence)

    def wheelEvent(self, event: QWheelEvent) -> None:
        frame, turned = self.frame, event.angleDelta().y()
        if self._forecasts is not None and frame.box.contains(event.position()) and turned:
            self._see(frame.zoomed(event.position(), 1.0015**turned).x)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._forecasts is not None and event.button() == Qt.MouseButton.LeftButton:
            self._dragged = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged is None:
            return
        frame = self.frame
        days = (self._dragged - event.position().x()) / frame.box.width()
        self._dragged = event.position().x()
        days *= frame.x[1] - frame.x[0]
        self._see((frame.x[0] + days, frame.x[1] + days))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._x = None
        self._forget()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._forecasts is None:
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
        else:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._ground.draw(painter)
            self._front.draw(painter)
            if self._day is not None:
                colour = self._student_colour
                paint_day(painter, self.frame, self._palette, self._forecasts, self._day, colour)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        """What stays while the model learns."""
        assert self._series is not None
        dataset = self._series.dataset
        title = f"{dataset.target} ({dataset.unit})" if dataset.unit else dataset.target
        paint_known(
            painter,
            self.frame,
            self._palette,
            self._series,
            title,
            self._numbers_width(),
            naive=self._naive,
        )

    def _paint_front(self, painter: QPainter) -> None:
        assert self._forecasts is not None
        paint_forecasts(painter, self.frame, self._palette, self._forecasts, self._student_colour)

    def _forget(self) -> None:
        self._ground.forget()
        self._front.forget()

    def _mark(self, day: int | None) -> None:
        if day != self._day:
            self._day = day
            self.update()

    def _see(self, x: Range) -> None:
        """Show these days, as far as they are known."""
        assert self._series is not None
        first, last = float(self._series.days[0]), float(self._series.days[-1])
        span = min(max(x[1] - x[0], _FEWEST_DAYS), last - first)
        low = min(max(x[0], first), last - span)
        self._x = low, low + span
        self._forget()

    def _fitted(self) -> Range:
        """The first of the validation days, and the training days just before."""
        series = self._series
        if series is None:
            return 0.0, 1.0
        last = min(float(series.days[-1]), series.begins + _AT_FIRST)
        before = _BEFORE * max(last - series.begins, _FEWEST_DAYS)
        return max(float(series.days[0]), series.begins - before), last

    def _heights(self, x: Range) -> Range:
        """Of the true values in sight: it must not jump with every forecast."""
        series = self._series
        if series is None:
            return 0.0, 1.0
        first, last = np.searchsorted(series.days, [x[0], x[1]]).tolist()
        true = series.true[max(first - 1, 0) : last + 2]
        low, high = float(true.min()), float(true.max())
        margin = _MARGIN * ((high - low) or abs(high) or 1.0)
        # The words “training” and “validation” stand above the lines.
        line, height = QFontMetrics(self.font()).height(), max(self.height(), 1)
        words = (high - low + 2 * margin) * min(1.2 * line / height, 0.3)
        return low - margin, high + margin + words

    def _numbers_width(self) -> float:
        metrics = QFontMetrics(self.font())
        low, high = self._heights(self._x or self._fitted())
        ticks = linear_ticks(low, high, 6).tolist() or [high]
        return max(metrics.horizontalAdvance(numeral(tick)) for tick in ticks) + 10.0

    def _box(self) -> QRectF:
        line = QFontMetrics(self.font()).height()
        left = self._numbers_width() + line + 4
        box = QRectF(self.rect()).adjusted(left, 6, -1.5 * line, -line - 8)
        box.setSize(box.size().expandedTo(QRectF(0, 0, 20, 20).size()))
        return box
