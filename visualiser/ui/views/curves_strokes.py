"""How curves are drawn: their pens, and a picture of them that grows with a run.

A pen wider than a pixel goes through a stroker that costs ten to forty times a thin one, so a
bold curve is a thin one drawn a few times beside itself. In a drawing to be saved it has a wide
pen after all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen

from visualiser.ui.palette import Palette
from visualiser.ui.plotting import pg
from visualiser.ui.views.curves_plane import Plane
from visualiser.ui.views.curves_series import Line, Look, Values
from visualiser.ui.views.legend import colour_of

_STROKES = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}
_DASHES = {"dashed": [9.0, 6.0], "dotted": [2.0, 5.0]}
_EXACT_DASHES = {"dashed": [4.0, 3.0], "dotted": [1.0, 2.0]}
_BESIDE = ((-0.45, -0.45), (0.45, 0.45), (0.45, -0.45), (-0.45, 0.45))
_EXACT_BOLD = 2.2
"""Width of a bold curve in pixels."""
_UNSETTLED = 4
"""Last points of a curve that may still move: those of a bucket that fills, and of right now."""
_AT_ONCE = 8
"""Points that are added to the picture at once: fewer, longer strokes cost less."""
_AVERAGED = 20
"""One in so many of the last points may still move too where a curve is smoothed."""


def exact_pen(look: Look, palette: Palette) -> QPen:
    """As wide as a curve looks; dashes as Qt has them."""
    width = _EXACT_BOLD if look.bold else 1.0
    return QPen(_colour(look, palette), width, _STROKES[look.stroke])


def paint_exact(painter: QPainter, plane: Plane, line: Line, palette: Palette) -> None:
    """Draw a whole curve with a pen as wide as it looks."""
    if len(line.x) < 2:
        return
    pen = exact_pen(line.look, palette)
    if line.look.stroke in _EXACT_DASHES:
        pen.setDashPattern(_EXACT_DASHES[line.look.stroke])
    painter.setOpacity(line.look.opacity)
    painter.strokePath(
        pg.arrayToQPath(*_pixels(plane, line, 0, len(line.x)), connect="finite"), pen
    )
    painter.setOpacity(1)


class GrowingCurves:
    """The curves of one chart, of which a picture has the part that moves no more.

    A frame adds what has settled since the last one to the picture, and draws the few points
    after it on the screen. So it costs the same however long the curves are.
    """

    def __init__(self) -> None:
        self._drawn: list[_Drawn] = []

    def forget(self) -> None:
        """The picture is empty again."""
        self._drawn.clear()

    def continues(self, lines: Sequence[Line]) -> bool:
        """Whether what the picture has is a part of these curves, so that it need not be redone."""
        return len(lines) == len(self._drawn) and all(
            line.look == drawn.look and _points(line, drawn.count) == drawn.points
            for line, drawn in zip(lines, self._drawn, strict=True)
        )

    def grow(
        self, painter: QPainter, plane: Plane, lines: Sequence[Line], palette: Palette
    ) -> None:
        """Add to the picture what has settled; `lines` continue those of the last time."""
        if not self._drawn:
            self._drawn = [_Drawn(line.look) for line in lines]
        for line, drawn in zip(lines, self._drawn, strict=True):
            settled = len(line.x) - _UNSETTLED - len(line.x) // _AVERAGED
            if settled >= drawn.count + _AT_ONCE:
                _paint(painter, plane, line, palette, drawn.count, settled)
                drawn.count, drawn.points = settled, _points(line, settled)

    def settled_until(self, plane: Plane, lines: Sequence[Line]) -> float:
        """Pixels from the left up to which the picture has all curves."""
        ends = [
            plane.across_one(float(line.x[drawn.count - 1])) if drawn.count else plane.box.left()
            for line, drawn in zip(lines, self._drawn, strict=True)
            if len(line.x)
        ]
        return min(ends, default=plane.box.left())

    def paint_rest(
        self, painter: QPainter, plane: Plane, lines: Sequence[Line], palette: Palette
    ) -> None:
        """Draw what the picture does not have yet."""
        for line, drawn in zip(lines, self._drawn, strict=True):
            if len(line.x) > 1:
                _paint(painter, plane, line, palette, drawn.count, len(line.x))


@dataclass
class _Drawn:
    """What a picture has of a curve: its first points."""

    look: Look
    count: int = 0
    points: tuple[bytes, bytes] = (b"", b"")


def _paint(
    painter: QPainter, plane: Plane, line: Line, palette: Palette, first: int, last: int
) -> None:
    """The points from `first` on up to `last`, joined to the one before them."""
    start, look = max(first - 1, 0), line.look
    pen = QPen(_colour(look, palette), 1.0, _STROKES[look.stroke])
    pen.setCosmetic(True)
    if look.stroke in _DASHES:
        pen.setDashPattern(_DASHES[look.stroke])
        pen.setDashOffset(_length(plane, line, start) % sum(_DASHES[look.stroke]))
    painter.setPen(pen)
    painter.setOpacity(look.opacity)
    path = pg.arrayToQPath(*_pixels(plane, line, start, last), connect="finite")
    if look.bold:
        for aside, down in _BESIDE:
            painter.translate(aside, down)
            painter.drawPath(path)
            painter.translate(-aside, -down)
    else:
        painter.drawPath(path)
    painter.setOpacity(1)


def _pixels(plane: Plane, line: Line, first: int, last: int) -> tuple[Values, Values]:
    return plane.across(line.x[first:last]), plane.down(line.y[first:last])


def _length(plane: Plane, line: Line, point: int) -> float:
    """How far along the curve a point is, in pixels: dashes go on from there."""
    x, y = _pixels(plane, line, 0, point + 1)
    return float(np.nansum(np.hypot(np.diff(x), np.diff(y))))


def _points(line: Line, count: int) -> tuple[bytes, bytes]:
    """To compare at once, NaN with NaN too."""
    return line.x[:count].tobytes(), line.y[:count].tobytes()


def _colour(look: Look, palette: Palette) -> QColor:
    return QColor(colour_of(look.colour, palette))
