"""What is said about one example of a list."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from visualiser.ui.palette import Palette

Tone = Literal["text", "strong", "muted", "wrong"]


@dataclass(frozen=True)
class Words:
    """A line about an example: “true 4” quietly, “9 · 98 %” in the colour of a mistake."""

    text: str
    tone: Tone = "text"


@dataclass(frozen=True)
class Tile:
    """What is said about the example at the same place in the features shown."""

    lines: tuple[Words, ...]
    tip: str = ""

    @property
    def spoken(self) -> str:
        """All lines as one."""
        return ", ".join(words.text for words in self.lines)


def paint_words(
    painter: QPainter, tile: Tile, box: QRectF, line: int, font: QFont, palette: Palette
) -> None:
    """Paint the lines of a tile below each other from the top of `box`, `line` pixels each."""
    colours = {
        "text": palette.text,
        "strong": palette.text,
        "muted": palette.muted,
        "wrong": palette.spoiled,
    }
    for number, words in enumerate(tile.lines):
        painter.setFont(_font(font, words))
        painter.setPen(QColor(colours[words.tone]))
        place = QRectF(box.left(), box.top() + number * line, box.width(), line)
        text = painter.fontMetrics().elidedText(
            words.text, Qt.TextElideMode.ElideRight, int(box.width()) + 1
        )
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), text)


def _font(usual: QFont, words: Words) -> QFont:
    font = QFont(usual)
    if words.tone in ("strong", "wrong"):
        font.setWeight(QFont.Weight.DemiBold)
    return font
