"""Clips of sound side by side, each as how loud which pitch is when, with its label."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from visualiser.core.data.dataset import Dataset
from visualiser.ui.strips.spec import Place, Strip
from visualiser.ui.views.example_picture import example_image, picture_ratio

_GAP = 6


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """As many as fit, at least two; the label stands below."""
    box, painter = place.box, place.painter
    line = painter.fontMetrics().height()
    height = box.height() - line - 2
    columns = max(int((box.width() + _GAP) // (height * picture_ratio(dataset) + _GAP)), 2)
    width = (box.width() + _GAP) / columns - _GAP
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for column, row in enumerate(rows[:columns].tolist()):
        left = column * (width + _GAP)
        image = example_image(dataset, np.asarray(dataset.features)[row], place.palette)
        painter.drawImage(QRectF(left, 0, width, height), image)
        label = dataset.label_text(dataset.labels[row])
        place.write(QRectF(left, height + 2, width, line), label, place.palette.muted)


STRIP = Strip("sound", lines=4, shown=6, paint=paint)
