"""Named bars to either side of a line, those of the clean twin thin below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.empty_state import paint_empty

_MOST_NAME = 0.48
"""Share of the width that names may take."""
_ROW, _TALL = 1.5, 2.3
"""Lines of text of a row, and of one whose name needs two."""
_ASIDE = re.compile(r" \([^)]*\)")
"""A remark in a name, such as its unit: the tip and the words beside have it."""


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
        return next((row for box, row in self._boxes() if box.contains(place)), None)

    def sizeHint(self) -> QSize:
        return QSize(380, 220)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(10 * line, 5 * line)

    def _names(self) -> float:
        """Width of the names."""
        metrics = QFontMetricsF(self.font())
        widest = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0.0) + 10
        return min(widest, _MOST_NAME * self.width())

    def _boxes(self) -> list[tuple[QRectF, SignedBar]]:
        """As many rows as there is room for, one at least; a long name takes two lines."""
        metrics, names = QFontMetricsF(self.font()), self._names()
        boxes: list[tuple[QRectF, SignedBar]] = []
        top = 0.0
        for row in self._rows:
            fits = metrics.horizontalAdvance(self._short(row.name, names)) <= names - 8
            height = (_ROW if fits else _TALL) * metrics.height()
            if boxes and top + height > self.height():
                break
            boxes.append((QRectF(0, top, self.width(), height), row))
            top += height
        return boxes

    def _short(self, name: str, room: float) -> str:
        """Without remarks where it does not fit."""
        fits = QFontMetricsF(self.font()).horizontalAdvance(name) <= room - 8
        return name if fits else _ASIDE.sub("", name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._rows:
            paint_empty(painter, QRectF(self.rect()), self._empty, self._palette)
            painter.end()
            return
        metrics, boxes = QFontMetricsF(self.font()), self._boxes()
        names = self._names()
        end = max(metrics.horizontalAdvance(row.text) for _, row in boxes) + 8
        half = max((self.width() - names - end) / 2, 8.0)
        for box, row in boxes:
            self._paint_row(painter, box, row, names, half)
        painter.setPen(QColor(self._palette.border))
        middle, bottom = names + half, boxes[-1][0].bottom()
        painter.drawLine(QPointF(middle, 0), QPointF(middle, bottom))
        painter.end()

    def _paint_row(
        self, painter: QPainter, box: QRectF, row: SignedBar, names: float, half: float
    ) -> None:
        palette, metrics = self._palette, QFontMetricsF(self.font())
        painter.setPen(QColor(palette.text))
        self._paint_name(painter, QRectF(0, box.top(), names - 8, box.height()), row.name)
        line = _ROW * metrics.height()
        thick, thin = round(0.42 * line), max(2, round(0.12 * line))
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

    def _paint_name(self, painter: QPainter, box: QRectF, name: str) -> None:
        """In two lines where it is too long for one, cut in the middle where it is for those."""
        metrics, name = QFontMetricsF(self.font()), self._short(name, box.width() + 8)
        if metrics.horizontalAdvance(name) <= box.width():
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, name)
            return
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(box, flags, name)
        if needed.height() > box.height() or needed.width() > box.width():
            name = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 1.7 * box.width())
        painter.drawText(box, flags, name)
