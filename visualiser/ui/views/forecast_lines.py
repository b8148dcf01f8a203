"""The lines of a forecast: what is known, what is foretold, and the time under the pointer."""

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from visualiser.core.data.dataset import IntArray
from visualiser.ui.palette import Palette
from visualiser.ui.views.forecast_axis import LONGEST_DATE, date_ticks
from visualiser.ui.views.forecast_band import Band
from visualiser.ui.views.forecast_periods import Forecasts, SeriesPeriods
from visualiser.ui.views.scatter_frame import Frame, Values, paint_axes

BAND_OPACITY = 0.16
_RADIUS = 3.5
_DASHES = [6.0, 4.0]
_BESIDE = ((-0.4, 0.0), (0.4, 0.0), (0.0, 0.4))
"""Strokes one pixel wide beside each other: a broad pen along so jagged a line takes Qt 20 ms."""


def paint_known(
    painter: QPainter,
    frame: Frame,
    palette: Palette,
    series: SeriesPeriods,
    title: str,
    room: float,
    *,
    naive: bool,
) -> None:
    """Axes, the true series, where its validation part begins, and the naive forecast."""
    metrics = painter.fontMetrics()
    most = int(frame.box.width() / (metrics.horizontalAdvance(LONGEST_DATE) + 10))
    ticks = date_ticks(*frame.x, max(most, 1), series.cadence.unit)
    paint_axes(painter, frame, palette, ("", title), room, ticks)
    painter.setClipRect(frame.box)
    _paint_beginning(painter, frame, palette, series)
    _stroke(painter, frame, series.times, series.true, QPen(QColor(palette.text), 1.0))
    if naive:
        pen = QPen(QColor(palette.muted), 1.0, Qt.PenStyle.DotLine)
        _stroke(painter, frame, series.watched, series.naive, pen)


def paint_forecasts(
    painter: QPainter, frame: Frame, palette: Palette, forecasts: Forecasts, colour: str
) -> None:
    """The band, the clean twin above it, and the student on top."""
    painter.setClipRect(frame.box)
    times = forecasts.series.watched
    student = QColor(getattr(palette, colour))
    if forecasts.band is not None:
        _paint_band(painter, frame, forecasts, forecasts.band, student)
    if forecasts.twin is not None:
        dashed = QPen(QColor(palette.accent), 1.0)
        dashed.setDashPattern(_DASHES)
        _stroke(painter, frame, times, forecasts.twin, dashed, _BESIDE)
    _stroke(painter, frame, times, forecasts.student, QPen(student, 1.0), _BESIDE)


def paint_time(
    painter: QPainter,
    frame: Frame,
    palette: Palette,
    forecasts: Forecasts,
    time: int,
    colour: str,
) -> None:
    """A hairline at a time, and dots where the true value and the forecasts are."""
    series = forecasts.series
    painter.setClipRect(frame.box.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS))
    x = frame.point(time, frame.y[0]).x()
    painter.setPen(QPen(QColor(palette.muted), 1))
    painter.drawLine(QPointF(x, frame.box.top()), QPointF(x, frame.box.bottom()))
    dots = [(float(series.true[np.searchsorted(series.times, time)]), "text")]
    at = int(np.searchsorted(series.watched, time))
    if at < len(series.watched) and series.watched[at] == time:
        if forecasts.twin is not None:
            dots.append((float(forecasts.twin[at]), "accent"))
        dots.append((float(forecasts.student[at]), colour))
    painter.setPen(QPen(QColor(palette.card), 1))
    for value, name in dots:
        painter.setBrush(QColor(getattr(palette, name)))
        painter.drawEllipse(frame.point(time, value), _RADIUS, _RADIUS)


def _paint_band(
    painter: QPainter, frame: Frame, forecasts: Forecasts, band: Band, student: QColor
) -> None:
    """Around the later forecasts in sight: along the lower edge and back along the upper one."""
    seen = _in_sight(frame, forecasts.series.watched)
    later = slice(max(seen.start, band.begins), seen.stop)
    times, values = forecasts.series.watched[later], forecasts.student[later]
    edges = np.concatenate([values + band.low, (values + band.high)[::-1]])
    ink = QColor(student)
    ink.setAlphaF(BAND_OPACITY)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawPolygon(_points(frame, np.concatenate([times, times[::-1]]), edges))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_beginning(
    painter: QPainter, frame: Frame, palette: Palette, series: SeriesPeriods
) -> None:
    """A line between what was learnt from and what is to be foretold."""
    x = frame.point(series.begins - series.cadence.step / 2, frame.y[0]).x()
    box, line = frame.box, painter.fontMetrics().height()
    painter.setPen(QPen(QColor(palette.border), 1.5))
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.setPen(QColor(palette.muted))
    before = QRectF(box.left(), box.top() + 2, x - box.left() - 6, line)
    after = QRectF(x + 6, box.top() + 2, box.right() - x - 6, line)
    words = (
        (_tr("training"), before, Qt.AlignmentFlag.AlignRight),
        (_tr("validation"), after, Qt.AlignmentFlag.AlignLeft),
    )
    for word, room, side in words:
        if painter.fontMetrics().horizontalAdvance(word) <= room.width():
            painter.drawText(room, int(side), word)


def _stroke(
    painter: QPainter,
    frame: Frame,
    times: IntArray,
    values: Values,
    pen: QPen,
    beside: tuple[tuple[float, float], ...] = ((0.0, 0.0),),
) -> None:
    """A line through the times in sight, drawn once at each of the places beside it."""
    seen = _in_sight(frame, times)
    line = _points(frame, times[seen], values[seen])
    painter.setPen(pen)
    for aside, down in beside:
        painter.drawPolyline(line.translated(aside, down))


def _in_sight(frame: Frame, times: IntArray) -> slice:
    """The times within the axes, and one more on either side."""
    first, last = np.searchsorted(times, [frame.x[0], frame.x[1]]).tolist()
    return slice(max(first - 1, 0), last + 2)


def _points(frame: Frame, times: IntArray, values: Values) -> QPolygonF:
    (left, right), (low, high) = frame.x, frame.y
    # Far outside the box Qt's own arithmetic would overflow.
    near = np.clip(values, low - 10 * (high - low), high + 10 * (high - low))
    x = frame.box.left() + (times - left) / (right - left) * frame.box.width()
    y = frame.box.bottom() - (near - low) / (high - low) * frame.box.height()
    return QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Forecast", text)
