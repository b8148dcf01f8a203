"""Paints what stands before the curves of a chart: names at their ends, a read-out."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from visualiser.ui.views.curves_labels import spread
from visualiser.ui.views.curves_plane import Plane, end_of
from visualiser.ui.views.curves_shown import Content, Ink, ReadOut

LABEL_GAP = 8
"""Pixels between the end of a curve and its name."""
_TOGETHER = 40.0
"""Pixels between ends whose names stand below each other; an earlier run may end far from them."""


def paint_front(
    painter: QPainter,
    plane: Plane,
    content: Content,
    read_out: ReadOut | None,
    bounds: QRectF,
    ink: Ink,
) -> None:
    """All of it, within `bounds`: the chart and the column of names right of it."""
    if content.empty_text:
        return
    _paint_ends(painter, plane, content, ink)
    if content.broken_at is not None:
        _paint_break(painter, plane, content.broken_at, content.broken_text, bounds, ink)
    if read_out is not None:
        _paint_read_out(painter, plane, read_out, bounds, ink)


def _paint_ends(painter: QPainter, plane: Plane, content: Content, ink: Ink) -> None:
    """A dot where a curve ends, and its name beside it, within the column on the right."""
    named = [line for line in reversed(content.lines) if line.label]
    ends = [(line, end) for line in named if (end := end_of(line, plane)) is not None]
    if not ends:
        return
    box, height = plane.box, ink.bold.height
    painter.setPen(Qt.PenStyle.NoPen)
    for line, end in ends:
        if box.top() - 1 <= end.y() <= box.bottom() + 1:
            painter.setBrush(ink.colour(line.look.colour))
            size = 3.0 if line.look.bold else 2.0
            painter.drawEllipse(end, size, size)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    last = max(end.x() for _, end in ends)
    if content.broken_at is not None:
        last = max(last, min(plane.across_one(content.broken_at), box.right()))
    bottom = _lowest(plane, content, height) if last < box.right() - 1 else box.bottom() + 4
    middles = spread([end.y() for _, end in ends], height, box.top() - 4, bottom)
    for (line, end), middle in zip(ends, middles, strict=True):
        if middle is not None:
            left = last if last - end.x() < _TOGETHER else end.x()
            texts, colour = ink.bold if line.look.bold else ink.plain, ink.colour(line.look.colour)
            texts.draw(painter, line.label, left + LABEL_GAP, middle - height / 2, colour)


def _lowest(plane: Plane, content: Content, height: float) -> float:
    """Where names must end that stand in the chart: on its lowest line, not across it."""
    lowest, bottom = content.ticks[1][:1], plane.box.bottom()
    if not len(lowest):
        return bottom
    line = float(plane.down(lowest)[0])
    return line if bottom - height < line < bottom else bottom


def _paint_break(
    painter: QPainter, plane: Plane, at: float, words: str, bounds: QRectF, ink: Ink
) -> None:
    """Where a diverged run has its last figure, and a word about it."""
    box, texts = plane.box, ink.bold
    x = min(max(plane.across_one(at), box.left()), box.right())
    painter.setPen(QPen(ink.colour("danger"), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    text = texts.elided(words, box.width())
    width = texts.width(text)
    left = x + 6 if x + 6 + width <= bounds.right() else max(x - 6 - width, box.left())
    top = box.center().y() - texts.height / 2
    painter.fillRect(QRectF(left - 3, top, width + 6, texts.height), ink.colour("card"))
    texts.draw(painter, text, left, top, ink.colour("danger"))


def _paint_read_out(
    painter: QPainter, plane: Plane, read_out: ReadOut, bounds: QRectF, ink: Ink
) -> None:
    box, texts = plane.box, ink.plain
    x = plane.across_one(read_out.x)
    if not box.left() - 1 <= x <= box.right() + 1:
        return
    painter.setPen(QPen(ink.colour("accent"), 1))
    painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
    rows = (("muted", read_out.heading), *read_out.rows)
    width = max(texts.width(word) for _, word in rows) + 16
    height = len(rows) * texts.height + 8
    left = x + 10 if x + 10 + width <= bounds.right() else x - 10 - width
    top = max(min(box.center().y() - height / 2, bounds.bottom() - height), 0.0)
    painter.setPen(ink.colour("border"))
    painter.setBrush(ink.colour("card"))
    painter.drawRoundedRect(QRectF(left, top, width, height), 5, 5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for row, (colour, word) in enumerate(rows):
        texts.draw(painter, word, left + 8, top + 4 + row * texts.height, ink.colour(colour))
