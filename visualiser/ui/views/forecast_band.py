"""A band around forecasts, from errors before it: how often it holds is seen on later periods."""

import math
from dataclasses import dataclass

import numpy as np

from visualiser.ui.views.scatter_frame import Values

_OUTSIDE = 0.1
"""Share of errors below the band, and above it: it is to hold 80 %."""
_FEWEST = 9
"""Errors that two such quantiles need; of fewer the band would have to be endless."""
_MOST = 60
"""Errors that are enough for it: of a long series the first later periods are in sight."""


@dataclass(frozen=True)
class Band:
    """Between two quantiles of the errors of the earlier periods, around the later ones.

    Attributes:
        low, high: what to add to a forecast for the lower and the upper edge.
        begins: how many periods the quantiles were taken from; the band is around those after.
        inside, later: how many of the later periods lie inside, and how many there are.
    """

    low: float
    high: float
    begins: int
    inside: int
    later: int

    @classmethod
    def of(cls, true: Values, foretold: Values) -> "Band | None":
        """A split-conformal band (Vovk, Gammerman & Shafer, 2005, “Algorithmic Learning …”).

        The errors of the earlier half, 60 at most, are sorted; of n the edges are the
        floor(0.1 (n + 1))-th from below and from above. Of exchangeable periods it holds at least
        80 % of later ones on average. Those of a series are not quite exchangeable, and which
        step of a run is looked at may depend on all of them: so what it truly holds is counted.

        Args:
            true, foretold: (V,) in order of time.

        Returns:
            None where there are too few periods.
        """
        begins = min(len(true) // 2, _MOST)
        if begins < _FEWEST:
            return None
        errors = true - foretold
        ordered = np.sort(errors[:begins])
        rank = math.floor(_OUTSIDE * (begins + 1))
        low, high = float(ordered[rank - 1]), float(ordered[-rank])
        later = errors[begins:]
        inside = int(np.count_nonzero((low <= later) & (later <= high)))
        return cls(low, high, begins, inside, len(later))
