"""How well a model of text knows a secret: its rank among all that could have been planted.

Carlini et al., “The Secret Sharer” (2019), section 4.3: exposure = log₂ |R| − log₂ rank, in bits,
where |R| is the number of candidates and the rank is by log-perplexity, the likeliest being first.
A secret that the model does not know has 1.44 on average (log₂ e); one that it would write before
all others has log₂ |R|.
"""

import numpy as np
from numpy.typing import NDArray


def rank_of(perplexities: NDArray[np.floating], place: int) -> float:
    """The rank, from 1, of the candidate at `place`; ties share the mean of their ranks.

    NaN where some of the log-perplexities (R,) are no numbers.
    """
    if not np.isfinite(perplexities).all():
        return float("nan")
    own = perplexities[place]
    before = int(np.count_nonzero(perplexities < own))
    tied = int(np.count_nonzero(perplexities == own))
    return before + (tied + 1) / 2


def exposure(rank: float, candidates: int) -> float:
    """In bits, 0 for the last candidate, log₂ of how many there are for the first."""
    return float(np.log2(candidates) - np.log2(rank))
