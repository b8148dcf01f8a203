"""Rows drawn by chance and a seed, to be held out.

The draws are those of scikit-learn's ShuffleSplit, StratifiedShuffleSplit and GroupShuffleSplit,
number by number, without the eighty megabytes and the second of loading behind them.
"""

from collections.abc import Iterator

import numpy as np

from visualiser.core.data.dataset import IntArray

Halves = tuple[IntArray, IntArray]
"""Positions that stay, and positions that are held out."""


def draw(count: int, held_out: int, seed: int) -> Halves:
    """`held_out` of `count` positions, each as likely as any other."""
    return _halves(np.random.RandomState(seed), count, held_out)


def draw_from_each(labels: IntArray, held_out: int, seed: int) -> Halves:
    """`held_out` of the positions in `labels`, of each class its share as nearly as can be.

    Every class has two positions at least, and there are no more classes than positions on either
    side.
    """
    random = np.random.RandomState(seed)
    _, codes, counts = np.unique(labels, return_inverse=True, return_counts=True)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(counts)[:-1])
    stay = _shares(counts, len(labels) - held_out, random)
    leave = _shares(counts - stay, held_out, random)
    kept, off = [], []
    for positions, staying, leaving in zip(members, stay.tolist(), leave.tolist(), strict=True):
        shuffled = positions[random.permutation(len(positions))]
        kept.append(shuffled[:staying])
        off.append(shuffled[staying : staying + leaving])
    return random.permutation(np.concatenate(kept)), random.permutation(np.concatenate(off))


def draw_blocks(
    blocks: IntArray, held_out: int, fewest: int, tries: int, seed: int
) -> Iterator[Halves]:
    """So many draws of whole blocks, as many each time as hold nearest to `held_out` positions.

    Args:
        blocks: (N,) which block each position is in.
        fewest: blocks to be held out; one is left at least.
    """
    random = np.random.RandomState(seed)
    names, codes = np.unique(blocks, return_inverse=True)
    sizes = np.bincount(codes)
    for _ in range(tries):
        order = random.permutation(len(names))
        nearest = 1 + int(np.abs(np.cumsum(sizes[order]) - held_out).argmin())
        drawn = order[: min(max(fewest, nearest), len(names) - 1)]
        is_off = np.isin(codes, drawn)
        yield np.flatnonzero(~is_off), np.flatnonzero(is_off)


def _halves(random: np.random.RandomState, count: int, held_out: int) -> Halves:
    order = random.permutation(count)
    return order[held_out:], order[:held_out]


def _shares(counts: IntArray, total: int, random: np.random.RandomState) -> IntArray:
    """`total` divided as `counts` are: rounded down, the rest to the largest remainders.

    Among equal remainders chance decides.
    """
    exact = counts / counts.sum() * total
    shares = np.floor(exact)
    remainders = exact - shares
    missing = int(total - shares.sum())
    for remainder in np.sort(np.unique(remainders))[::-1]:
        if missing <= 0:
            break
        (equal,) = np.nonzero(remainders == remainder)
        chosen = random.choice(equal, size=min(len(equal), missing), replace=False)
        shares[chosen] += 1
        missing -= len(chosen)
    whole: IntArray = shares.astype(np.int64)
    return whole
