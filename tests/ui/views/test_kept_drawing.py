"""A kept drawing is painted when what it shows changes, and copied otherwise."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from visualiser.ui.views.kept_drawing import KeptDrawing


class Sign(QWidget):
    """Counts how often its drawing is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0
        self.drawing = KeptDrawing(self, self._paint)
        self.resize(60, 40)

    def _paint(self, painter: QPainter) -> None:
        self.painted += 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.drawing.draw(painter)
        painter.end()


def painted(sign: Sign) -> int:
    sign.grab()
    return sign.painted


def test_it_is_painted_again_only_for_what_it_shows_size_font_and_ground(qtbot: QtBot) -> None:
    sign = Sign()
    qtbot.addWidget(sign)
    sign.drawing.show(("weights", 0.5))
    assert painted(sign) == 1
    sign.drawing.show(("weights", 0.5))
    assert painted(sign) == 1
    sign.drawing.show(("weights", 0.7))
    assert painted(sign) == 2
    sign.resize(80, 40)
    assert painted(sign) == 3
    font = sign.font()
    font.setPixelSize(30)
    sign.setFont(font)
    assert painted(sign) == 4
    sign.drawing.set_ground("#102030")
    assert painted(sign) == 5
    assert sign.grab().toImage().pixelColor(79, 39).name() == "#102030"
    assert sign.painted == 5
