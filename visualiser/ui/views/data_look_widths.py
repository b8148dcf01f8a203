"""Widths of a wide table's columns, measured a few at a time so that the window never waits."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QTableView

from visualiser.ui.views.data_look_model import RowsModel

FITTED_ROWS = 20
"""The width of a column is taken from its title and so many rows, evenly spread."""
_AT_ONCE = 30
"""Columns fitted before the window gets its turn; more than are in sight to begin with."""
_MOST_CHARACTERS = 80
"""More than fit the widest column."""


class ColumnWidths(QObject):
    """Fits columns to their text: those in sight at once, the others while the window goes on.

    Qt's own `resizeColumnsToContents` asks for six properties of hundreds of cells in each
    column, which takes seconds in a table of a thousand columns.
    """

    def __init__(self, table: QTableView, model: RowsModel) -> None:
        super().__init__(table)
        self._table, self._model = table, model
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._fit_some)

    @property
    def pending(self) -> bool:
        """Whether some columns are still to be fitted."""
        return self._timer.isActive()

    def fit_all(self) -> None:
        """Begin with the first column; the ones before the window's next turn are done at once."""
        self._next = 0
        self._timer.start()
        self._fit_some()

    def fit(self, column: int) -> None:
        """Fit one column."""
        self._table.setColumnWidth(column, self._fitting(column))

    def _fit_some(self) -> None:
        count = self._model.columnCount()
        end = min(self._next + _AT_ONCE, count)
        for column in range(self._next, end):
            self.fit(column)
        self._next = end
        if end == count:
            self._timer.stop()

    def _fitting(self, column: int) -> int:
        """Pixels that the title of a column and its texts in some rows need."""
        rows, metrics = self._model.rows, self._table.fontMetrics()
        assert rows is not None
        step = max(len(rows) // FITTED_ROWS, 1)
        some = range(0, min(step * FITTED_ROWS, len(rows)), step)
        texts = {self._model.shown(rows, row, column)[:_MOST_CHARACTERS] for row in some}
        widest = max(map(metrics.horizontalAdvance, texts), default=0)
        header = self._table.horizontalHeader()
        wanted = max(widest + metrics.height(), header.sectionSizeHint(column))
        return min(wanted, header.maximumSectionSize())
