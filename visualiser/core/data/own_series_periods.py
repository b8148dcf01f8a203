"""From the columns of somebody's table to a dated series of one cadence without gaps."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cadence import CADENCES, Cadence
from visualiser.core.data.dataset import Seasons
from visualiser.core.data.dated_series import (
    DatedSeries,
    past_seen,
    seasons_of,
    with_last_known,
)
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_kind import Choices
from visualiser.core.data.own_series_dates import days_of
from visualiser.core.data.own_series_options import OwnSeriesOptions
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.resampling import (
    Grid,
    How,
    Regular,
    Values,
    coarser,
    recognised,
    regular,
)
from visualiser.core.errors import UserError

MOST_PERIODS = 200_000


def read_series(
    file: str, columns: Mapping[str, Column], date: str, value: str, options: OwnSeriesOptions
) -> tuple[DatedSeries, tuple[str, ...]]:
    """The series, and what was done to have it, a sentence each.

    Args:
        file: its name, for sentences.
        columns: by their names; those of numbers besides `date` and `value` are extras.
        date, value: names of columns.
        options: what the user chose.

    Raises:
        UserError: the columns hold no series that can be foretold.
    """
    days, date_note = _dates(file, columns[date])
    values = columns[value].values
    if values is None or columns[value].kind == "date":
        raise UserError(
            f"{file}: the column “{isolated(value)}” has no numbers.", "Choose another column."
        )
    known = ~np.isnan(days) & ~np.isnan(values)
    if not known.any():
        raise UserError(f"{file} has no date with a value.", "Choose other columns.")
    grid = _grid(file, days[known], options)
    cadence = CADENCES[options.cadence] if options.cadence else grid.cadence
    rows = _Rows(days[known], known, grid, cadence)
    fine, found = rows.taken(values, options.same_day)
    _check_length(file, found, options)
    extras = {
        name: rows.taken(column.values, "mean")[1].values
        for name, column in columns.items()
        if name not in {date, value} and column.kind == "number" and column.values is not None
    }
    earlier = with_last_known(extras, {}, options.ahead, cadence)[0] if extras else {}
    series = DatedSeries(
        cadence=cadence,
        times=found.times,
        values=found.values,
        numeric={name: column for name, column in earlier.items() if name not in extras},
        categorical={},
    )
    roles = f"“{isolated(date)}” is when, “{isolated(value)}” is foretold."
    return series, tuple(filter(None, (roles, date_note, *_notes(fine, found, options.same_day))))


def seen_of(cadence: Cadence, periods: int, options: OwnSeriesOptions) -> Seasons:
    """Which earlier values are seen of a series of so many periods."""
    past = past_seen(options.past or cadence.past, options.ahead)
    return seasons_of(cadence, past, options.ahead, periods)


def size_of(series: DatedSeries) -> str:
    """How long it is, and from when to when: “120 months, 2010-01 to 2019-12”."""
    cadence, times = series.cadence, series.times
    return f"{cadence.count(len(times))}, {cadence.text(times[0])} to {cadence.text(times[-1])}"


def cadence_choices(file: str, when: Column, value: Column) -> Choices:
    """The periods that the rows have, and longer ones.

    Raises:
        UserError: the column is none of dates.
    """
    days, _ = _dates(file, when)
    values = value.values
    known = ~np.isnan(days) if values is None else ~np.isnan(days) & ~np.isnan(values)
    found = recognised(days[known]) if known.any() else None
    offered = [*CADENCES.values()]
    if found is None:
        return (("", "Recognise"),)
    longer = offered[offered.index(found.cadence) + 1 :]
    recognise = ("", f"Recognise ({found.cadence.one})")
    return (recognise, *((cadence.name, cadence.one.capitalize()) for cadence in longer))


@dataclass(frozen=True, eq=False)
class _Rows:
    """Rows that have a date and a value.

    Attributes:
        days: (n,) their dates.
        known: (N,) which of all rows they are.
        grid: the periods that they have.
        cadence: the periods that are asked for, the same or longer.
    """

    days: Values
    known: NDArray[np.bool_]
    grid: Grid
    cadence: Cadence

    def taken(self, column: Values, how: How) -> tuple[Regular, Regular]:
        """(N,) values in the periods of the rows, and in those that are asked for."""
        fine = regular(self.grid, self.days, column[self.known], how)
        same = self.cadence is self.grid.cadence
        return fine, fine if same else coarser(fine, self.cadence, how)


def _dates(file: str, column: Column) -> tuple[Values, str]:
    found = days_of(column)
    if found is None:
        raise UserError(
            f"{file}: the column “{isolated(column.name)}” is not read as dates.", column.note
        )
    return found


def _grid(file: str, days: Values, options: OwnSeriesOptions) -> Grid:
    """The periods of the rows.

    Raises:
        UserError: they have none, shorter ones are asked for, or they are very many.
    """
    found = recognised(days)
    if found is None:
        many = ", ".join(cadence.many for cadence in CADENCES.values())
        raise UserError(
            f"{file} has no regular dates: of whichever periods ({many}), too many have no value.",
            "Give it a row for each of them, or open it as a table.",
        )
    names = [*CADENCES]
    if options.cadence and names.index(options.cadence) < names.index(found.cadence.name):
        wanted = CADENCES[options.cadence]
        raise UserError(
            f"{file} has a value for each {found.cadence.one}, and not for each {wanted.one}.",
            f"Take them together by {found.cadence.many} or by something longer.",
        )
    _, count = found.span(days)
    if count > MOST_PERIODS:
        raise UserError(
            f"{file} spans {found.cadence.count(count)}; {MOST_PERIODS:,} are the most.",
            "Take them together by something longer." if not options.cadence else "",
        )
    return found


def _check_length(file: str, found: Regular, options: OwnSeriesOptions) -> None:
    """Enough periods to train on, validate and test, and a past and a future that suit them."""
    cadence, count = found.grid.cadence, len(found.values)
    for what, asked, (low, high) in (
        ("The past", options.past or cadence.past, cadence.pasts),
        ("What lies ahead", options.ahead, cadence.aheads),
    ):
        if not low <= asked <= high:
            raise UserError(f"{what} is {cadence.count(asked)}.", f"{low} to {high} are possible.")
    reach = max(seen_of(cadence, count, options).lags)
    needed = max(cadence.fewest, 2 * (reach + 1))
    if count < needed:
        raise UserError(
            f"{file} has {cadence.count(count)}, too few to train, validate and test.",
            f"{needed} are the fewest; fewer can be opened as a table.",
        )


def _notes(fine: Regular, found: Regular, how: How) -> Iterator[str]:
    rows, cadence = fine.grid.cadence, found.grid.cadence
    if fine.together:
        yield f"Rows of one {rows.one} are taken together: their {how} counts."
    if fine.filled:
        yield (
            f"{rows.count(fine.filled)} without a value "
            f"{'lies' if fine.filled == 1 else 'lie'} on a line between neighbours."
        )
    if found is not fine:
        yield f"The {rows.many} of {cadence.a} are taken together: their {how} counts."
    if found.left_out:
        whole = "is not whole and is" if found.left_out == 1 else "are not whole and are"
        yield f"{cadence.count(found.left_out)} at the ends {whole} left out."
