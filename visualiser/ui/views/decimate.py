"""Few points that look like many: the lowest and the highest row of each bucket of rows.

A frame may look only at rows that are new since the last one, so that the frame after a million
steps costs what the frame after a thousand did.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Values = NDArray[Any]

NO_ROW = -1


class Buckets:
    """Row of the lowest and of the highest finite value in each bucket of a growing column.

    Buckets have the same number of rows, a power of two, so they never move: a curve does not
    shimmer while it grows. When all are in use, two neighbours become one.

    Attributes:
        size: rows in a bucket.
        low, high: (B,) row of the extremes, or NO_ROW where a bucket has no finite value.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._rows = np.full((2, capacity), NO_ROW, dtype=np.int64)
        self._seen = 0
        self.size = 1

    @property
    def low(self) -> Rows:
        return self._rows[0, : -(-self._seen // self.size)]

    @property
    def high(self) -> Rows:
        return self._rows[1, : -(-self._seen // self.size)]

    def update(self, values: Values) -> None:
        """Look at the rows of `values` (R,) that are new; the earlier ones are as they were."""
        if len(values) == self._seen:
            return
        while len(values) > self._capacity * self.size:
            self._halve(values)
        first = self._seen // self.size  # it may have been incomplete
        low, high = _extremes(values, first * self.size, len(values), self.size)
        self._rows[:, first : first + len(low)] = low, high
        self._seen = len(values)

    def _halve(self, values: Values) -> None:
        low, high = _grouped(values, self.low, self.high, 2)
        self._rows[:] = NO_ROW
        self._rows[:, : len(low)] = low, high
        self.size *= 2


class Decimator:
    """Follows one column that grows and whose rows, once written, never change."""

    def __init__(self, points: int = 1000, fine: int = 4096) -> None:
        self._points = points
        self._coarse = Buckets(max(points // 2, 1))
        self._fine = Buckets(fine)

    @property
    def bucket_size(self) -> int:
        """Rows that share a lowest and a highest point when all of the column is drawn."""
        return self._coarse.size

    def rows(
        self, values: Values, first: int = 0, last: int | None = None, points: int | None = None
    ) -> Rows:
        """Which rows of `first` … `last` (exclusive) to draw, in order; about `points` at most.

        They hold the lowest and the highest finite value of every stretch, the first and the
        last row, and a row of each stretch without any finite value, which breaks the line.

        Args:
            values: (R,) the column as it is now, at least as long as the last time.
            first: the first visible row.
            last: one past the last visible row; None means to the end.
            points: fewer than those the decimator was made for; None means as many.
        """
        points = self._points if points is None else points
        end = len(values) if last is None else min(last, len(values))
        first = max(first, 0)
        if end - first <= points:
            return np.arange(first, end)
        if end - first == len(values) and points == self._points:
            self._coarse.update(values)
            return _in_order(self._coarse.low, self._coarse.high, self._coarse.size, first, end)
        return self._part(values, first, end, points)

    def extent(self, values: Values) -> tuple[float, float]:
        """The lowest and the highest finite value of the whole column; NaN without any."""
        self._coarse.update(values)
        low, high = self._coarse.low, self._coarse.high
        low, high = low[low >= 0], high[high >= 0]
        if not len(low):
            return np.nan, np.nan
        return float(values[low].min()), float(values[high].max())

    def _part(self, values: Values, first: int, last: int, points: int) -> Rows:
        """Rows of a visible part, from finer buckets, or from the column where they are too few."""
        self._fine.update(values)
        size = self._fine.size
        stretch = -(-2 * (last - first) // points)
        if stretch < size:
            begin = first // stretch * stretch
            low, high = _extremes(values, begin, last, stretch)
            return _in_order(low, high, stretch, first, last, begin)
        group = -(-stretch // size)
        begin = first // (size * group) * group  # whole groups, so that they do not move either
        end = -(-last // size)
        low, high = _grouped(values, self._fine.low[begin:end], self._fine.high[begin:end], group)
        return _in_order(low, high, size * group, first, last, begin * size)


def _extremes(values: Values, first: int, last: int, size: int) -> tuple[Rows, Rows]:
    """Of each `size` rows beginning at `first`."""
    count = -(-(last - first) // size)
    padded = np.full(count * size, np.nan)
    padded[: last - first] = values[first:last]
    table = padded.reshape(count, size)
    low, high = _places(table, table)
    return np.where(low < 0, NO_ROW, low + first), np.where(high < 0, NO_ROW, high + first)


def _grouped(values: Values, low: Rows, high: Rows, group: int) -> tuple[Rows, Rows]:
    """The extremes of every `group` buckets."""
    count = -(-len(low) // group)
    rows = np.full((2, count * group), NO_ROW, dtype=np.int64)
    rows[:, : len(low)] = low, high
    worth = np.where(rows < 0, np.nan, values[rows]).reshape(2, count, group)
    low_at, high_at = _places(worth[0], worth[1])
    return (
        np.where(low_at < 0, NO_ROW, rows[0, low_at]),
        np.where(high_at < 0, NO_ROW, rows[1, high_at]),
    )


def _places(low: Values, high: Values) -> tuple[Rows, Rows]:
    """Flat index of the lowest of `low` and the highest of `high` in each line, or NO_ROW."""
    starts = np.arange(0, low.size, low.shape[1])
    low = np.where(np.isfinite(low), low, np.inf)
    high = np.where(np.isfinite(high), high, -np.inf)
    low_at, high_at = starts + low.argmin(axis=1), starts + high.argmax(axis=1)
    empty = np.isinf(low.ravel()[low_at])
    return np.where(empty, NO_ROW, low_at), np.where(empty, NO_ROW, high_at)


def _in_order(low: Rows, high: Rows, size: int, first: int, last: int, begin: int = 0) -> Rows:
    """All rows to draw in order; a bucket without a figure gives the row it begins at."""
    rows = np.empty(2 * len(low) + 2, dtype=np.int64)
    rows[0], rows[-1] = first, last - 1
    np.minimum(low, high, out=rows[1:-1:2])
    np.maximum(low, high, out=rows[2:-1:2])
    empty = rows < 0
    if empty.any():
        starts = begin + np.arange(len(low)) * size
        rows[1:-1] = np.where(empty[1:-1], np.repeat(starts, 2), rows[1:-1])
    rows = rows[(rows >= first) & (rows < last)]
    kept = np.empty(len(rows), dtype=bool)
    kept[0] = True
    np.not_equal(rows[1:], rows[:-1], out=kept[1:])
    return rows[kept]
