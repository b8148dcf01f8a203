"""What the chart of a sweep is painted of: bands, single runs, means, names at the ends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen, QPolygonF

from visualiser.core.sweep.measure import Measure
from visualiser.core.sweep.summary import Curve, Point, Summary, place_of
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.axes import share_range
from visualiser.ui.views.curves_labels import room_for_names, spread
from visualiser.ui.views.scatter_frame import Frame, Range, Ticks

_BAND, _RUN = 46, 120
"""How opaque a band and the dot of a single run are, of 255."""
_SKETCH, _SKETCH_WIDTH = 170, 1.6
"""How opaque the line of runs under way is, of 255, and how wide."""
_MEAN_WIDTH, _MEAN_DOT, _RUN_DOT, _MARKED = 2.2, 3.6, 2.0, 6.5
"""In pixels: a line, and the radii of dots."""
_MARGIN = 0.06
"""Free above and below the values, as a share of what they span."""
_SIDE = 0.03
"""Free left and right of the amounts."""
_BETWEEN = 10.0
"""Pixels between two amounts written below the axis, and between a curve and its name."""
_KEY = 14.0
"""Pixels of the coloured mark before a name, with what is free between them."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Name:
    """What stands at the end of a line: its text, its colour, and where the line ends."""

    text: str
    colour: str
    value: float


def ranges(summary: Summary) -> tuple[Range, Range]:
    """What the axes cover: all amounts, and all that is drawn with the baseline."""
    places = [place_of(amount, summary.amount) for amount in summary.sweep.amounts]
    low, high = min(places), max(places)
    spare = _SIDE * ((high - low) or 1.0)
    return (low - spare, high + spare), _heights(summary)


def _heights(summary: Summary) -> Range:
    measure = summary.measure
    if measure is None:
        return 0.0, 1.0
    values = [value for curve in summary.curves for one in curve.points for value in one.values]
    values += [point.so_far for curve in summary.curves for point in curve.sketched]
    ends = [end for curve in summary.curves for one in curve.drawn for end in band_of(one)]
    level = [] if summary.baseline is None else [summary.baseline]
    known = np.array([*values, *ends, *level]) * measure.factor
    if not len(known):
        return 0.0, 100.0 if measure.kind == "share" else 1.0
    low, high = float(known.min()), float(known.max())
    if measure.kind == "share":
        return share_range(max(low, 0.0), min(high, 100.0))
    spare = _MARGIN * ((high - low) or abs(high) or 1.0)
    return (max(low - spare, 0.0) if low >= 0 else low - spare), high + spare


def band_of(point: Point) -> tuple[float, float]:
    """One standard deviation about the mean; the mean twice where there is none."""
    spread_ = 0.0 if math.isnan(point.deviation) else point.deviation
    return point.mean - spread_, point.mean + spread_


def amount_ticks(summary: Summary, frame: Frame, metrics: QFontMetrics) -> Ticks:
    """The swept amounts, as many as can be read beside each other."""
    kind = summary.amount
    ticks: list[tuple[float, str]] = []
    right = -math.inf
    for point in summary.curves[0].points:
        place, text = place_of(point.amount, kind), kind.text(point.amount)
        x, half = frame.point(place, frame.y[0]).x(), metrics.horizontalAdvance(text) / 2
        if frame.x[0] <= place <= frame.x[1] and x - half >= right + _BETWEEN:
            ticks.append((place, text))
            right = x + half
    return tuple(ticks)


def names_of(summary: Summary, palette: Palette, without_model: str) -> list[Name]:
    """The lines that have a value, first what matters most, then the baseline."""
    factor = 1.0 if summary.measure is None else summary.measure.factor
    names = [
        Name(curve.label, line_colour(place, palette), factor * _end(curve))
        for place, curve in enumerate(summary.curves)
        if (curve.drawn or curve.sketched) and curve.label
    ]
    if summary.baseline is not None:
        names.append(Name(without_model, palette.muted, factor * summary.baseline))
    return names


def _end(curve: Curve) -> float:
    """The figure at the end of a line, or of runs under way where none is done."""
    return curve.drawn[-1].mean if curve.drawn else curve.sketched[-1].so_far


def room_right(names: Sequence[Name], metrics: QFontMetrics, width: float) -> float:
    """Pixels that names take beside a chart of such a width."""
    widest = max((metrics.horizontalAdvance(name.text) for name in names), default=0)
    return room_for_names(widest + _KEY + 2 * _BETWEEN, width) if names else _BETWEEN


def line_colour(place: int, palette: Palette) -> str:
    """The accent for the first line, then the colours of classes, which tell apart."""
    return palette.accent if place == 0 else category_colour(place)


def paint_curve(
    painter: QPainter, frame: Frame, curve: Curve, summary: Summary, colour: str, ground: str
) -> None:
    """The band, each run as a dot, and the mean as a line with dots; inside the frame."""
    measure, kind = summary.measure, summary.amount
    if measure is None or not curve.drawn:
        return
    painter.save()
    painter.setClipRect(frame.box.adjusted(-1, -1, 1, 1))
    places = [place_of(point.amount, kind) for point in curve.drawn]
    bands = [band_of(point) for point in curve.drawn]
    upper = _line(frame, places, [band[1] for band in bands], measure)
    lower = _line(frame, places, [band[0] for band in bands], measure)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(colour, _BAND))
    painter.drawPolygon(QPolygonF([*upper, *reversed(lower)]))
    painter.setBrush(_faint(colour, _RUN))
    for place, point in zip(places, curve.drawn, strict=True):
        for dot in _line(frame, [place] * len(point.values), point.values, measure):
            painter.drawEllipse(dot, _RUN_DOT, _RUN_DOT)
    means = _line(frame, places, [point.mean for point in curve.drawn], measure)
    pen = QPen(QColor(colour), _MEAN_WIDTH)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(means))
    painter.setBrush(QColor(colour))
    painter.setPen(QPen(QColor(ground), 1.2))
    for mean in means:
        painter.drawEllipse(mean, _MEAN_DOT, _MEAN_DOT)
    painter.restore()


def paint_sketch(
    painter: QPainter, frame: Frame, curve: Curve, summary: Summary, colour: str
) -> None:
    """The mean of the runs under way, as they stand: dashed, without a band."""
    measure, kind = summary.measure, summary.amount
    if measure is None or not curve.sketched:
        return
    painter.save()
    painter.setClipRect(frame.box.adjusted(-1, -1, 1, 1))
    places = [place_of(point.amount, kind) for point in curve.sketched]
    means = _line(frame, places, [point.so_far for point in curve.sketched], measure)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_faint(colour, _SKETCH), _SKETCH_WIDTH, Qt.PenStyle.DashLine))
    painter.drawPolyline(QPolygonF(means))
    painter.setPen(QPen(_faint(colour, _SKETCH), _SKETCH_WIDTH))
    for mean in means:
        painter.drawEllipse(mean, _MEAN_DOT, _MEAN_DOT)
    painter.restore()


def paint_level(painter: QPainter, frame: Frame, value: float, colour: str) -> None:
    """A dashed line across at a value of the axis."""
    if not frame.y[0] <= value <= frame.y[1]:
        return
    y = frame.point(frame.x[0], value).y()
    painter.setPen(QPen(QColor(colour), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(frame.box.left(), y), QPointF(frame.box.right(), y))


def paint_names(
    painter: QPainter, frame: Frame, names: Sequence[Name], room: float, palette: Palette
) -> None:
    """Right of the box, each as near to the end of its line as it goes."""
    metrics = QFontMetricsF(painter.font())
    box = frame.box
    wanted = [frame.point(frame.x[1], name.value).y() for name in names]
    middles = spread(wanted, metrics.height(), box.top() - 4, box.bottom() + 4)
    left = box.right() + _BETWEEN
    for name, middle in zip(names, middles, strict=True):
        if middle is None:
            continue
        painter.setPen(QPen(QColor(name.colour), 3))
        painter.drawLine(QPointF(left, middle), QPointF(left + _KEY - 6, middle))
        painter.setPen(QColor(palette.text))
        place = QRectF(left + _KEY, middle - metrics.height() / 2, room - _KEY, metrics.height())
        text = metrics.elidedText(name.text, Qt.TextElideMode.ElideRight, room - _KEY - _BETWEEN)
        painter.drawText(
            place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text
        )


def paint_mark(painter: QPainter, place: QPointF, colour: str) -> None:
    """A ring about the point that is read."""
    painter.setPen(QPen(QColor(colour), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(place, _MARKED, _MARKED)


def _line(
    frame: Frame, places: Sequence[float], values: Sequence[float], measure: Measure
) -> list[QPointF]:
    return [
        frame.point(place, measure.factor * value)
        for place, value in zip(places, values, strict=True)
    ]


def _faint(colour: str, opacity: int) -> QColor:
    made = QColor(colour)
    made.setAlpha(opacity)
    return made
