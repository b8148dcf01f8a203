"""A clip of sound drawn twice: its waveform, and how loud each pitch is at each moment."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visualiser.core.data.dataset import FloatArray
from visualiser.core.data.encoding_sound import RANGE_DB, MelEncoder, mel
from visualiser.core.numerals import numeral
from visualiser.ui.palette import LIGHT, Palette, rgb
from visualiser.ui.views.axes import linear_ticks
from visualiser.ui.views.empty_state import paint_empty
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.kept_drawing import KeptDrawing

_WAVE_SHARE = 0.24
"""Of the height, for the waveform."""
_FREQUENCIES = (100, 200, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000)
_DECIBEL_STEP = 20
_COLOURS = 256


@dataclass(frozen=True, eq=False)
class Sounding:
    """A clip and its spectrogram.

    Attributes:
        clip: (samples,) in −1…1.
        decibels: (mels, frames), the highest band first.
        encoder: what made the spectrogram.
    """

    clip: FloatArray
    decibels: FloatArray
    encoder: MelEncoder

    @classmethod
    def of(cls, clip: FloatArray, encoder: MelEncoder) -> "Sounding":
        """The clip as the model sees it, before the means of the bands are taken off."""
        return cls(clip, encoder.decibels(clip[None])[0], encoder)

    @property
    def seconds(self) -> float:
        """How long the clip is."""
        return len(self.clip) / self.encoder.frames.sample_rate


class SpectrogramPlot(QWidget):
    """Paints a Sounding; knows nothing of snapshots."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = LIGHT
        self._sounding: Sounding | None = None
        self._nothing = ""
        self._drawing = KeptDrawing(self, self._paint)
        self.hover = Hover(self, self.read)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Waveform and spectrogram"))

    def sizeHint(self) -> QSize:
        return QSize(420, 200)

    def minimumSizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(10 * line, 9 * line)

    @property
    def sounding(self) -> Sounding | None:
        """What is drawn."""
        return self._sounding

    def show_nothing(self, why: str) -> None:
        """Empty, with a sentence in the middle."""
        self._sounding, self._nothing = None, why
        self.setAccessibleDescription(why)
        self._drawing.forget()

    def show_sounding(self, sounding: Sounding) -> None:
        """Draw this one."""
        self._sounding = sounding
        loudest = self._cell(int(np.argmax(sounding.decibels)), sounding)
        self.setAccessibleDescription(
            self.tr("{seconds} seconds; the loudest is at {place}").format(
                seconds=numeral(sounding.seconds), place=loudest
            )
        )
        self._drawing.forget()
        self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._drawing.forget()

    def read(self, place: QPointF) -> str:
        """Time, pitch and loudness under a point of the spectrogram; the time in the waveform."""
        sounding = self._sounding
        if sounding is None:
            return ""
        if self.wave_box.contains(place):
            across = (place.x() - self.wave_box.left()) / self.wave_box.width()
            return self.tr("{time} s").format(time=numeral(across * sounding.seconds))
        box = self._picture_box(sounding)
        if not box.contains(place):
            return ""
        bands, frames = sounding.decibels.shape
        row = min(int((place.y() - box.top()) / box.height() * bands), bands - 1)
        column = min(int((place.x() - box.left()) / box.width() * frames), frames - 1)
        return self._cell(row * frames + column, sounding)

    def _cell(self, place: int, sounding: Sounding) -> str:
        """“0.12 s, 1,300 Hz: −23 dB” for a place in the unrolled spectrogram."""
        bands, frames = sounding.decibels.shape
        row, column = divmod(place, frames)
        found = sounding.encoder.frames
        return self.tr("{time} s, {frequency} Hz: {decibels} dB").format(
            time=numeral(float(found.times[column])),
            frequency=f"{found.edges[bands - row]:,.0f}",
            decibels=f"{sounding.decibels[row, column]:.0f}".replace("-", "−"),
        )

    # -- places -------------------------------------------------------------------------------

    @property
    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()

    @property
    def _plane(self) -> QRectF:
        """Without the room for numbers, and for the legend on the right."""
        metrics = QFontMetricsF(self.font())
        left = metrics.horizontalAdvance("16 kHz") + 8
        right = metrics.horizontalAdvance("−100 dB") + 1.6 * self._line
        least = 2 * self._line
        width = max(self.width() - left - right, least)
        return QRectF(left, 2, width, max(self.height() - 2.3 * self._line, least))

    @property
    def wave_box(self) -> QRectF:
        """Where the waveform is."""
        plane = self._plane
        plane.setHeight(_WAVE_SHARE * plane.height())
        return plane

    @property
    def spectrum_box(self) -> QRectF:
        """Where the spectrogram is, from the first sample to the last."""
        plane = self._plane
        plane.setTop(self.wave_box.bottom() + 0.5 * self._line)
        return plane

    def _picture_box(self, sounding: Sounding) -> QRectF:
        """Where the windows stand: the first is around its middle, not around zero."""
        box, frames = self.spectrum_box, sounding.encoder.frames
        step, times = frames.hop / frames.sample_rate, frames.times
        left = box.left() + box.width() * max(times[0] - step / 2, 0) / sounding.seconds
        right = box.left() + box.width() * min((times[-1] + step / 2) / sounding.seconds, 1)
        return QRectF(left, box.top(), right - left, box.height())

    def frequency_place(self, frequency: float) -> float:
        """Pixels from the top at which a pitch stands."""
        assert self._sounding is not None
        edges = self._sounding.encoder.frames.edges
        step = float(mel(edges[1]))
        share = (float(mel(frequency)) - step / 2) / (step * (len(edges) - 2))
        return self.spectrum_box.bottom() - share * self.spectrum_box.height()

    # -- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._drawing.draw(painter)
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        sounding = self._sounding
        if sounding is None:
            paint_empty(painter, QRectF(self.rect()), self._nothing, self._palette)
            return
        self._paint_wave(painter, sounding)
        box = self.spectrum_box
        painter.fillRect(box, QColor(self._palette.sunken))
        levels = (sounding.decibels - sounding.encoder.silence) / RANGE_DB
        painter.drawImage(self._picture_box(sounding), _image(levels, self._palette))
        self._paint_times(painter, sounding)
        self._paint_frequencies(painter, sounding)
        self._paint_legend(painter, sounding)

    def _paint_wave(self, painter: QPainter, sounding: Sounding) -> None:
        """The lowest and the highest sample of each pixel's width."""
        box = self.wave_box
        middle, half = box.center().y(), box.height() / 2
        columns = max(int(box.width()), 1)
        starts = np.linspace(0, len(sounding.clip), columns, endpoint=False).astype(np.int64)
        lows = np.minimum.reduceat(sounding.clip, starts)
        highs = np.maximum.reduceat(sounding.clip, starts)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))
        painter.setPen(QPen(QColor(self._palette.accent), 1))
        for column, (low, high) in enumerate(zip(lows.tolist(), highs.tolist(), strict=True)):
            x = box.left() + column + 0.5
            painter.drawLine(QPointF(x, middle - half * high), QPointF(x, middle - half * low))

    def _paint_times(self, painter: QPainter, sounding: Sounding) -> None:
        box, metrics = self.spectrum_box, QFontMetricsF(self.font())
        painter.setPen(QColor(self._palette.muted))
        count = max(2, int(box.width() / (5 * self._line)))
        for tick in linear_ticks(0, sounding.seconds, count).tolist():
            x = box.left() + box.width() * tick / sounding.seconds
            text = f"{numeral(tick)} s"
            wide = metrics.horizontalAdvance(text)
            x = min(max(x - wide / 2, box.left()), box.right() - wide)
            painter.drawText(QPointF(x, box.bottom() + metrics.ascent() + 3), text)

    def _paint_frequencies(self, painter: QPainter, sounding: Sounding) -> None:
        box, metrics = self.spectrum_box, QFontMetricsF(self.font())
        painter.setPen(QColor(self._palette.muted))
        above = box.bottom() + 2 * self._line
        for frequency in _FREQUENCIES:
            y = self.frequency_place(frequency)
            base = min(max(y + 0.35 * metrics.ascent(), box.top() + metrics.ascent()), box.bottom())
            if y < box.top() - 0.5 * self._line or above - base < self._line:
                continue
            above = base
            text = f"{frequency // 1000} kHz" if frequency >= 1000 else f"{frequency} Hz"
            right = box.left() - 5
            painter.drawText(QPointF(right - metrics.horizontalAdvance(text), base), text)

    def _paint_legend(self, painter: QPainter, sounding: Sounding) -> None:
        """The colours of decibels, beside the spectrogram."""
        box, metrics = self.spectrum_box, QFontMetricsF(self.font())
        bar = QRectF(box.right() + 0.6 * self._line, box.top(), 0.7 * self._line, box.height())
        ladder = np.linspace(1, 0, _COLOURS, dtype=np.float32)[:, None]
        painter.drawImage(bar, _image(ladder, self._palette))
        painter.setPen(QColor(self._palette.muted))
        low, high = sounding.encoder.silence, sounding.encoder.loudest
        above = bar.top() - self._line
        first = _DECIBEL_STEP * np.floor(high / _DECIBEL_STEP)
        for decibels in np.arange(first, low, -_DECIBEL_STEP).tolist():
            y = bar.top() + bar.height() * (high - decibels) / RANGE_DB
            base = min(max(y + 0.35 * metrics.ascent(), bar.top() + metrics.ascent()), bar.bottom())
            if base - above >= self._line:
                above = base
                text = f"{decibels:.0f} dB".replace("-", "−")
                painter.drawText(QPointF(bar.right() + 4, base), text)


def _image(levels: FloatArray, palette: Palette) -> QImage:
    """(rows, columns) in 0…1 as an image, from the ground over the accent to the text's colour."""
    pixels = np.ascontiguousarray(_table(palette)[_codes(levels)])
    height, width = levels.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def _codes(levels: FloatArray) -> NDArray[np.uint8]:
    return (np.clip(levels, 0, 1) * (_COLOURS - 1)).round().astype(np.uint8)


def _table(palette: Palette) -> NDArray[np.uint8]:
    """(256, 3) the deeper the louder; lightness goes one way, so that it reads without colour."""
    ends = np.array([rgb(palette.sunken), rgb(palette.accent), rgb(palette.text)], dtype=float)
    place = np.linspace(0, 2, _COLOURS)
    table = np.stack([np.interp(place, [0, 1.2, 2], ends[:, c]) for c in range(3)], axis=1)
    return table.round().astype(np.uint8)
