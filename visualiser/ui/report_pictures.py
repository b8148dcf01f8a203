"""The pictures of a report, drawn by the window's own views in the light theme."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from visualiser.core.report.html import Pictures
from visualiser.core.report.spec import Picture, Report
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.curve_picture import curves_picture, drawn_aside, ensure_application
from visualiser.ui.views.registry import VIEWS

SHOWN_WIDTH = 620
"""Pixels: as wide as a page of A4 between its margins."""
_SIZES = {"gallery": (1000, 520), "scatter": (900, 560)}
_USUAL = (900, 520)
_CURVES = (760, 480)
"""Smaller than on the screen: on paper its letters are as small as they may be."""
_SHARPNESS = 2


def report_pictures(report: Report, snapshot: Snapshot) -> Pictures:
    """The pictures that a report names, as far as a view has something to show of the run."""
    ensure_application()
    names = [
        block.name
        for answer in report.answers
        for block in answer.blocks
        if isinstance(block, Picture)
    ]
    drawn = {name: _picture(name, snapshot) for name in names}
    return {name: _fitted(*found) for name, found in drawn.items() if found is not None}


def _picture(name: str, snapshot: Snapshot) -> tuple[bytes, int, int] | None:
    if name == "curves":
        return curves_picture(snapshot, *_CURVES) if len(snapshot.history) else None
    spec = next((view for view in VIEWS if view.name == name), None)
    if spec is None or spec.refuses(snapshot.info) is not None:
        return None
    with drawn_aside(spec.create(), snapshot, *_SIZES.get(name, _USUAL)) as view:
        return _png(view), view.width(), view.height()


def _png(view: QWidget) -> bytes:
    """What a view shows, twice as sharp as the window."""
    image = QImage(view.size() * _SHARPNESS, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.setDevicePixelRatio(_SHARPNESS)
    view.render(image)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())


def _fitted(data: bytes, width: int, height: int) -> tuple[bytes, int, int]:
    """Shown no wider than a page."""
    scale = min(1.0, SHOWN_WIDTH / width)
    return data, round(width * scale), round(height * scale)
