"""What a way of spoiling does, in one picture: the spoiled rows, and the curves beside the twin."""

from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from visualiser.core.errors import UserError
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.curve_picture import drawn_aside, ensure_application
from visualiser.ui.palette import LIGHT
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.data_look import DataLookView

_DATA, _CURVES, _GAP = QSize(820, 430), QSize(560, 430), 16


def save_effect(snapshot: Snapshot, path: Path) -> None:
    """Draw the data of a spoiled run on the left and its curves on the right, into a PNG.

    Raises:
        UserError: the picture cannot be written.
    """
    ensure_application()
    size = QSize(_DATA.width() + _GAP + _CURVES.width(), _DATA.height())
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    painter = QPainter(image)
    with drawn_aside(DataLookView(), snapshot, _DATA.width(), _DATA.height()) as data:
        painter.drawImage(QPoint(0, 0), _drawn(data))
    with drawn_aside(CurvesView(), snapshot, _CURVES.width(), _CURVES.height()) as curves:
        painter.drawImage(QPoint(_DATA.width() + _GAP, 0), _drawn(curves))
    painter.end()
    _save(image, path)


def _save(image: QImage, path: Path) -> None:
    """Flat colours: with a palette of 256 the file is a third as large and looks the same."""
    from PIL import Image

    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    size = rgb.width(), rgb.height()
    pixels = Image.frombuffer("RGB", size, bytes(rgb.constBits()), "raw", "RGB", rgb.bytesPerLine())
    try:
        pixels.quantize(256, dither=Image.Dither.NONE).save(path, "PNG", optimize=True)
    except OSError as error:
        raise UserError(f"“{path}” cannot be written.", "Choose another folder.") from error


def _drawn(view: QWidget) -> QImage:
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    view.render(image)
    return image
