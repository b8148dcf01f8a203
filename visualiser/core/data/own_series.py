"""The user's own dated series: a table with a day, a value, and what else was measured."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.cadence import DAILY
from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.dated_series import (
    DatedSeries,
    PastOptions,
    series_dataset,
    with_last_known,
)
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_kind import LIKELY, NO, POSSIBLE, OwnKind, Survey
from visualiser.core.data.own_table import OwnTableOptions, read_columns
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_preview import TablePreview, preview
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

FEWEST_DAYS = 60
MOST_DAYS = 200_000
MOST_FILLED = 0.3
"""Share of the days that may lack a value."""
Days = NDArray[np.int64]


class OwnSeriesOptions(PastOptions):
    """Which table, its columns of days and values, and what is done with the others.

    Empty names let the program guess. With `extras` the other columns of numbers are inputs too,
    as they were on the last day whose value is known, so that none gives the answer away.
    """

    path: str = ""
    date: Annotated[str, Field(title="Day", description="Column of dates.")] = ""
    value: Annotated[str, Field(title="Value", description="Column that is foretold.")] = ""
    extras: Annotated[
        bool,
        Field(
            title="Use the other numbers too",
            description="As they were on the last day whose value is known.",
        ),
    ] = True
    same_day: Annotated[
        Literal["mean", "sum"],
        Field(title="Several rows a day", description="What becomes of rows of one day."),
    ] = "sum"
    sheet: str = ""


def load(options: OwnSeriesOptions, seed: int, progress: Progress) -> Dataset:
    """A row for each day that can be foretold.

    Raises:
        UserError: the table cannot be read, or is no series of days.
        Cancelled: the user pressed Cancel.
    """
    if not options.path.strip():
        raise UserError("No file has been chosen.", "Open or drop a table with dates.")
    path = Path(options.path).expanduser()
    date, value = _roles(preview(path, sheet=options.sheet), options)
    wanted = OwnTableOptions(path=options.path, target=value, group=date, sheet=options.sheet)
    only = None if options.extras else frozenset([date, value])
    _, columns = read_columns(wanted, progress, only=only)
    series, notes = _series(path.name, columns, date, value, options)
    card = DataCard(
        what="Your own dated series.",
        source=str(path),
        licence="Yours to know: may this data be used for this?",
        size=f"{len(series.times):,} days, {series.times[0]} to {series.times[-1]}",
        weaknesses=("Whatever changed for good after the last day cannot be foretold from it.",),
    )
    needed = 2 * (max(options.past, options.ahead) + options.ahead)
    if len(series.times) < max(FEWEST_DAYS, needed):
        raise UserError(
            f"{path.name} has {len(series.times):,} days, too few to train, validate and test.",
            f"{max(FEWEST_DAYS, needed)} are the fewest.",
        )
    dataset = series_dataset(
        SOURCE, card, (series,), value, options.past, options.ahead, columns[value].unit
    )
    return dataset.with_notes((*notes, *dataset.notes))


def _roles(seen: TablePreview, options: OwnSeriesOptions) -> tuple[str, str]:
    dates = [column.name for column in seen.columns if column.kind == "date"]
    numbers = [column.name for column in seen.columns if column.kind == "number"]
    for name in filter(None, (options.date, options.value)):
        if name not in seen.names:
            raise UserError(
                f"{seen.file.path.name} has no column “{name}”.",
                f"Its columns are: {listed(seen.names)}.",
            )
    date = options.date or next(iter(dates), "")
    value = options.value or next((name for name in numbers if name != date), "")
    if not date or not value:
        what = "column of dates" if not date else "column of numbers"
        raise UserError(
            f"{seen.file.path.name} has no {what}.", "A series has a day and a value in each row."
        )
    return date, value


def _series(
    file: str, columns: dict[str, Column], date: str, value: str, options: OwnSeriesOptions
) -> tuple[DatedSeries, tuple[str, ...]]:
    days = columns[date].values
    values = columns[value].values
    if columns[date].kind != "date" or days is None:
        raise UserError(f"{file}: the column “{date}” is not read as dates.", columns[date].note)
    if values is None or columns[value].kind == "date":
        raise UserError(f"{file}: the column “{value}” has no numbers.", "Choose another column.")
    known = ~np.isnan(days) & ~np.isnan(values)
    if not known.any():
        raise UserError(f"{file} has no day with a value.", "Choose other columns.")
    whole = np.floor(days[known]).astype(np.int64)
    first, count = int(whole.min()), int(np.ptp(whole)) + 1
    if count > MOST_DAYS:
        raise UserError(f"{file} spans {count:,} days.", f"{MOST_DAYS:,} are the most.")
    places = whole - first
    daily, filled = _daily(places, values[known], count, options.same_day)
    if filled > MOST_FILLED * count:
        raise UserError(
            f"{file} has values on {count - filled:,} of {count:,} days; a daily series is needed.",
            "Open it as a table, or give it a row for each day.",
        )
    extras = {
        name: _daily(places, column.values[known], count, "mean")[0]
        for name, column in columns.items()
        if name not in {date, value} and column.kind == "number" and column.values is not None
    }
    earlier = with_last_known(extras, {}, options.ahead, DAILY)[0] if extras else {}
    notes = [f"“{date}” is the day, “{value}” is foretold.", columns[date].note]
    if len(places) > count - filled:
        notes.append(f"Rows of one day are taken together: their {options.same_day} counts.")
    if filled:
        notes.append(f"{filled:,} days without a value lie on a line between their neighbours.")
    series = DatedSeries(
        cadence=DAILY,
        times=np.datetime64(first, "D") + np.arange(count),
        values=daily,
        numeric={name: column for name, column in earlier.items() if name not in extras},
        categorical={},
    )
    return series, tuple(filter(None, notes))


def _daily(
    places: Days, values: NDArray[np.float64], count: int, how: str
) -> tuple[NDArray[np.float64], int]:
    """(count,) a value for each day, and for how many it lies between its neighbours."""
    there = ~np.isnan(values)
    rows = np.bincount(places[there], minlength=count)
    sums = np.bincount(places[there], values[there], minlength=count)
    known = np.flatnonzero(rows)
    if not len(known):
        return np.zeros(count), count
    found = sums[known] / (rows[known] if how == "mean" else 1)
    return np.interp(np.arange(count), known, found), count - len(known)


def _likelihood(path: Path) -> float:
    """Likely where the first rows are of days one after the other."""
    try:
        seen = preview(path) if path.is_file() else None
    except UserError:
        return NO
    if seen is None:
        return NO
    dated = [place for place, column in enumerate(seen.columns) if column.kind == "date"]
    if not dated or not any(column.kind == "number" for column in seen.columns):
        return NO
    cells = [row[dated[0]] for row in seen.file.rows]
    in_order = cells == sorted(cells) or cells == sorted(cells, reverse=True)
    alone = len(set(cells)) == len(cells) and dated[0] == 0
    return LIKELY + 0.1 if in_order and alone else POSSIBLE


def survey(options: OwnSeriesOptions, progress: Progress) -> Survey:
    """What the columns are taken for."""
    seen = preview(Path(options.path).expanduser(), sheet=options.sheet)
    recognise = (("", "Recognise"),)
    names = {
        kind: tuple((c.name, c.name) for c in seen.columns if c.kind == kind)
        for kind in ("date", "number")
    }
    choices = {
        "date": (*recognise, *names["date"]),
        "value": (*recognise, *names["number"]),
        "sheet": tuple((sheet, sheet) for sheet in seen.file.sheets),
    }
    try:
        date, value = _roles(seen, options)
    except UserError as error:
        return Survey((), str(error), choices=choices, columns=seen.names, rows=seen.file.rows)
    others = [name for name, _ in names["number"] if name != value]
    facts = [f"“{date}” is the day, “{value}” is foretold."]
    if others and options.extras:
        facts.append(f"Besides, as they were before: {listed(others)}.")
    return Survey(tuple(facts), choices=choices, columns=seen.names, rows=seen.file.rows)


SOURCE = Source(
    name="own_series",
    title="Your own dated series",
    summary="A table with a day, a value and more in each row; the value of a day is foretold.",
    job="Your own data",
    modality=None,
    task=None,
    options=OwnSeriesOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (32,)),), batch_size=32, learning_rate=0.003, epochs=40
    ),
    file=lambda options: Path(options.path).expanduser(),
)
KIND = OwnKind(
    SOURCE,
    "a dated series",
    _likelihood,
    survey,
    named_options=("date", "value", "sheet"),
)
