"""Many dots, painted as copies of a few small pictures."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPen, QPixmap

_MOST_KEPT = 256


@dataclass(frozen=True)
class Dot:
    """How a dot looks; colours as “#0b69b7”, a hollow one has no `fill`."""

    radius: float
    fill: str
    outline: str
    width: float

    def paint(self, painter: QPainter, place: QPointF) -> None:
        """Paint it as an ellipse."""
        painter.setPen(QPen(QColor(self.outline), self.width))
        painter.setBrush(QColor(self.fill) if self.fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(place, self.radius, self.radius)


class DotPainter:
    """Keeps a picture of each dot it has painted: a copy costs a fifteenth of an ellipse.

    On a drawing of lines and letters (SVG) dots are ellipses.
    """

    def __init__(self) -> None:
        self._pictures: dict[tuple[Dot, float], QPixmap] = {}

    def paint(
        self, painter: QPainter, dots: Sequence[Dot], places: Iterable[tuple[float, float, int]]
    ) -> None:
        """Paint a dot at each place: pixels across and down, and which of the `dots`."""
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            for x, y, which in places:
                dots[which].paint(painter, QPointF(x, y))
            return
        ratio = painter.device().devicePixelRatioF()
        halves = [_half(dot) for dot in dots]
        pictures = [self._picture(dot, ratio) for dot in dots]
        for x, y, which in places:
            half = halves[which]
            painter.drawPixmap(QPointF(x - half, y - half), pictures[which])

    def _picture(self, dot: Dot, ratio: float) -> QPixmap:
        found = self._pictures.get((dot, ratio))
        if found is None:
            if len(self._pictures) >= _MOST_KEPT:
                self._pictures.clear()
            found = self._pictures[dot, ratio] = _painted(dot, ratio)
        return found


def _half(dot: Dot) -> int:
    """Half the side of its picture, in whole pixels."""
    return math.ceil(dot.radius + dot.width / 2 + 1)


def _painted(dot: Dot, ratio: float) -> QPixmap:
    half = _half(dot)
    side = math.ceil(2 * half * ratio)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    dot.paint(painter, QPointF(half, half))
    painter.end()
    return picture
