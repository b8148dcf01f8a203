"""Axis ranges that move in steps, few round ticks, and texts that are laid out once.

A range that follows every sample makes each frame lay out all its numbers anew, which costs
three times the drawing of the curves. So ranges grow to the next round number and stay there.
"""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from visualiser.core.numerals import numeral
from visualiser.ui.palette import Palette
from visualiser.ui.plotting import pg

Range = tuple[float, float]
Values = NDArray[np.float64]

_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_SHARE_TOPS = (10.0, 20.0, 50.0, 100.0)
"""In percent, where an axis of shares ends."""
_TICK_STEPS = (1.0, 2.0, 5.0, 10.0)
_TEXTS_KEPT = 400


def round_up(value: float) -> float:
    """The next larger number of 1, 1.2, 1.5, 2 … times a power of ten; 0 stays 0."""
    if not value > 0 or not math.isfinite(value):
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    share = value / power * (1 - 1e-9)
    return next(step for step in _ROUND if step >= share) * power


def share_range(low: float, high: float) -> Range:
    """The range of an axis for shares of `low` to `high` %: small ones get room, in few steps."""
    top = next((top for top in _SHARE_TOPS if high <= top), _SHARE_TOPS[-1])
    if top < _SHARE_TOPS[-1]:
        return 0.0, top
    return min(10.0 * math.floor(low / 10), 50.0), top


class SteppedRange:
    """The range from 0 that an axis shows: grows by round factors, shrinks only when half empty."""

    def __init__(self, least: float) -> None:
        self._least = least
        self.high = least

    def fit(self, highest: float) -> float:
        """The upper end for values up to `highest`."""
        wanted = max(round_up(highest), self._least)
        if wanted > self.high or wanted < 0.5 * self.high:
            self.high = wanted
        return self.high

    def reset(self) -> None:
        """A new run: begin with the least range again."""
        self.high = self._least


def linear_ticks(low: float, high: float, count: int) -> Values:
    """About `count` round numbers between `low` and `high`."""
    span = high - low
    if not span > 0 or count < 1:
        return np.empty(0)
    raw = span / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next((s for s in _TICK_STEPS if s * power >= raw * (1 - 1e-9)), 10.0) * power
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    ticks = np.arange(first, last + 1, dtype=np.float64) * step
    return ticks


def log_ticks(low: float, high: float, count: int) -> Values:
    """Exponents of round numbers for an axis from 10^low to 10^high: 1, 2, 5 or 1, or fewer."""
    decades = np.arange(math.floor(low), math.ceil(high) + 1)
    per_decade = (0.0, math.log10(2), math.log10(5)) if high - low < count / 2.5 else (0.0,)
    every = max(1, math.ceil((high - low) / max(count, 1)))
    ticks = (decades[::every, None] + np.array(per_decade)).ravel()
    kept: Values = ticks[(ticks >= low - 1e-9) & (ticks <= high + 1e-9)]
    return kept


def apart(ticks: Values, least: float) -> Values:
    """The ticks without those nearer than `least` to the one kept before: numbers never overlap."""
    if len(ticks) < 2 or np.diff(ticks).min() >= least:
        return ticks
    kept = [ticks[0]]
    for tick in ticks[1:]:
        if tick - kept[-1] >= least:
            kept.append(tick)
    return np.array(kept)


class NumberAxis(pg.AxisItem):  # type: ignore[misc]
    """An axis with round numbers.

    Attributes:
        logarithmic: the values on it are exponents of ten.
        whole: ticks at whole numbers only.
    """

    def __init__(self, side: str, whole: bool = False) -> None:
        super().__init__(side, maxTickLength=0)
        self.logarithmic = False
        self.whole = whole
        self._shown: Values = np.empty(0)
        self._font_key = ""
        self.enableAutoSIPrefix(False)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def apply(self, palette: Palette, font: QFont) -> None:
        """Take the colours of a theme and a font, and the room that numbers need in it."""
        self.setPen(QColor(palette.border))
        self.setTextPen(QColor(palette.muted))
        self.setTickFont(font)
        self._font_key = font.key()
        metrics = QFontMetricsF(font)
        if self.orientation == "bottom":
            self.setHeight(metrics.height() + 6)

    @property
    def reads_as(self) -> tuple[object, ...]:
        """What its numbers depend on besides its range and its length."""
        return self.logarithmic, self.whole, self._font_key

    def ticks(self, low: float, high: float, length: float) -> Values:
        """Where the numbers stand, for an axis of `length` pixels."""
        font = self.style["tickFont"] or QFont()
        metrics = QFontMetricsF(font)
        across = self.orientation == "bottom"
        room = 5.5 * metrics.averageCharWidth() + 40 if across else 1.9 * metrics.height()
        count = max(2, int(length / room))
        if self.logarithmic:
            ticks = log_ticks(low, high, count)
        else:
            ticks = linear_ticks(low, high, count)
            ticks = ticks[ticks == np.round(ticks)] if self.whole else ticks
        needed = metrics.height()
        if across:
            texts = self.tickStrings(ticks, 1.0, 1.0)
            needed = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
            needed += metrics.averageCharWidth()
        return apart(ticks, needed * (high - low) / max(length, 1.0))

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, Values]]:  # noqa: N803
        return [(1.0, self._shown)]

    def show_ticks(self, ticks: Values) -> None:
        """Put numbers there and nowhere else: where the grid has its lines."""
        if not np.array_equal(ticks, self._shown):
            self._shown = ticks
            self.picture = None
            self.update()

    def tickStrings(self, values: Values, scale: float, spacing: float) -> list[str]:
        return [numeral(10.0**v if self.logarithmic else float(v)) for v in values]


class Texts:
    """Short texts laid out once for a font, then only painted."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.height = self.metrics.height()
        self._laid_out: dict[str, QStaticText] = {}

    def width(self, text: str) -> float:
        """In pixels."""
        return self._text(text).size().width()

    def draw(self, painter: QPainter, text: str, x: float, y: float, colour: QColor) -> None:
        """With the upper left corner at (x, y)."""
        painter.setFont(self.font)
        painter.setPen(colour)
        painter.drawStaticText(QPointF(x, y), self._text(text))

    def elided(self, text: str, width: float) -> str:
        """The text, cut with an ellipsis where it is wider than `width`."""
        if self.width(text) <= width:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _text(self, text: str) -> QStaticText:
        found = self._laid_out.get(text)
        if found is None:
            if len(self._laid_out) >= _TEXTS_KEPT:
                self._laid_out.clear()
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            found.prepare(font=self.font)
            self._laid_out[text] = found
        return found
