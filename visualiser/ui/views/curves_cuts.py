"""Where a curve leaves its chart at the top or at the bottom, and how far it goes there."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from visualiser.ui.views.axes import Range
from visualiser.ui.views.curves_series import Line

_LONG = 1e5
"""Numbers from here on have an exponent."""


@dataclass(frozen=True)
class Cut:
    """The farthest point of a curve outside the range of y.

    Attributes:
        x: in the units of the axis.
        text: the value there.
        above: whether it is above the chart; else below.
        colour: of the curve.
    """

    x: float
    text: str
    above: bool
    colour: str


def cuts_of(lines: Sequence[Line], x: Range, y: Range, logarithmic: bool) -> tuple[Cut, ...]:
    """One for each curve that leaves the range `y` somewhere in `x`, the frontmost curve first.

    Of a curve that leaves it on both sides that is the upper one, and of a figure that is drawn
    twice, faint and smoothed, the one that goes farther.
    """
    found: dict[str, tuple[float, Cut]] = {}
    for line in reversed(lines):
        low, high = line.ends
        above = high > y[1]
        if not (above or low < y[0]):
            continue
        towards = 1.0 if above else -1.0
        seen = np.isfinite(line.y) & (line.x >= x[0]) & (line.x <= x[1])
        farthest = int(np.where(seen, towards * line.y, -np.inf).argmax())
        value = float(line.y[farthest])
        if not seen[farthest] or y[0] <= value <= y[1]:
            continue  # only the point before or after what is shown
        cut = Cut(float(line.x[farthest]), _text(value, logarithmic), above, line.look.colour)
        if line.name not in found or towards * value > found[line.name][0]:
            found[line.name] = towards * value, cut
    return tuple(cut for _, cut in found.values())


def _text(value: float, logarithmic: bool) -> str:
    """Three digits: “230”, “45,300”, “1.2e6”."""
    if logarithmic:
        exponent = int(np.floor(value))
        if not -4 <= exponent < np.log10(_LONG):
            return f"{10 ** (value - exponent):.1f}e{exponent}".replace("-", "−")
        value = 10.0**value
    if abs(value) < _LONG:
        return f"{float(f'{value:.3g}'):,g}".replace("-", "−")
    mantissa, _, power = f"{value:.1e}".partition("e")
    return f"{mantissa}e{int(power)}".replace("-", "−")
