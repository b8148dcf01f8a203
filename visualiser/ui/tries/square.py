"""The place of a square picture in a widget of any size."""

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QWidget


def middle_square(widget: QWidget) -> QRectF:
    """The largest square in its middle, with a pixel around it for an edge."""
    side = min(widget.width(), widget.height()) - 2
    return QRectF((widget.width() - side) / 2, (widget.height() - side) / 2, side, side)
