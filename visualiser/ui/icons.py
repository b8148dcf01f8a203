"""Icons painted in the colours of the theme, sharp at every size."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

Draw = Callable[[QPainter, QColor], None]

_SIZE = 96
"""Pixels that an icon is painted with; drawings use a square of 24 × 24."""


def icon(name: str, colour: str) -> QIcon:
    """One of: play, pause, step, epoch, reset, menu."""
    pixmap = QPixmap(_SIZE, _SIZE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SIZE / 24, _SIZE / 24)
    _DRAWINGS[name](painter, QColor(colour))
    painter.end()
    return QIcon(pixmap)


def _triangle(left: float, top: float, right: float, bottom: float) -> QPolygonF:
    middle = (top + bottom) / 2
    return QPolygonF([QPointF(left, top), QPointF(right, middle), QPointF(left, bottom)])


def _fill(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 1.2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(colour)


def _stroke(painter: QPainter, colour: QColor) -> None:
    pen = QPen(colour, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _play(painter: QPainter, colour: QColor) -> None:
    _fill(painter, colour)
    painter.drawPolygon(_triangle(8, 5, 19, 19))


def _pause(painter: QPainter, colour: QColor) -> None:
    _fill(painter, colour)
    painter.drawRoundedRect(QRectF(7, 5.5, 3.4, 13), 1, 1)
    painter.drawRoundedRect(QRectF(13.6, 5.5, 3.4, 13), 1, 1)


def _step(painter: QPainter, colour: QColor) -> None:
    _fill(painter, colour)
    painter.drawPolygon(_triangle(6, 6.5, 14, 17.5))
    painter.drawRoundedRect(QRectF(16, 6.5, 2, 11), 0.8, 0.8)


def _epoch(painter: QPainter, colour: QColor) -> None:
    _fill(painter, colour)
    painter.drawPolygon(_triangle(3.5, 7, 10.5, 17))
    painter.drawPolygon(_triangle(11, 7, 18, 17))
    painter.drawRoundedRect(QRectF(19, 7, 1.8, 10), 0.8, 0.8)


def _reset(painter: QPainter, colour: QColor) -> None:
    _stroke(painter, colour)
    arc = QPainterPath()
    arc.arcMoveTo(QRectF(5, 5, 14, 14), 60)
    arc.arcTo(QRectF(5, 5, 14, 14), 60, 290)
    painter.drawPath(arc)
    _fill(painter, colour)
    painter.drawPolygon(QPolygonF([QPointF(11.5, 2.6), QPointF(17.4, 5.8), QPointF(11.8, 9.3)]))


def _menu(painter: QPainter, colour: QColor) -> None:
    _stroke(painter, colour)
    for y in (7, 12, 17):
        painter.drawLine(QPointF(5, y), QPointF(19, y))


_DRAWINGS: dict[str, Draw] = {
    "play": _play,
    "pause": _pause,
    "step": _step,
    "epoch": _epoch,
    "reset": _reset,
    "menu": _menu,
}
