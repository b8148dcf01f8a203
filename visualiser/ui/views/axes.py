"""Axes that move in steps, their ticks and the numbers beside them. Pure, without Qt.

A range that follows every sample lays out all texts anew in every frame, which costs more than
the curves. Ranges here depend on the extreme values by ladders of round numbers, so that they
change now and then only.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray

LADDER = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_DECADE = (1.0, 2.0, 5.0, 10.0)
_TINY = 1e-12
_MILLION = 1e6


@dataclass(frozen=True)
class Axis:
    """From `low` to `high`, spaced evenly or by the logarithm; `unit` is how numbers are told."""

    low: float
    high: float
    log: bool = False
    unit: Literal["plain", "percent", "count"] = "plain"

    def places(self, values: NDArray[np.floating]) -> FloatArray:
        """Where values are: 0 at `low`, 1 at `high`. Not finite where there is no place."""
        if not self.log:
            return np.asarray((values - self.low) / (self.high - self.low), dtype=np.float64)
        low, high = math.log10(self.low), math.log10(self.high)
        with np.errstate(invalid="ignore"):
            logs = np.log10(np.maximum(np.asarray(values, dtype=np.float64), _TINY))
        return np.asarray((logs - low) / (high - low), dtype=np.float64)

    def value(self, place: float) -> float:
        """The value at a place."""
        if not self.log:
            return self.low + place * (self.high - self.low)
        low, high = math.log10(self.low), math.log10(self.high)
        return float(10 ** (low + place * (high - low)))

    def ticks(self, most: int) -> tuple[list[float], list[str]]:
        """About `most` round values within the axis, and their texts."""
        values = _log_ticks(self.low, self.high, most) if self.log else None
        if values is None:
            values = _linear_ticks(self.low, self.high, most)
        return values, [self._text(value, values) for value in values]

    def _text(self, value: float, ticks: list[float]) -> str:
        if self.unit == "percent":
            step = 100 * (ticks[1] - ticks[0]) if len(ticks) > 1 else 1.0
            return f"{100 * value:.{_decimals(step)}f} %"
        if self.log:
            return number(value)
        step = ticks[1] - ticks[0] if len(ticks) > 1 else abs(value) or 1.0
        if max(abs(tick) for tick in ticks) >= _MILLION:
            return f"{value / _MILLION:,.{_decimals(step / _MILLION)}f} M" if value else "0"
        return f"{value:,.{_decimals(step)}f}".replace("-", "−")


def number(value: float) -> str:
    """Three significant digits, as short as they can be: “1,240”, “0.05”, “2.3e−7”."""
    if not math.isfinite(value):
        return "not a number"
    size = abs(value)
    if size and (size < 1e-3 or size >= 1e7):
        mantissa, exponent = f"{value:.1e}".split("e")
        text = f"{mantissa.removesuffix('.0')}e{int(exponent)}"
    elif size >= 100:
        text = f"{value:,.0f}"
    else:
        text = f"{value:.3g}"
    return text.replace("-", "−")


def round_up(value: float, ladder: tuple[float, ...] = LADDER) -> float:
    """The next round number that is not below a positive value."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    decade = 10.0 ** math.floor(math.log10(value))
    share = value / decade
    return decade * next(step for step in (*ladder, 10.0 * ladder[0]) if step >= share - 1e-9)


def round_down(value: float, ladder: tuple[float, ...] = LADDER) -> float:
    """The next round number that is not above a positive value."""
    if not value > 0 or not math.isfinite(value):
        return 1.0
    decade = 10.0 ** math.floor(math.log10(value))
    share = value / decade
    return decade * next(step for step in reversed(ladder) if step <= share + 1e-9)


def from_zero(high: float) -> Axis:
    """From zero to a round number."""
    return Axis(0.0, round_up(high))


def log_axis(low: float, high: float) -> Axis:
    """Between round numbers, at least a factor of ten apart."""
    top = round_up(max(high, _TINY), _DECADE)
    bottom = min(round_down(max(low, _TINY), _DECADE), top / 10)
    return Axis(bottom, top, log=True)


def share_axis(low: float, high: float) -> Axis:
    """Shares in per cent, between whole tens."""
    bottom = max(0.0, math.floor(low * 10 + 1e-9) / 10)
    top = min(1.0, math.ceil(high * 10 - 1e-9) / 10)
    return Axis(min(bottom, top - 0.1), top, unit="percent")


def around(low: float, high: float) -> Axis:
    """Between round multiples of a step that fits, for a part that has been zoomed in on."""
    span = max(high - low, abs(high) * 1e-6, _TINY)
    step = round_up(span / 8, _DECADE)
    bottom, top = math.floor(low / step) * step, math.ceil(high / step) * step
    return Axis(bottom, top if top > bottom else bottom + step)


def _linear_ticks(low: float, high: float, most: int) -> list[float]:
    step = round_up((high - low) / max(most, 1), _DECADE)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [k * step for k in range(first, last + 1)]


def _log_ticks(low: float, high: float, most: int) -> list[float] | None:
    """Decades, or 1, 2 and 5 of each where there is room; None where linear ones fit better."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    within = (low * (1 - 1e-9), high * (1 + 1e-9))
    for parts in ((1, 2, 5), (1, 3), (1,)):
        ticks = [m * 10.0**k for k in range(first, last + 1) for m in parts]
        ticks = [tick for tick in ticks if within[0] <= tick <= within[1]]
        if len(ticks) <= max(most, 2):
            break
    else:
        ticks = ticks[:: math.ceil(len(ticks) / max(most, 2))]
    return ticks if len(ticks) > 1 else None


def _decimals(step: float) -> int:
    return max(0, math.ceil(-math.log10(step) - 1e-9)) if step > 0 else 0
