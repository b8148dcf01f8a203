"""How many examples there are of each class, or in each range of a number, as small bars."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.hover import Hover


@dataclass(frozen=True)
class Bar:
    """A class or a range: how many rows now, and how many before anything was done."""

    name: str
    colour: str
    count: int
    before: int


class CountBars(QWidget):
    """One line a bar: name, bar, count; where rows were lost, an outline of what there was."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._bars: tuple[Bar, ...] = ()
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Training examples by class"))
        self.setToolTip(self.tr("How many training examples there are of each kind."))

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Show other counts."""
        if bars == self._bars:
            return
        self._bars = bars
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.count:,}" for bar in bars))
        self.updateGeometry()
        self.hover.refresh()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def read(self, place: QPointF) -> str:
        """The bar under the pointer in a sentence."""
        number = int(place.y() // self._line())
        if not 0 <= number < len(self._bars):
            return ""
        bar = self._bars[number]
        if bar.count == bar.before:
            return self.tr("{name}: {count:,} training examples").format(
                name=bar.name, count=bar.count
            )
        return self.tr("{name}: {count:,} training examples, {before:,} in the clean data").format(
            name=bar.name, count=bar.count, before=bar.before
        )

    def sizeHint(self) -> QSize:
        return QSize(120, len(self._bars) * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _line(self) -> int:
        return self.fontMetrics().height() + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics, line = self.fontMetrics(), self._line()
        names = max((metrics.horizontalAdvance(bar.name) for bar in self._bars), default=0)
        left = min(names + 8.0, 0.45 * self.width())
        counts = max((metrics.horizontalAdvance(f"{bar.count:,}") for bar in self._bars), default=0)
        room = max(self.width() - left - counts - 10.0, 10.0)
        most = max((max(bar.count, bar.before) for bar in self._bars), default=1) or 1
        vertical = Qt.AlignmentFlag.AlignVCenter
        for number, bar in enumerate(self._bars):
            top = number * line
            painter.setPen(QColor(self._palette.text))
            name = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, int(left - 6))
            painter.drawText(QRectF(0, top, left, line), int(vertical), name)
            full = QRectF(left, top + 0.25 * line, room * bar.count / most, 0.5 * line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(bar.colour))
            painter.drawRoundedRect(full, 2, 2)
            if bar.before != bar.count:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DashLine))
                full.setWidth(room * bar.before / most)
                painter.drawRoundedRect(full, 2, 2)
            painter.setPen(QColor(self._palette.muted))
            right = QRectF(left + room, top, self.width() - left - room, line)
            painter.drawText(right, int(vertical | Qt.AlignmentFlag.AlignRight), f"{bar.count:,}")
        painter.end()
