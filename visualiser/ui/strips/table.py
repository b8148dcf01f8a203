"""A few rows of a table: the target first, then as many columns as fit."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPen

from visualiser.core.corruption.spare_columns import columns_without
from visualiser.core.data.dataset import Dataset, Table
from visualiser.ui.strips.spec import Place, Strip

_CHARACTERS = 9
"""Of average width, in a column."""
_ASIDE = 6


def paint(place: Place, dataset: Dataset, rows: NDArray[np.int64]) -> None:
    """Names of columns, a line, and the rows."""
    table = dataset.features
    assert isinstance(table, Table)
    box, painter, palette = place.box, place.painter, place.palette
    head = dataset.target, *columns_without(dataset)
    lines = [head, *(row_cells(dataset, table, int(row)) for row in rows)]
    wide = painter.fontMetrics().averageCharWidth() * _CHARACTERS
    columns = min(max(int(box.width() // wide), 1), len(lines[0]))
    width, height = box.width() / columns, box.height() / len(lines)
    for line, cells in enumerate(lines):
        for column, text in enumerate(cells[:columns]):
            cell = QRectF(column * width, line * height, width - _ASIDE, height)
            colour = palette.muted if line == 0 else palette.text
            place.write(cell, text, colour, bold=line > 0 and column == 0)
    painter.setPen(QPen(QColor(palette.border), 1))
    painter.drawLine(QPointF(0, height), QPointF(box.width(), height))


def row_cells(dataset: Dataset, table: Table, row: int) -> tuple[str, ...]:
    """What stands in a row: its label, then its columns."""
    names = table.names
    cells = (table.text(row, names.index(name)) for name in columns_without(dataset))
    return (dataset.label_text(dataset.labels[row]), *cells)


STRIP = Strip("table", lines=4, shown=3, paint=paint)
