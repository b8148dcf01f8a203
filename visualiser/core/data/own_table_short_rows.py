"""Rows of somebody's table that end before the last column."""

import csv
import io
from collections.abc import Mapping

from visualiser.core.data.own_table_bytes import READ_ERRORS
from visualiser.core.data.own_table_columns import Column
from visualiser.core.data.own_table_file import TableFile
from visualiser.core.data.own_table_opening import open_bytes
from visualiser.core.data.source import Progress

_CHECKED_EVERY = 10_000


def note_of_short_rows(
    file: TableFile, columns: Mapping[str, Column], rows: int | None, progress: Progress
) -> str:
    """How many rows have fewer cells than there are columns, and the first; empty for none.

    The parser fills such rows up without a word. They lack the last column, so that a file whose
    last column is known in every row is not read again to find them.

    Raises:
        Cancelled: the user pressed Cancel.
    """
    if file.container is not None:
        return ""  # a row of a sheet ends with its last value
    last = columns.get(file.columns[-1])
    is_read = last is not None and (last.values is not None or last.codes is not None)
    if last is not None and is_read and not last.missing.any():
        return ""
    progress.update(1, "Looking for rows that are too short")
    count, line = _short_rows(file, rows, progress)
    if not count:
        return ""
    what, where = (f"{count:,} rows have", "first in") if count > 1 else ("1 row has", "in")
    return (
        f"{what} fewer cells than the table has columns ({where} line {line:,}): the missing ones "
        "are taken for cells without a value."
    )


def _short_rows(file: TableFile, most: int | None, progress: Progress) -> tuple[int, int]:
    """How many of the first `most` rows are too short, and the line of the first."""
    width, count, first, rows, line = len(file.columns), 0, 0, 0, 0
    encoding, errors = file.encoding.codec, file.encoding.errors
    try:
        with (
            open_bytes(file.path) as stream,
            io.TextIOWrapper(stream, encoding, errors, newline="") as text,
        ):
            reader = csv.reader(text, delimiter=file.delimiter, skipinitialspace=True)
            for number, cells in enumerate(reader):
                if number % _CHECKED_EVERY == 0:
                    progress.check()
                if number >= file.skip and any(map(str.strip, cells)):
                    rows += 1
                    if len(cells) < width:
                        count, first = count + 1, first or line + 1
                    if rows == most:
                        break
                line = reader.line_num
    except (*READ_ERRORS, csv.Error):
        # The table was read, so that this is odd enough to do without the count.
        return 0, 0
    return count, first
