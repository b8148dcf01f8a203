"""A confusion matrix that can be clicked: counts, with shares of each true class as colour."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import share_text
from visualiser.ui.palette import LIGHT, NEGATIVE, POSITIVE, Palette, rgb
from visualiser.ui.views.hover import Hover

Cell = tuple[int, int]
"""(true class, predicted class)"""

_WIDEST = 1.7
"""Cells may be wider than high, but not like bars."""
_LEAST_CELL = 0.85
"""Lines of text that a cell is high at least: figures in it are hardly smaller than the text."""
_MOST_LINES = 12
"""Lines that all cells together ask for in width: with more classes they may be smaller."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ConfusionMatrix(QWidget):
    """Rows are true classes, columns answers; arrow keys and clicks choose a cell.

    Signals:
        chosen: the user chose another cell.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._names: tuple[str, ...] = ()
        self._counts: IntArray = np.zeros((0, 0), dtype=np.int64)
        self._rows: IntArray = np.zeros(0, dtype=np.int64)
        self._difference = False
        self._names_width = 0.0
        self._names_height = 0.0
        self._upright = False
        self.cell: Cell | None = None
        self.hover = Hover(self, self.read)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setToolTip(
            self.tr("How often each true class got each answer; click a cell for its examples.")
        )

    def sizeHint(self) -> QSize:
        # It takes what there is: a place that scrolls would take a larger wish for a need.
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for cells whose figures can be read at the size of the text."""
        line, cells = self.fontMetrics().height(), _LEAST_CELL * max(len(self._names), 1)
        width = line * (min(cells, _MOST_LINES) + 1) + min(self._widest(), 4 * line) + 10
        height = line * (cells + 1) + min(self._widest(), 2 * line) + 6
        return QSize(max(170, round(width)), max(120, round(height)))

    def _widest(self) -> float:
        metrics = self.fontMetrics()
        return float(max((metrics.horizontalAdvance(name) for name in self._names), default=0))

    @property
    def names(self) -> tuple[str, ...]:
        """The classes shown, in order."""
        return self._names

    def start(self, names: tuple[str, ...]) -> None:
        """Empty, for the classes of another run."""
        self._names, self.cell = names, None
        self._counts = np.zeros((0, 0), dtype=np.int64)
        self._measure()
        self.updateGeometry()
        self.update()

    def show_counts(self, counts: IntArray, rows: IntArray, *, difference: bool) -> None:
        """Show (K, K) counts, or counts minus counts; `rows` (K,) is how often a class occurs."""
        self._counts, self._rows, self._difference = counts, rows, difference
        self.hover.refresh()
        self._describe()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def choose(self, cell: Cell) -> None:
        """Choose a cell, as a click does."""
        if cell != self.cell:
            self.cell = cell
            self._describe()
            self.update()
            self.chosen.emit()

    def box_of(self, cell: Cell) -> QRectF:
        """Where a cell is painted."""
        frame, size = self._frame(), len(self._names)
        width, height = frame.width() / size, frame.height() / size
        return QRectF(frame.left() + cell[1] * width, frame.top() + cell[0] * height, width, height)

    def sentence(self, cell: Cell) -> str:
        """A cell in words: “4 answered as 9: 12 of 75 (16 %)”."""
        true, answer = (isolated(self._names[code]) for code in cell)
        count, row = int(self._counts[cell]), int(self._rows[cell[0]])
        if self._difference:
            return self.tr("{true} answered as {answer}: {count} against the clean twin").format(
                true=true, answer=answer, count=_signed(count)
            )
        share = share_text(count / row if row else 0.0)
        text = self.tr("{true} answered as {answer}: {count:,} of {row:,} ({share})")
        if cell[0] == cell[1]:
            text = self.tr("{true} recognised: {count:,} of {row:,} ({share})")
        return text.format(true=true, answer=answer, count=count, row=row, share=share)

    def read(self, place: QPointF) -> str:
        """The cell under the pointer, in words."""
        cell = self._cell_at(place)
        return "" if cell is None or not self._counts.size else self.sentence(cell)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.choose(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or not self._counts.size:
            super().keyPressEvent(event)
            return
        last = len(self._names) - 1
        row, column = self.cell or (0, 0)
        moved = (row, column) if self.cell is None else (row + step[0], column + step[1])
        self.choose((min(max(moved[0], 0), last), min(max(moved[1], 0), last)))

    def _describe(self) -> None:
        told = self.cell is not None and bool(self._counts.size)
        self.setAccessibleDescription(self.sentence(self.cell) if told and self.cell else "")

    def _cell_at(self, place: QPointF) -> Cell | None:
        frame, size = self._frame(), len(self._names)
        if not size or not frame.contains(place):
            return None
        row = int((place.y() - frame.top()) / frame.height() * size)
        column = int((place.x() - frame.left()) / frame.width() * size)
        return min(row, size - 1), min(column, size - 1)

    def _measure(self) -> None:
        """Find the room for class names; it depends on names, font and size alone."""
        metrics, size = self.fontMetrics(), max(len(self._names), 1)
        widest = self._widest()
        self._names_width = min(widest, 0.26 * self.width())
        # Names that are wider than their columns are turned upright.
        width = (self.width() - self._names_width - metrics.height()) / size
        column = min(width, _WIDEST * (self.height() - 2 * metrics.height()) / size)
        self._upright = widest > max(column, metrics.averageCharWidth() * 5)
        self._names_height = (
            min(widest, 0.24 * self.height()) if self._upright else metrics.height()
        )

    def resizeEvent(self, event: object) -> None:
        self._measure()

    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._measure()

    def _frame(self) -> QRectF:
        """The cells: right of “true” and the class names, below “predicted” and the names."""
        line = self.fontMetrics().height()
        left, top = line + self._names_width + 8.0, line + self._names_height + 4.0
        width, height = self.width() - left - 2, self.height() - top - 2
        size = max(len(self._names), 1)
        cell = max(min(height / size, width / size), 4.0)
        return QRectF(left, top, min(width, _WIDEST * cell * size), cell * size)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._counts.size:
            painter.setPen(QColor(self._palette.muted))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            text = self.tr("The matrix appears with the first answers of the model.")
            painter.drawText(self.rect(), int(flags), text)
        else:
            self._paint_axes(painter)
            font = self.figure_font()
            for row in range(len(self._names)):
                for column in range(len(self._names)):
                    self._paint_cell(painter, (row, column), font)
            if self.cell is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                colour = self._palette.accent if self.hasFocus() else self._palette.text
                painter.setPen(QPen(QColor(colour), 2))
                painter.drawRect(self.box_of(self.cell))
        painter.end()

    def figure_font(self) -> QFont:
        """As large as the text, or as large as the longest figure lets it be in a cell."""
        font, metrics, box = QFont(self.font()), self.fontMetrics(), self.box_of((0, 0))
        longest = max((self._figure(int(count)) for count in self._counts.flat), key=len)
        fits = min(
            (box.width() - 2) / max(metrics.horizontalAdvance(longest), 1),
            # Digits have neither tails nor accents: they fit where a line of text would not.
            (box.height() - 1) / (0.8 * metrics.height()),
        )
        if fits < 1:
            font.setPixelSize(max(int(fits * self.fontInfo().pixelSize()), 7))
        return font

    def _figure(self, count: int) -> str:
        return _signed(count) if self._difference else f"{count:,}"

    def _paint_cell(self, painter: QPainter, cell: Cell, font: QFont) -> None:
        box, count = self.box_of(cell), int(self._counts[cell])
        share = abs(count) / max(int(self._rows[cell[0]]), 1)
        painter.setPen(QPen(QColor(self._palette.card), 1))
        painter.setBrush(self._ground(cell, count, share))
        painter.drawRect(box)
        if count == 0 and (cell[0] != cell[1] or not self._rows[cell[0]]):
            return
        painter.setFont(font)
        painter.setPen(QColor(self._palette.text))
        text = self._figure(count)
        if box.height() > 2.6 * painter.fontMetrics().height() and not self._difference:
            text += f"\n{share_text(share)}"
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _ground(self, cell: Cell, count: int, share: float) -> QColor:
        """Blue for right answers and orange for mistakes; more than the twin blue, less orange."""
        right = count > 0 if self._difference else cell[0] == cell[1]
        colour = POSITIVE if right else NEGATIVE
        # The root makes rare mistakes visible beside a full diagonal.
        strength = min(share, 1.0) ** 0.5
        mix = 0.12 + 0.52 * strength if count else 0.0
        low, high = rgb(self._palette.sunken), rgb(colour)
        return QColor(*(round((1 - mix) * a + mix * b) for a, b in zip(low, high, strict=True)))

    def _paint_axes(self, painter: QPainter) -> None:
        frame, metrics = self._frame(), self.fontMetrics()
        line = metrics.height()
        flag = Qt.AlignmentFlag
        painter.setPen(QColor(self._palette.muted))
        above = QRectF(frame.left(), 0, frame.width(), line)
        painter.drawText(above, int(flag.AlignCenter), self.tr("predicted"))
        painter.save()
        painter.translate(line / 2, frame.center().y())
        painter.rotate(-90)
        beside = QRectF(-frame.height() / 2, -line / 2, frame.height(), line)
        painter.drawText(beside, int(flag.AlignCenter), self.tr("true"))
        painter.restore()
        painter.setPen(QColor(self._palette.text))
        small = QFont(self.font())
        cell_height = frame.height() / len(self._names)
        if line > cell_height:
            small.setPixelSize(max(int(cell_height), 7))
        painter.setFont(small)
        for code, name in enumerate(self._names):
            row, column = self.box_of((code, 0)), self.box_of((0, code))
            left = QRectF(line + 2, row.top(), self._names_width + 1, row.height())
            text = self._short(painter, name, left.width())
            painter.drawText(left, int(flag.AlignRight | flag.AlignVCenter), text)
            top = QRectF(column.left(), line + 2, column.width(), self._names_height)
            self._write_above(painter, top, name)

    def _write_above(self, painter: QPainter, box: QRectF, name: str) -> None:
        flag = Qt.AlignmentFlag
        if not self._upright:
            painter.drawText(box, int(flag.AlignCenter), self._short(painter, name, box.width()))
            return
        painter.save()
        painter.translate(box.center().x(), box.bottom())
        painter.rotate(-90)
        turned = QRectF(0, -box.width(), box.height(), 2 * box.width())
        text = self._short(painter, name, box.height())
        painter.drawText(turned, int(flag.AlignLeft | flag.AlignVCenter), text)
        painter.restore()

    def _short(self, painter: QPainter, name: str, width: float) -> str:
        return painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(width))


def _signed(count: int) -> str:
    return f"{count:+,}".replace("-", "−") if count else "0"
