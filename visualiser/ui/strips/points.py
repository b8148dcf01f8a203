"""Points in the plane, coloured by class."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor

from visualiser.core.data.dataset import Dataset
from visualiser.ui.palette import category_colour
from visualiser.ui.strips.spec import Place, Strip

_MARGIN = 4.0


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """A scatter plot with the same scale along both axes."""
    box, painter = place.box, place.painter
    points = np.asarray(dataset.features)[rows]
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (box.height() - 2 * _MARGIN) / max(float(high[1] - low[1]), 1e-9)
    scale = min(scale, (box.width() - 2 * _MARGIN) / max(float(high[0] - low[0]), 1e-9))
    offsets = (points - (low + high) / 2) * scale
    painter.setPen(Qt.PenStyle.NoPen)
    for (x, y), label in zip(offsets, dataset.labels[rows], strict=True):
        painter.setBrush(QColor(category_colour(int(label))))
        painter.drawEllipse(box.center() + QPointF(float(x), -float(y)), 2, 2)


STRIP = Strip("points", lines=4, shown=400, paint=paint)
