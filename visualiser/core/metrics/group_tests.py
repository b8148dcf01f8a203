"""Whether groups differ by more than chance, in microseconds: for sentences that every frame asks.

Called clear is, as in metrics/paired.py, what chance gives less often than a normal variable
exceeds two standard errors. Intervals, which say how large a gap may be, are in group_intervals.py.
"""

import math

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.metrics.paired import CLEARLY, LEVEL

Values = NDArray[np.float64]


def groups_differ(values: Values, groups: IntArray, codes: IntArray) -> bool:
    """Whether the means of some groups are further apart than chance takes them.

    Cochran's test of homogeneity (1937): squared distances of the means from that of all, in units
    of their standard errors, add up to a chi-squared variable. Its standard errors come from the
    spread of all groups together, so that of shares it is Pearson's test (1900).

    Args:
        values: (V,) what is averaged: 0 and 1 of a share, or absolute errors.
        groups: (V,) codes of their groups.
        codes: of the groups that are compared.
    """
    compared = [values[groups == code] for code in codes.tolist()]
    if len(compared) < 2:
        return False
    together = np.concatenate(compared)
    centre, variance = float(together.mean()), float(together.var())
    if variance == 0:
        return False
    distance = sum(len(one) * (float(one.mean()) - centre) ** 2 for one in compared) / variance
    return chi_squared_tail(distance, len(compared) - 1) < LEVEL


def gaps_differ(first: Values, second: Values, groups: IntArray, codes: IntArray) -> bool:
    """Whether two models that answered the same rows have gaps that differ by more than chance.

    A gap is the largest less the smallest mean of a group. Both models err together on hard rows,
    so each row counts with the difference of what it adds to either gap; groups are taken as if
    they had been chosen beforehand. Arguments as in groups_differ.
    """
    if len(codes) < 2:
        return False
    gaps, signs = zip(*(_gap(model, groups, codes) for model in (first, second)), strict=True)
    variance = 0.0
    for place, code in enumerate(codes.tolist()):
        rows = groups == code
        added = signs[0][place] * first[rows] - signs[1][place] * second[rows]
        variance += float(added.var(ddof=1)) / len(added)
    return bool(abs(gaps[0] - gaps[1]) > CLEARLY * math.sqrt(variance))


def _gap(values: Values, groups: IntArray, codes: IntArray) -> tuple[float, Values]:
    """The gap, and for each group whether it adds to it (1), takes from it (−1) or neither.

    Of groups that are level the first and the last make the gap of none.
    """
    means = np.array([values[groups == code].mean() for code in codes.tolist()])
    signs = np.zeros(len(means))
    signs[int(means.argmax())] += 1
    signs[len(means) - 1 - int(means[::-1].argmin())] -= 1
    return float(means.max() - means.min()), signs


def chi_squared_tail(value: float, degrees: int) -> float:
    """How likely a chi-squared variable of so many degrees of freedom is above a value ≥ 0."""
    half = value / 2
    tail = math.erfc(math.sqrt(half)) if degrees % 2 else math.exp(-half)
    # Q(k + 2) = Q(k) + (x / 2)^(k / 2) · e^(−x / 2) / Γ(k / 2 + 1)
    for below in range(2 - degrees % 2, degrees if half else 0, 2):
        power = below / 2
        tail += math.exp(power * math.log(half) - half - math.lgamma(power + 1))
    return min(tail, 1.0)
