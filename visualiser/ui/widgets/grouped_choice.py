"""A combo box whose choices stand under headings that cannot be chosen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from visualiser.ui.widgets.controls import Choice

Group = tuple[str, Sequence[tuple[Any, str]]]
"""A heading, and the values under it with their texts."""


class GroupedChoice(Choice):
    """One of many values, each with a text; arrow keys and the wheel pass over headings."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__([], parent)
        self._headings: list[QStandardItem] = []
        with QSignalBlocker(self):
            for heading, choices in groups:
                self._add_heading(heading)
                for value, text in choices:
                    self.addItem(text, value)
            self.setCurrentIndex(1 if groups else -1)
        self._make_bold()

    def sizeHint(self) -> QSize:
        """Room for the longest choice: headings are never shown in the closed box."""
        hint = super().sizeHint()
        advance = self.fontMetrics().horizontalAdvance
        widths = [advance(self.itemText(row)) for row in range(self.count())]
        choices = [w for row, w in enumerate(widths) if self.itemData(row) is not None]
        spare = max(widths, default=0) - max(choices, default=0)
        return QSize(hint.width() - spare, hint.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._make_bold()

    def _add_heading(self, text: str) -> None:
        item = QStandardItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self._headings.append(item)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.appendRow(item)

    def _make_bold(self) -> None:
        """Qt takes an item's font whole, so its size has to follow that of the box."""
        font = self.font()
        font.setBold(True)
        for item in self._headings:
            item.setFont(font)
