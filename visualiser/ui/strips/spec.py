"""What a module that shows examples of one kind in little room has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from visualiser.core.data.dataset import Dataset, Modality
from visualiser.ui.palette import Palette


@dataclass(frozen=True, eq=False)
class Place:
    """Where and with what to paint.

    Attributes:
        font: of the widget, at the size the user reads.
    """

    painter: QPainter
    box: QRectF
    palette: Palette
    font: QFont

    def write(self, box: QRectF, text: str, colour: str, *, bold: bool = False) -> None:
        """One line of text, cut with dots where it is too long."""
        font = QFont(self.font)
        font.setBold(bold)
        self.painter.setFont(font)
        self.painter.setPen(QColor(colour))
        metrics = self.painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        self.painter.drawText(box, int(flags), shown)


@dataclass(frozen=True)
class Strip:
    """How a few examples of one kind are shown beside the choice of the data.

    Attributes:
        lines: lines of text that the strip is high.
        shown: examples wanted, picked by chance.
        paint: (place, data set, rows of the examples).
    """

    modality: Modality
    lines: int
    shown: int
    paint: Callable[[Place, Dataset, NDArray[np.int64]], None]
