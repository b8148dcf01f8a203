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

    A Table has a column for the row, the label, the group and each feature; pictures and messages
    have one column and are painted from `rows`.
    """

    def __init__(self, rows: Rows | None = None) -> None:
        super().__init__()
        self._palette = LIGHT
        self._hint = ""
        self._rows = rows
        self._columns = _columns(rows)

    @property
    def rows(self) -> Rows | None:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Rows | None) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self._columns = _columns(rows)
        self.endResetModel()

    def set_hint(self, hint: str) -> None:
        """A sentence for every tip, on what can be done with an example."""
        self._hint = hint

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
            answer = self.shown(rows, row, column)
        elif role == _ROLE.AccessibleTextRole:
            answer = self.spoken(row)
        elif role == _ROLE.TextAlignmentRole:
            answer = self._alignment(column)
        elif role == _ROLE.ForegroundRole and self._cell_is_changed(rows, row, column):
            answer = QColor(self._palette.spoiled)
        elif role == _ROLE.ToolTipRole:
            answer = "\n".join(filter(None, (*self._tips(rows, row, column), self._hint)))
        return answer

    def shown(self, rows: Rows, row: int, column: int) -> str:
        """A cell; one that lost its value shows in brackets what the model reads there.

        In pairs what was there before stands before it: “22 → 2,200”.
        """
        read = rows.read_as(row, column) if rows.is_table else ""
        text = f"({read})" if read else rows.cell(row, column)
        before = rows.cell_before(row, column) if rows.pairs and rows.is_table else None
        return text if before is None else f"{before} → {text}"

    def spoken(self, row: int) -> str:
        """A row in one line: its label and the example."""
        assert self._rows is not None
        return f"{self._rows.label_text(row)}: {self._rows.text(row)}".rstrip(": ")

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        number = self._rows is not None and self._rows.is_number(column)
        side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _cell_is_changed(self, rows: Rows, row: int, column: int) -> bool:
        if column == 0:
            return rows.is_foreign(row)
        if column == 1:
            return rows.label(row) != rows.clean_label(row)
        return rows.cell_before(row, column) is not None

    def _tips(self, rows: Rows, row: int, column: int) -> list[str]:
        """What there is to say about a cell: its content, and what it was before."""
        tips = [self.tr("A copy of the one before.")] if rows.is_copy(row) else []
        if not rows.is_table:
            tips.append(self.spoken(row))
            if rows.clean_text(row) != rows.text(row):
                tips.append(self.tr("Before: {text}").format(text=rows.clean_text(row)))
        elif column != 1:
            tips.append(f"{self._columns[column]}: {rows.cell(row, column)}")
            before = rows.cell_before(row, column)
            if before is not None:
                tips.append(self.tr("Changed, was {before}.").format(before=before))
            read = rows.read_as(row, column)
            if read:
                words = self.tr("The model reads the mean of the training data, {mean}.")
                tips.append(words.format(mean=read))
        if (column == 1 or not rows.is_table) and rows.label(row) != rows.clean_label(row):
            tips.append(
                self.tr("Wrong label: truly {true}, given as {given}.").format(
                    true=rows.dataset.label_text(rows.clean_label(row)),
                    given=rows.dataset.label_text(rows.label(row)),
                )
            )
        elif column == 1:
            tips.append(f"{self._columns[column]}: {rows.cell(row, column)}")
        if rows.is_foreign(row):
            tips.append(self.tr("Copied from the test part."))
        return tips


def _columns(rows: Rows | None) -> tuple[str, ...]:
    if rows is None:
        return ()
    return rows.columns if rows.is_table else rows.columns[:1]
