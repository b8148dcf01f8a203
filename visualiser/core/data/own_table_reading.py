"""Reading all rows of a table in pieces, in bounded memory, with progress and Cancel."""

import io
import re
import warnings
from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from visualiser.core.data.own_table_bytes import (
    MAX_BYTES,
    READ_ERRORS,
    size_text,
    too_large,
    unreadable,
    zero_byte,
)
from visualiser.core.data.own_table_cells import (
    MISSING,
    GrowingWords,
    NotAsExpected,
    RawColumn,
    UnreadColumn,
)
from visualiser.core.data.own_table_columns import HALF, understand
from visualiser.core.data.own_table_dialect import open_quote
from visualiser.core.data.own_table_file import TableFile
from visualiser.core.data.own_table_layouts import Growing, growing_columns
from visualiser.core.data.own_table_opening import TextBytes, open_bytes, share_read
from visualiser.core.data.own_table_types import ColumnType
from visualiser.core.data.own_table_unusable import too_many_cells
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

Piece: TypeAlias = tuple["pd.DataFrame", float]

MAX_ROWS = 5_000_000
MAX_CELLS = 200_000_000
CHUNK_CELLS = 500_000
LOOK_ROWS = 50_000
"""After so many rows a column of names or ids is recognised for good."""
MAX_PASSES = 3
_FIRST_BYTE = "S1"
"""Type of an unread column: the quickest way past it that still notices rows with extra cells."""


class _Names(Exception):
    """Columns that turn out to be names or ids: it is quicker to read on without them."""

    def __init__(self, names: frozenset[str]) -> None:
        super().__init__(names)
        self.names = names


class _WatchedStream(io.RawIOBase):
    """Bytes on their way to the parser: counts them, refuses binary data and asks for Cancel."""

    def __init__(
        self,
        stream: TextBytes,
        limit: int | None,
        file: TableFile,
        progress: Progress,
    ) -> None:
        self._stream, self._limit, self._file, self._progress = stream, limit, file, progress
        self.count = self._lines = 0
        self._one_byte_a_sign = not file.encoding.codec.startswith(("utf-16", "utf-32"))

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, within the limit."""
        self._progress.check()
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        if self._one_byte_a_sign and b"\0" in data:
            line = self._lines + data[: data.index(b"\0")].count(b"\n") + 1
            raise zero_byte(self._file.path, line)
        self._lines += data.count(b"\n")
        if self._limit is not None and self.count > self._limit:
            raise too_large(self._file.path, f"it has more than {size_text(self._limit)} unpacked")
        return len(data)


@dataclass(frozen=True)
class Wanted:
    """What is to be read of a file.

    Attributes:
        rows: only the first so many; None for all.
        skip: columns that are not read at all.
        whole: columns that are read to their end whatever they hold, such as the target.
        types: what the user says that columns are; those are read to their end too.
    """

    rows: int | None = None
    skip: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()
    types: Mapping[str, ColumnType] = field(default_factory=dict)


def read_table(file: TableFile, wanted: Wanted, progress: Progress) -> list[RawColumn]:
    """The columns as they stand in the file.

    Columns whose first rows are all numbers, or amounts or dates written alike, are read as such,
    the others as text. A later surprise (words among numbers) reads the file once more. In a long
    table, names and ids are not read further than needed to see what they are.

    Raises:
        UserError: too large, ragged, damaged or gone.
        UnicodeDecodeError: the encoding is another one after all.
        Cancelled: the user pressed Cancel.
    """
    refusal = file.refusal_of_size(wanted.rows)
    if refusal is not None:
        raise refusal
    as_text, unread = set[str](), frozenset[str]()
    for attempt in range(MAX_PASSES + len(file.columns)):
        if attempt >= MAX_PASSES:
            as_text = set(file.columns)
        try:
            return _read_once(file, as_text, wanted, unread, progress)
        except NotAsExpected as surprise:
            as_text.add(surprise.name)
        except _Names as found:
            unread |= found.names
    raise AssertionError("text columns hold no surprises")


def _read_once(
    file: TableFile,
    as_text: set[str],
    wanted: Wanted,
    unread: frozenset[str],
    progress: Progress,
) -> list[RawColumn]:
    growing = growing_columns(file, wanted.skip | unread, as_text, wanted.types)
    types = dict.fromkeys(wanted.skip | unread, _FIRST_BYTE)
    types |= {name: column.cell_type for name, column in growing.items() if column.cell_type}
    done, looked = 0, False
    with closing(_one_ahead(_pieces(file, types, wanted.rows, progress))) as pieces:
        for piece, share in pieces:
            if done >= LOOK_ROWS and not looked:
                looked = True
                _look(file, growing, wanted.whole | wanted.types.keys(), done, progress)
            for name, column in growing.items():
                progress.check()
                column.add(piece[name])
            done += len(piece)
            progress.update(share, f"{done:,} rows read")
            if wanted.rows is None and (done > MAX_ROWS or done * len(file.columns) > MAX_CELLS):
                raise too_large(
                    file.path, f"it has more than {done:,} rows of {len(file.columns)} columns"
                )
    if done == 0:
        raise UserError(
            f"{file.path.name} has a header and no rows.", "Add rows of data below the header."
        )
    return [
        UnreadColumn(name) if name in unread else growing.pop(name).column()
        for name in file.columns
        if name not in wanted.skip
    ]


def _look(
    file: TableFile,
    growing: Mapping[str, Growing],
    whole: frozenset[str],
    rows: int,
    progress: Progress,
) -> None:
    """What can be saved on columns that are different in most of the first `rows` rows.

    Raises:
        _Names: for some of them it is quickest to read anew without them.
    """
    names = set()
    for name, column in growing.items():
        if isinstance(column, GrowingWords) and column.distinct > HALF * rows:
            column.stop_merging()
            kind = understand(column.column(), file.prefers_comma, progress).kind
            if kind == "names" and name not in whole:
                names.add(name)
    if names and file.container is None:  # to make text of a workbook again would take longer
        raise _Names(frozenset(names))


def _one_ahead(pieces: Generator[Piece, None, None]) -> Generator[Piece, None, None]:
    """The same pieces, the next one parsed on a second thread while one is looked at.

    Pandas parses without the interpreter's lock, so that both cores are used.
    """
    with closing(pieces), ThreadPoolExecutor(1, "reading ahead") as pool:
        coming = pool.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = pool.submit(next, pieces, None)
            yield piece


def _pieces(
    file: TableFile,
    types: Mapping[str, str],
    rows: int | None,
    progress: Progress,
) -> Generator[Piece, None, None]:
    """Rows of the table, and how much of the file is read when they are."""
    import pandas as pd

    limit = None if rows is not None and not file.is_compressed else 2 * MAX_BYTES
    try:
        with open_bytes(file.path, file.sheet) as stream, warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            watched = _WatchedStream(stream, limit, file, progress)
            reader = _reader(file, watched, types, rows)
            done = 0
            for piece in reader:
                done += len(piece)
                yield piece, _share(file, watched, stream, done, rows)
    except READ_ERRORS as error:
        raise unreadable(file.path, error) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise _ragged(file, str(error)) from error


def _reader(
    file: TableFile,
    stream: _WatchedStream,
    types: Mapping[str, str],
    rows: int | None,
) -> Iterable["pd.DataFrame"]:
    import pandas as pd

    return pd.read_csv(
        io.BufferedReader(stream, 2**18),
        sep=file.delimiter,
        names=list(file.columns),
        header=None,
        skiprows=file.skip,
        index_col=False,
        dtype=dict(types),
        keep_default_na=False,
        na_values=["", *sorted(MISSING)],
        chunksize=max(1000, CHUNK_CELLS // len(file.columns)),
        nrows=rows,
        low_memory=False,
        encoding=file.encoding.codec,
        encoding_errors=file.encoding.errors,
        skipinitialspace=True,
    )


def _share(
    file: TableFile,
    watched: _WatchedStream,
    stream: TextBytes,
    done: int,
    rows: int | None,
) -> float:
    """How far through the file, or through the rows that are wanted."""
    share = share_read(stream, file.size, watched.count)
    return min(1.0, max(share, done / rows) if rows else share)


def _ragged(file: TableFile, message: str) -> UserError:
    cells = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if cells:
        expected, line, found = map(int, cells.groups())
        return too_many_cells(file.path, line, expected, found, file.container)
    quote = re.search(r"EOF inside string starting at row (\d+)", message)
    if quote:
        return open_quote(file.path, f"row {int(quote[1]) + 1:,}")
    return UserError(
        f"{file.path.name} is not a table that can be read ({message.strip()}).",
        "Each line needs the same number of cells.",
    )
