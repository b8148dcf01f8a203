"""The scale of a heat map: what its colours mean, in a line below it."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QLinearGradient, QPainter

from visualiser.core.numerals import numeral
from visualiser.ui.palette import NEGATIVE, POSITIVE, Palette


def paint_colour_bar(
    painter: QPainter,
    start: QPointF,
    limit: float,
    metrics: QFontMetricsF,
    palette: Palette,
    room: float = float("inf"),
) -> float:
    """“−0.3 ▂▂▂ 0.3” on the base line that begins at `start`; returns the width used.

    Where it is wider than `room`, it says “±0.3” alone.
    """
    text, gap, wide = numeral(limit), 0.3 * metrics.height(), 2.6 * metrics.height()
    low, high = metrics.horizontalAdvance(f"−{text}") + gap, metrics.horizontalAdvance(text)
    painter.setPen(QColor(palette.muted))
    if low + wide + gap + high > room:
        painter.drawText(start, f"±{text}")
        return metrics.horizontalAdvance(f"±{text}00")
    painter.drawText(start, f"−{text}")
    top = start.y() - 0.62 * metrics.ascent()
    bar = QRectF(start.x() + low, top, wide, 0.5 * metrics.ascent())
    gradient = QLinearGradient(bar.topLeft(), bar.topRight())
    middle = palette.diverging_middle
    for place, colour in ((0.0, NEGATIVE), (0.5, middle), (1.0, POSITIVE)):
        gradient.setColorAt(place, QColor(colour))
    painter.fillRect(bar, gradient)
    left = bar.right() + gap
    painter.drawText(QPointF(left, start.y()), text)
    return left + metrics.horizontalAdvance(f"{text}00") - start.x()
