"""The first rows of a file and its columns, as the import dialog shows them."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from visualiser.core.data.own_table_preview import TablePreview

SHOWN_ROWS, SHOWN_COLUMNS = 20, 40
"""What the table shows of a large file."""


class FirstRows(QTableWidget):
    """The first rows as they stand in the file; the name of the target is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("First rows of the file"))
        self.setToolTip(self.tr("The first rows of the file, as they stand there."))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)

    def show_rows(self, found: TablePreview) -> None:
        """Take the place of what was shown before."""
        rows, names = found.file.rows[:SHOWN_ROWS], found.names[:SHOWN_COLUMNS]
        self.setRowCount(len(rows))
        self.setColumnCount(len(names))
        for line, row in enumerate(rows):
            for column, cell in enumerate(row[: len(names)]):
                self.setItem(line, column, QTableWidgetItem(cell[:200]))
        for column, name in enumerate(names):
            self.setHorizontalHeaderItem(column, QTableWidgetItem(name))

    def mark_target(self, target: str) -> None:
        """Show which column is to be predicted."""
        for place in range(self.columnCount()):
            header = self.horizontalHeaderItem(place)
            if header is not None:
                font = header.font()
                font.setBold(header.text() == target)
                header.setFont(font)


class ColumnsToUse(QListWidget):
    """The columns and what they are taken for, to be ticked; the target cannot be left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Columns to use"))
        self.setToolTip(self.tr("Untick a column to leave it out."))

    def show_columns(self, found: TablePreview, left_out: Collection[str]) -> None:
        """Take the place of what was shown before."""
        self.clear()
        for column in found.columns:
            item = QListWidgetItem(f"{column.name} · {column.kind}")
            item.setData(Qt.ItemDataRole.UserRole, column.name)
            ticked = column.name not in left_out
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.addItem(item)

    def mark_target(self, target: str) -> None:
        """Only the other columns can be ticked and unticked."""
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        for item in self._items():
            is_target = _name(item) == target
            item.setFlags(shown if is_target else shown | Qt.ItemFlag.ItemIsUserCheckable)

    def unticked(self) -> list[str]:
        """Names of the columns to leave out."""
        return [
            _name(item) for item in self._items() if item.checkState() == Qt.CheckState.Unchecked
        ]

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


def _name(item: QListWidgetItem) -> str:
    return str(item.data(Qt.ItemDataRole.UserRole))
