"""A message as it was written, each word on the colour of what it does to the answer."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.ui.palette import LIGHT, Palette, rgb
from visualiser.ui.views.empty_state import paint_empty

Span = tuple[int, int]


@dataclass(frozen=True)
class _Piece:
    """A word with what is written up to the next one, and where it stands.

    Attributes:
        word: number of the word; −1 for what stands before the first one.
        width: of the word alone, in pixels.
    """

    text: str
    rest: str
    word: int
    place: QPointF
    width: float


class ColouredMessage(QWidget):
    """Knows nothing of snapshots. Strength is an opacity, so text keeps its contrast."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._text = ""
        self._spans: tuple[Span, ...] = ()
        self._pulls: FloatArray = np.zeros(0, dtype=np.float32)
        self._twin: FloatArray | None = None
        self._colours = (LIGHT.accent, LIGHT.spoiled)
        self._limit = 1.0
        self._pieces: tuple[_Piece, ...] = ()
        self._empty = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("The message with its words coloured"))

    def show_text(self, text: str, spans: tuple[Span, ...], empty: str = "") -> None:
        """Another message; `empty` is said where it has no words."""
        if (text, spans, empty) == (self._text, self._spans, self._empty):
            return
        self._text, self._spans, self._empty = text, spans, empty
        self._pulls, self._twin = np.zeros(len(spans), dtype=np.float32), None
        self._arrange()

    def show_pulls(
        self, pulls: FloatArray, twin: FloatArray | None, limit: float, colours: tuple[str, str]
    ) -> None:
        """Colour the words: (T,) pulls of the student as grounds, of the twin as lines below.

        Args:
            pulls: above zero in the first colour, below in the second.
            twin: the same of the twin, or None without one.
            limit: the pull from which on a colour is full.
            colours: “#0072b2”.
        """
        self._pulls, self._twin, self._limit, self._colours = pulls, twin, limit, colours
        self.update()

    def word_at(self, place: QPointF) -> int:
        """Number of the word under a point, or −1."""
        line = self._line()
        for piece in self._pieces:
            box = QRectF(piece.place.x() - 2, piece.place.y(), piece.width + 4, line)
            if box.contains(place):
                return piece.word
        return -1

    def word(self, number: int) -> str:
        """A word as it is written."""
        start, end = self._spans[number]
        return self._text[start:end]

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def _line(self) -> int:
        return round(1.75 * self.fontMetrics().height())

    def _height(self) -> int:
        last = self._pieces[-1].place.y() if self._pieces else 0.0
        return round(last) + self._line() + 4

    def _arrange(self) -> None:
        """Words from left to right, in as many lines as they need."""
        metrics, pieces = QFontMetricsF(self.font()), []
        x, y = 3.0, 0.0
        starts = [start for start, _ in self._spans]
        before = self._text[: starts[0]] if starts else ""
        words = [(before, "", -1)] if before.strip() else []
        for number, (start, end) in enumerate(self._spans):
            until = starts[number + 1] if number + 1 < len(starts) else len(self._text)
            words.append((self._text[start:end], self._text[end:until], number))
        for text, until_next, number in words:
            blank = " " if until_next[-1:].isspace() else ""
            rest = " ".join(until_next.split()) + blank
            width, after = metrics.horizontalAdvance(text), metrics.horizontalAdvance(rest)
            if x > 3 and x + width + metrics.horizontalAdvance(rest.rstrip()) > self.width() - 3:
                x, y = 3.0, y + self._line()
            pieces.append(_Piece(text, rest, number, QPointF(x, y), width))
            x += width + max(after, 1.0)
        height = self._height()
        self._pieces = tuple(pieces)
        if self._height() != height:
            self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._pieces:
            paint_empty(painter, QRectF(self.rect()), self._empty, self._palette)
        metrics, line = QFontMetricsF(self.font()), self._line()
        base = (line + metrics.ascent() - metrics.descent()) / 2 - 1
        for piece in self._pieces:
            if piece.word >= 0:
                self._paint_grounds(painter, piece)
            painter.setPen(QColor(self._palette.text if piece.word >= 0 else self._palette.muted))
            painter.drawText(piece.place + QPointF(0, base), piece.text)
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(piece.place + QPointF(piece.width, base), piece.rest)
        painter.end()

    def _paint_grounds(self, painter: QPainter, piece: _Piece) -> None:
        line = self._line()
        box = QRectF(piece.place.x() - 2, piece.place.y() + 2, piece.width + 4, line - 8)
        painter.fillRect(box, self._tone(float(self._pulls[piece.word]), 0.55))
        if self._twin is not None:
            below = QRectF(box.left(), box.bottom() + 1, box.width(), 3)
            painter.fillRect(below, self._tone(float(self._twin[piece.word]), 1.0))

    def _tone(self, pull: float, most: float) -> QColor:
        """The colour of a pull: the stronger, the less the card shows through."""
        colour = QColor(*rgb(self._colours[0] if pull > 0 else self._colours[1]))
        strength = abs(pull) / self._limit if pull == pull else 0.0
        colour.setAlphaF(min(strength, 1.0) * most)
        return colour
