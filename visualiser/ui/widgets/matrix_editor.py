"""A square table of shares whose rows add up to one: for each class, as what it is labelled."""

import re
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualiser.ui.widgets.controls import Switch

_KEPT = 0.8
"""What each class keeps of its labels in a matrix that is begun; the rest is spread evenly."""
_MOST_ROWS = 6
"""Rows in sight; of more classes the table is scrolled."""
_MOST_LETTERS = 13
"""Of the name of a class, beside its row or above its column."""
_LINE = 1.7
"""Height of a row, in lines of text."""
_ITEM = Qt.ItemFlag


class MatrixEditor(QWidget):
    """A switch, and below it a table in per cent whose diagonal is what is left of each row.

    Rows are what is true, columns what is given. Only what stands beside the diagonal is typed, so
    that a row adds up to one whatever is typed. Switched off it stands for no matrix at all.

    Signals:
        edited: the user turned it on or off, or typed a share.
    """

    edited = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._shares: list[list[float]] = []
        self.switch = Switch(title)
        self.switch.setToolTip(
            self.tr("Off, classes that look alike are mixed up; on, those that the table says.")
        )
        self.switch.edited.connect(self._turn)
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("{title}, in per cent").format(title=title))
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.itemChanged.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.switch)
        layout.addWidget(self.table)
        self._show()

    def offer(self, choices: Sequence[tuple[Any, str]]) -> None:
        """Take the names of the classes; a matrix of another number of them is given up."""
        self._names = tuple(text for value, text in choices if value)
        if len(self._shares) != len(self._names):
            self._shares = []
        self._show()

    def get(self) -> list[list[float]]:
        """The matrix, or nothing where it is off or would leave every label as it is."""
        spoils = any(row[place] < 1 for place, row in enumerate(self._shares))
        return [list(row) for row in self._shares] if spoils else []

    def put(self, value: Sequence[Sequence[float]]) -> None:
        """Show a matrix without emitting anything; nothing switches it off."""
        self._shares = [list(row) for row in value]
        self._show()

    def setToolTip(self, tip: str) -> None:
        """What it is, on the table; the switch says what it does."""
        super().setToolTip(tip)
        self.table.setToolTip(
            tip + "\n" + self.tr("Rows are what is true, columns what is given, in per cent.")
        )

    def _turn(self) -> None:
        size = len(self._names)
        rest = (1 - _KEPT) / max(size - 1, 1)
        self._shares = []
        if self.switch.get():
            self._shares = [
                [_KEPT if row == column else rest for column in range(size)] for row in range(size)
            ]
        self._show()
        self.edited.emit()

    def _take(self, item: QTableWidgetItem) -> None:
        """What was typed, as far as there is room in its row; the diagonal gets the rest."""
        row, column = item.row(), item.column()
        typed = re.search(r"\d*[.,]?\d+", item.text())
        if typed is not None:
            shares = self._shares[row]
            others = sum(shares) - shares[row] - shares[column]
            share = min(float(typed[0].replace(",", ".")) / 100, max(1 - others, 0.0))
            shares[column] = round(share, 6)
            shares[row] = max(1 - others - shares[column], 0.0)
        self._show()
        if typed is not None:
            self.edited.emit()

    def _show(self) -> None:
        size = len(self._shares)
        self.switch.put(bool(size))
        self.switch.setEnabled(bool(self._names))
        self.table.setVisible(bool(size))
        blocked = self.table.blockSignals(True)
        self.table.setRowCount(size)
        self.table.setColumnCount(size)
        names = self._names or tuple(str(place + 1) for place in range(size))
        self.table.setVerticalHeaderLabels(names)
        self.table.setHorizontalHeaderLabels([f"→ {name}" for name in names])
        for row, shares in enumerate(self._shares):
            for column, share in enumerate(shares):
                self._show_cell(row, column, share)
        self.table.blockSignals(blocked)
        self._fit()

    def _show_cell(self, row: int, column: int, share: float) -> None:
        """Its text; a cell that is being typed into must stay the same one."""
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            kept, typed = _ITEM.ItemIsSelectable, _ITEM.ItemIsEnabled | _ITEM.ItemIsEditable
            item.setFlags(kept if row == column else kept | typed)
            self.table.setItem(row, column, item)
        item.setText(f"{100 * share:.1f}".removesuffix(".0"))

    def changeEvent(self, event: QEvent) -> None:
        """Another size of text: other heights and widths."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """As high as its rows, up to a few of them; names take no more than their share."""
        across, down = self.table.horizontalHeader(), self.table.verticalHeader()
        letter = self.fontMetrics().averageCharWidth()
        across.setMaximumSectionSize(_MOST_LETTERS * letter)
        down.setMaximumWidth(_MOST_LETTERS * letter)
        down.setDefaultSectionSize(round(_LINE * self.fontMetrics().height()))
        self.table.resizeColumnsToContents()
        rows = min(len(self._shares), _MOST_ROWS)
        height = across.sizeHint().height() + rows * down.defaultSectionSize()
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(height + bar + 2)
        self.updateGeometry()
