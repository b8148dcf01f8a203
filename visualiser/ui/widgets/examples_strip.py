"""A few examples of a data set, to know it by: points, pictures, rows, messages, a curve."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import Dataset
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.strips.registry import STRIPS
from visualiser.ui.strips.spec import Place

SEED = 7
"""Which examples are picked: always the same ones of a data set."""
_LINE_GAP = 4
_LINES_UNKNOWN = 4
_FEW = 10
"""Of fewer examples each class should have its turn."""


class ExamplesStrip(QWidget):
    """Examples picked by chance, always the same ones of the same data."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._picked: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self._palette = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Some examples"))
        self.setToolTip(self.tr("Some examples of the data, picked by chance."))

    def show_dataset(self, dataset: Dataset) -> None:
        """Show examples of `dataset`."""
        self._dataset = dataset
        self._picked = _pick(dataset, STRIPS[dataset.modality].shown)
        labels = ", ".join(dataset.label_text(dataset.labels[row]) for row in self._picked[:3])
        self.setAccessibleDescription(self.tr("Labels: {labels}").format(labels=labels))
        self.updateGeometry()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        dataset = self._dataset
        lines = _LINES_UNKNOWN if dataset is None else STRIPS[dataset.modality].lines
        return QSize(200, lines * (self.fontMetrics().height() + _LINE_GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dataset = self._dataset
        if dataset is None:
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Loading …"))
        else:
            place = Place(painter, QRectF(self.rect()), self._palette, self.font())
            STRIPS[dataset.modality].paint(place, dataset, self._picked)
        painter.end()


def _pick(dataset: Dataset, count: int) -> NDArray[np.int64]:
    """Rows by chance; where there is room for few only, the classes take turns."""
    order = np.random.default_rng(SEED).permutation(len(dataset))
    if dataset.predicts_classes and count < _FEW:
        labels = dataset.labels[order]
        turn = np.zeros(len(order), dtype=np.int64)
        for code in range(dataset.class_count):
            turn[labels == code] = np.arange(np.count_nonzero(labels == code))
        order = order[np.argsort(turn, kind="stable")]
    return order[:count]
