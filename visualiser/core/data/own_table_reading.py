"""Reading all rows of a table in pieces, in bounded memory, with progress and Cancel."""

import gzip
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.own_table_file import (
    MISSING,
    READ_ERRORS,
    TableFile,
    open_bytes,
    too_many_cells,
    unreadable,
)
from visualiser.core.data.own_table_numbers import forget_huge, parse_numbers
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

MAX_BYTES = 2**30
MAX_ROWS = 5_000_000
MAX_CELLS = 200_000_000
CHUNK_CELLS = 500_000
MAX_UNPARSED = 0.01
"""A column with more cells than this share that are no numbers is no numeric column."""
MAX_PASSES = 3


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """Values as float64, NaN where missing; how many cells were no numbers, and the first."""

    name: str
    values: NDArray[np.float64]
    unparsed: int = 0
    first_unparsed: str = ""


@dataclass(frozen=True, eq=False)
class WordColumn:
    """Codes into the distinct `texts`; −1 where missing."""

    name: str
    codes: NDArray[np.int32]
    texts: tuple[str, ...]


RawColumn = NumberColumn | WordColumn


class _NotNumbers(Exception):
    """A column that looked numeric at first is not: it must be read again as text."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _WatchedStream(io.RawIOBase):
    """Bytes on their way to the parser: counts them, reports progress and asks for Cancel."""

    def __init__(
        self, stream: gzip.GzipFile | io.BufferedReader, limit: int | None, file: TableFile
    ) -> None:
        self._stream, self._limit, self._file = stream, limit, file
        self.count = 0
        self.progress: Progress | None = None

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, within the limit."""
        if self.progress is not None:
            self.progress.check()
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        if self._limit is not None and self.count > self._limit:
            raise _too_large(self._file, f"more than {self._limit / 2**30:.3g} GB unpacked")
        return len(data)


@dataclass
class _Collected:
    """A column as it grows piece by piece."""

    name: str
    pieces: list[NDArray[Any]] = field(default_factory=list)
    words: list[NDArray[np.object_]] = field(default_factory=list)
    unparsed: int = 0
    first_unparsed: str = ""

    def add_words(self, piece: "pd.Series[Any]") -> None:
        """Keep each different word of the piece once, and codes into all words so far."""
        import pandas as pd

        codes, words = pd.factorize(piece.to_numpy(dtype=object))
        offset = sum(map(len, self.words))
        self.pieces.append(np.where(codes < 0, -1, codes + offset).astype(np.int32))
        self.words.append(words)

    def add_numbers(self, piece: "pd.Series[Any]", first_row: int) -> None:
        """Numbers as they are; a piece with a stray word in it is parsed cell by cell."""
        if piece.dtype.kind in "iuf":
            self.pieces.append(piece.to_numpy(dtype=np.float64))
            return
        codes, words = piece.astype(str).where(piece.notna()).factorize()
        parsed = parse_numbers([str(word) for word in words])
        values = np.append(parsed.values, np.nan)[codes]
        stray = np.flatnonzero(np.isnan(values) & (codes >= 0))
        if len(stray) > max(MAX_UNPARSED * len(piece), 1):
            raise _NotNumbers(self.name)
        if len(stray) and not self.first_unparsed:
            word = words[codes[stray[0]]]
            self.first_unparsed = f"“{str(word)[:40]}” in row {first_row + int(stray[0]) + 1:,}"
        self.unparsed += len(stray)
        self.pieces.append(values)

    def finish(self, as_text: bool) -> RawColumn:
        """The whole column."""
        joined = np.concatenate(self.pieces)
        self.pieces.clear()
        if as_text:
            return self._finish_words(joined)
        forget_huge(joined)
        return NumberColumn(self.name, joined, self.unparsed, self.first_unparsed)

    def _finish_words(self, codes: NDArray[np.int32]) -> WordColumn:
        """The same word in different pieces gets one code."""
        import pandas as pd

        words = np.array([word.strip() for piece in self.words for word in piece], dtype=object)
        self.words.clear()
        words[[word in MISSING for word in words]] = None
        merged, texts = pd.factorize(words)
        table = np.append(merged, -1).astype(np.int32)
        return WordColumn(self.name, table[codes], tuple(texts))


def read_table(
    file: TableFile, rows: int | None, skip: frozenset[str], progress: Progress
) -> tuple[list[RawColumn], str]:
    """All columns but those in `skip`, and a note where the encoding turned out differently.

    Columns whose first rows are all numbers are read as numbers, the others as text. A later
    surprise (words among numbers, bytes that are no UTF-8) reads the file once more. `rows`
    reads only so many; None reads all.

    Raises:
        UserError: too large, ragged, damaged or gone.
        Cancelled: the user pressed Cancel.
    """
    if rows is None and not file.is_compressed and file.size > MAX_BYTES:
        raise _too_large(file, f"{file.size / 2**30:.3g} GB")
    as_text, encoding, note = _text_columns(file), file.encoding, ""
    for attempt in range(MAX_PASSES + len(file.columns)):
        if attempt >= MAX_PASSES:
            as_text = set(file.columns)
        try:
            return _read_once(file, encoding, as_text, rows, skip, progress), note
        except _NotNumbers as surprise:
            as_text.add(surprise.name)
        except UnicodeDecodeError:
            if encoding == "cp1252":
                raise
            encoding = "cp1252"
            note = "Some bytes are not UTF-8: the file is read as Windows-1252."
    raise AssertionError("text columns hold no surprises")


def _read_once(
    file: TableFile,
    encoding: str,
    as_text: set[str],
    rows: int | None,
    skip: frozenset[str],
    progress: Progress,
) -> list[RawColumn]:
    columns = {name: _Collected(name) for name in file.columns if name not in skip}
    done = 0
    for piece in _pieces(file, encoding, as_text, rows, progress):
        progress.check()
        for name, column in columns.items():
            if name in as_text:
                column.add_words(piece[name])
            else:
                column.add_numbers(piece[name], done)
        done += len(piece)
        if rows is None and (done > MAX_ROWS or done * len(file.columns) > MAX_CELLS):
            raise _too_large(file, f"more than {done:,} rows of {len(file.columns)} columns")
    if done == 0:
        raise UserError(
            f"{file.path.name} has a header and no rows.", "Add rows of data below the header."
        )
    return [column.finish(name in as_text) for name, column in columns.items()]


def _pieces(
    file: TableFile, encoding: str, as_text: set[str], rows: int | None, progress: Progress
) -> Iterator["pd.DataFrame"]:
    import pandas as pd

    limit = None if rows is not None and not file.is_compressed else 2 * MAX_BYTES
    try:
        with open_bytes(file.path) as stream, warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            watched = _WatchedStream(stream, limit, file)
            watched.progress = progress
            reader = pd.read_csv(
                io.BufferedReader(watched, 2**18),
                sep=file.delimiter,
                names=list(file.columns),
                header=None,
                skiprows=file.skip,
                index_col=False,
                dtype=dict.fromkeys(sorted(as_text), object),
                keep_default_na=False,
                na_values=["", *sorted(MISSING)],
                chunksize=max(1000, CHUNK_CELLS // len(file.columns)),
                nrows=rows,
                low_memory=False,
                encoding=encoding,
                encoding_errors="replace" if encoding == "cp1252" else "strict",
                skipinitialspace=True,
            )
            done = 0
            for piece in reader:
                done += len(piece)
                progress.update(_share(file, watched, stream, done, rows), f"{done:,} rows read")
                yield piece
    except READ_ERRORS as error:
        raise unreadable(file.path, error) from error
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError) as error:
        raise _ragged(file, str(error)) from error


def _share(
    file: TableFile,
    watched: _WatchedStream,
    stream: gzip.GzipFile | io.BufferedReader,
    done: int,
    rows: int | None,
) -> float:
    """How far through the file; for a gzipped one by its compressed bytes."""
    raw = getattr(stream, "fileobj", None)
    position = raw.tell() if raw is not None else watched.count
    share = position / max(file.size, 1)
    return min(1.0, max(share, done / rows) if rows else share)


def _text_columns(file: TableFile) -> set[str]:
    """Columns with anything but plain numbers in the first rows."""
    plain = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*")
    text: set[str] = set()
    for name, cells in zip(file.columns, zip(*file.rows, strict=True), strict=True):
        known = [cell for cell in cells if cell.strip() and cell.strip() not in MISSING]
        if not known or not all(plain.fullmatch(cell) for cell in known):
            text.add(name)
    return text


def _ragged(file: TableFile, message: str) -> UserError:
    cells = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", message)
    if cells:
        expected, line, found = map(int, cells.groups())
        return too_many_cells(file.path, line, expected, found)
    quote = re.search(r"EOF inside string starting at row (\d+)", message)
    if quote:
        return UserError(
            f"{file.path.name}, near row {int(quote[1]) + 1:,}: a quotation mark is opened and "
            "never closed.",
            "Close it, or remove it.",
        )
    return UserError(
        f"{file.path.name} is not a table that can be read ({message.strip()}).",
        "Each line needs the same number of cells.",
    )


def _too_large(file: TableFile, how_large: str) -> UserError:
    return UserError(
        f"{file.path.name} is too large: {how_large}.",
        "Read only its first rows: set the number of rows, say 1,000,000.",
    )
