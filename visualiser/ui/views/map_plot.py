"""Places on a map, coloured: one map, or those of two models beside each other."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualiser.ui.views.dots import Dot, DotPainter
from visualiser.ui.views.framed_plot import FramedPlot
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.map_colours import MapContent, Pane
from visualiser.ui.views.map_places import Places
from visualiser.ui.views.map_scales import bar_height, paint_bar, paint_distance
from visualiser.ui.views.scatter_frame import Frame, Range, Values

_NEAR = 8.0
_RADIUS = 4.0
_GAP = 10.0
_MARGIN = 0.06
"""Around the places, as a share of what they span."""
_CLOSEST = 1e-3
"""What of all a zoom shows at least."""
_ALONE = 0.02
"""Degrees around a single place."""


class MapPlot(FramedPlot):
    """Dots where the rows are; the one under the pointer is named, on both maps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: MapContent | None = None
        self._zoom: tuple[Range, Range] | None = None
        self._picked: int | None = None
        self._dots = DotPainter()
        self._drawings = (KeptDrawing(self, self._paint),)
        self.setAccessibleName(self.tr("Map"))
        self.setToolTip(
            self.tr(
                "The wheel zooms, dragging moves, a double click shows all, the arrow keys go "
                "from west to east."
            )
        )

    @property
    def content(self) -> MapContent | None:
        """What is drawn."""
        return self._content

    @property
    def picked(self) -> int | None:
        """Which of the places is marked."""
        return self._picked

    @property
    def filled(self) -> bool:
        """Whether there are places."""
        return self._content is not None

    @property
    def frame(self) -> Frame:
        """Of the first map."""
        return self.frames[0]

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Longitudes and latitudes of each map, as long on the screen as they are on earth."""
        boxes = self._boxes()
        if self._content is None:
            return tuple(Frame(box, (0.0, 1.0), (0.0, 1.0)) for box in boxes)
        places = self._content.places
        x, y = self._zoom or _all_of(places)
        x, y = _true_to_scale(boxes[0], x, y, places.width_of_a_degree)
        return tuple(Frame(box, x, y) for box in boxes)

    def frame_at(self, place: QPointF) -> Frame | None:
        """Of the map that a place is on."""
        return next((frame for frame in self.frames if frame.box.contains(place)), None)

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._content, self._nothing, self._zoom, self._picked = None, why, None, None
        self._forget()

    def show_map(self, content: MapContent) -> None:
        """Draw these places."""
        self._content = content
        self._forget()
        self.hover.refresh()

    def place_of(self, place: int, pane: int = 0) -> QPointF:
        """Where one of the places is painted on a map."""
        x, y = self._pixels(self.frames[pane])
        return QPointF(x[place], y[place])

    def read(self, place: QPointF) -> str:
        """The row whose dot is near `place`; empty where there is none."""
        self._mark(self._nearest(place))
        if self._content is None or self._picked is None:
            return ""
        return self._content.sentence(self._picked)

    def _next(self, step: int) -> str:
        assert self._content is not None
        order = np.argsort(self._content.places.longitude, kind="stable")
        at = 0 if step > 0 else len(order) - 1
        if self._picked is not None:
            at = (int(np.flatnonzero(order == self._picked)[0]) + step) % len(order)
        self._mark(int(order[at]))
        return self._content.sentence(int(order[at]))

    def _see(self, frame: Frame) -> None:
        """As near as makes sense, and never away from the places."""
        assert self._content is not None
        whole = _all_of(self._content.places)
        self._zoom = None
        all_x, all_y = self.frame.x, self.frame.y
        share = (frame.x[1] - frame.x[0]) / (all_x[1] - all_x[0])
        if share < 1:
            share = max(share, _CLOSEST)
            ranges = zip((frame.x, frame.y), (all_x, all_y), whole, strict=True)
            across, up = (_kept_within(seen, share, all_of, of) for seen, all_of, of in ranges)
            self._zoom = across, up
        self._forget()

    def _fit(self) -> None:
        self._zoom = None
        self._forget()

    # -- painting -------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        """The maps and what their colours mean; hovering only adds a mark."""
        content = self._content
        assert content is not None
        for frame, pane in zip(self.frames, content.panes, strict=True):
            self._paint_map(painter, frame, pane)
        paint_distance(painter, self.frame, self._palette)
        if content.bar is not None:
            height = bar_height(painter.fontMetrics())
            below = QRectF(2, self.height() - height, self.width() - 4, height)
            paint_bar(painter, below, content.bar, self._palette)

    def _paint_map(self, painter: QPainter, frame: Frame, pane: Pane) -> None:
        box, metrics = frame.box, painter.fontMetrics()
        if pane.title:
            painter.setPen(QColor(self._palette.muted))
            title = metrics.elidedText(pane.title, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(QPointF(box.left(), box.top() - metrics.descent() - 3), title)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawRect(box)
        painter.save()
        painter.setClipRect(box)
        shade, outline = pane.shade, self._palette.muted
        x, y = self._pixels(frame)
        order = shade.order[_around(box, x, y)[shade.order]]
        dots = [Dot(_RADIUS, colour, outline, 0.7) for colour in shade.colours]
        places = zip(x[order].tolist(), y[order].tolist(), shade.codes[order].tolist(), strict=True)
        self._dots.paint(painter, dots, places)
        painter.restore()

    def _paint_marked(self, painter: QPainter) -> None:
        """A ring around the dot, on each map."""
        if self._picked is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._palette.text), 1.8))
        for pane, frame in enumerate(self.frames):
            dot = self.place_of(self._picked, pane)
            if frame.box.contains(dot):
                painter.drawEllipse(dot, _RADIUS + 3, _RADIUS + 3)

    # -- where things are -----------------------------------------------------------------------

    def _pixels(self, frame: Frame) -> tuple[Values, Values]:
        assert self._content is not None
        places = self._content.places
        across = (places.longitude - frame.x[0]) / (frame.x[1] - frame.x[0])
        up = (places.latitude - frame.y[0]) / (frame.y[1] - frame.y[0])
        box = frame.box
        return box.left() + across * box.width(), box.bottom() - up * box.height()

    def _nearest(self, place: QPointF) -> int | None:
        frame = self.frame_at(place)
        if self._content is None or frame is None:
            return None
        x, y = self._pixels(frame)
        distance = np.hypot(x - place.x(), y - place.y())
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= _NEAR else None

    def _mark(self, place: int | None) -> None:
        if place != self._picked:
            self._picked = place
            self.update()

    def _boxes(self) -> tuple[QRectF, ...]:
        """One for each map, side by side; the titles above and the scale of colours below."""
        content, metrics = self._content, QFontMetrics(self.font())
        panes = 1 if content is None else len(content.panes)
        below = 0.0 if content is None or content.bar is None else bar_height(metrics) + 4
        above = metrics.height() + 6.0 if panes > 1 else 2.0
        width = max((self.width() - 4 - (panes - 1) * _GAP) / panes, 20.0)
        height = max(self.height() - above - below - 2, 20.0)
        return tuple(
            QRectF(2 + pane * (width + _GAP), above, width, height) for pane in range(panes)
        )


def _around(box: QRectF, x: Values, y: Values) -> NDArray[np.bool_]:
    """Which dots reach into a box."""
    near = box.adjusted(-_RADIUS, -_RADIUS, _RADIUS, _RADIUS)
    return (x > near.left()) & (x < near.right()) & (y > near.top()) & (y < near.bottom())


def _all_of(places: Places) -> tuple[Range, Range]:
    """Longitudes and latitudes that hold all places."""
    ranges = []
    for degrees in (places.longitude, places.latitude):
        low, high = float(degrees.min()), float(degrees.max())
        margin = _MARGIN * (high - low) or _ALONE
        ranges.append((low - margin, high + margin))
    return ranges[0], ranges[1]


def _true_to_scale(box: QRectF, x: Range, y: Range, width: float) -> tuple[Range, Range]:
    """The ranges, one of them widened so that a kilometre is as long across as it is up."""
    across, up = width * (x[1] - x[0]) / box.width(), (y[1] - y[0]) / box.height()
    if across < up:
        return _widened(x, up / across), y
    return x, _widened(y, across / up)


def _widened(around: Range, factor: float) -> Range:
    middle, half = (around[0] + around[1]) / 2, (around[1] - around[0]) / 2 * factor
    return middle - half, middle + half


def _kept_within(seen: Range, share: float, whole: Range, places: Range) -> Range:
    """A range of `share` of the whole as near to what is to be seen as the places allow."""
    half = share * (whole[1] - whole[0]) / 2
    middle = min(max((seen[0] + seen[1]) / 2, places[0]), places[1])
    return middle - half, middle + half
