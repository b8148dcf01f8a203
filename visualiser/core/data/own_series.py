"""The user's own dated series: a table with a date, a value, and what else was measured."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.dated_series import past_note, series_dataset
from visualiser.core.data.encoding_table import listed
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.own_kind import LIKELY, NO, POSSIBLE, Choices, OwnKind, Survey
from visualiser.core.data.own_series_columns import all_columns, date_and_value
from visualiser.core.data.own_series_dates import (
    begins_in_order,
    date_columns,
    mixed_date_columns,
)
from visualiser.core.data.own_series_options import OwnSeriesOptions
from visualiser.core.data.own_series_periods import cadence_choices, read_series, seen_of, size_of
from visualiser.core.data.own_table_columns import ColumnKind
from visualiser.core.data.own_table_preview import TablePreview, preview
from visualiser.core.data.own_table_ways import recognised_ways
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.errors import UserError

_ORDERS: Choices = (
    ("", "Recognise"),
    ("day_first", "Day first"),
    ("month_first", "Month first"),
)


def load(options: OwnSeriesOptions, seed: int, progress: Progress) -> Dataset:
    """A row for each period that can be foretold.

    Raises:
        UserError: the table cannot be read, or is no regular series.
        Cancelled: the user pressed Cancel.
    """
    if not options.path.strip():
        raise UserError("No file has been chosen.", "Open or drop a table with dates.")
    path = Path(options.path).expanduser()
    date, value = _roles(preview(path, **options.ways()), options)
    columns = all_columns(options, date, value, progress)
    kinds = {name: column.kind for name, column in columns.items()}
    series, notes = read_series(isolated(path.name), columns, date, value, options)
    card = DataCard(
        what="Your own dated series.",
        source=str(path),
        licence="Yours to know: may this data be used for this?",
        size=size_of(series),
        weaknesses=("Whatever changed for good after the last value cannot be foretold from it.",),
    )
    past = options.past or series.cadence.past
    dataset = series_dataset(
        SOURCE, card, (series,), value, past, options.ahead, columns[value].unit
    )
    others = _of_the_others(kinds, date, value, options)
    return dataset.with_notes((*notes, *others, *dataset.notes))


def _roles(seen: TablePreview, options: OwnSeriesOptions) -> tuple[str, str]:
    file = isolated(seen.file.path.name)
    for name in filter(None, (options.date, options.value)):
        if name not in seen.names:
            raise UserError(
                f"{file} has no column “{isolated(name)}”.",
                f"Its columns are: {listed([*map(isolated, seen.names)])}.",
            )
    mixed = mixed_date_columns(seen)
    date = options.date or next(iter((*date_columns(seen), *mixed)), "")
    if date in mixed:
        raise UserError(
            f"{file}: the dates of “{isolated(date)}” are written in several ways, so that "
            "days could be taken for others.",
            "Write them all alike, as 2024-12-31.",
        )
    numbers = _number_columns(seen)
    value = options.value or next((name for name in numbers if name != date), "")
    if not date or not value:
        what = "column of dates" if not date else "column of numbers"
        raise UserError(f"{file} has no {what}.", "A series has a date and a value in each row.")
    return date, value


def _number_columns(seen: TablePreview) -> list[str]:
    return [column.name for column in seen.columns if column.kind == "number"]


def _of_the_others(
    kinds: Mapping[str, ColumnKind], date: str, value: str, options: OwnSeriesOptions
) -> Iterator[str]:
    """What becomes of the columns that are neither date nor value, a sentence each."""
    if not options.extras:
        return
    others = {name: kind for name, kind in kinds.items() if name not in {date, value}}
    numbers = [f"“{isolated(name)}”" for name, kind in others.items() if kind == "number"]
    words = [f"“{isolated(name)}”" for name, kind in others.items() if kind != "number"]
    if numbers:
        yield f"Seen too, as last known: {listed(numbers)}."
    if words:
        yield f"Left out, since only numbers are seen: {listed(words)}."


def _likelihood(path: Path) -> float:
    """Likely where the first rows are one after the other."""
    try:
        seen = preview(path) if path.is_file() else None
    except UserError:
        return NO
    if seen is None or not (date_columns(seen) or mixed_date_columns(seen)):
        return NO
    if not date_columns(seen):
        return POSSIBLE if _number_columns(seen) else NO
    try:
        _roles(seen, OwnSeriesOptions())
    except UserError:
        return NO
    return LIKELY + 0.1 if begins_in_order(seen) else POSSIBLE


def survey(options: OwnSeriesOptions, progress: Progress) -> Survey:
    """What the columns are taken for, and which periods their dates have."""
    path = Path(options.path).expanduser()
    seen = preview(path, **options.ways())
    numbers = _number_columns(seen)
    choices: dict[str, Choices] = {
        "date": (("", "Recognise"), *((name, name) for name in date_columns(seen))),
        "value": (("", "Recognise"), *((name, name) for name in numbers)),
        "sheet": tuple((sheet, sheet) for sheet in seen.file.sheets),
        "order": _ORDERS[:1],
    }
    facts: list[str] = []
    guesses = recognised_ways(seen.file)
    refusal, held = "", None
    try:
        date, value = _roles(seen, options)
        guesses |= {"date": date, "value": value}
        if seen.column(date).is_either_way:
            choices["order"] = _ORDERS
        facts.append(f"“{isolated(date)}” is when, “{isolated(value)}” is foretold.")
        held = date_and_value(options, date, value, progress)
        columns = held.by_name
        choices["cadence"] = cadence_choices(isolated(path.name), columns[date], columns[value])
        series, _ = read_series(isolated(path.name), columns, date, value, options)
        seasons = seen_of(series.cadence, len(series.values), options)
        facts += [f"{size_of(series)}.", past_note(seasons)]
        facts += _of_the_others({c.name: c.kind for c in seen.columns}, date, value, options)
    except UserError as error:
        refusal = str(error)
    return Survey(
        tuple(facts),
        refusal,
        choices=choices,
        columns=seen.names,
        rows=seen.file.rows,
        recognised=guesses,
        holds=held,
    )


SOURCE = Source(
    name="own_series",
    title="Your own dated series",
    summary="A table with a date, a value and more in each row; the next value is foretold.",
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
    named_options=("date", "order", "value", "cadence", "sheet"),
)
