"""Keeping a share of some rows, and enough of all to train on."""

import numpy as np
from numpy.typing import NDArray

FEWEST_ROWS = 10
"""As many rows are left to train on, even where what is lost is all there is."""


def share_kept(
    member: NDArray[np.bool_], share: float, dice: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """(N,) all rows but the members, and of those the `share` with the lowest draws."""
    order = np.flatnonzero(member)[np.argsort(dice[member], kind="stable")]
    kept = ~member
    kept[order[: round(share * len(order))]] = True
    return kept


def enough_to_train_on(kept: NDArray[np.bool_], turn: NDArray[np.float64]) -> NDArray[np.bool_]:
    """`kept`, with the first by `turn` of the others besides where too few are; all (n,)."""
    missing = min(FEWEST_ROWS, len(kept)) - int(np.count_nonzero(kept))
    if missing <= 0:
        return kept
    enough = kept.copy()
    gone = np.flatnonzero(~kept)
    enough[gone[np.argsort(turn[gone], kind="stable")][:missing]] = True
    return enough


def removed_words(wanted: NDArray[np.bool_], kept: NDArray[np.bool_], many: str) -> str:
    """“removed”, and where more than `wanted` was kept, why."""
    spared = np.count_nonzero(kept) > np.count_nonzero(wanted)
    return f"removed (training needs {FEWEST_ROWS} {many})" if spared else "removed"
