"""Keeping a share of some rows, and enough of all to train on."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spec import Change, Context
from visualiser.core.data.dataset import IntArray
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part

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


def enough_to_train_on(
    kept: NDArray[np.bool_], turn: NDArray[np.float64], origin: IntArray
) -> NDArray[np.bool_]:
    """(n,) which rows of a part stay: those `kept`, and others where those are too few.

    `kept` and `turn` (N,) are of the clean rows, and `origin` (n,) says which of them each row of
    the part comes from. Clean rows come back by their turn, the lowest first; where it is the last
    to leave as the amount grows, more of it still takes the same rows and others besides. Copies
    go and stay together, and count once.
    """
    present = np.unique(origin)
    missing = min(FEWEST_ROWS, len(present)) - int(np.count_nonzero(kept[present]))
    if missing > 0:
        gone = present[~kept[present]]
        kept = kept.copy()
        kept[gone[np.argsort(turn[gone], kind="stable")][:missing]] = True
    return kept[origin]


def without(
    name: str,
    amount: float,
    part: Part,
    member: NDArray[np.bool_],
    noun: str,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """The share `amount` of the members, (N,) of the clean rows and called `noun`, and all others.

    Which members go is drawn; enough rows of all stay to train on.
    """
    dice = generator.random(len(context.clean))
    wanted = share_kept(member, amount, dice)
    kept = enough_to_train_on(wanted, dice, part.origin)
    change = Change(
        name,
        amount,
        int(np.count_nonzero(~kept)),
        int(np.count_nonzero(member[part.origin])),
        noun,
        removed_words(wanted[part.origin], kept, noun_of(context.dataset).many),
        part.origin[~kept],
    )
    return part.take(np.flatnonzero(kept)), change


def removed_words(wanted: NDArray[np.bool_], kept: NDArray[np.bool_], many: str) -> str:
    """“removed”, and where more than `wanted` was kept, why."""
    spared = np.count_nonzero(kept) > np.count_nonzero(wanted)
    return f"removed (training needs {FEWEST_ROWS} {many})" if spared else "removed"
