"""Rows as Qt's lists and tables ask for them: one cell at a time, however many there are."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.data_look_rows import Rows

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class RowsModel(QAbstractTableModel):
    """Answers for the cells in sight only, so that a million rows cost no more than ten.

    Lists of pictures and messages show column 0 and paint from `rows`.
    """

    def __init__(self, rows: Rows | None = None) -> None:
        super().__init__()
        self._palette = LIGHT
        self._rows = rows
        self._columns = rows.columns if rows is not None else ()

    @property
    def rows(self) -> Rows | None:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Rows | None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self._columns = rows.columns if rows is not None else ()
        self.endResetModel()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if self._rows is None or parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        if role == _ROLE.DisplayRole:
            return self._columns[section]
        if role == _ROLE.TextAlignmentRole:
            return self._alignment(section)
        if role == _ROLE.ToolTipRole:
            return self.tr("{name}: click to sort by it").format(name=self._columns[section])
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        rows = self._rows
        if rows is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        answer: Any = None
        if role == _ROLE.DisplayRole:
            answer = rows.cell(row, column)
        elif role == _ROLE.AccessibleTextRole:
            answer = self.spoken(row)
        elif role == _ROLE.TextAlignmentRole:
            answer = self._alignment(column)
        elif role == _ROLE.ForegroundRole and self._cell_is_changed(rows, row, column):
            answer = QColor(self._palette.spoiled)
        elif role == _ROLE.ToolTipRole:
            answer = self._tip(rows, row, column)
        return answer

    def spoken(self, row: int) -> str:
        """A row in one line: its label and the example."""
        assert self._rows is not None
        return f"{self._rows.label_text(row)}: {self._rows.text(row)}".rstrip(": ")

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        number = self._rows is not None and self._rows.is_number(column)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _cell_is_changed(self, rows: Rows, row: int, column: int) -> bool:
        if column == 1:
            return rows.label(row) != rows.clean_label(row)
        return rows.cell_before(row, column) is not None

    def _tip(self, rows: Rows, row: int, column: int) -> str:
        if column == 1 and rows.label(row) != rows.clean_label(row):
            before = rows.dataset.label_text(rows.clean_label(row))
            now = rows.dataset.label_text(rows.label(row))
            return self.tr("Changed: truly {before}, the model is shown {now}.").format(
                before=before, now=now
            )
        before_text = rows.cell_before(row, column)
        cell = f"{self._columns[column]}: {rows.cell(row, column)}"
        if before_text is None:
            return cell
        return self.tr("{cell} (changed, was {before})").format(cell=cell, before=before_text)
