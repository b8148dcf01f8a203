"""The order in which examples are seen: one shuffle an epoch, the same for student and twin."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray

_MOST_COPIES = 64
"""Lots drawn for the copies of a row; of more than so many the first ones are used again."""


class EpochOrder:
    """Walks through the rows of a part in mini-batches, epoch after epoch.

    Each epoch draws one shuffle of the *clean* rows from (seed, epoch). A part that lost or
    repeats rows is walked in the same order, by the rank of the clean row that each of its rows
    was made from. So two parts with the same rows give the same batches, and a change in the
    middle of an epoch goes on where it stands. The second copy of a row and any further one come
    later or earlier than the first by a lot of their own, drawn for each epoch: copies in one batch
    would count as one row that weighs more.
    """

    def __init__(self, clean_rows: int, origin: IntArray, batch_size: int, seed: int) -> None:
        self._clean_rows = clean_rows
        self._take(origin)
        self._batch_size = batch_size
        self._seed = seed
        self.epochs_done = 0
        self._start_epoch()

    def _start_epoch(self) -> None:
        generator = np.random.default_rng([self._seed, self.epochs_done])
        self._rank = np.empty(self._clean_rows, dtype=np.int64)
        self._rank[generator.permutation(self._clean_rows)] = np.arange(self._clean_rows)
        self._shift = generator.random(_MOST_COPIES) * self._clean_rows
        self._shift[0] = 0
        self.positions: NDArray[np.int64] = np.argsort(self._places(), kind="stable")
        self.next = 0

    def _take(self, origin: IntArray) -> None:
        self._origin, self._copy = origin, _copies(origin)

    def _places(self) -> NDArray[np.float64]:
        """(n,) where in the epoch each row of the part stands, 0 … number of clean rows."""
        places = self._rank[self._origin]
        if self._copy is None:
            return places.astype(np.float64)
        return (places + self._shift[self._copy % _MOST_COPIES]) % self._clean_rows

    def advance(self) -> tuple[int, int, bool]:
        """(start, stop) into `positions` of the next batch, and whether it starts an epoch."""
        fresh = self.next == 0 or self.next >= len(self.positions)
        if self.next >= len(self.positions):
            self.epochs_done += 1
            self._start_epoch()
        start = self.next
        self.next = min(start + self._batch_size, len(self.positions))
        return start, self.next, fresh

    def replace_part(self, origin: IntArray) -> None:
        """Go on with another part: rows already seen in this epoch are not seen again."""
        seen = self._places()[self.positions[self.next - 1]] if self.next else -1.0
        self._take(origin)
        places = self._places()
        self.positions = np.argsort(places, kind="stable")
        self.next = int(np.searchsorted(places[self.positions], seen, side="right"))

    def restart(self, clean_rows: int, origin: IntArray) -> None:
        """Go on with other clean rows: the epoch under way ends, and a shuffle of them begins."""
        if self.next:
            self.epochs_done += 1
        self._clean_rows = clean_rows
        self._take(origin)
        self._start_epoch()

    @property
    def epoch(self) -> float:
        """Epochs done, with the share of the current one."""
        return self.epochs_done + self.next / max(1, len(self.positions))

    @property
    def at_epoch_end(self) -> bool:
        """Whether the last batch of an epoch has just been handed out."""
        return self.next >= len(self.positions)

    def copy(self) -> "EpochOrder":
        """An independent order that goes on from the same place."""
        twin = EpochOrder.__new__(EpochOrder)
        twin.__dict__.update(self.__dict__)
        return twin


def _copies(origin: IntArray) -> IntArray | None:
    """(n,) which copy of its clean row each row is, 0 for the first; None where none repeats."""
    order = np.argsort(origin, kind="stable")
    first = np.flatnonzero(np.diff(origin[order], prepend=-1))
    if len(first) == len(origin):
        return None
    copy = np.empty(len(origin), dtype=np.int64)
    copy[order] = np.arange(len(origin)) - np.repeat(first, np.diff(first, append=len(origin)))
    return copy
