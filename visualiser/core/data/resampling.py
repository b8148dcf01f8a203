"""From rows with dates to one value a period without gaps, in the cadence that they have."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cadence import CADENCES, DAILY, HOURLY, WEEKLY, Cadence, Times
from visualiser.core.data.dataset import IntArray

Values = NDArray[np.float64]
How = Literal["mean", "sum"]
MOST_FILLED = 0.35
"""Share of the periods that may lack a value: markets are open on 68 to 69 days in a hundred."""
_ONE_WEEKDAY = 0.8
"""Where so many dates fall on one day of the week, weeks are written by that day."""
_MONDAY = 4
"""Days since 1 January 1970 of the first Monday."""
_MILLISECOND = 1 / 3_600_000
"""In hours. Days as floating-point numbers fall short of whole hours by less."""


@dataclass(frozen=True)
class Grid:
    """Periods of a cadence, counted from 1970, and where they begin.

    Attributes:
        phase: when period 0 begins, in the unit of the cadence.
        early: how many units before it begins a moment still belongs to a period: weekly figures
            of Fridays that came out on a Thursday once are still those of that week.
    """

    cadence: Cadence
    phase: int = 0
    early: int = 0

    def places(self, days: Values) -> IntArray:
        """(N,) days since 1 January 1970 → (N,) the number of the period of each."""
        units = _units(self.cadence, days)
        return (units - self.phase + self.early) // self.cadence.step

    def times(self, places: IntArray) -> Times:
        """(T,) numbers of periods → (T,) when they begin, in the unit of the cadence."""
        units: Times = (places * self.cadence.step + self.phase).astype(self.cadence.dtype)
        return units

    def span(self, days: Values) -> tuple[int, int]:
        """The number of the first period, and how many there are from there to the last."""
        places = self.places(days)
        return int(places.min()), int(np.ptp(places)) + 1


@dataclass(frozen=True, eq=False)
class Regular:
    """A value for each of the periods one after the other.

    Attributes:
        first: number of the first period in `grid`.
        values: (T,) of the periods.
        filled: how many values lie on a line between their neighbours.
        together: whether a period had several rows.
        left_out: how many periods at the ends were not whole.
    """

    grid: Grid
    first: int
    values: Values
    filled: int
    together: bool
    left_out: int = 0

    @property
    def times(self) -> Times:
        """(T,) when the periods begin, in the unit of the cadence."""
        return self.grid.times(np.arange(self.first, self.first + len(self.values)))

    def days(self, first: int, count: int) -> Values:
        """(count,) when the periods from number `first` on begin, in days since 1970."""
        times = self.grid.times(np.arange(first, first + count))
        return times.astype("datetime64[h]").astype(np.float64) / 24


def grid_of(cadence: Cadence, days: Values) -> Grid:
    """The periods that suit (N,) dates: all begin alike, but for weeks, which may on any day."""
    if cadence is not WEEKLY:
        return Grid(cadence)
    dates = np.unique(_units(DAILY, days))
    counts = np.bincount(dates % 7, minlength=7)
    usual = int(counts.argmax())
    if counts[usual] < _ONE_WEEKDAY * len(dates):
        return Grid(cadence, _MONDAY)
    return Grid(cadence, usual, early=3)


def recognised(days: Values) -> Grid | None:
    """The finest periods of which (N,) dates have nearly all; None where there are none.

    Dates of months are so few among days and weeks that it is months that they have all of,
    whichever day they are written by; rows of several times a day have all days, and no hours of
    the night.
    """
    dates_only = bool((np.floor(days) == days).all())
    for cadence in CADENCES.values():
        if cadence is HOURLY and dates_only:
            continue
        grid = grid_of(cadence, days)
        _, count = grid.span(days)
        if len(np.unique(grid.places(days))) >= (1 - MOST_FILLED) * count:
            return grid
    return None


def regular(grid: Grid, days: Values, values: Values, how: How) -> Regular:
    """One value a period of N rows: the sum or mean of its rows, or between its neighbours."""
    first, count = grid.span(days)
    there = ~np.isnan(values)
    places = grid.places(days)[there] - first
    rows = np.bincount(places, minlength=count)
    sums = np.bincount(places, values[there], minlength=count)
    known = np.flatnonzero(rows)
    if not len(known):
        return Regular(grid, first, np.zeros(count), filled=count, together=False)
    found = sums[known] / (rows[known] if how == "mean" else 1)
    values = np.interp(np.arange(count), known, found)
    return Regular(grid, first, values, count - len(known), bool(rows.max() > 1))


def coarser(fine: Regular, cadence: Cadence, how: How) -> Regular:
    """The same in longer periods, without those at the ends that are not whole.

    A month that has only begun is no month: its sum would be taken for a fall.
    """
    grid = Grid(cadence, _MONDAY if cadence is WEEKLY else 0)
    # One period more on either side tells whether those at the ends are whole.
    days = fine.days(fine.first - 1, len(fine.values) + 2)
    places = grid.places(days)
    whole = ((places != places[0]) & (places != places[-1]))[1:-1]
    days, places = days[1:-1], places[1:-1]
    left_out = len(np.unique(places[~whole]))
    if not whole.any():
        return Regular(grid, 0, np.zeros(0), filled=0, together=True, left_out=left_out)
    return replace(regular(grid, days[whole], fine.values[whole], how), left_out=left_out)


def _units(cadence: Cadence, days: Values) -> IntArray:
    """Days since 1 January 1970 → units of the cadence since then, rounded down."""
    if cadence.unit == "h":
        return np.floor(days * 24 + _MILLISECOND).astype(np.int64)
    dates = np.floor(days).astype("datetime64[D]")
    return dates.astype(cadence.dtype).astype(np.int64)
