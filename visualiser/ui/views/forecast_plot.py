"""A dated series with the forecasts of its validation part, and a band around them."""

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from visualiser.ui.views.forecast_lines import paint_forecasts, paint_known, paint_time
from visualiser.ui.views.forecast_periods import Forecasts, SeriesPeriods
from visualiser.ui.views.framed_plot import FramedPlot
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame, Range

_BEFORE = 0.35
"""Training periods shown at first at least, as a share of the validation periods."""
_AT_FIRST = 120
"""Validation periods shown at first at most: the weeks in three years of days are a black bar."""
_MARGIN = 0.08
"""Above and below the true values; the band of a fair forecast stays inside."""
_STEP, _MOST_STEPS = 0.25, 12
"""By what share of the spread of the true values the axis grows for forecasts beyond them, and how
often: those of a model that diverges would press everything else flat."""
_MOST_OF_THEM = (2, 98)
"""Per cent of the forecasts in sight between which the axis reaches at least."""
_FEWEST = 7
"""Periods seen at once at least."""


class ForecastPlot(FramedPlot):
    """Paints the true series once, and over it in each frame what is foretold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forecasts: Forecasts | None = None
        self._series: SeriesPeriods | None = None
        self._student_colour = "accent"
        self._naive = False
        self._x: Range | None = None
        self._time: int | None = None
        self._beyond = (0, 0)
        self._ground = KeptDrawing(self, self._paint_ground)
        self._front = KeptDrawing(self, self._paint_front)
        self._drawings = (self._ground, self._front)
        self.setAccessibleName(self.tr("Forecast"))
        self.setToolTip(
            self.tr(
                "The wheel zooms, dragging moves, a double click fits, the arrow keys go from one "
                "forecast to the next."
            )
        )

    @property
    def forecasts(self) -> Forecasts | None:
        """What is drawn."""
        return self._forecasts

    @property
    def time(self) -> int | None:
        """Which period is marked, as its time counts in SeriesPeriods."""
        return self._time

    @property
    def filled(self) -> bool:
        """Whether there are forecasts."""
        return self._forecasts is not None

    @property
    def frame(self) -> Frame:
        """Where times and values stand now."""
        x = self._x or self._fitted()
        heights = self._heights(x)
        return Frame(self._box(heights, right=1.5, below=1), x, heights)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._forecasts, self._series, self._nothing = None, None, why
        self._x, self._time = None, None
        self._forget()

    def show_forecasts(self, forecasts: Forecasts, student_colour: str) -> None:
        """Draw these; `student_colour` names a colour of the palette."""
        if forecasts.series is not self._series:
            self._x, self._time, self._beyond = None, None, (0, 0)
            self._ground.forget()
        self._forecasts, self._series = forecasts, forecasts.series
        self._reach()
        self._student_colour = student_colour
        self._front.forget()
        self.hover.refresh()

    def show_naive(self, naive: bool) -> None:
        """Whether the seasonal naive forecast is drawn."""
        self._naive = naive
        self._forget()

    def outside(self) -> int:
        """How many of the student's forecasts in sight are above or below the axis."""
        if self._forecasts is None:
            return 0
        x = self._x or self._fitted()
        low, high = self._heights(x)
        student, times = self._forecasts.student, self._forecasts.series.watched
        seen = (times >= x[0]) & (times <= x[1])
        return int(np.count_nonzero(seen & ((student < low) | (student > high))))

    def all_in_sight(self) -> bool:
        """Whether the whole validation part is within the axes."""
        assert self._series is not None
        low, high = self._x or self._fitted()
        return low <= self._series.begins and high >= self._series.times[-1]

    def place_of(self, time: int) -> QPointF:
        """Where the student's forecast of a watched period is painted."""
        assert self._forecasts is not None
        at = int(np.searchsorted(self._forecasts.series.watched, time))
        return self.frame.point(float(time), float(self._forecasts.student[at]))

    def read(self, place: QPointF) -> str:
        """The period at `place`, what was true and what was foretold; empty outside the axes."""
        forecasts, frame = self._forecasts, self.frame
        if forecasts is None or not frame.box.contains(place):
            self._mark(None)
            return ""
        pointed = frame.numbers(place)[0]
        times = forecasts.series.times
        nearest = int(times[np.abs(times - pointed).argmin()])
        self._mark(nearest)
        return forecasts.sentence(nearest, naive=self._naive)

    def _next(self, step: int) -> str:
        assert self._forecasts is not None
        watched = self._forecasts.series.watched
        at = 0 if step > 0 else len(watched) - 1
        if self._time is not None:
            later = int(np.count_nonzero(watched <= self._time))
            at = later if step > 0 else int(np.count_nonzero(watched < self._time)) - 1
            at %= len(watched)
        self._mark(int(watched[at]))
        return self._forecasts.sentence(int(watched[at]), naive=self._naive)

    def _see(self, frame: Frame) -> None:
        """These times, as far as they are known; the heights follow."""
        assert self._series is not None
        first, last = float(self._series.times[0]), float(self._series.times[-1])
        fewest = _FEWEST * self._series.cadence.step
        span = min(max(frame.x[1] - frame.x[0], fewest), last - first)
        low = min(max(frame.x[0], first), last - span)
        self._x = low, low + span
        self._beyond = (0, 0)
        self._reach()
        self._forget()

    def _fit(self) -> None:
        self._x, self._beyond = None, (0, 0)
        self._reach()
        self._forget()

    def _reach(self) -> None:
        """Let the axis take in most forecasts of both models: it grows at once, and shrinks late.

        It moves in steps, since the true values below are painted anew with it.
        """
        if self._forecasts is None:
            return
        x = self._x or self._fitted()
        low, high = self._true_range(x)
        times = self._forecasts.series.watched
        seen = (times >= x[0]) & (times <= x[1])
        models = [m[seen] for m in (self._forecasts.student, self._forecasts.twin) if m is not None]
        if not seen.any():
            return
        ends = np.array([np.percentile(model, _MOST_OF_THEM) for model in models])
        step = _STEP * ((high - low) or abs(high) or 1.0)
        needed = np.array([low - ends[:, 0].min(), ends[:, 1].max() - high]) / step
        wanted = np.clip(np.ceil(needed), 0, _MOST_STEPS).astype(np.int64)
        before = np.array(self._beyond)
        late = np.where((wanted < before) & (wanted >= before - 1), before, wanted)
        if tuple(late.tolist()) != self._beyond:
            self._beyond = int(late[0]), int(late[1])
            self._ground.forget()

    def _paint_marked(self, painter: QPainter) -> None:
        if self._time is not None and self._forecasts is not None:
            colour = self._student_colour
            paint_time(painter, self.frame, self._palette, self._forecasts, self._time, colour)

    def _paint_ground(self, painter: QPainter) -> None:
        """What stays while the model learns."""
        assert self._series is not None
        title = self._series.dataset.target_text
        frame = self.frame
        room = self._numbers_width(frame.y)
        paint_known(painter, frame, self._palette, self._series, title, room, naive=self._naive)

    def _paint_front(self, painter: QPainter) -> None:
        assert self._forecasts is not None
        paint_forecasts(painter, self.frame, self._palette, self._forecasts, self._student_colour)

    def _mark(self, time: int | None) -> None:
        if time != self._time:
            self._time = time
            self.update()

    def _fitted(self) -> Range:
        """The beginning of the validation part, and the end of training just before."""
        series = self._series
        if series is None:
            return 0.0, 1.0
        step = series.cadence.step
        last = min(float(series.times[-1]), series.begins + _AT_FIRST * step)
        # Of a short series a whole season leads up to what is foretold.
        season = step * max(series.cadence.season, _FEWEST)
        before = max(_BEFORE * (last - series.begins), season)
        return max(float(series.times[0]), series.begins - before), last

    def _heights(self, x: Range) -> Range:
        """Of the true values in sight, and of what most forecasts need beyond them."""
        if self._series is None:
            return 0.0, 1.0
        low, high = self._true_range(x)
        step = _STEP * ((high - low) or abs(high) or 1.0)
        low, high = low - self._beyond[0] * step, high + self._beyond[1] * step
        margin = _MARGIN * ((high - low) or abs(high) or 1.0)
        # The words “training” and “validation” stand above the lines.
        line, height = QFontMetrics(self.font()).height(), max(self.height(), 1)
        words = (high - low + 2 * margin) * min(1.2 * line / height, 0.3)
        return low - margin, high + margin + words

    def _true_range(self, x: Range) -> Range:
        """Of the true values in sight."""
        series = self._series
        assert series is not None
        first, last = np.searchsorted(series.times, [x[0], x[1]]).tolist()
        true = series.true[max(first - 1, 0) : last + 2]
        return float(true.min()), float(true.max())
