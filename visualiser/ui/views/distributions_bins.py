"""Spreads over time as densities to draw: over which bins, how dense, and what lies outside."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import DistributionView
from visualiser.core.training.spread import Spread
from visualiser.ui.views.axes import linear_ticks, round_up

Kind = Literal["weights", "gradients"]
Values = NDArray[np.float64]

COLUMNS = 240
"""Columns of a drawn table: as fine as the spreads are kept, and as a screen shows."""
_FEWEST_BINS, _MOST_BINS = 12, 56
_STEP = 4
"""Bins by which the visible range grows, so that axes do not move with every column."""
_TAIL = 0.01
"""Share of the numbers on either side that may lie far out without stretching the axis."""
_LEAST_DECADES = 2.0
_TYPICAL = 0.9
"""Share of the columns whose fullest bin is no darker than the darkest colour."""


@dataclass(frozen=True)
class Bins:
    """Bins of one width along an axis of weights, or of decades of the size of gradients.

    Bins `first` to `last` (exclusive) are shown; bin 0 has its middle at 0.
    """

    kind: Kind
    width: float
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many there are."""
        return self.last - self.first

    @property
    def ends(self) -> tuple[float, float]:
        """Where the axis begins and ends: weights, or decades."""
        return (self.first - 0.5) * self.width, (self.last - 0.5) * self.width

    def edges(self) -> Values:
        """(count + 1,) as values: weights, or sizes of gradients."""
        edges: Values = (np.arange(self.first, self.last + 1, dtype=np.float64) - 0.5) * self.width
        return np.power(10.0, edges) if self.kind == "gradients" else edges

    def place(self, value: float) -> float:
        """Where a value is: 0 at the lower end of the axis, 1 at the upper."""
        low, high = self.ends
        along = float(np.log10(value)) if self.kind == "gradients" else value
        return (along - low) / (high - low)

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Places and texts of about `most` round values."""
        low, high = self.ends
        if self.kind == "weights":
            ticks = linear_ticks(low, high, max(most, 2)).tolist()
            return [((tick - low) / (high - low), numeral(tick)) for tick in ticks]
        lowest, highest = int(np.ceil(low)), int(np.floor(high))
        every = max(1, int(np.ceil((highest - lowest + 1) / max(most, 2))))
        decades = range(lowest, highest + 1, every)
        return [((d - low) / (high - low), numeral(10.0**d)) for d in decades]


def visible_bins(view: DistributionView, kind: Kind) -> Bins:
    """Bins that hold all that was ever seen, but for a few numbers that lie very far out."""
    spread: Spread = getattr(view, kind)
    low, high = _range(spread, kind)
    least = _LEAST_DECADES if kind == "gradients" else max(1e-3 * max(-low, high), 1e-30)
    span = max(high - low, least)
    most = 3 * float(spread.numbers.max(initial=0)) ** (1 / 3)
    width = round_up(span / min(max(most, _FEWEST_BINS), _MOST_BINS))
    first, last = math.floor(low / width + 0.5), math.floor(high / width + 0.5) + 1
    return Bins(kind, width, first // _STEP * _STEP, -(-last // _STEP) * _STEP)


def _range(spread: Spread, kind: Kind) -> tuple[float, float]:
    """From the smallest number to the largest, as far as they are near others of their moment."""
    some = spread.numbers > 0
    if not some.any():
        return 0.0, 0.0
    least, most, low, high = (end[some] for share in (0.0, _TAIL) for end in spread.between(share))
    if kind == "gradients":
        least, most, low, high = (np.log10(end) for end in (least, most, low, high))
    lowest, highest = np.maximum(least, 2 * low - high), np.minimum(most, 2 * high - low)
    return float(lowest.min()), float(highest.max())


class Densities:
    """What there is in each bin at each moment; grows with a run.

    Attributes:
        bins: the bins filled.
        table: (T, bins) densities: share of the numbers / width of the bin. NaN without numbers.
        below, above: (T,) shares outside the bins.
    """

    def __init__(self, bins: Bins) -> None:
        self.bins = bins
        self._steps = np.empty(0, dtype=np.int64)
        self.table = np.empty((0, bins.count))
        self.below, self.above = np.empty(0), np.empty(0)

    def follow(self, steps: NDArray[np.int64], spread: Spread) -> None:
        """Take what is new of a run's spread; all of it where it does not go on from the last."""
        known = len(self._steps)
        if known > len(steps) or not np.array_equal(self._steps, steps[:known]):
            known = 0
        edges = self.bins.edges()
        shares = [spread.below(moment, edges) for moment in range(known, len(steps))]
        if shares:
            new = np.array(shares)
            density = np.diff(new, axis=1) / self.bins.width
            self.table = np.concatenate([self.table[:known], density])
            self.below = np.concatenate([self.below[:known], new[:, 0]])
            self.above = np.concatenate([self.above[:known], 1 - new[:, -1]])
        self._steps = steps


def columns_of(steps: NDArray[np.int64], last_step: float) -> NDArray[np.int64]:
    """(COLUMNS,) which moment stands at each of the columns, even in steps; −1: still to come.

    Args:
        steps: (T,) of the moments, ascending.
        last_step: where the last column ends.
    """
    at = (np.arange(COLUMNS) + 0.5) * (last_step / COLUMNS)
    column = np.maximum(np.searchsorted(steps, at, side="right") - 1, 0)
    return np.where(at > steps[-1], -1, column)


def over_time(table: Values, columns: NDArray[np.int64]) -> Values:
    """(bins, COLUMNS) densities on one scale, highest bin first; 1 is the darkest colour.

    A column much narrower than most may be above 1. NaN where there are no numbers.
    """
    drawn = table[columns]
    drawn[columns < 0] = np.nan
    fullest = drawn.max(axis=1)
    fullest = np.sort(fullest[np.isfinite(fullest)])
    typical = float(fullest[int(_TYPICAL * len(fullest))]) if len(fullest) else 1.0
    return np.ascontiguousarray((drawn / max(typical, 1e-300)).T[::-1])


def stretches(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-last place of each run of True."""
    turns = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    return [(int(first), int(last)) for first, last in turns.reshape(-1, 2)]
