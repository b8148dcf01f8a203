"""Paints what is inside a chart: grid, curves, labels at their ends, markers, a read-out.

One graphics item for all of it, in pixels: a frame is one repaint, without an item per curve.
A pen wider than a pixel goes through a stroker that costs ten to forty times a thin one, so a
bold curve is a thin one drawn a few times beside itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.axes import Texts, Values
from visualiser.ui.views.curves_labels import place_marker_texts, spread
from visualiser.ui.views.curves_plane import Plane, end_of
from visualiser.ui.views.curves_series import Line, Look

_STROKES = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}
_BESIDE = ((-0.45, -0.45), (0.45, 0.45), (0.45, -0.45), (-0.45, 0.45))
_DENSE = 300
"""Points from which a bold curve is drawn twice instead of four times: its noise fills the gaps."""
LABEL_GAP = 8


@dataclass(frozen=True)
class Event:
    """A vertical dotted line with a text: something that happened at `x`."""

    x: float
    text: str


@dataclass
class Content:
    """What a chart shows now."""

    lines: Sequence[Line] = ()
    events: Sequence[Event] = ()
    broken_at: float | None = None
    broken_text: str = ""
    empty_text: str = ""
    ticks: tuple[Values, Values] = field(default_factory=lambda: (np.empty(0), np.empty(0)))


@dataclass(frozen=True)
class ReadOut:
    """Values under the pointer at `x`: a heading, then a colour and a text each."""

    x: float
    heading: str
    rows: tuple[tuple[str, str], ...]


class CurvesLayer(pg.GraphicsObject):  # type: ignore[misc]
    """The inside of one chart and the column right of it where labels stand.

    Attributes:
        title: stands above the chart, left.
        exact: draw bold curves with a wide pen, as a vector file wants it.
    """

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__()
        self._view_box = view_box
        self._palette = LIGHT
        self._texts = Texts(QFont())
        self._bold = Texts(QFont())
        self._bounds = QRectF()
        self._read_out: ReadOut | None = None
        self.content = Content()
        self.title = ""
        self.exact = False
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def texts(self) -> Texts:
        """In the font of the chart."""
        return self._texts

    def apply(self, palette: Palette, font: QFont) -> None:
        """Take the colours of a theme and a font."""
        self._palette = palette
        self._texts = Texts(font)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        self._bold = Texts(bold)
        self.update()

    def show_content(self, content: Content) -> None:
        """Draw other curves."""
        self.content = content
        self.update()

    def show_read_out(self, read_out: ReadOut | None) -> None:
        """Show the values under the pointer, or none."""
        if read_out != self._read_out:
            self._read_out = read_out
            self.update()

    @property
    def read_out(self) -> ReadOut | None:
        """What is shown under the pointer."""
        return self._read_out

    def set_bounds(self, bounds: QRectF) -> None:
        """What this item may paint on: the chart, the title above and the labels beside it."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def boundingRect(self) -> QRectF:
        return self._bounds

    def label_width(self) -> float:
        """Room that the labels want right of the chart, in pixels."""
        widths = [self._bold.width(line.label) for line in self.content.lines if line.label]
        return max(widths, default=0.0) + LABEL_GAP + 4

    # -- painting -------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        plane = Plane(self._view_box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        left = plane.box.left()
        title = self._bold.elided(self.title, self._bounds.right() - left)
        self._bold.draw(painter, title, left, 0, QColor(self._palette.text))
        if self.content.empty_text:
            self._paint_grid(painter, plane)
            self._paint_words(painter, plane.box)
            return
        painter.save()
        painter.setClipRect(plane.box.adjusted(-1, -1, 1, 1))
        self._paint_grid(painter, plane)
        self._paint_event_lines(painter, plane)
        for line in self.content.lines:
            self._paint_line(painter, plane, line)
        painter.restore()
        self._paint_ends(painter, plane)
        self._paint_event_texts(painter, plane)
        self._paint_break(painter, plane)
        if self._read_out is not None:
            self._paint_read_out(painter, plane, self._read_out)

    def _paint_grid(self, painter: QPainter, plane: Plane) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(self._palette.grid))
        box = plane.box
        for x in plane.across(self.content.ticks[0]).tolist():
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        for y in plane.down(self.content.ticks[1]).tolist():
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_line(self, painter: QPainter, plane: Plane, line: Line) -> None:
        if len(line.x) < 2:
            return
        x, y = plane.across(line.x), plane.down(line.y)
        whole = bool(np.isfinite(y).all())
        path = pg.arrayToQPath(x, y, connect="all" if whole else "finite", finiteCheck=not whole)
        pen = self._pen(line.look)
        painter.setOpacity(line.look.opacity)
        if line.look.bold and self.exact:
            pen.setWidthF(2.2)
        painter.setPen(pen)
        if not line.look.bold or self.exact:
            painter.drawPath(path)
        else:
            for aside, down in _BESIDE[: 2 if len(x) > _DENSE else None]:
                painter.translate(aside, down)
                painter.drawPath(path)
                painter.translate(-aside, -down)
        painter.setOpacity(1)

    def _pen(self, look: Look) -> QPen:
        pen = QPen(self._colour(look.colour), 1.0, _STROKES[look.stroke])
        pen.setCosmetic(not self.exact)
        if look.stroke == "dashed":
            pen.setDashPattern([9, 6] if not self.exact else [4, 3])
        elif look.stroke == "dotted":
            pen.setDashPattern([2, 5] if not self.exact else [1, 2])
        return pen

    def _paint_ends(self, painter: QPainter, plane: Plane) -> None:
        """A dot where a curve ends, and its name beside it, within the column on the right."""
        shown = [line for line in reversed(self.content.lines) if line.label]
        ends = [end_of(line, plane) for line in shown]
        box, height = plane.box, self._bold.height
        tops = [box.bottom() if end is None else end.y() for end in ends]
        present = [i for i, end in enumerate(ends) if end is not None]
        middles = spread([tops[i] for i in present], height, box.top() - 4, box.bottom() + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        for i in present:
            end = ends[i]
            if end is not None and box.top() - 1 <= end.y() <= box.bottom() + 1:
                painter.setBrush(self._colour(shown[i].look.colour))
                size = 3.0 if shown[i].look.bold else 2.0
                painter.drawEllipse(end, size, size)
                painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        left = max((end.x() for end in ends if end is not None), default=0.0)
        if self.content.broken_at is not None:
            left = max(left, min(plane.across_one(self.content.broken_at), box.right()))
        for i, middle in zip(present, middles, strict=True):
            if middle is not None:
                texts = self._bold if shown[i].look.bold else self._texts
                colour = self._colour(shown[i].look.colour)
                texts.draw(painter, shown[i].label, left + LABEL_GAP, middle - height / 2, colour)

    def _paint_event_lines(self, painter: QPainter, plane: Plane) -> None:
        pen = QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for event in self.content.events:
            x = plane.across_one(event.x)
            painter.drawLine(QPointF(x, plane.box.top()), QPointF(x, plane.box.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)

    def _paint_event_texts(self, painter: QPainter, plane: Plane) -> None:
        box, texts = plane.box, self._texts
        events = [event for event in self.content.events if event.text]
        words = [texts.elided(event.text, 0.45 * box.width()) for event in events]
        places = [plane.across_one(event.x) for event in events]
        lines = max(1, min(3, int(0.4 * box.height() / texts.height)))
        widths = [texts.width(word) for word in words]
        for placed in place_marker_texts(places, widths, box.left(), box.right(), lines):
            top = box.top() + 1 + placed.line * texts.height
            self._paint_on_ground(painter, words[placed.index], placed.left, top)

    def _paint_on_ground(self, painter: QPainter, word: str, left: float, top: float) -> None:
        """Text that stays readable over curves."""
        ground = QColor(self._palette.card)
        ground.setAlpha(215)
        texts = self._texts
        painter.fillRect(QRectF(left - 2, top, texts.width(word) + 4, texts.height), ground)
        texts.draw(painter, word, left, top, QColor(self._palette.muted))

    def _paint_break(self, painter: QPainter, plane: Plane) -> None:
        """Where a diverged run has its last figure, and a word about it."""
        if self.content.broken_at is None:
            return
        box, texts = plane.box, self._bold
        colour = QColor(self._palette.danger)
        x = min(max(plane.across_one(self.content.broken_at), box.left()), box.right())
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        text = texts.elided(self.content.broken_text, box.width())
        width = texts.width(text)
        left = x + 6 if x + 6 + width <= self._bounds.right() else max(x - 6 - width, box.left())
        top = box.center().y() - texts.height / 2
        ground = QRectF(left - 3, top, width + 6, texts.height)
        painter.fillRect(ground, QColor(self._palette.card))
        texts.draw(painter, text, left, top, colour)

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        painter.setFont(self._texts.font)
        painter.setPen(QColor(self._palette.muted))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, int(flags), self.content.empty_text)

    def _paint_read_out(self, painter: QPainter, plane: Plane, read_out: ReadOut) -> None:
        box, texts = plane.box, self._texts
        x = plane.across_one(read_out.x)
        if not box.left() - 1 <= x <= box.right() + 1:
            return
        painter.setPen(QPen(QColor(self._palette.accent), 1))
        painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        words = [read_out.heading, *(text for _, text in read_out.rows)]
        colours = [self._palette.muted, *(colour for colour, _ in read_out.rows)]
        width = max(texts.width(word) for word in words) + 16
        height = len(words) * texts.height + 8
        left = x + 10 if x + 10 + width <= self._bounds.right() else x - 10 - width
        top = max(min(box.center().y() - height / 2, self._bounds.bottom() - height), 0.0)
        frame = QRectF(left, top, width, height)
        painter.setPen(QColor(self._palette.border))
        painter.setBrush(QColor(self._palette.card))
        painter.drawRoundedRect(frame, 5, 5)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row, (word, colour) in enumerate(zip(words, colours, strict=True)):
            y = top + 4 + row * texts.height
            texts.draw(painter, word, left + 8, y, self._colour(colour))

    def _colour(self, colour: str) -> QColor:
        return QColor(colour if colour.startswith("#") else getattr(self._palette, colour))
