"""All products as dots: those that a model takes for alike lie near each other."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.ui.palette import rgb
from visualiser.ui.views.axes import SteppedRange
from visualiser.ui.views.dots import Dot, DotPainter
from visualiser.ui.views.framed_plot import FramedPlot
from visualiser.ui.views.kept_drawing import KeptDrawing
from visualiser.ui.views.scatter_frame import Frame

_NEAR = 8.0
_RADIUS = 3.6
_CLICK = 4.0
"""Pixels that a click may slip before it is a drag."""
_MARGIN = 1.06
_VEIL = 0.75
"""How much of the dots below a name is hidden, so that it can be read."""
_SHADES = 12
_PALEST = 0.25
"""How much of the colour the least bought product has."""


class ProductMapPlot(FramedPlot):
    """Dots in the plane of most variance, darker where a product is bought more.

    Signals:
        picked: the code of a product that was clicked on or chosen with Enter; −1 for none.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shade: IntArray = np.zeros(0, dtype=np.int64)
        self._dots = DotPainter()
        self._places: FloatArray | None = None
        self._near: IntArray = np.zeros(0, dtype=np.int64)
        self._chosen: int | None = None
        self._under: int | None = None
        self._pressed: QPointF | None = None
        self._reach = SteppedRange(1e-6)
        self._zoom: Frame | None = None
        self._drawings = (KeptDrawing(self, self._paint),)
        self.setAccessibleName(self.tr("Map of the products"))
        self.setToolTip(
            self.tr(
                "A click shows what a product is most like. The wheel zooms, dragging moves, a "
                "double click shows all; the arrow keys go from product to product, Enter chooses."
            )
        )

    @property
    def filled(self) -> bool:
        """Whether there are dots."""
        return self._places is not None

    @property
    def chosen_product(self) -> int | None:
        """The code of the product whose neighbours are shown."""
        return self._chosen

    @property
    def frame(self) -> Frame:
        """Where the numbers stand now; as many pixels to a unit on either axis."""
        if self._zoom is not None:
            return Frame(self._area(), self._zoom.x, self._zoom.y)
        area = self._area()
        across = area.width() / area.height()
        up = self._reach.high
        return Frame(area, (-up * across, up * across), (-up, up))

    def start(self, names: tuple[str, ...], bought: FloatArray) -> None:
        """Other products, with how many customers bought each."""
        self._names = names
        popular = np.sqrt(bought / max(float(bought.max(initial=1)), 1.0))
        self._shade = np.rint(popular * (_SHADES - 1)).astype(np.int64)
        self.choose(None)

    def choose(self, product: int | None) -> None:
        """Mark a product, without emitting anything."""
        self._chosen, self._near = product, np.zeros(0, dtype=np.int64)
        self._forget()

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._places, self._nothing, self._zoom, self._under = None, why, None, None
        self._reach.reset()
        self._forget()

    def show_places(self, places: FloatArray, near: IntArray) -> None:
        """Dots at (products, 2); `near` are the neighbours of the chosen product."""
        self._places, self._near = places, near
        area = self._area()
        size = np.abs(places).max(axis=0)
        self._reach.fit(
            _MARGIN * max(float(size[1]), float(size[0]) * area.height() / area.width())
        )
        self._forget()
        self.hover.refresh()

    def place_of(self, product: int) -> QPointF:
        """Where a product is painted."""
        x, y = self._pixels()
        return QPointF(x[product], y[product])

    def read(self, place: QPointF) -> str:
        """The product near `place`."""
        self._mark(self._nearest(place))
        return "" if self._under is None else self._names[self._under]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._under is not None:
            self._pick(self._under)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if self.filled and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or not self.filled:
            return
        slipped = event.position() - pressed
        if abs(slipped.x()) + abs(slipped.y()) <= _CLICK:
            self._pick(self._nearest(event.position()))

    def _pick(self, product: int | None) -> None:
        if product != self._chosen:
            self.choose(product)
            self.picked.emit(-1 if product is None else product)

    def _next(self, step: int) -> str:
        count = len(self._names)
        at = self._chosen if self._under is None else self._under
        at = (0 if step > 0 else count - 1) if at is None else (at + step) % count
        self._mark(at)
        return self._names[at]

    def _see(self, frame: Frame) -> None:
        self._zoom = frame
        self._forget()

    def _fit(self) -> None:
        self._zoom = None
        self._forget()

    def _area(self) -> QRectF:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        return QRectF(box.topLeft(), box.size().expandedTo(QRectF(0, 0, 20, 20).size()))

    def _pixels(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        assert self._places is not None
        frame = self.frame
        places = self._places.astype(np.float64)
        across = (places[:, 0] - frame.x[0]) / (frame.x[1] - frame.x[0])
        up = (places[:, 1] - frame.y[0]) / (frame.y[1] - frame.y[0])
        box = frame.box
        return box.left() + across * box.width(), box.bottom() - up * box.height()

    def _paint(self, painter: QPainter) -> None:
        """A frame and the dots, the most bought ones on top."""
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawRect(self.frame.box)
        painter.setClipRect(self.frame.box)
        x, y = self._pixels()
        places = zip(x[::-1].tolist(), y[::-1].tolist(), self._shade[::-1].tolist(), strict=True)
        self._dots.paint(painter, self._shades(), places)

    def _shades(self) -> list[Dot]:
        """From nearly the ground to the accent colour."""
        ground = np.array(rgb(self._palette.card), dtype=float)
        full = np.array(rgb(self._palette.accent), dtype=float)
        shares = np.linspace(_PALEST, 1, _SHADES)[:, None]
        colours = (ground + shares * (full - ground)).round().astype(int).tolist()
        return [Dot(_RADIUS, QColor(*colour).name(), self._palette.card, 0.7) for colour in colours]

    def _paint_marked(self, painter: QPainter) -> None:
        """Names of the chosen product and of what is most like it; a ring around each."""
        if self._chosen is not None and self._places is not None:
            taken: list[QRectF] = []
            self._name(painter, self._chosen, self._palette.spoiled, 2.0, taken)
            for product in self._near.tolist():
                self._name(painter, product, self._palette.text, 1.2, taken)
        if self._under is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.text), 1.8))
            painter.drawEllipse(self.place_of(self._under), _RADIUS + 3, _RADIUS + 3)

    def _name(
        self, painter: QPainter, product: int, colour: str, width: float, taken: list[QRectF]
    ) -> None:
        """A ring, and the name beside it where no other name is; those left out are in a list."""
        place, box = self.place_of(product), self.frame.box
        if not box.contains(place):
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(place, _RADIUS + 2, _RADIUS + 2)
        metrics, text = painter.fontMetrics(), self._names[product]
        wide, line, away = metrics.horizontalAdvance(text), metrics.height(), _RADIUS + 5
        for left, middle in (
            (place.x() + away, place.y()),
            (place.x() - away - wide, place.y()),
            (place.x() - wide / 2, place.y() - away - line / 2),
            (place.x() - wide / 2, place.y() + away + line / 2),
        ):
            room = QRectF(left, middle - line / 2, wide, line)
            if box.contains(room) and not any(room.intersects(other) for other in taken):
                taken.append(room)
                ground = QColor(self._palette.card)
                ground.setAlphaF(_VEIL)
                painter.fillRect(room, ground)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
                return

    def _nearest(self, place: QPointF) -> int | None:
        if self._places is None:
            return None
        x, y = self._pixels()
        distance = np.hypot(x - place.x(), y - place.y())
        nearest = int(distance.argmin())
        return nearest if distance[nearest] <= _NEAR else None

    def _mark(self, product: int | None) -> None:
        if product != self._under:
            self._under = product
            self.update()
