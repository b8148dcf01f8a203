"""The first rows of a file and its columns, as the import dialog shows them."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
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
_WIDEST = 30
"""Characters of a column."""
_NAME, _KIND = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


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
        self.show_cells(found.names, found.file.rows)

    def show_cells(self, all_names: Sequence[str], all_rows: Sequence[Sequence[str]]) -> None:
        """The first of these rows."""
        rows, names = all_rows[:SHOWN_ROWS], all_names[:SHOWN_COLUMNS]
        self.setRowCount(len(rows))
        self.setColumnCount(len(names))
        for line, row in enumerate(rows):
            for column, cell in enumerate(row[: len(names)]):
                self.setItem(line, column, QTableWidgetItem(cell[:200]))
        for column, name in enumerate(names):
            self.setHorizontalHeaderItem(column, QTableWidgetItem(name))
        self.horizontalHeader().setMaximumSectionSize(
            _WIDEST * self.fontMetrics().averageCharWidth()
        )
        self.resizeColumnsToContents()

    def mark_target(self, target: str) -> None:
        """Show which column is to be predicted."""
        for place in range(self.columnCount()):
            header = self.horizontalHeaderItem(place)
            if header is not None:
                font = header.font()
                font.setBold(header.text() == target)
                header.setFont(font)


class ColumnsToUse(QListWidget):
    """The columns and what they are taken for, to be ticked; the target has nothing to tick.

    Signals:
        edited: the user ticked or unticked a column.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out: set[str] = set()
        self.setAccessibleName(self.tr("Columns to use"))
        self.setToolTip(self.tr("Untick a column to leave it out."))
        self.itemChanged.connect(self._tick)

    def show_columns(self, found: TablePreview, left_out: Collection[str]) -> None:
        """Take the place of what was shown before."""
        self._left_out = set(left_out)
        with QSignalBlocker(self):
            self.clear()
            for column in found.columns:
                item = QListWidgetItem()
                item.setData(_NAME, column.name)
                item.setData(_KIND, column.kind)
                self.addItem(item)

    def mark_target(self, target: str) -> None:
        """Only the other columns can be ticked and unticked."""
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        with QSignalBlocker(self):
            for item in self._items():
                name, kind = _name(item), item.data(_KIND)
                if name == target:
                    kind = self.tr("{kind}, to be predicted").format(kind=kind)
                    item.setFlags(shown)
                    item.setData(Qt.ItemDataRole.CheckStateRole, None)
                else:
                    left_out = name in self._left_out
                    item.setFlags(shown | Qt.ItemFlag.ItemIsUserCheckable)
                    item.setCheckState(
                        Qt.CheckState.Unchecked if left_out else Qt.CheckState.Checked
                    )
                item.setText(f"{name} · {kind}")
        self.viewport().update()

    def unticked(self) -> list[str]:
        """Names of the columns to leave out, in the order of the file."""
        return [name for name in map(_name, self._items()) if name in self._left_out]

    def _tick(self, item: QListWidgetItem) -> None:
        if item.checkState() == Qt.CheckState.Unchecked:
            self._left_out.add(_name(item))
        else:
            self._left_out.discard(_name(item))
        self.edited.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]


def _name(item: QListWidgetItem) -> str:
    return str(item.data(_NAME))
