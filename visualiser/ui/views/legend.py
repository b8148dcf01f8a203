"""What the marks of a picture mean: a small mark and its word, one beside the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import Phrase

Mark = Literal["area", "dot", "hollow", "ringed", "line", "dashed", "dotted", "box"]
_LINES = {
    "line": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}
Colour = str
"""“#0072b2”, or the name of a palette colour, as in “text”."""


@dataclass(frozen=True)
class Entry:
    """A mark and what it means; `tip` explains it in a sentence."""

    mark: Mark
    colour: Colour
    text: str
    tip: str = ""


class Legend(QWidget):
    """Entries in as many lines as they need, and behind them controls of what the picture shows."""

    def __init__(self, parent: QWidget | None = None, controls: Sequence[QWidget] = ()) -> None:
        super().__init__(parent)
        self._controls = tuple(controls)
        self._palette = LIGHT
        self._entries: tuple[Entry, ...] = ()
        self._rows: list[_Row] = []
        self._flow = FlowLayout(self, gap=12, line_gap=3)
        self._flow.setContentsMargins(0, 0, 0, 0)
        for control in controls:
            self._flow.addWidget(control)
        self.setAccessibleName(self.tr("Legend"))

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is shown."""
        return self._entries

    def show_entries(self, entries: tuple[Entry, ...]) -> None:
        """Show other entries; the same ones again cost nothing, other words little."""
        if entries == self._entries:
            return
        self._entries = entries
        self.setAccessibleDescription(", ".join(entry.text for entry in entries))
        if [row.mark for row in self._rows] == [_mark_of(entry) for entry in entries]:
            for row, entry in zip(self._rows, entries, strict=True):
                row.say(entry)
        else:
            self._lay_out(entries)

    def _lay_out(self, entries: tuple[Entry, ...]) -> None:
        for widget in (*self._rows, *self._controls):
            self._flow.removeWidget(widget)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [_Row(entry, self._palette, self) for entry in entries]
        for widget in (*self._rows, *self._controls):
            self._flow.addWidget(widget)
        self._flow.invalidate()
        self.updateGeometry()

    def whole_width(self) -> int:
        """Pixels in which no entry and no control is cut, though each may have its own line."""
        widgets = (*self._rows, *self._controls)
        return max((widget.sizeHint().width() for widget in widgets), default=0)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for mark in self.findChildren(_Mark):
            mark.apply_palette(palette)


class _Row(QWidget):
    def __init__(self, entry: Entry, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        self.mark = _mark_of(entry)
        self._word = Phrase(entry.text)
        self._word.setProperty("role", "muted")
        layout.addWidget(_Mark(entry, palette, self), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._word, 1)
        self.setToolTip(entry.tip)
        self.show()

    def say(self, entry: Entry) -> None:
        """Other words for the same mark."""
        if entry.text != self._word.text():
            self._word.setText(entry.text)
        self.setToolTip(entry.tip)


def _mark_of(entry: Entry) -> tuple[Mark, Colour]:
    """What of an entry is drawn, besides its words."""
    return entry.mark, entry.colour


class _Mark(QWidget):
    def __init__(self, entry: Entry, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self._entry = entry
        self._palette = palette
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def apply_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        side = self.fontMetrics().height()
        return QSize(mark_width(self._entry, side), side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(self.rect()), self._entry, self._palette)
        painter.end()


def mark_width(entry: Entry, line: int) -> int:
    """Pixels that the mark of an entry takes in a line of that height."""
    return round((1.4 if entry.mark in _LINES else 0.8) * line)


def paint_mark(painter: QPainter, box: QRectF, entry: Entry, palette: Palette) -> None:
    """Draw the mark of an entry within `box`."""
    colour = QColor(colour_of(entry.colour, palette))
    middle, radius = box.center(), 0.28 * box.height()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if entry.mark in _LINES:
        painter.setPen(QPen(colour, 2, _LINES[entry.mark]))
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()))
    elif entry.mark in ("area", "box"):
        square = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
        if entry.mark == "area":
            painter.setBrush(colour)
        else:
            painter.setPen(QPen(colour, 2))
        painter.drawRoundedRect(square, 2, 2)
    elif entry.mark == "dot":
        painter.setBrush(colour)
        painter.drawEllipse(middle, radius, radius)
    else:
        painter.setPen(QPen(colour, 1.8))
        if entry.mark == "ringed":
            painter.drawEllipse(middle, radius + 1, radius + 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.muted))
            painter.drawEllipse(middle, radius - 1.5, radius - 1.5)
        else:
            painter.drawEllipse(middle, radius, radius)


def colour_of(colour: Colour, palette: Palette) -> str:
    """A hex colour as it is, a palette colour by its name."""
    return colour if colour.startswith("#") else str(getattr(palette, colour))
