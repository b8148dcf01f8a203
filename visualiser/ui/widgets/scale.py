"""What the places of a slider mean, how a value reads, and how a typed one is understood."""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite, log10

from visualiser.core.corruption.spec import Amount

_STEPS = {"sd": 0.05, "db": 1.0, "severity": 1.0, "columns": 1.0, "times": 1.0}
"""From one place of a slider to the next, where that is not one per cent."""


@dataclass(frozen=True)
class Scale:
    """The values under a slider.

    Attributes:
        values: the value at each place, from the left; rising or falling.
        text: a value as the user reads it.
        parse: a typed number (after removing units) → value.
        identity: the value that changes nothing, or None where there is no such thing.
        page: places that Page Up and Page Down move by.
        ratio: the values are shares written “1 in n”, which may be typed in per cent too.
    """

    values: tuple[float, ...]
    text: Callable[[float], str]
    parse: Callable[[float], float]
    identity: float | None = None
    page: int = 10
    ratio: bool = False

    def place(self, value: float) -> int:
        """The place nearest to `value`."""
        return min(range(len(self.values)), key=lambda i: abs(self.values[i] - value))

    def read(self, typed: str) -> float | None:
        """The value that a user typed; None where it is no number, or not on the scale.

        The last number counts, so that “1 in 10”, “20 %” and “0,5 sd” are understood; of ratios
        “0.2” and “20 %” are one in five.
        """
        numbers = re.findall(r"[-+]?\d*[.,]?\d+(?:[eE][-+]?\d+)?", typed.replace("−", "-"))
        if not numbers:
            return None
        number = float(numbers[-1].replace(",", "."))
        if self.ratio and "%" in typed:
            number /= 100
        low, high = sorted((self.values[0], self.values[-1]))
        try:
            value = self.parse(number)
        except ZeroDivisionError:
            return None
        return value if isfinite(value) and low <= value <= high else None


def amount_scale(amount: Amount) -> Scale:
    """Whole per cents, decibels, steps or counts, twentieths of a deviation, or ratios 1 in n."""
    if amount.unit == "factor":
        return Scale(
            _factors(amount.identity, amount.extreme),
            amount.text,
            lambda typed: typed if typed < 1 else 1 / typed,
            amount.identity,
            page=5,
            ratio=True,
        )
    step = _STEPS.get(amount.unit, 0.01)
    count = max(round(abs(amount.extreme - amount.identity) / step), 1)
    stride = (amount.extreme - amount.identity) / count
    values = tuple(round(amount.identity + i * stride, 6) for i in range(count + 1))
    parsers: dict[str, Callable[[float], float]] = {
        "share": lambda typed: typed / 100,
        "retained": lambda typed: round(1 - typed / 100, 9),
        "sd": lambda typed: typed,
        "db": lambda typed: typed,
        "correlation": lambda typed: typed,
        "severity": lambda typed: float(round(typed)),
        "columns": lambda typed: float(round(typed)),
        "times": lambda typed: float(round(typed)),
    }
    page = 1 if amount.unit == "severity" else 10
    return Scale(values, amount.text, parsers[amount.unit], amount.identity, page)


def ladder_scale(low: float = 1e-5, high: float = 100.0) -> Scale:
    """The 1-3-10 ladder from `low` to `high`, both powers of ten."""
    first, last = round(log10(low)), round(log10(high))
    values = [float(f"{digit}e{power}") for power in range(first, last) for digit in (1, 3)]
    return Scale((*values, float(f"1e{last}")), plain_number, lambda typed: typed, page=2)


def plain_number(value: float) -> str:
    """A number without an exponent: “0.00001”, “0.003”, “100”."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return text if text not in {"0", "-0"} or value == 0 else f"{value:.3g}"


def short_count(count: int) -> str:
    """A count in few characters: “1,666”, “12.3k”, “700k”, “1.2M”."""
    if count < 10_000:
        return f"{count:,}"
    size, letter = (1_000, "k") if count < 1_000_000 else (1_000_000, "M")
    # Cut off, not rounded: 999,999 is no “1,000k”.
    tenths = count * 10 // size
    return f"{tenths / 10:g}{letter}" if tenths < 1000 else f"{tenths // 10}{letter}"


def next_width(width: int, up: bool) -> int:
    """The next sensible number of neurons: by 1 below 16, then 4, 16 and 64 at a time."""
    bounds = (16, 64, 256)
    steps = (1, 4, 16, 64)
    step = steps[bisect_left(bounds, width + 1 if up else width)]
    return (width // step + 1) * step if up else (width - 1) // step * step


def _factors(identity: float, extreme: float) -> tuple[float, ...]:
    """Even ratios from `identity` to `extreme`, as 1 in n with n to two digits."""
    places = 40
    ratios = [identity * (extreme / identity) ** (i / places) for i in range(places + 1)]
    inner = [1 / float(f"{1 / ratio:.2g}") for ratio in ratios[1:-1]]
    unique = dict.fromkeys((identity, *inner, extreme))
    return tuple(unique)
