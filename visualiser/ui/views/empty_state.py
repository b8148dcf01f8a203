"""What a picture says while it has nothing to show."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from visualiser.ui.palette import Palette


def paint_empty(painter: QPainter, box: QRectF, sentence: str, palette: Palette) -> None:
    """Write a quiet sentence into the middle of `box`, in as many lines as it needs."""
    painter.setPen(QColor(palette.muted))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(box, int(flags), sentence)
