"""Where a crowd of its own begins among numbers that mostly have one hill."""

import math

import numpy as np
from numpy.typing import NDArray

_LEAST, _MOST = 0.01, 0.4
"""Share of the rows that may be a crowd of their own."""
_FEWEST = 1_000
"""Of fewer rows chance alone makes valleys."""
_NARROW, _PLACES = 0.6, 400
"""Of the width that suits one hill (Silverman), and places at which the density is taken."""


def valley(values: NDArray[np.float64], dip: float, least_width: float = 0.0) -> float:
    """Where the deepest valley of the density lies; ∞ without one.

    The density is taken by a kernel (Silverman, Density Estimation, 1986).

    Args:
        values: (n,) numbers; the crowd is at the upper end.
        dip: a share of the lower one of the hills beside it, below which a valley is deep enough.
        least_width: of the kernel, for numbers of which most are the same.
    """
    low, high = np.quantile(values, [0.25, 0.75]) if len(values) else (0.0, 0.0)
    usual = _NARROW * min(float(values.std()), (high - low) / 1.34) * len(values) ** -0.2
    width = max(usual, least_width)
    if width <= 0 or len(values) < _FEWEST:
        return math.inf
    edges = np.linspace(values.min() - 3 * width, values.max() + 3 * width, _PLACES + 1)
    places = (edges[1:] + edges[:-1]) / 2
    counts, _ = np.histogram(values, edges)
    kernel = np.exp(-0.5 * ((places - places[_PLACES // 2]) / width) ** 2)
    kernel /= kernel.sum()
    density = np.convolve(counts, kernel, "same")
    deepest, found = dip, math.inf
    for place in range(1, _PLACES - 1):
        if density[place - 1] < density[place] or density[place] >= density[place + 1]:
            continue
        hill = min(density[:place].max(), density[place:].max())
        beyond = float((values > places[place]).mean())
        if density[place] <= deepest * hill and _LEAST <= beyond <= _MOST:
            deepest, found = density[place] / hill, float(places[place])
    return found
