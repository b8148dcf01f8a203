"""The first rows of a file and its columns, as the import dialog shows them."""

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_table_preview import TablePreview
from visualiser.ui.import_column_heads import ColumnHeads

SHOWN_ROWS, SHOWN_COLUMNS = 20, 40
"""What the table shows of a large file."""
_FEWEST_ROWS = 5
_WIDEST = 30
"""Characters of a column."""
_MIDNIGHT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} 00:00:00")
_NAME = Qt.ItemDataRole.UserRole


class FirstRows(QTableWidget):
    """The first rows as they stand in the file; the name of the target is bold.

    Attributes:
        heads: of the columns, with a choice of their types after `show_rows`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heads = ColumnHeads(self)
        self.setHorizontalHeader(self.heads)
        self.setAccessibleName(self.tr("First rows of the file"))
        self.setToolTip(self.tr("The first rows of the file, as they stand there."))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)

    def show_rows(self, found: TablePreview) -> None:
        """Take the place of what was shown before."""
        self.heads.offer(found, SHOWN_COLUMNS)
        self.show_cells(found.names, found.file.rows)

    def sizeHint(self) -> QSize:
        """Room for the heads and some rows."""
        row = self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        height = self.heads.sizeHint().height() + _FEWEST_ROWS * row + bar
        return QSize(super().sizeHint().width(), height + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """The same height: what is around it scrolls in a small window."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def show_cells(self, all_names: Sequence[str], all_rows: Sequence[Sequence[str]]) -> None:
        """The first of these rows."""
        rows, names = _without_midnight(all_rows)[:SHOWN_ROWS], all_names[:SHOWN_COLUMNS]
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


def _without_midnight(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """Rows with days alone in the columns whose moments are all at midnight."""
    columns = list(zip(*rows, strict=True))
    for place, cells in enumerate(columns):
        known = [cell for cell in cells if cell]
        if known and all(_MIDNIGHT.fullmatch(cell) for cell in known):
            columns[place] = tuple(cell.partition(" ")[0] for cell in cells)
    return list(zip(*columns, strict=True))


class ColumnsToUse(QListWidget):
    """The columns and what they are taken for, to be ticked; the target has nothing to tick.

    Signals:
        edited: the user ticked or unticked a column.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left_out: set[str] = set()
        self._kinds: dict[str, str] = {}
        self.setAccessibleName(self.tr("Columns to use"))
        self.setToolTip(self.tr("Untick a column to leave it out."))
        self.itemChanged.connect(self._tick)

    def show_columns(self, found: TablePreview, left_out: Collection[str]) -> None:
        """Take the place of what was shown before."""
        self._left_out = set(left_out)
        self._kinds = {column.name: str(column.kind) for column in found.columns}
        with QSignalBlocker(self):
            self.clear()
            for column in found.columns:
                item = QListWidgetItem()
                item.setData(_NAME, column.name)
                self.addItem(item)

    def show_kinds(self, found: TablePreview) -> None:
        """Show what the columns are by now; see `mark_target`."""
        self._kinds = {column.name: str(column.kind) for column in found.columns}

    def leave_out(self, name: str, *, left_out: bool) -> None:
        """Untick a column, or tick it, as if the user had; see `mark_target`."""
        (self._left_out.add if left_out else self._left_out.discard)(name)

    def mark_target(self, target: str) -> None:
        """Only the other columns can be ticked and unticked."""
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        with QSignalBlocker(self):
            for item in self._items():
                name = _name(item)
                kind = self._kinds[name]
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
                item.setText(f"{isolated(name)} · {kind}")
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
