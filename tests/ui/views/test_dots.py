"""Dots painted as copies of small pictures look like ellipses."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QBuffer, QPointF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator
from pytestqt.qtbot import QtBot

from visualiser.ui.views.dots import Dot, DotPainter

FULL = Dot(4.0, "#b05107", "#59636e", 0.7)
HOLLOW = Dot(3.2, "", "#0b69b7", 1.2)
PLACES = [(10.0, 12.0, 0), (30.0, 12.0, 1), (33.0, 30.0, 0)]


def painted(ratio: float, by_ellipses: bool) -> NDArray[np.uint8]:
    image = QImage(round(48 * ratio), round(48 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if by_ellipses:
        for x, y, which in PLACES:
            (FULL, HOLLOW)[which].paint(painter, QPointF(x, y))
    else:
        DotPainter().paint(painter, (FULL, HOLLOW), PLACES)
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).copy()


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_copies_look_like_ellipses_on_any_screen(qtbot: QtBot, ratio: float) -> None:
    copies, ellipses = (painted(ratio, way).astype(int) for way in (False, True))
    assert np.ptp(ellipses) > 100
    assert np.mean(np.abs(copies - ellipses) > 60) < 0.02


def test_a_hollow_dot_lets_its_ground_through(qtbot: QtBot) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    painter = QPainter(image)
    DotPainter().paint(painter, (HOLLOW,), [(10.0, 10.0, 0)])
    painter.end()
    assert image.pixelColor(10, 10) == Qt.GlobalColor.green


def test_a_drawing_has_ellipses_and_no_pixels(qtbot: QtBot) -> None:
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    painter = QPainter(generator)
    DotPainter().paint(painter, (FULL, HOLLOW), PLACES)
    painter.end()
    text = bytes(buffer.data().data()).decode("utf-8")
    assert text.count("<circle") + text.count("<ellipse") == len(PLACES)
    assert "<image" not in text
