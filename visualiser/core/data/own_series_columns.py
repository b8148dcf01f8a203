"""The columns of a series, read once for all the questions that an import has about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakValueDictionary

from visualiser.core.data.own_series_options import OwnSeriesOptions
from visualiser.core.data.own_table import OwnTableOptions, read_columns
from visualiser.core.data.own_table_bytes import unreadable
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_types import ColumnType
from visualiser.core.data.source import Progress

_Key = tuple[str | int, ...]


@dataclass(frozen=True, eq=False)
class SeriesColumns:
    """The columns of dates and of values: read again only once nobody holds them any more.

    Attributes:
        by_name: the two.
    """

    by_name: Mapping[str, Column]


_held = WeakValueDictionary[_Key, SeriesColumns]()
"""What some survey that is still looked at holds: it is let go with the survey."""


def all_columns(
    options: OwnSeriesOptions, date: str, value: str, progress: Progress
) -> dict[str, Column]:
    """The columns of dates and of values, and the others where they are wanted.

    Raises:
        UserError, Cancelled: as own_table.load.
    """
    only = None if options.extras else frozenset([date, value])
    return read_columns(_wanted(options, date, value), progress, only=only)[1]


def date_and_value(
    options: OwnSeriesOptions, date: str, value: str, progress: Progress
) -> SeriesColumns:
    """The two columns: of a file that has not changed those that are still held.

    Raises:
        UserError, Cancelled: as own_table.load.
    """
    path = Path(options.path).expanduser()
    try:
        file = path.stat()
    except OSError as error:
        raise unreadable(path, error) from error
    read_with = (*options.ways().values(), options.order)
    key = (str(path), file.st_mtime_ns, file.st_size, *read_with, date, value)
    found = _held.get(key)
    if found is None:
        wanted = _wanted(options, date, value)
        found = SeriesColumns(read_columns(wanted, progress, only=frozenset([date, value]))[1])
        _held[key] = found
    return found


def _wanted(options: OwnSeriesOptions, date: str, value: str) -> OwnTableOptions:
    return OwnTableOptions(
        path=options.path, target=value, group=date, types=types_of(options, date), **options.ways()
    )


def types_of(options: OwnSeriesOptions, date: str) -> dict[str, ColumnType]:
    """What the user says that the column of dates is, if anything."""
    ordered: dict[str, ColumnType] = {
        "day_first": "date_day_first",
        "month_first": "date_month_first",
    }
    return {date: ordered[options.order]} if options.order else {}
