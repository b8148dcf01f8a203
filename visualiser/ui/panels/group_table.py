"""Figures of each group, of the model and of its clean twin, and the gap between them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.outcome_groups import GroupGap


class GroupTable(QWidget):
    """One row a group, the gap last; to be seen only while there is something to compare."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: list[list[QLabel]] = []
        self.title = _cell("muted")
        self.title.setWordWrap(True)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addLayout(self._grid)
        self.hide()

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """What is shown, by row; the first row says whose the figures are."""
        return tuple(tuple(cell.text() for cell in row) for row in self._cells)

    def show_gap(self, gap: GroupGap | None) -> None:
        """Show how the groups fare, or nothing."""
        rows = () if gap is None else self._rows(gap)
        title = "" if gap is None else gap.heading
        if rows == self.texts and title == self.title.text():
            return
        self._clear()
        self.title.setText(title)
        for number, row in enumerate(rows):
            self._add(row, strong=number == len(rows) - 1)
        self.setAccessibleDescription("; ".join(", ".join(row) for row in rows))
        self.setVisible(bool(rows))

    def _rows(self, gap: GroupGap) -> tuple[tuple[str, ...], ...]:
        rows: list[tuple[str, ...]] = [("", self.tr("your model"), self.tr("clean twin"))]
        for group in gap.groups:
            name = self.tr("{group} ({rows})").format(group=group.name, rows=f"{group.rows:,}")
            rows.append((name, group.student_text, group.twin_text))
        if gap.student_text:
            rows.append((self.tr("gap"), gap.student_text, gap.twin_text))
        return tuple(row if gap.twin is not None else row[:2] for row in rows)

    def _add(self, row: Iterable[str], *, strong: bool) -> None:
        line = len(self._cells)
        cells = []
        for column, text in enumerate(row):
            cell = _cell("muted" if line == 0 else "heading" if strong else "")
            cell.setText(text)
            cell.setWordWrap(column == 0 or line == 0)
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            cell.setAlignment(side | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(cell, line, column)
            cells.append(cell)
        self._cells.append(cells)

    def _clear(self) -> None:
        for row in self._cells:
            for cell in row:
                self._grid.removeWidget(cell)
                cell.hide()
                cell.deleteLater()
        self._cells.clear()


def _cell(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label
