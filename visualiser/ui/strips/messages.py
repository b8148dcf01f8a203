"""A few messages, a line each, with their label."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor

from visualiser.core.data.dataset import Dataset
from visualiser.ui.palette import category_colour
from visualiser.ui.strips.spec import Place, Strip

_BAR, _AFTER_BAR, _AFTER_LABEL = 3, 8, 6


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """A bar in the colour of the class, the label, and the beginning of the message."""
    box, painter, palette = place.box, place.painter, place.palette
    labels = [dataset.label_text(label) for label in dataset.labels[rows]]
    metrics = painter.fontMetrics()
    widest = max((metrics.horizontalAdvance(label) for label in labels), default=0)
    left = min(widest + _AFTER_BAR + _AFTER_LABEL, box.width() // 3)
    height = box.height() / max(len(labels), 1)
    texts = np.asarray(dataset.features)[rows]
    for line, (label, text) in enumerate(zip(labels, texts, strict=True)):
        top = line * height
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(category_colour(int(dataset.labels[rows[line]]))))
        painter.drawRoundedRect(QRectF(0, top + height / 4, _BAR, height / 2), 1.5, 1.5)
        name = QRectF(_AFTER_BAR, top, left - _AFTER_BAR, height)
        place.write(name, label, palette.muted)
        rest = QRectF(left, top, box.width() - left, height)
        place.write(rest, " ".join(str(text).split()), palette.text)


STRIP = Strip("text", lines=3, shown=3, paint=paint)
