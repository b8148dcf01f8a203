"""Whether a classifier is as often right as it says: reliability and calibration error.

Guo et al. 2017, “On Calibration of Modern Neural Networks”: answers are put into bins by their
confidence, the probability of the class that is answered, and in each bin the mean confidence is
compared with the share that is right.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.metrics.intervals import (
    MOST_KEPT,
    Estimate,
    Estimates,
    Values,
    middle,
    resampled_sums,
    upper_quantile,
    wilson,
)

BINS = 15
"""Of equal width, as Guo et al. have them: bin m holds confidences in ((m − 1) / 15, m / 15].

torchmetrics counts a confidence on an edge to the bin above, and one of exactly 1 to a bin of its
own; scikit-learn's calibration_curve has edges where they are here."""

_EDGES = np.linspace(0, 1, BINS + 1)
_REPLICATES = 500
_SEED = 13


@dataclass(frozen=True, eq=False)
class Reliability:
    """Answers in bins of their confidence, all (BINS,); NaN where a bin is empty.

    Attributes:
        count: how many answers are in the bin.
        confidence: their mean confidence.
        right: the share of them that is right, with Wilson's interval.
    """

    count: IntArray
    confidence: Values
    right: Estimates

    @property
    def gaps(self) -> Values:
        """(BINS,) how far confidence and share of right answers are apart; 0 in an empty bin."""
        return np.nan_to_num(np.abs(self.right.value - self.confidence))

    @property
    def expected_error(self) -> float:
        """ECE: the mean gap, each bin weighted with its answers; NaN without any."""
        rows = int(self.count.sum())
        return float(self.count @ self.gaps / rows) if rows else float("nan")

    @property
    def largest_error(self) -> float:
        """MCE: the gap of the worst bin, however few answers it has; NaN without any."""
        return float(self.gaps.max()) if self.count.any() else float("nan")

    @property
    def mean_confidence(self) -> float:
        """Of all answers; NaN without any."""
        rows = int(self.count.sum())
        return float(self.count @ np.nan_to_num(self.confidence) / rows) if rows else float("nan")


def bins_of(confidence: NDArray[np.floating]) -> IntArray:
    """(N,) in which bin each confidence falls."""
    return np.searchsorted(_EDGES[1:-1], confidence, side="left").astype(np.int64)


def bin_edges() -> Values:
    """(BINS + 1,) where bins begin and end."""
    return _EDGES.copy()


def reliability(confidence: NDArray[np.floating], right: NDArray[np.bool_]) -> Reliability:
    """The bins of N answers; `right` tells of each whether it is."""
    bins = bins_of(confidence)
    count = np.bincount(bins, minlength=BINS)
    total = np.bincount(bins, weights=confidence.astype(np.float64), minlength=BINS)
    mean: Values = np.full(BINS, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return Reliability(count, mean, wilson(np.bincount(bins[right], minlength=BINS), count))


def calibration_error(confidence: NDArray[np.floating], right: NDArray[np.bool_]) -> float:
    """ECE of N answers, 0 … 1; NaN without any. Cheap enough for every evaluation."""
    if not len(confidence):
        return float("nan")
    off = np.asarray(right, dtype=np.float64) - confidence
    sums = np.bincount(bins_of(confidence), weights=off, minlength=BINS)
    return float(np.abs(sums).sum() / len(confidence))


def calibration_estimate(
    confidence: NDArray[np.floating], right: NDArray[np.bool_]
) -> tuple[Estimate, float]:
    """ECE with its interval, and what a perfectly calibrated model would stay below.

    Chance adds to a mean of absolute values, and resampling adds as much once more: so the
    interval is the one that is reflected at the figure (the basic bootstrap, Davison & Hinkley
    1997), cut at 0. The second figure is that of 95 of 100 models which are right exactly as often
    as they say with the same confidences (consistency resampling, Bröcker & Smith 2007).
    """
    value = calibration_error(confidence, right)
    if not len(confidence):
        return Estimate(value, value, value), value
    members = np.eye(BINS)[bins_of(confidence)]
    off = np.asarray(right, dtype=np.float64) - confidence
    low, high = middle(_mean_gap(resampled_sums(members * off[:, None]), len(off)))
    interval = Estimate(value, max(2 * value - float(high), 0.0), max(2 * value - float(low), 0.0))
    return interval, _chance_error(confidence.astype(np.float64), members)


def _mean_gap(sums: Values, rows: int) -> Values:
    """(R, BINS) sums of what is right less what is said → (R,) calibration errors."""
    return np.asarray(np.abs(sums).sum(axis=1) / rows, dtype=np.float64)


def _chance_error(confidence: Values, members: Values) -> float:
    rows, said = len(confidence), confidence.astype(np.float32)
    draws = _kept_draws(rows) if rows <= MOST_KEPT else _draws(rows)
    off = (draws < said).astype(np.float32) - said
    sums = (off @ members.astype(np.float32)).astype(np.float64)
    return upper_quantile(_mean_gap(sums, rows))


def _draws(rows: int) -> NDArray[np.float32]:
    """(R, N) even draws from 0 to 1, which depend on N alone."""
    generator = np.random.default_rng(_SEED)
    return generator.random((_REPLICATES, rows), dtype=np.float32)


_kept_draws = lru_cache(maxsize=1)(_draws)
