"""What a widget paints that rarely changes, kept as an image until it does."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPaintEngine, QPainter, QPixmap
from PySide6.QtWidgets import QWidget


class KeptDrawing:
    """Painted again after `forget`, and for another size, font or sharpness; else copied.

    On a drawing of lines and letters (SVG) it is painted itself, not its pixels.
    """

    def __init__(self, widget: QWidget, paint: Callable[[QPainter], None]) -> None:
        self._widget = widget
        self._paint = paint
        self._ground = QColor(Qt.GlobalColor.transparent)
        self._shows: object = None
        self._kept: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """What it shows has changed."""
        self._kept = None
        self._widget.update()

    def show(self, what: object) -> None:
        """Forget it if it shows anything but `what`, values that say all it is painted from."""
        if what != self._shows:
            self._shows = what
            self.forget()

    def set_ground(self, colour: str) -> None:
        """Fill the ground: an opaque picture is copied faster than one that lets through."""
        self._ground = QColor(colour)
        self.forget()

    def draw(self, painter: QPainter) -> None:
        """Draw it over the whole widget, on whatever `painter` paints on."""
        if painter.paintEngine().type() == QPaintEngine.Type.SVG:
            painter.save()
            self._paint_with(painter)
            painter.restore()
            return
        ratio = painter.device().devicePixelRatioF()
        key = (self._widget.size(), ratio, self._widget.font())
        if self._kept is None or self._kept[0] != key:
            self._kept = key, self._painted(ratio)
        painter.drawPixmap(0, 0, self._kept[1])

    def _painted(self, ratio: float) -> QPixmap:
        pixmap = QPixmap(self._widget.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._ground)
        painter = QPainter(pixmap)
        self._paint_with(painter)
        painter.end()
        return pixmap

    def _paint_with(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._widget.font())
        self._paint(painter)
