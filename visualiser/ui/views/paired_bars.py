"""Named bars of the student with those of its clean twin below, as many as there is room for."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.empty_state import paint_empty

_MOST_NAME = 0.42
"""Share of the width that names may take."""


@dataclass(frozen=True)
class PairedBar:
    """One row.

    Attributes:
        name: of what is measured, to the left.
        value: length of the bar, in the unit of the scale; below zero it is drawn as none.
        twin: the same of the twin; None draws none.
        text: at the end of the bar.
        tip: what pointing at the row says.
    """

    name: str
    value: float
    twin: float | None
    text: str
    tip: str = ""


class PairedBars(QWidget):
    """Knows nothing of snapshots; bars grow to the right from one line.

    Signals:
        clicked: name of the row that was clicked.
    """

    clicked = Signal(str)

    def __init__(self, heading: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading
        self._palette = LIGHT
        self._colour = LIGHT.accent
        self._rows: tuple[PairedBar, ...] = ()
        self._limit = 1.0
        self._chosen = ""
        self._empty = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(heading)

    @property
    def rows(self) -> tuple[PairedBar, ...]:
        """What is shown, whether there is room for it or not."""
        return self._rows

    @property
    def heading(self) -> str:
        """The words above the bars."""
        return self._heading

    def set_heading(self, heading: str) -> None:
        """Other words above the bars."""
        if heading != self._heading:
            self._heading = heading
            self.setAccessibleName(heading)
            self.update()

    def set_colour(self, colour: str) -> None:
        """Of the student's bars, “#0072b2”."""
        self._colour = colour
        self.update()

    def show_rows(
        self, rows: Sequence[PairedBar], limit: float, chosen: str = "", empty: str = ""
    ) -> None:
        """Draw bars on a scale that ends at `limit`.

        The row named `chosen` is marked; `empty` is said where there are no rows.
        """
        self._rows, self._limit, self._chosen = tuple(rows), max(limit, 1e-12), chosen
        self._empty = empty
        self.setAccessibleDescription("; ".join(f"{row.name} {row.text}" for row in rows[:12]))
        self.update()

    def fitting(self) -> int:
        """How many rows there is room for."""
        return max(1, int((self.height() - self._top()) / self._line()))

    def row_at(self, place: QPointF) -> PairedBar | None:
        """The row under a point."""
        number = int((place.y() - self._top()) // self._line())
        inside = place.y() >= self._top() and 0 <= number < min(len(self._rows), self.fitting())
        return self._rows[number] if inside else None

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, 240)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(7 * line, 5 * line)

    def _line(self) -> float:
        return round(1.5 * self.fontMetrics().height())

    def _top(self) -> float:
        return round(1.5 * self.fontMetrics().height()) if self._heading else 0.0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(row.name)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._heading:
            self._paint_heading(painter)
        if not self._rows:
            box = QRectF(self.rect()).adjusted(0, self._top(), 0, 0)
            paint_empty(painter, box, self._empty, self._palette)
            painter.end()
            return
        shown = self._rows[: self.fitting()]
        metrics = QFontMetricsF(self.font())
        widest = max(metrics.horizontalAdvance(row.name) for row in shown)
        names = min(widest, _MOST_NAME * self.width()) + 8
        figures = max(metrics.horizontalAdvance(row.text) for row in shown) + 8
        scale = max(self.width() - names - figures, 1.0) / self._limit
        for number, row in enumerate(shown):
            box = QRectF(0, self._top() + number * self._line(), self.width(), self._line())
            self._paint_row(painter, box, row, names, scale)
        painter.end()

    def _paint_heading(self, painter: QPainter) -> None:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold)
        painter.setPen(QColor(self._palette.text))
        box = QRectF(0, 0, self.width(), self._top())
        text = QFontMetricsF(bold).elidedText(
            self._heading, Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setFont(self.font())

    def _paint_row(
        self, painter: QPainter, box: QRectF, row: PairedBar, names: float, scale: float
    ) -> None:
        palette, metrics = self._palette, QFontMetricsF(self.font())
        if row.name == self._chosen:
            painter.fillRect(box, QColor(palette.sunken))
        painter.setPen(QColor(palette.text))
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, names - 8)
        painter.drawText(box.adjusted(2, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)
        thick, thin = round(0.42 * box.height()), max(2, round(0.12 * box.height()))
        top = box.top() + (box.height() - thick - thin - 1) / 2
        length = self._length(row.value, scale)
        painter.fillRect(QRectF(names, top, length, thick), QColor(self._colour))
        end = length
        if row.twin is not None:
            twin = self._length(row.twin, scale)
            painter.fillRect(QRectF(names, top + thick + 1, twin, thin), QColor(palette.muted))
            end = max(end, twin)
        painter.setPen(QColor(palette.muted))
        place = QRectF(names + end + 5, box.top(), box.width() - names - end - 5, box.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.text)

    def _length(self, value: float, scale: float) -> float:
        return max(1.0, min(max(value, 0.0), self._limit) * scale) if value == value else 0.0
