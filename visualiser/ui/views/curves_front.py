"""Paints what stands before the curves of a chart: names at their ends, a read-out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from visualiser.ui.views.axes import Texts
from visualiser.ui.views.curves_labels import free_part, spread
from visualiser.ui.views.curves_plane import Plane, end_of
from visualiser.ui.views.curves_series import Line
from visualiser.ui.views.curves_shown import Content, Ink, ReadOut

LABEL_GAP = 8
"""Pixels between the end of a curve and its name."""
_BREAK_GAP = 6
"""Pixels between the line where a run broke off and the words about it."""


def paint_front(
    painter: QPainter,
    plane: Plane,
    content: Content,
    read_out: ReadOut | None,
    bounds: QRectF,
    ink: Ink,
    taken: Sequence[QRectF],
) -> None:
    """All of it, within `bounds`: the chart and the column of names right of it.

    Names and lines keep off what is `taken` by texts at the edges of the chart.
    """
    if content.empty_text:
        return
    broken = _break_of(plane, content, ink)
    if broken is not None:
        _paint_break(painter, plane, broken, ink, taken)
        taken = (*taken, broken.box)
    _paint_ends(painter, plane, content, bounds.right(), ink, taken)
    if read_out is not None:
        _paint_read_out(painter, plane, read_out, bounds, ink)


def _paint_ends(
    painter: QPainter,
    plane: Plane,
    content: Content,
    right: float,
    ink: Ink,
    taken: Sequence[QRectF],
) -> None:
    """A dot where a curve ends, and right of all ends the names, in one column up to `right`."""
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
    left = last + LABEL_GAP
    names = [_texts_of(line, ink).elided(line.label, right - left) for line, _ in ends]
    width = max(
        _texts_of(line, ink).width(name) for (line, _), name in zip(ends, names, strict=True)
    )
    top, bottom = _free(box.top() - 4, bottom, left, left + width, taken)
    middles = spread([end.y() for _, end in ends], height, top, bottom)
    for (line, _), words, middle in zip(ends, names, middles, strict=True):
        if middle is not None:
            texts, colour = _texts_of(line, ink), ink.colour(line.look.colour)
            name = QRectF(left, middle - height / 2, texts.width(words), height)
            if left < box.right():  # in the chart no line of the ground goes through a name
                ground = name.adjusted(-2, 0, 2, 0)
                ground.setBottom(min(name.bottom(), bottom - 1))  # names may stand on the lowest
                painter.fillRect(ground, ink.colour("card"))
            texts.draw(painter, words, left, name.top(), colour)


def _texts_of(line: Line, ink: Ink) -> Texts:
    return ink.bold if line.look.bold else ink.plain


def _free(
    top: float, bottom: float, left: float, right: float, taken: Sequence[QRectF]
) -> tuple[float, float]:
    """The part from `top` to `bottom` that a column may use beside what is taken."""
    boxes = [(box.left(), box.top(), box.right(), box.bottom()) for box in taken]
    return free_part(top, bottom, left, right, boxes)


def _lowest(plane: Plane, content: Content, height: float) -> float:
    """Where names must end that stand in the chart: on its lowest line, not across it."""
    lowest, bottom = content.ticks[1][:1], plane.box.bottom()
    if not len(lowest):
        return bottom
    line = float(plane.down(lowest)[0])
    return line if bottom - height < line < bottom else bottom


@dataclass(frozen=True)
class _Break:
    """Where a diverged run has its last figure, and a word about it."""

    x: float
    words: str
    box: QRectF


def _break_of(plane: Plane, content: Content, ink: Ink) -> _Break | None:
    """Words left of the line, or on the ground of the chart where there is no room for them."""
    if content.broken_at is None:
        return None
    box, texts = plane.box, ink.bold
    x = min(max(plane.across_one(content.broken_at), box.left()), box.right())
    words = texts.elided(content.broken_text, box.width())
    width, height = texts.width(words), texts.height
    left, top = x - _BREAK_GAP - width, box.center().y() - height / 2
    if left < box.left():
        left, top = min(x + _BREAK_GAP, box.right() - width), box.bottom() - height - 2
    return _Break(x, words, QRectF(left, top, width if words else 0.0, height))


def _paint_break(
    painter: QPainter, plane: Plane, broken: _Break, ink: Ink, taken: Sequence[QRectF]
) -> None:
    """The line begins below texts that stand where it would go."""
    box, x = plane.box, broken.x
    top, bottom = _free(box.top(), box.bottom(), x - 2, x + 2, taken)
    painter.setPen(QPen(ink.colour("danger"), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    if broken.words:
        painter.fillRect(broken.box.adjusted(-3, 0, 3, 0), ink.colour("card"))
        corner = broken.box.topLeft()
        ink.bold.draw(painter, broken.words, corner.x(), corner.y(), ink.colour("danger"))


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
