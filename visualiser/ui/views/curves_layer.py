"""Paints what is inside a chart, as one graphics item, in pixels."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.plotting import pg
from visualiser.ui.views.axes import Texts
from visualiser.ui.views.curves_front import LABEL_GAP, paint_front
from visualiser.ui.views.curves_ground import paint_ground
from visualiser.ui.views.curves_plane import Plane
from visualiser.ui.views.curves_shown import Content, Ink, ReadOut
from visualiser.ui.views.curves_strokes import GrowingCurves, paint_exact
from visualiser.ui.views.curves_top import EdgeMarks

_DOT = 5.0
"""Pixels that the dot at the end of a curve reaches to the left at most."""


class CurvesLayer(pg.GraphicsObject):  # type: ignore[misc]
    """The inside of one chart and the column right of it where labels stand.

    The item itself is the ground, which stands still; an overlay (see curves_overlay.py) has it
    paint the curves over a picture of that.

    Attributes:
        title: stands above the chart, left.
        exact: the item is all of the chart, curves with true pens: for a file.
    """

    def __init__(self, view_box: pg.ViewBox) -> None:
        super().__init__()
        self._view_box = view_box
        self._ink = Ink(LIGHT, QFont())
        self._bounds = QRectF()
        self._read_out: ReadOut | None = None
        self.title = ""
        self._growing = GrowingCurves()
        self._marks = EdgeMarks()
        self._plane = Plane(view_box)
        self._moving_from = 0.0
        self.content = Content()
        self.exact = False
        self.setZValue(10)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def texts(self) -> Texts:
        """In the font of the chart."""
        return self._ink.plain

    def apply(self, palette: Palette, font: QFont) -> None:
        """Take the colours of a theme and a font."""
        self._ink = Ink(palette, font)

    def show_content(self, content: Content) -> None:
        """Draw other curves."""
        self.content = content

    def show_read_out(self, read_out: ReadOut | None) -> None:
        """Show the values under the pointer, or none."""
        self._read_out = read_out

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
        widths = [self._ink.bold.width(line.label) for line in self.content.lines if line.label]
        return max(widths, default=0.0) + LABEL_GAP + 4

    # -- painting -------------------------------------------------------------------------------

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        plane = Plane(self._view_box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self._bounds.right() - plane.box.left()
        paint_ground(painter, plane, self.content, self.title, width, self._ink)
        if not self.exact:
            return
        painter.save()
        painter.setClipRect(_inside(plane))
        for line in self.content.lines:
            paint_exact(painter, plane, line, self._ink.palette)
        painter.restore()
        # A file shows the run, not where the pointer rests.
        self._paint_front(painter, plane, self._bounds, None)

    def ground_of(self) -> tuple[object, ...]:
        """What stands still now: as long as this stays the same, so does the picture of it."""
        content, plane = self.content, Plane(self._view_box)
        self._plane = plane
        return (
            *plane.key,
            self._bounds,
            *(ticks.tobytes() for ticks in content.ticks),
            tuple(content.events),
            content.level,
            content.cuts,
            content.empty_text,
            self.title,
            self._ink.key,
        )

    @property
    def continues(self) -> bool:
        """Whether the curves go on from those that the picture has."""
        return self._growing.continues(self.content.lines)

    def forget_picture(self) -> None:
        """The picture of the curves is empty again."""
        self._growing.forget()

    def grow_picture(self, painter: QPainter) -> None:
        """Add what has settled of the curves to their picture."""
        painter.setClipRect(_inside(self._plane))
        self._growing.grow(painter, self._plane, self.content.lines, self._ink.palette)

    @property
    def moving(self) -> QRectF:
        """Where `paint_over_picture` paints anything else than the last time."""
        if self._read_out is not None or self.content.broken_at is not None:
            return self._bounds
        left = self._growing.settled_until(self._plane, self.content.lines) - _DOT
        before, self._moving_from = self._moving_from, left
        area = QRectF(self._bounds)
        area.setLeft(max(min(left, before), area.left()))
        return area

    def paint_over_picture(self, painter: QPainter, exposed: QRectF) -> None:
        """Paint the ends of the curves and what stands before them, as far as it is `exposed`."""
        plane, content = self._plane, self.content
        painter.setClipRect(_inside(plane))
        self._growing.paint_rest(painter, plane, content.lines, self._ink.palette)
        painter.setClipping(False)
        self._paint_front(painter, plane, exposed, self._read_out)

    def _paint_front(
        self, painter: QPainter, plane: Plane, exposed: QRectF, read_out: ReadOut | None
    ) -> None:
        content, ink, bounds = self.content, self._ink, self._bounds
        if not content.empty_text:
            self._marks.paint(painter, plane, content, ink, bounds.right(), exposed)
        paint_front(painter, plane, content, read_out, bounds, ink, self._marks.taken)


def _inside(plane: Plane) -> QRectF:
    """A curve along the edge is seen whole."""
    return plane.box.adjusted(-1, -1, 1, 1)
