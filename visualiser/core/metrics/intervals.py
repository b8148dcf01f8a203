"""Figures with the range that chance leaves open: 95 % intervals.

Of resampled figures the middle 95 % are taken (the percentile bootstrap, Efron 1979); of single
shares Wilson's interval (1927), which also holds for few rows and for shares near 0 and 1.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LEVEL = 0.95
"""How many of a hundred such intervals contain what is true."""

_TAILS = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
_DEVIATIONS = 1.959963984540054
"""Of a normal variable: between minus and plus so many standard deviations lies 95 %."""

_SEED = 5
_REPLICATES = 500
MOST_KEPT = 4096
"""Rows for which the draws are kept: 8 MB. All evaluations of a run look at the same rows."""

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval; NaN where it cannot be measured."""

    value: float
    low: float
    high: float

    def contains(self, value: float) -> bool:
        """Whether a value is within what chance leaves open; False where nothing is known."""
        return self.low <= value <= self.high


@dataclass(frozen=True, eq=False)
class Estimates:
    """Several figures and their intervals, (G,) each; NaN where one cannot be measured."""

    value: Values
    low: Values
    high: Values

    def __len__(self) -> int:
        return len(self.value)

    def __getitem__(self, place: int) -> Estimate:
        return Estimate(float(self.value[place]), float(self.low[place]), float(self.high[place]))


def estimate(value: float, samples: Values) -> Estimate:
    """A figure with the middle 95 % of its samples, (R,)."""
    low, high = middle(samples)
    return Estimate(value, float(low), float(high))


def estimates(values: Values, samples: Values) -> Estimates:
    """(G,) figures with the middle 95 % of their samples, (R, G)."""
    return Estimates(values, *middle(samples))


def middle(samples: Values) -> tuple[Values, Values]:
    """(R, …) samples → (…) lower and upper end of the middle 95 %, NaN among them left out."""
    ordered = np.sort(samples, axis=0)  # NaN stand last
    known = np.asarray(np.count_nonzero(~np.isnan(samples), axis=0))
    low, high = (_quantile(ordered, known, share) for share in _TAILS)
    return low, high


def upper_quantile(samples: Values) -> float:
    """What 95 % of (R,) samples stay below, NaN among them left out."""
    known = np.asarray(np.count_nonzero(~np.isnan(samples)))
    return float(_quantile(np.sort(samples), known, LEVEL))


def _quantile(ordered: Values, known: NDArray[Any], share: float) -> Values:
    """As numpy.nanquantile, which takes a hundred times as long and warns where all are NaN."""
    place = share * np.maximum(known - 1, 0)
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, np.maximum(known - 1, 0))
    first = np.take_along_axis(ordered, below[None], axis=0)[0]
    second = np.take_along_axis(ordered, above[None], axis=0)[0]
    return np.asarray(first + (place - below) * (second - first), dtype=np.float64)


def wilson(right: NDArray[Any], rows: NDArray[Any]) -> Estimates:
    """Shares right / rows, (G,) each, with Wilson's interval; NaN where there are no rows."""
    rows = np.asarray(rows, dtype=np.float64)
    share = np.full(len(rows), np.nan)
    np.divide(right, rows, out=share, where=rows > 0)
    weight = _DEVIATIONS**2 / np.maximum(rows, 1)
    centre = (share + weight / 2) / (1 + weight)
    reach = np.sqrt(weight * share * (1 - share) + weight**2 / 4) / (1 + weight)
    # Rounding must not leave a share of none or of all outside.
    low, high = np.minimum(centre - reach, share), np.maximum(centre + reach, share)
    return Estimates(share, np.maximum(low, 0.0), np.minimum(high, 1.0))


def resampled_sums(values: NDArray[Any]) -> Values:
    """(R, C) sums of (N, C) values over N rows drawn with replacement, R times.

    The draws depend on N alone, so that two figures of the same rows are resampled together and
    the same figures always have the same interval.
    """
    rows = len(values)
    draws = _kept_draws(rows) if rows <= MOST_KEPT else _draws(rows)
    sums: Values = (draws @ values.astype(np.float32)).astype(np.float64)
    return sums


def _draws(rows: int) -> NDArray[np.float32]:
    """(R, N) how often each row is drawn."""
    generator = np.random.default_rng([_SEED, rows])
    drawn = generator.integers(0, max(rows, 1), (_REPLICATES, rows), dtype=np.int64)
    drawn += np.arange(_REPLICATES)[:, None] * rows
    counts = np.bincount(drawn.ravel(), minlength=_REPLICATES * rows)
    return counts.reshape(_REPLICATES, rows).astype(np.float32)


_kept_draws = lru_cache(maxsize=2)(_draws)
