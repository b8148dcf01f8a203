"""How the numbers of a layer lie, kept by their order, so that any bins can be filled later.

Bins chosen beforehand fit no run: too narrow for one that explodes, too coarse for one that does
not. Ranked values fit all of them, whatever their size, and cost the same for every layer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

KEPT = 257
"""Values of a column, at most."""
_OUTERMOST = 16
"""Kept on either side one by one, so that a few numbers far out do not seem to be more."""
_LAST_INNER = KEPT - 1 - 2 * _OUTERMOST
"""Between two neighbours of the others lies one of so many equal shares of the numbers."""


def ranks(numbers: int) -> NDArray[np.int64]:
    """Places in the sorted numbers of those that are kept: all of them, or evenly spaced ones."""
    if numbers <= KEPT:
        return np.arange(numbers)
    inner = np.linspace(_OUTERMOST, numbers - 1 - _OUTERMOST, _LAST_INNER + 1).astype(np.int64)
    outer = np.arange(_OUTERMOST)
    return np.concatenate([outer, inner, numbers - _OUTERMOST + outer])


@dataclass(frozen=True, eq=False)
class Spread:
    """The numbers of a layer at T moments.

    Attributes:
        values: (T, KEPT) the numbers at `ranks`, ascending; NaN where there are no more.
        numbers: (T,) how many numbers there were: all that are finite and not left out.
        zeros: (T,) share of exact zeros, where they are left out of `values`; else 0.
        lost: (T,) share of those that are NaN or infinite.
    """

    values: NDArray[np.float32]
    numbers: NDArray[np.int64]
    zeros: NDArray[np.float64]
    lost: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.numbers)

    def between(self, share: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """(T,) and (T,) values with that share of the numbers below the first, above the second.

        With a share of 0 these are the smallest and the largest. NaN where there are no numbers.
        """
        rank = np.rint(share * np.maximum(self.numbers - 1, 0))
        inner = _LAST_INNER / np.maximum(self.numbers - 1 - 2 * _OUTERMOST, 1)
        thinned = (self.numbers > KEPT) & (rank > _OUTERMOST)
        place = np.where(thinned, _OUTERMOST + (rank - _OUTERMOST) * inner, rank)
        inwards = np.rint(place).astype(np.int64)
        last = np.minimum(self.numbers, KEPT) - 1
        moments = np.arange(len(self))
        low, high = (
            self.values[moments, at].astype(np.float64) for at in (inwards, last - inwards)
        )
        low[last < 0] = high[last < 0] = np.nan
        return low, high

    def below(self, moment: int, edges: NDArray[np.float64]) -> NDArray[np.float64]:
        """(E,) shares of the numbers of a moment that are smaller than each edge.

        Exact where every number is kept, and at the numbers kept; between two of those, the ones
        not kept are taken to lie evenly. NaN where there are no numbers.
        """
        numbers = int(self.numbers[moment])
        if not numbers:
            return np.full(len(edges), np.nan)
        rank = ranks(numbers)
        row = self.values[moment, : len(rank)].astype(np.float64)
        after = np.searchsorted(row, edges)
        last = len(rank) - 1
        low, high = np.clip(after - 1, 0, last), np.minimum(after, last)
        gap = row[high] - row[low]
        within = np.divide(edges - row[low], gap, out=np.zeros(len(edges)), where=gap > 0)
        smaller = rank[low] + 1 + within * np.maximum(rank[high] - rank[low] - 1, 0)
        smaller[after == 0] = 0
        smaller[after > last] = numbers
        shares: NDArray[np.float64] = smaller / numbers
        return shares
