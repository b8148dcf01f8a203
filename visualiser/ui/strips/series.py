"""A dated series as a line over time."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPen, QPolygonF

from visualiser.core.data.dataset import Dataset
from visualiser.ui.strips.spec import Place, Strip

_MARGIN = 2.0


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """All of it, several series added up, from the first one to the last; zero is the bottom."""
    assert dataset.times is not None
    box, painter = place.box, place.painter
    times, positions = np.unique(dataset.times, return_inverse=True)
    total = np.bincount(positions, weights=dataset.labels)
    since = (times - times[0]).astype(np.float64)
    x = box.left() + box.width() * since / max(since[-1], 1.0)
    room = box.height() - 2 * _MARGIN
    y = box.bottom() - _MARGIN - room * total / max(float(total.max()), 1e-9)
    painter.setPen(QPen(QColor(place.palette.accent), 1))
    painter.drawPolyline(QPolygonF([QPointF(*point) for point in zip(x, y, strict=True)]))


STRIP = Strip("series", lines=4, shown=3, paint=paint)
