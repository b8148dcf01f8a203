"""What small charts of a few things in a row share: a name under the pointer, and arrow keys."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.hover import Hover

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class WalkedPlot(QWidget):
    """Bars, bins or points that are named one by one; a subclass says where they are.

    Signals:
        chosen: the sentence about what the arrow keys went to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._nothing = ""
        self._marked: int | None = None
        self.hover = Hover(self, self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    # -- what a subclass says -------------------------------------------------------------------

    @property
    def places(self) -> int:
        """How many things there are; 0 shows the empty sentence."""
        raise NotImplementedError

    def told(self, place: int) -> str:
        """The sentence about one of them."""
        raise NotImplementedError

    def place_at(self, point: QPointF) -> int | None:
        """Which of them is under a point."""
        raise NotImplementedError

    def paint(self, painter: QPainter, marked: int | None) -> None:
        """All of them, with that one marked."""
        raise NotImplementedError

    # -- what it has from here ------------------------------------------------------------------

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._nothing, self._marked = why, None
        self._follow()

    def read(self, point: QPointF) -> str:
        """Mark what is under a point and name it; empty where there is nothing."""
        self._mark(self.place_at(point) if self.places else None)
        return "" if self._marked is None else self.told(self._marked)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 160)  # it takes what there is

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(8 * line, 6 * line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self.places:
            super().keyPressEvent(event)
            return
        first = 0 if step > 0 else self.places - 1
        self._mark(first if self._marked is None else (self._marked + step) % self.places)
        assert self._marked is not None
        sentence = self.told(self._marked)
        self.setAccessibleDescription(sentence)
        self.chosen.emit(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.places:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.save()
            self.paint(painter, self._marked)
            painter.restore()
        else:
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._palette.accent), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _follow(self) -> None:
        """Something else is shown from now on."""
        if self._marked is not None and self._marked >= self.places:
            self._marked = None
        self.hover.refresh()
        self.update()

    def _mark(self, place: int | None) -> None:
        if place != self._marked:
            self._marked = place
            self.update()
