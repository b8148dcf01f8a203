"""Names with their figures at the right, one below the other, painted."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 10
"""Pixels between a name and its figure, at least."""
_WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)


class FigureRows(QWidget):
    """In a narrow column a figure stands below its name, which goes over several lines there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Take other names and figures."""
        if tuple(rows) == self.rows:
            return
        before = self.heightForWidth(self.width())
        self.rows = tuple(rows)
        self.setAccessibleName("; ".join(f"{name}: {figure}" for name, figure in self.rows))
        if self.heightForWidth(self.width()) != before:
            self.updateGeometry()
        self.update()

    def _place(self, row: tuple[str, str], width: int) -> tuple[int, bool]:
        """Height of a row, and whether its figure stands beside its name."""
        metrics = self.fontMetrics()
        name, figure = (metrics.horizontalAdvance(text) for text in row)
        if name + _GAP + figure <= width:
            return metrics.height(), True
        wrapped = metrics.boundingRect(QRect(0, 0, max(width, 1), 10_000), _WRAPPED, row[0])
        return wrapped.height() + metrics.height(), False

    def heightForWidth(self, width: int) -> int:
        return sum(self._place(row, width)[0] + 1 for row in self.rows)

    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() * len(self.rows))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        top, line = 0, self.fontMetrics().height()
        for row in self.rows:
            height, beside = self._place(row, self.width())
            painter.drawText(QRect(0, top, self.width(), height), _WRAPPED, row[0])
            below = 0 if beside else height - line
            painter.drawText(QRect(0, top + below, self.width(), line), _RIGHT, row[1])
            top += height + 1
        painter.end()
