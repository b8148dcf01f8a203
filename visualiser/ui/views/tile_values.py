"""The values of a table's row, laid out in columns of names and values."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter

from visualiser.core.data.dataset import Table
from visualiser.ui.palette import Palette

_BETWEEN = 8
"""Pixels between a name and its value."""
_APART = 20
"""Pixels between two columns of pairs."""
_NAME_CHARACTERS = 20
"""Enough of a name to have another column; what is cut off is in the tip."""
_VALUE_CHARACTERS = 9
"""A value is given that much room beside its name; a longer one takes from it."""


class ValueGrid:
    """Where the values of one row of a table stand, in as many columns as the width gives."""

    def __init__(self, table: Table, metrics: QFontMetrics, width: float) -> None:
        self._table = table
        self._metrics = metrics
        names = max((metrics.horizontalAdvance(name) for name in table.names), default=0)
        values = metrics.horizontalAdvance("0" * _VALUE_CHARACTERS)
        pair = names + _BETWEEN + values
        enough = min(names, metrics.horizontalAdvance("0" * _NAME_CHARACTERS)) + _BETWEEN + values
        self.columns = max(1, int((width + _APART) / (enough + _APART)))
        self.lines = math.ceil(len(table.names) / self.columns)
        self._pair = min(pair, (width + _APART) / self.columns - _APART)
        self._line = metrics.height() + 1

    @property
    def height(self) -> float:
        """Pixels that a row of the table takes."""
        return float(self.lines * self._line)

    def paint(self, painter: QPainter, left: float, top: float, row: int, palette: Palette) -> None:
        """Paint the values of a row downwards, then from column to column."""
        for number, name in enumerate(self._table.names):
            column, line = divmod(number, self.lines)
            box = QRectF(
                left + column * (self._pair + _APART),
                top + line * self._line,
                self._pair,
                self._line,
            )
            self._paint_pair(painter, box, name, self._table.text(row, number), palette)

    def _paint_pair(
        self, painter: QPainter, box: QRectF, name: str, value: str, palette: Palette
    ) -> None:
        elided, right = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag.AlignRight
        value = self._metrics.elidedText(value, elided, int(box.width() / 2))
        room = box.width() - self._metrics.horizontalAdvance(value) - _BETWEEN
        painter.setPen(QColor(palette.muted))
        painter.drawText(
            box,
            int(Qt.AlignmentFlag.AlignVCenter),
            self._metrics.elidedText(name, elided, int(room)),
        )
        painter.setPen(QColor(palette.text))
        painter.drawText(box, int(right | Qt.AlignmentFlag.AlignVCenter), value)
