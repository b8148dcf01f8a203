"""A few windows of a text, a line each, with the place where they begin."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics

from visualiser.core.data.dataset import Dataset
from visualiser.ui.strips.spec import Place, Strip

_GAP = 6


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """Where in the text a window begins, and what stands there."""
    box, metrics = place.box, QFontMetrics(place.font)
    rows = np.sort(rows)
    names = [dataset.label_text(label) for label in dataset.labels[rows]]
    left = max((metrics.horizontalAdvance(name) for name in names), default=0) + 2 + _GAP
    height = box.height() / max(len(names), 1)
    windows = np.asarray(dataset.features)[rows]
    for line, (name, window) in enumerate(zip(names, windows, strict=True)):
        top = line * height
        text = dataset.text_of(window).replace("\n", " ↵ ")
        place.write(QRectF(0, top, left - _GAP, height), name, place.palette.muted)
        place.write(QRectF(left, top, box.width() - left, height), text, place.palette.text)


STRIP = Strip("characters", lines=3, shown=3, paint=paint)
"""For the table of strips."""
