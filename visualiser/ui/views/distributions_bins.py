"""Histograms over time as tables to draw: which bins, which columns, which numbers beside them."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.training.snapshot import DistributionView

Kind = Literal["weights", "gradients"]
Counts = NDArray[np.float32]

COLUMNS = 240
"""Columns of a drawn table: as fine as the histograms are kept, and as a screen shows."""
_STEP = 8
"""Bins by which the visible part grows, so that axes do not move with every sample."""


@dataclass(frozen=True)
class Bins:
    """The visible bins of one kind of histogram, `first` to `last` (exclusive)."""

    kind: Kind
    edges: NDArray[np.float64]
    first: int
    last: int

    def place(self, value: float) -> float:
        """Where a value is: 0 at the lower edge of the visible bins, 1 at the upper."""
        bins = np.interp(value, self.edges, np.arange(len(self.edges)))
        return float(bins - self.first) / (self.last - self.first)

    def value(self, place: float) -> float:
        """The value at a place: a weight, or the size of a gradient."""
        bins = self.first + place * (self.last - self.first)
        value = float(np.interp(bins, np.arange(len(self.edges)), self.edges))
        return 10**value if self.kind == "gradients" else value

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """Places and texts of at most `most` round values, three at least."""
        if self.kind == "gradients":
            return self._gradient_ticks(max(most, 3))
        return self._weight_ticks(max(most, 3))

    def _gradient_ticks(self, most: int) -> list[tuple[float, str]]:
        low, high = np.ceil(self.edges[self.first]), np.floor(self.edges[self.last])
        every = max(1, int(np.ceil((high - low + 1) / most)))
        exponents = range(int(low), int(high) + 1, every)
        texts = [f"1e{e}".replace("-", "−") if e else "1" for e in exponents]
        if self.first == 0:
            texts[0] = "0"  # the lowest bin holds all that is smaller
        return list(zip(map(self.place, exponents), texts, strict=True))

    def _weight_ticks(self, most: int) -> list[tuple[float, str]]:
        """Zero and round numbers of both signs, which the stretched axis keeps apart."""
        ticks = [0.0]
        apart = 1 / most
        reach = max(-self.edges[self.first], self.edges[self.last])
        for decade in range(int(np.floor(np.log10(reach))), -7, -1):
            for digit in (5, 2, 1):
                value = digit * 10.0**decade
                if value > reach:
                    continue
                places = [self.place(tick) for tick in ticks]
                if min(abs(self.place(value) - place) for place in places) >= apart:
                    ticks += [value, -value]
        inside = [(self.place(tick), f"{tick:g}".replace("-", "−")) for tick in sorted(ticks)]
        return [(place, text) for place, text in inside if -1e-9 <= place <= 1 + 1e-9]


def visible_bins(view: DistributionView, kind: Kind) -> Bins:
    """The bins that ever held something, with a little room, in steps."""
    counts = getattr(view, kind)
    edges = view.weight_edges if kind == "weights" else view.gradient_edges
    total = len(edges) - 1
    used = np.flatnonzero(counts.any(axis=0))
    if not len(used):
        return Bins(kind, edges, 0, total)
    first = max(int(used[0]) // _STEP * _STEP, 0)
    last = min((int(used[-1]) // _STEP + 1) * _STEP, total)
    return Bins(kind, edges, first, last)


def over_time(steps: NDArray[np.int64], counts: Counts, bins: Bins, last_step: float) -> Counts:
    """(visible bins, COLUMNS) as parts of the fullest bin, highest bin first, even in steps.

    Args:
        steps: (T,) of the histograms, ascending.
        counts: (T, B) histograms.
        bins: which of the B to draw.
        last_step: where the last column ends; what has not happened yet is NaN.
    """
    shown = counts[:, bins.first : bins.last]
    at = (np.arange(COLUMNS) + 0.5) * (last_step / COLUMNS)
    column = np.maximum(np.searchsorted(steps, at, side="right") - 1, 0)
    table = (shown / _fullest(shown, bins)[:, None])[column]
    table[at > steps[-1]] = np.nan
    return np.ascontiguousarray(table.T[::-1])


def of_now(counts: Counts, bins: Bins) -> Counts:
    """The visible bins of one histogram (B,) as parts of the fullest, lowest bin first."""
    shown = counts[None, bins.first : bins.last]
    parts: Counts = np.minimum(shown / _fullest(shown, bins)[:, None], 1)[0]
    return parts


def _fullest(shown: Counts, bins: Bins) -> Counts:
    """(T,) counts that are drawn darkest. Gradients that are zero are often most: not counted."""
    zeros = 1 if bins.kind == "gradients" and bins.first == 0 else 0
    fullest: Counts = np.maximum(shown[:, zeros:].max(axis=1), 1e-9)
    return fullest
