"""How well lists of recommendations hold what was held out, customer by customer."""

import numpy as np
from numpy.typing import NDArray

TOP = 10
"""Recommendations that a customer is shown."""

Ranks = NDArray[np.int64] | NDArray[np.float64]
Shares = NDArray[np.float64]


def ranks(
    scores: NDArray[np.floating], own: NDArray[np.int64], candidates: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """(N,) places, 1 is the best, of the product `own` (N,) among itself and the `candidates`.

    `scores` and `candidates` are (N, products). Of products with one score the place is the
    middle one, so that a model which tells nothing apart does not seem to.
    """
    rows = np.arange(len(own))
    score = scores[rows, own][:, None]
    better = np.count_nonzero((scores > score) & candidates, axis=1)
    equal = np.count_nonzero((scores == score) & candidates, axis=1) - candidates[rows, own]
    rank: NDArray[np.int64] = (1 + better + equal // 2).astype(np.int64)
    return rank


def recalls(lists: NDArray[np.int64], rank: Ranks) -> Shares:
    """(L,) recall@10 of each list: the share of its held-out products among the first ten.

    `lists` (N,) is the list that each held-out product belongs to and `rank` (N,) its place in
    it. Of more than ten held-out products only ten can be found, and are asked for.
    """
    held_out = np.bincount(lists)
    hits = np.bincount(lists, rank <= TOP)
    return np.minimum(hits, TOP) / np.minimum(held_out, TOP)


def ndcgs(lists: NDArray[np.int64], rank: Ranks) -> Shares:
    """(L,) normalised discounted cumulative gain of the first ten (Järvelin & Kekäläinen 2002).

    Arguments as of `recalls`; each held-out product is worth 1.
    """
    found = np.where(rank <= TOP, 1 / np.log2(1.0 + rank), 0.0)
    best = np.cumsum(1 / np.log2(2.0 + np.arange(TOP)))
    held_out = np.minimum(np.bincount(lists), TOP)
    return np.asarray(np.bincount(lists, found) / best[held_out - 1])
