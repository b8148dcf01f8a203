"""The scales of a map: a bar of kilometres, and what its colours mean."""

import math

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from visualiser.core.numerals import numeral
from visualiser.ui.palette import Palette
from visualiser.ui.views.map_colours import Bar
from visualiser.ui.views.map_places import KM_OF_A_DEGREE
from visualiser.ui.views.scatter_frame import Frame

_DISTANCE = 0.35
"""Of the width of a map, what its bar of kilometres takes at most."""
_COLOURS, _GAP = 8.0, 2.0
"""Height of the scale of colours, and what is left free between it and its words."""


def bar_height(metrics: QFontMetrics) -> float:
    """Of the scale of colours with its words."""
    return _COLOURS + _GAP + metrics.height()


def paint_distance(painter: QPainter, frame: Frame, palette: Palette) -> None:
    """A bar of a round number of kilometres, in the lower left corner."""
    pixels_of_a_km = frame.box.height() / (frame.y[1] - frame.y[0]) / KM_OF_A_DEGREE
    metrics = painter.fontMetrics()
    kilometres = round_down(_DISTANCE * frame.box.width() / pixels_of_a_km)
    text = _tr("{number} km").format(number=numeral(kilometres))
    left, bottom = frame.box.left() + 8, frame.box.bottom() - 8
    right = left + kilometres * pixels_of_a_km
    width = max(right - left, metrics.horizontalAdvance(text))
    ground = QColor(palette.card)
    ground.setAlpha(215)
    height = metrics.height()
    painter.fillRect(QRectF(left - 4, bottom - height - 4, width + 8, height + 8), ground)
    painter.setPen(QPen(QColor(palette.text), 1.5))
    for ends in (
        (QPointF(left, bottom), QPointF(right, bottom)),
        (QPointF(left, bottom - 4), QPointF(left, bottom)),
        (QPointF(right, bottom - 4), QPointF(right, bottom)),
    ):
        painter.drawLine(*ends)
    painter.drawText(QPointF(left + 3, bottom - 5), text)


def paint_bar(painter: QPainter, box: QRectF, bar: Bar, palette: Palette) -> None:
    """The scale of colours below the maps, and below that what its ends and its middle mean."""
    metrics = painter.fontMetrics()
    line = metrics.height()
    texts = QRectF(box.left(), box.bottom() - line, box.width(), line)
    step = texts.width() / len(bar.colours)
    for place, colour in enumerate(bar.colours):
        patch = QRectF(box.left() + place * step, box.top(), step + 0.6, _COLOURS)
        painter.fillRect(patch, QColor(colour))
    painter.setPen(QColor(palette.muted))
    low, high = words_of_ends(bar, metrics, texts.width())
    painter.drawText(texts, int(Qt.AlignmentFlag.AlignLeft), low)
    painter.drawText(texts, int(Qt.AlignmentFlag.AlignRight), high)
    sides = 2 * max(metrics.horizontalAdvance(text) for text in (low, high))
    if sides + metrics.horizontalAdvance(f"  {bar.middle}  ") <= texts.width():
        painter.drawText(texts, int(Qt.AlignmentFlag.AlignHCenter), bar.middle)


def words_of_ends(bar: Bar, metrics: QFontMetrics, width: float) -> tuple[str, str]:
    """The longest words that fit beside each other; else those of the upper end alone."""
    choices = ((bar.low, bar.high), *bar.short)
    for low, high in choices:
        taken = metrics.horizontalAdvance(low) + metrics.horizontalAdvance(high)
        if taken + metrics.averageCharWidth() <= width:
            return low, high
    return "", metrics.elidedText(choices[-1][1], Qt.TextElideMode.ElideRight, int(width))


def round_down(value: float) -> float:
    """The next smaller number of 1, 2 and 5 times a power of ten, of a number above 0."""
    power = 10.0 ** math.floor(math.log10(value))
    return max(step for step in (1.0, 2.0, 5.0) if step * power <= value * (1 + 1e-9)) * power


def _tr(text: str) -> str:
    return QCoreApplication.translate("Map", text)
