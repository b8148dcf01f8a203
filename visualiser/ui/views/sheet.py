"""A picture for a report: a title, a legend, and what the screen shows, as PNG or SVG."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter

from visualiser.core.errors import UserError
from visualiser.ui.palette import Palette

_SHARPNESS = 2
"""Pixels of the picture for a pixel of the window: sharp on paper and on large screens."""
_FLAG = Qt.AlignmentFlag
_TITLE = int(_FLAG.AlignLeft | _FLAG.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)

Paint = Callable[[QPainter, QRectF], None]


@dataclass(frozen=True)
class Key:
    """An entry of a legend: a mark of some width in pixels, and what it means."""

    text: str
    width: float
    paint: Paint


class Sheet:
    """Title, legend and picture below each other.

    Attributes:
        title: the heading.
        ground: the colour below everything.
        width, height: in pixels of the window.
    """

    def __init__(
        self,
        title: str,
        keys: Sequence[Key],
        picture: QSizeF,
        paint_picture: Paint,
        font: QFont,
        palette: Palette,
    ) -> None:
        self.title = title
        self._picture, self._paint_picture = picture, paint_picture
        self._palette = palette
        self.ground = QColor(palette.card)
        self._font, self._title_font = QFont(font), QFont(font)
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._line = QFontMetricsF(self._font).height()
        self._margin = 0.8 * self._line
        self._rows = self._break_into_rows(keys)
        self._title_box = self._room_for_title()
        self._head = self._title_box.bottom() + (0.2 + 1.4 * len(self._rows)) * self._line
        self.width = picture.width() + 2 * self._margin
        self.height = self._head + picture.height() + self._margin

    def paint(self, painter: QPainter) -> None:
        """Draw everything from (0, 0) on."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), self.ground)
        painter.setFont(self._title_font)
        painter.setPen(QColor(self._palette.text))
        place = self._title_box
        painter.drawText(place, _TITLE, self.title)
        painter.setFont(self._font)
        for number, row in enumerate(self._rows):
            self._paint_row(painter, row, place.bottom() + (1.4 * number + 0.7) * self._line)
        self._paint_picture(painter, QRectF(QPointF(self._margin, self._head), self._picture))

    def _room_for_title(self) -> QRectF:
        """As many lines as the width asks for, with a little room around them."""
        width = self._picture.width()
        words = QFontMetricsF(self._title_font).boundingRect(
            QRectF(0, 0, width, 1e6), _TITLE, self.title
        )
        return QRectF(self._margin, self._margin, width, words.height() + 0.4 * self._line)

    def _break_into_rows(self, keys: Sequence[Key]) -> list[list[Key]]:
        """As many rows as the width asks for."""
        rows: list[list[Key]] = []
        used = 0.0
        for key in keys:
            width = self._width_of(key)
            if not rows or used + width > self._picture.width():
                rows.append([])
                used = 0.0
            rows[-1].append(key)
            used += width
        return rows

    def _width_of(self, key: Key) -> float:
        text = QFontMetricsF(self._font).horizontalAdvance(key.text)
        return key.width + text + 1.6 * self._line

    def _paint_row(self, painter: QPainter, row: list[Key], middle: float) -> None:
        left, top = self._margin, middle - self._line / 2
        for key in row:
            painter.save()
            key.paint(painter, QRectF(left, top, key.width, self._line))
            painter.restore()
            painter.setPen(QColor(self._palette.text))
            beside = QRectF(left + key.width + 0.4 * self._line, top, self.width, self._line)
            painter.drawText(beside, _FLAG.AlignLeft | _FLAG.AlignVCenter, key.text)
            left += self._width_of(key)


def save_png(sheet: Sheet, path: Path) -> None:
    """Save a sheet in pixels, twice as sharp as the window.

    Raises:
        UserError: the file cannot be written.
    """
    _write(png_of(sheet), path)


def png_of(sheet: Sheet) -> QByteArray:
    """A sheet in pixels, twice as sharp as the window, as the bytes of a PNG."""
    size = QSizeF(sheet.width, sheet.height) * _SHARPNESS
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(sheet.ground)
    image.setDevicePixelRatio(_SHARPNESS)
    painter = QPainter(image)
    sheet.paint(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return buffer.data()


def save_svg(sheet: Sheet, path: Path, description: str) -> None:
    """Save a sheet in lines and letters instead of pixels.

    Raises:
        UserError: the file cannot be written.
    """
    from PySide6.QtSvg import QSvgGenerator

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setViewBox(QRectF(0, 0, sheet.width, sheet.height))
    generator.setTitle(sheet.title)
    generator.setDescription(description)
    painter = QPainter(generator)
    sheet.paint(painter)
    painter.end()
    _write(buffer.data(), path)


def _write(data: QByteArray, path: Path) -> None:
    try:
        path.write_bytes(data.data())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"“{path.name}” cannot be written ({reason}).", "Choose another folder."
        ) from error
