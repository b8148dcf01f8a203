"""Rows that are left to train on, whatever is removed."""

import numpy as np
from numpy.typing import NDArray

FEWEST_ROWS = 10
"""As many are left, of several ways of spoiling together too."""


def enough_to_train_on(kept: NDArray[np.bool_], dice: NDArray[np.float64]) -> NDArray[np.bool_]:
    """`kept`, with the first by `dice` of the others besides where too few are; all (n,)."""
    missing = min(FEWEST_ROWS, len(kept)) - int(np.count_nonzero(kept))
    if missing <= 0:
        return kept
    enough = kept.copy()
    gone = np.flatnonzero(~kept)
    enough[gone[np.argsort(dice[gone])][:missing]] = True
    return enough
