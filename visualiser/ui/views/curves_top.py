"""Paints what stands at the edges of a chart: texts of events, and where curves go on outside."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from visualiser.ui.views.axes import Texts
from visualiser.ui.views.curves_cuts import Cut
from visualiser.ui.views.curves_labels import Placed, place_marker_texts, shortened
from visualiser.ui.views.curves_plane import Plane
from visualiser.ui.views.curves_shown import Content, Event, Ink

_ALL = 1000
_KEPT = ((_ALL, 1.0), (_ALL, 0.45), (12, 0.45), (8, 0.45), (4, 0.45), (2, 0.45))
"""Letters kept of the words of events, and the share of the chart that is the most for a text:
less and less, until all events have theirs."""
_HALF, _HIGH = 5.0, 7.0
"""Half the width and the height of an arrow, in pixels."""


@dataclass(frozen=True)
class _Text:
    words: str
    colour: str
    box: QRectF


class EdgeMarks:
    """Remembers where the texts go as long as nothing moves."""

    def __init__(self) -> None:
        self._of: object = None
        self._texts: list[_Text] = []

    @property
    def taken(self) -> list[QRectF]:
        """Where the texts stand."""
        return [text.box for text in self._texts]

    def paint(
        self,
        painter: QPainter,
        plane: Plane,
        content: Content,
        ink: Ink,
        right: float,
        exposed: QRectF,
    ) -> None:
        """All arrows and texts of a chart that reach into `exposed`; texts end at `right`."""
        of = plane.key, tuple(content.events), content.cuts, ink.key, right
        if of != self._of:
            self._of = of
            self._texts = _place(plane, content.events, content.cuts, ink.plain, right)
        ground = QColor(ink.palette.card)
        ground.setAlpha(215)  # readable over curves, which still show through
        for text in self._texts:
            if not text.box.intersects(exposed):
                continue
            painter.fillRect(text.box.adjusted(-2, 0, 2, 0), ground)
            ink.plain.draw(
                painter, text.words, text.box.left(), text.box.top(), ink.colour(text.colour)
            )
        for cut in reversed(content.cuts):  # the frontmost curve has the frontmost arrow
            if _within(plane, cut) + _HALF >= exposed.left():
                _paint_arrow(painter, plane, cut, ink)


def _place(
    plane: Plane, events: Sequence[Event], cuts: Sequence[Cut], texts: Texts, right: float
) -> list[_Text]:
    """Values of curves that go on outside first, then events, without covering one another."""
    box = plane.box
    lines = max(1, min(3, int(0.4 * box.height() / texts.height)))
    above = [cut for cut in cuts if cut.above]
    below = [cut for cut in cuts if not cut.above]
    shown, taken, widths = [], [], []
    for group, bottom in ((above, False), (below, True)):
        words = [cut.text for cut in reversed(group)]
        x = [_within(plane, cut) + _HALF for cut in reversed(group)]
        wide = [texts.width(word) for word in words]
        for placed in place_marker_texts(x, wide, box.left(), right, lines):
            colour = group[len(group) - 1 - placed.index].colour
            shown.append(_text(words[placed.index], colour, placed, box, texts, bottom))
            if not bottom:
                taken.append(placed)
                widths.append(wide[placed.index])
    named = [
        event
        for event in events
        if event.text and box.left() <= plane.across_one(event.x) <= box.right()
    ]
    words, placed_events = _place_events(plane, named, lines, texts, right, taken, widths)
    shown += [_text(words[text.index], "muted", text, box, texts) for text in placed_events]
    return shown


def _place_events(
    plane: Plane,
    events: Sequence[Event],
    lines: int,
    texts: Texts,
    right: float,
    taken: Sequence[Placed],
    taken_widths: Sequence[float],
) -> tuple[list[str], list[Placed]]:
    """Texts and places; all are shortened alike, no more than it takes to show most events."""
    box = plane.box
    places = [plane.across_one(event.x) for event in events]
    best: tuple[list[str], list[Placed]] = [], []
    for letters, share in _KEPT:
        widest = share * box.width()
        words = [texts.elided(shortened(event.text, letters), widest) for event in events]
        placed = place_marker_texts(
            places,
            [texts.width(word) for word in words],
            box.left(),
            right,
            lines,
            taken,
            taken_widths,
        )
        if len(placed) > len(best[1]):
            best = words, placed
        if len(placed) == len(events):
            break
    return best


def _text(
    words: str, colour: str, placed: Placed, box: QRectF, texts: Texts, bottom: bool = False
) -> _Text:
    height = texts.height
    down = placed.line * height
    top = box.bottom() - 1 - height - down if bottom else box.top() + 1 + down
    return _Text(words, colour, QRectF(placed.left, top, texts.width(words), height))


def _within(plane: Plane, cut: Cut) -> float:
    """Where the arrow of a cut stands, in pixels, whole within the chart."""
    box = plane.box
    return min(max(plane.across_one(cut.x), box.left() + _HALF), box.right() - _HALF)


def _paint_arrow(painter: QPainter, plane: Plane, cut: Cut, ink: Ink) -> None:
    """Towards where the curve goes on, at the edge it leaves the chart by."""
    x, box = _within(plane, cut), plane.box
    tip, base = box.top() - 1, box.top() - 1 + _HIGH
    if not cut.above:
        tip, base = box.bottom() + 1, box.bottom() + 1 - _HIGH
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.colour(cut.colour))
    corners = [QPointF(x, tip), QPointF(x + _HALF, base), QPointF(x - _HALF, base)]
    painter.drawPolygon(QPolygonF(corners))
    painter.setBrush(Qt.BrushStyle.NoBrush)
