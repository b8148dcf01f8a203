"""Named bars to either side of a line, those of the clean twin thin below them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.empty_state import paint_empty

_MOST_NAME = 0.45
"""Share of the width that names may take."""


@dataclass(frozen=True)
class SignedBar:
    """One row: to the right where `value` is above zero; `tip` is what pointing at it says."""

    name: str
    value: float
    twin: float | None
    text: str
    tip: str = ""


class SignedBars(QWidget):
    """Knows nothing of snapshots; shows as many rows as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._rows: tuple[SignedBar, ...] = ()
        self._limit, self._empty = 1.0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("What each column adds to the answer"))

    @property
    def rows(self) -> tuple[SignedBar, ...]:
        """What is shown, whether there is room for it or not."""
        return self._rows

    def show_rows(self, rows: Sequence[SignedBar], limit: float, empty: str = "") -> None:
        """Draw bars on a scale that ends at ±`limit`; `empty` is said where there are none."""
        self._rows, self._limit, self._empty = tuple(rows), max(limit, 1e-12), empty
        self.setAccessibleDescription("; ".join(f"{row.name} {row.text}" for row in rows[:12]))
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def row_at(self, place: QPointF) -> SignedBar | None:
        """The row under a point."""
        number = int(place.y() // self._line())
        return self._rows[number] if 0 <= number < min(len(self._rows), self._fitting()) else None

    def sizeHint(self) -> QSize:
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(16 * line, 5 * line)

    def _line(self) -> float:
        return 1.5 * self.fontMetrics().height()

    def _fitting(self) -> int:
        return max(1, int(self.height() / self._line()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._rows:
            paint_empty(painter, QRectF(self.rect()), self._empty, self._palette)
            painter.end()
            return
        metrics = QFontMetricsF(self.font())
        rows = self._rows[: self._fitting()]
        names = max(metrics.horizontalAdvance(row.name) for row in rows) + 10
        names = min(names, _MOST_NAME * self.width())
        end = max(metrics.horizontalAdvance(row.text) for row in rows) + 8
        half = max((self.width() - names - end) / 2, 8.0)
        for number, row in enumerate(rows):
            box = QRectF(0, number * self._line(), self.width(), self._line())
            self._paint_row(painter, box, row, names, half)
        painter.setPen(QColor(self._palette.border))
        middle, bottom = names + half, len(rows) * self._line()
        painter.drawLine(QPointF(middle, 0), QPointF(middle, bottom))
        painter.end()

    def _paint_row(
        self, painter: QPainter, box: QRectF, row: SignedBar, names: float, half: float
    ) -> None:
        palette, metrics = self._palette, QFontMetricsF(self.font())
        painter.setPen(QColor(palette.text))
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, names - 8)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
        thick, thin = round(0.42 * box.height()), max(2, round(0.12 * box.height()))
        top = box.top() + (box.height() - thick - thin - 1) / 2
        for value, height, y in ((row.value, thick, top), (row.twin, thin, top + thick + 1)):
            if value is None or value != value:
                continue
            length = half * min(abs(value) / self._limit, 1.0)
            left = names + half - (length if value < 0 else 0.0)
            colour = POSITIVE if value > 0 else NEGATIVE
            painter.fillRect(QRectF(left, y, max(length, 1.0), height), QColor(colour))
        painter.setPen(QColor(palette.muted))
        place = QRectF(names + 2 * half + 6, box.top(), box.width(), box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.text)
