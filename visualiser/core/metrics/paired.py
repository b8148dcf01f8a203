"""Whether two models differ by more than chance, judged on rows that both have answered.

Both err together on hard rows, so that a difference is told apart from chance row by row, and much
sooner than between two samples. Called clear is what chance gives less often than a normal
variable exceeds two standard errors, that is in 4.6 % of all cases.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

CLEARLY = 2.0
"""Standard errors beyond which a difference is called clear."""

LEVEL = math.erfc(CLEARLY / math.sqrt(2))
"""How often chance alone exceeds that, to either side."""

_MOST_EXACT = 1000
"""Up to so many discordant rows the exact test is used; 2⁻¹⁰⁰⁰ still is a double."""


@dataclass(frozen=True)
class PairedTest:
    """The first model less the second one.

    Attributes:
        difference: of the shares of right answers, or of the mean absolute errors.
        standard_error: of `difference`; NaN where there are too few rows to tell.
        clear: whether the difference is beyond chance.
        rows: how many were answered.
    """

    difference: float
    standard_error: float
    clear: bool
    rows: int = 0


def paired_shares(first: NDArray[np.bool_], second: NDArray[np.bool_]) -> PairedTest:
    """McNemar's test (1947) of which rows each of two models answers rightly, (N,) each.

    With b rows that only the first has right and c that only the second has, the difference is
    (b − c) / N and its standard error √(b + c − (b − c)² / N) / N. Whether it is clear is told by
    the exact binomial test of b against b + c tosses of a coin, or by two standard errors where
    there are very many.
    """
    rows = len(first)
    if rows == 0:
        return PairedTest(float("nan"), float("nan"), False)
    only_first = int(np.count_nonzero(first & ~second))
    only_second = int(np.count_nonzero(second & ~first))
    discordant, lead = only_first + only_second, only_first - only_second
    error = math.sqrt(discordant - lead**2 / rows) / rows
    if discordant <= _MOST_EXACT:
        clear = coin_chance(min(only_first, only_second), discordant) < LEVEL
    else:
        clear = abs(lead) / rows > CLEARLY * error
    return PairedTest(lead / rows, error, clear, rows)


def paired_errors(first: NDArray[Any], second: NDArray[Any]) -> PairedTest:
    """The paired t statistic of the absolute errors of two models, (N,) each, in any unit.

    The standard error is that of the mean of the N differences, s / √N with N − 1 degrees of
    freedom; clear is a mean beyond two of them.
    """
    rows = len(first)
    difference = first - second
    mean = float(difference.mean()) if rows else float("nan")
    error = float(difference.std(ddof=1)) / math.sqrt(rows) if rows > 1 else float("nan")
    return PairedTest(mean, error, abs(mean) > CLEARLY * error, rows)


def coin_chance(fewer: int, tosses: int) -> float:
    """How likely a fair coin falls so unevenly, to either side: the two-sided binomial p-value.

    `fewer` is the smaller count of the two sides; at most 1,000 tosses.
    """
    k = np.arange(fewer)
    # C(n, k + 1) = C(n, k) · (n − k) / (k + 1), from 2⁻ⁿ on, so that nothing overflows.
    chances = np.cumprod(np.append(0.5**tosses, (tosses - k) / (k + 1)))
    return min(1.0, 2 * float(chances.sum()))
