"""A scrolling area of boxes that are gone through with the keys."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from visualiser.ui.palette import Palette

_ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ACROSS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class WalkedBoxes(QAbstractScrollArea):
    """Arrow keys, Home and End go from box to box; Enter and Space press one, as a click does.

    Attributes:
        place: the box that the keys are at.

    Signals:
        walked: the keys are at another box.
        pressed: the box that the keys are at was pressed.
    """

    walked = Signal()
    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = 0
        self._boxes: list[QRectF] = []

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is None:
            super().mousePressEvent(event)
        else:
            self._go_to(place)
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        there = step(self._boxes, self.place, key)
        if there is not None:
            self._go_to(there)
            self._show_place()
        elif key in _PRESSING and self._boxes:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def rewind(self) -> None:
        """Go to the first box: others are to stand here."""
        self.place = 0
        self.verticalScrollBar().setValue(0)

    def whole_rows(self) -> QRect:
        """The part of the viewport with the boxes that are in sight from top to bottom.

        All of it where that is none: a long message may be higher than the viewport.
        """
        seen = self.viewport().rect()
        top = self.verticalScrollBar().value()
        boxes = [box.translated(0, -top) for box in self._boxes]
        whole = [box for box in boxes if box.top() >= 0 and box.bottom() <= seen.height()]
        if not whole:
            return seen
        first, last = math.floor(whole[0].top()), math.ceil(max(box.bottom() for box in whole))
        return QRect(0, first, seen.width(), last - first)

    def _place_at(self, point: QPointF) -> int | None:
        """Which box is under `point` of the viewport."""
        where = QPointF(point.x(), point.y() + self.verticalScrollBar().value())
        return next((i for i, box in enumerate(self._boxes) if box.contains(where)), None)

    def _go_to(self, place: int) -> None:
        self.place = place
        self.viewport().update()
        self.walked.emit()

    def _show_place(self) -> None:
        """Scroll until the box that the keys are at is in sight; of a high one, its top."""
        box, bar = self._boxes[self.place], self.verticalScrollBar()
        top, bottom = math.floor(box.top()), math.ceil(box.bottom())
        bar.setValue(min(max(bar.value(), bottom - self.viewport().height()), top))

    def _paint_place(self, painter: QPainter, palette: Palette) -> None:
        """Mark the box that the keys are at, while they are for this area."""
        if self.hasFocus() and self._boxes:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._boxes[self.place].adjusted(1, 1, -1, -1))


def step(boxes: Sequence[QRectF], place: int, key: Qt.Key) -> int | None:
    """The box that an arrow key, Home or End leads to from `place`; None for other keys.

    `boxes` stand in rows of equal length, the last of which may be shorter.
    """
    last = len(boxes) - 1
    if last < 0:
        return None
    if key == Qt.Key.Key_Home:
        return 0
    if key == Qt.Key.Key_End:
        return last
    columns = sum(box.top() == boxes[0].top() for box in boxes)
    distance = _ALONG.get(key, _ACROSS.get(key, 0) * columns)
    if not distance:
        return None
    there = place + distance
    return there if 0 <= there <= last else place
