"""A heat map of what each character takes from those before it."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.core.numerals import share_text
from visualiser.core.questions.language import LookBack
from visualiser.ui.palette import LIGHT, Palette, rgb
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.prompt import letter_name, visible

_LEAST_CELL, _MOST_CELL = 4.0, 34.0


class AttentionMap(QWidget):
    """Rows look, columns are looked at; the more is taken, the deeper the colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._look: LookBack | None = None
        self._sentence = ""
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Attention from character to character"))
        self.setToolTip(
            self.tr("Each row is a character that looks back; the columns are what it looks at.")
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 120)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def show_nothing(self, sentence: str) -> None:
        """A sentence instead of the map."""
        self._look, self._sentence = None, sentence
        self.update()

    def show_look(self, look: LookBack) -> None:
        """Show (n, n) shares."""
        self._look = look
        self.setAccessibleDescription(self._describe(look))
        self.hover.refresh()
        self.update()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.update()

    def read(self, place: QPointF) -> str:
        """The cell under the pointer, in words."""
        look = self._look
        if look is None:
            return ""
        frame = self._frame(len(look.text))
        if not frame.contains(place):
            return ""
        cell = frame.width() / len(look.text)
        row = min(int((place.y() - frame.top()) / cell), len(look.text) - 1)
        column = min(int((place.x() - frame.left()) / cell), len(look.text) - 1)
        return "" if column > row else self._cell_sentence(look, row, column)

    def _cell_sentence(self, look: LookBack, row: int, column: int) -> str:
        share = share_text(float(look.weights[row, column]))
        text = self.tr(
            "“{reader}”, character {row}, takes {share} from “{source}”, character {column}"
        )
        return text.format(
            reader=letter_name(look.text[row]),
            row=row + 1,
            share=share,
            source=letter_name(look.text[column]),
            column=column + 1,
        )

    def _describe(self, look: LookBack) -> str:
        """What the last character looks at most."""
        last = len(look.text) - 1
        return self._cell_sentence(look, last, int(look.weights[last].argmax()))

    def _frame(self, letters: int) -> QRectF:
        """The cells: right of the characters that look, below those looked at."""
        line = self.fontMetrics().height()
        room = min(self.width(), self.height()) - line - 6
        cell = min(max(room / max(letters, 1), _LEAST_CELL), _MOST_CELL)
        return QRectF(line + 4.0, line + 4.0, cell * letters, cell * letters)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._look is None:
            paint_empty(painter, QRectF(self.rect()), self._sentence, self._palette)
        else:
            frame = self._frame(len(self._look.text))
            painter.drawImage(frame, self._image(self._look.weights))
            painter.setPen(QPen(QColor(self._palette.border), 1))
            painter.drawRect(frame)
            self._write_letters(painter, frame, self._look.text)
        painter.end()

    def _image(self, weights: FloatArray) -> QImage:
        """A pixel a cell, from the ground to the accent; nothing can be taken from later ones."""
        low = np.array(rgb(self._palette.sunken), dtype=np.float32)
        high = np.array(rgb(self._palette.accent), dtype=np.float32)
        share = np.clip(weights, 0, 1)[..., None]
        pixels = low + (high - low) * np.sqrt(share)
        pixels[np.triu_indices(len(weights), 1)] = rgb(self._palette.card)
        data = np.ascontiguousarray(pixels.round().astype(np.uint8))
        size = len(weights)
        return QImage(data.tobytes(), size, size, 3 * size, QImage.Format.Format_RGB888).copy()

    def _write_letters(self, painter: QPainter, frame: QRectF, text: str) -> None:
        cell = frame.width() / len(text)
        font = QFont(self.font())
        usual = self.fontMetrics().height()
        if cell < usual:
            font.setPixelSize(max(round(0.8 * cell), 1))
        painter.setFont(font)
        painter.setPen(QColor(self._palette.text))
        centre = Qt.AlignmentFlag.AlignCenter
        for place, letter in enumerate(text):
            offset = place * cell
            left = QRectF(0, frame.top() + offset, frame.left() - 2, cell)
            above = QRectF(frame.left() + offset, 0, cell, frame.top() - 2)
            painter.drawText(left, centre, visible(letter))
            painter.drawText(above, centre, visible(letter))
