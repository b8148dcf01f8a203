"""Paints what stands still in a chart while its curves grow: title, grid, baseline, events."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from visualiser.ui.views.curves_plane import Plane
from visualiser.ui.views.curves_shown import Content, Ink, Level

_LEGEND_GAP = 16
"""Pixels between the title of a chart and the legend right of it."""
_SAMPLE, _SAMPLE_GAP = 18, 6


def paint_ground(
    painter: QPainter, plane: Plane, content: Content, title: str, width: float, ink: Ink
) -> None:
    """The title from the left of the chart on, `width` pixels at most, and what is below it."""
    box = plane.box
    title = ink.bold.elided(title, width)
    ink.bold.draw(painter, title, box.left(), 0, ink.colour("text"))
    _paint_grid(painter, plane, content, ink)
    if content.level is not None:
        _paint_level(painter, plane, content.level, ink)
        begin = box.left() + ink.bold.width(title) + _LEGEND_GAP
        paint_legend(painter, content.level, begin, box.left() + width, ink)
    if content.empty_text:
        _paint_words(painter, box, content.empty_text, ink)
    else:
        _paint_event_lines(painter, plane, content, ink)


def _paint_grid(painter: QPainter, plane: Plane, content: Content, ink: Ink) -> None:
    box = plane.box
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(ink.colour("grid"))
    for x in plane.across(content.ticks[0]).tolist():
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    for y in plane.down(content.ticks[1]).tolist():
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_level(painter: QPainter, plane: Plane, level: Level, ink: Ink) -> None:
    box, y = plane.box, float(plane.down(np.array([level.y]))[0])
    if box.top() <= y <= box.bottom() + 1:
        painter.setPen(_level_pen(ink))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def paint_legend(painter: QPainter, level: Level, begin: float, end: float, ink: Ink) -> None:
    """A dotted sample and its words at the right of the title's line, where no curve is named.

    Shorter words rather than ones that are cut: the figure stands at their end.
    """
    texts = ink.plain
    room = end - begin - _SAMPLE - _SAMPLE_GAP
    words = next((text for text in (level.text, level.short) if texts.width(text) <= room), "")
    if not words:
        return
    left = end - texts.width(words)
    middle = texts.height / 2
    painter.setPen(_level_pen(ink))
    sample = left - _SAMPLE_GAP - _SAMPLE
    painter.drawLine(QPointF(sample, middle), QPointF(sample + _SAMPLE, middle))
    texts.draw(painter, words, left, 0, ink.colour("muted"))


def _level_pen(ink: Ink) -> QPen:
    return QPen(ink.colour("muted"), 1.5, Qt.PenStyle.DotLine)


def _paint_event_lines(painter: QPainter, plane: Plane, content: Content, ink: Ink) -> None:
    box = plane.box
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(ink.colour("muted"), 1, Qt.PenStyle.DotLine))
    for event in content.events:
        x = plane.across_one(event.x)
        if box.left() - 1 <= x <= box.right() + 1:
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _paint_words(painter: QPainter, box: QRectF, words: str, ink: Ink) -> None:
    painter.setFont(ink.plain.font)
    painter.setPen(ink.colour("muted"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box, int(flags), words)
