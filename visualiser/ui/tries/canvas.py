"""A canvas to draw on with the mouse, a pen or a finger."""

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.tries.square import middle_square
from visualiser.ui.views.example_picture import picture_image

SIDE = 280
"""Pixels of a drawing, whatever the size on the screen."""
_PEN = 0.075
"""Width of the pen as a share of the side: about two of the 28 pixels of a digit."""


class Canvas(QWidget):
    """White ink on black, shown as ink on paper; or a picture of the data as it is.

    Signals:
        drawn: there is more ink, or less.
        dropped: a path; a file was dropped.
    """

    drawn = Signal()
    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._ink = _blank()
        self._shown: FloatArray | None = None
        self._last: QPointF | None = None
        self.can_draw = True
        self.setMinimumSize(100, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Picture to try"))
        self.setToolTip(self.tr("The file of a picture may be dropped here."))

    @property
    def ink(self) -> FloatArray | None:
        """(SIDE, SIDE) in 0…1 where something was drawn; None while a picture is shown."""
        if self._shown is not None:
            return None
        pixels = np.frombuffer(self._ink.constBits(), dtype=np.uint8)
        rows = pixels.reshape(SIDE, self._ink.bytesPerLine())[:, :SIDE]
        return rows.astype(np.float32) / np.float32(255)

    def show_picture(self, picture: FloatArray) -> None:
        """(C, H, W) in 0…1; drawing then begins on an empty canvas."""
        self._shown = picture
        self._ink = _blank()
        self.update()

    def clear(self) -> None:
        """An empty canvas."""
        self._shown, self._ink = None, _blank()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(SIDE, SIDE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.can_draw:
            if self._shown is not None:
                self.clear()
            self._stroke(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.can_draw and event.buttons():
            self._stroke(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._last = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box, ink = middle_square(self), self.ink
        picture = self._shown if ink is None else ink[None]
        assert picture is not None
        painter.fillRect(box, QColor(self._palette.sunken))
        painter.drawImage(box, picture_image(picture, self._palette))
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawRect(box)
        if ink is not None and not ink.any():
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box.adjusted(8, 8, -8, -8), int(flags), self.tr("Draw here"))
        painter.end()

    def _stroke(self, event: QMouseEvent) -> None:
        box = middle_square(self)
        scale = SIDE / box.width()
        place = (event.position() - box.topLeft()) * scale
        erases = bool(event.buttons() & Qt.MouseButton.RightButton)
        painter = QPainter(self._ink)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(Qt.GlobalColor.black if erases else Qt.GlobalColor.white)
        width = _PEN * SIDE * (2 if erases else 1)
        painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(self._last or place, place)
        painter.end()
        self._last = place
        self.update()
        self.drawn.emit()


def _blank() -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_Grayscale8)
    image.fill(0)
    return image
