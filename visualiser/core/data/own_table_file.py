"""Opening somebody's table: what kind of file it is, and its encoding, delimiter and header."""

import codecs
import csv
import gzip
import io
import itertools
import re
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from visualiser.core.errors import UserError

SAMPLE_BYTES = 2**18
SAMPLE_ROWS = 200
MAX_COLUMNS = 2000
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_FOREIGN = {
    b"PK\x03\x04": "a workbook or zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"%PDF": "a PDF document",
    b"PAR1": "a Parquet file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite format 3": "a database",
    b"BZh": "a bz2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NUMBER_LIKE = re.compile(r"[-+]?[\d.,]*\d[\d.,]*(?:[eE][-+]?\d+)?\s*%?")
READ_ERRORS = (OSError, EOFError, zlib.error)


@dataclass(frozen=True)
class TableFile:
    """What the beginning of a file says about all of it.

    Attributes:
        encoding: Python's name; "cp1252" is the fallback for what is not UTF-8.
        columns: names, from the header or “column 1”, “column 2” …
        has_header: whether the first line holds the names.
        skip: lines above the first row of data (a quoted cell with line breaks counts as one).
        rows: up to SAMPLE_ROWS rows of the data as text, each as long as `columns`.
        size: bytes on disk.
        whole: whether `rows` are all there are.
    """

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    has_header: bool
    skip: int
    rows: tuple[tuple[str, ...], ...]
    size: int
    whole: bool = False

    @property
    def is_compressed(self) -> bool:
        """Whether the name says that it is gzipped (which is checked when it is opened)."""
        return self.path.suffix.lower() == ".gz"


def open_bytes(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The file's bytes, decompressed where it is gzipped.

    Raises:
        OSError: it cannot be opened.
    """
    return gzip.GzipFile(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def unreadable(path: Path, error: BaseException) -> UserError:
    """The sentence for a file that the operating system or gzip could not read."""
    if isinstance(error, FileNotFoundError):
        return UserError(f"The file {path} does not exist (any more).", "Choose the file again.")
    if isinstance(error, PermissionError):
        return UserError(
            f"The file {path} may not be read by you.", "Change its permissions or copy it."
        )
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return UserError(
            f"{path.name} is damaged, or not a gzip file in spite of its name ({error}).",
            "Unpack it yourself, or fetch it again.",
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(f"{path.name} cannot be read: {reason}.", "Copy it to this computer's disk.")


def inspect_file(path: Path, delimiter: str = "auto", header: str = "auto") -> TableFile:
    """Look at the beginning of the file.

    Raises:
        UserError: missing, a folder, empty, binary, only a header, ragged, one column only, or
            two columns of the same name.
    """
    sample, size, complete = _read_sample(path)
    encoding = _encoding(path, sample, complete)
    text = sample.decode(encoding, errors="replace" if encoding == "cp1252" else "ignore")
    text = _whole_lines(text, complete, path)
    if delimiter == "auto":
        delimiter = _delimiter(text)
    lines = _rows(path, text, delimiter)
    has_header = _has_header([row.cells for row in lines]) if header == "auto" else header == "yes"
    columns = _column_names(path, lines[0].cells, has_header, delimiter)
    data = lines[1:] if has_header else lines
    if not data:
        if not complete:
            raise _long_line(path, text.count("\n") + 1)
        raise UserError(
            f"{path.name} has a header and no rows.", "Add rows of data below the header."
        )
    return TableFile(
        path=path,
        encoding=encoding,
        delimiter=delimiter,
        columns=columns,
        has_header=has_header,
        skip=lines[0].number if has_header else 0,
        rows=tuple(_padded(path, row, len(columns)) for row in data[:SAMPLE_ROWS]),
        size=size,
        whole=complete and len(data) <= SAMPLE_ROWS,
    )


def _read_sample(path: Path) -> tuple[bytes, int, bool]:
    """The first bytes, the size on disk, and whether that was all of it."""
    try:
        if path.is_dir():
            raise UserError(
                f"{path} is a folder, not a file.", "Choose one CSV or TSV file inside it."
            )
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(f"{path} is not an ordinary file.", "Choose a CSV or TSV file.")
        with open_bytes(path) as stream:
            sample = stream.read(SAMPLE_BYTES + 1)
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a null byte in the name
        raise UserError(f"{str(path)!r} cannot be the name of a file.", "Choose a file.") from error
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserError(f"{path.name} is empty.", "Choose a file with a header and rows of data.")
    return sample[:SAMPLE_BYTES], size, len(sample) <= SAMPLE_BYTES


def _encoding(path: Path, sample: bytes, complete: bool) -> str:
    for mark, name in _FOREIGN.items():
        if sample.startswith(mark):
            raise UserError(
                f"{path.name} is {name}, not a table as text.",
                "Open it in its own program and save or export it as CSV (UTF-8).",
            )
    for mark, name in _BYTE_ORDER_MARKS.items():
        if sample.startswith(mark):
            return name
    even, odd = sample[0:2000:2].count(0), sample[1:2000:2].count(0)
    if max(even, odd) > 0.4 * len(sample[0:2000:2]) and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    control = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\x1a")
    if b"\0" in sample or control > 0.01 * len(sample):
        raise UserError(
            f"{path.name} holds binary data, not text.",
            "Export your table as CSV (UTF-8) and open that.",
        )
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _whole_lines(text: str, complete: bool, path: Path) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if complete:
        return text
    end = text.rfind("\n")
    if end < 0:
        raise UserError(
            f"{path.name} has no line breaks in its first {SAMPLE_BYTES // 1024} kB.",
            "A table has one line for each row: export it as CSV.",
        )
    return text[: end + 1]


def _long_line(path: Path, line: int) -> UserError:
    """The sentence for a line that goes on beyond what is looked at; reads to its end."""
    length = 0
    try:
        with open_bytes(path) as stream:
            for _ in range(line - 1):
                stream.readline()
            while piece := stream.readline(SAMPLE_BYTES):
                length += len(piece)
                if piece.endswith(b"\n"):
                    break
    except READ_ERRORS as error:
        return unreadable(path, error)
    return UserError(
        f"{path.name}, line {line:,}, is {max(length, 1024) // 1024:,} kB long; "
        f"the first rows are looked for in {SAMPLE_BYTES // 1024} kB.",
        "Shorten its long cell, or leave that column out of the file.",
    )


def _delimiter(text: str) -> str:
    """The one that cuts most lines into the same number of cells, two or more; else a comma."""

    def fitness(delimiter: str) -> tuple[float, int]:
        rows = itertools.islice(csv.reader(io.StringIO(text), delimiter=delimiter), SAMPLE_ROWS)
        try:
            widths = Counter(len(row) for row in rows if row)
        except csv.Error:
            return (0.0, 0)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return (count / widths.total(), width) if width > 1 else (0.0, 0)

    return max(DELIMITERS, key=fitness)


class _Row(NamedTuple):
    """Cells of a row, its number among all rows, blank ones included, and the line it ends on."""

    number: int
    line: int
    cells: list[str]


def _rows(path: Path, text: str, delimiter: str) -> list[_Row]:
    """Up to SAMPLE_ROWS + 1 rows that are not blank."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    rows: list[_Row] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                rows.append(_Row(number, reader.line_num, cells))
            if len(rows) > SAMPLE_ROWS:
                break
    except csv.Error as error:
        length = len(text.split("\n")[reader.line_num - 1])
        if length > csv.field_size_limit():
            raise UserError(
                f"{path.name}, line {reader.line_num:,}, has {length:,} characters; "
                f"{csv.field_size_limit():,} are the most for a cell.",
                "Shorten its long cell, or leave that column out of the file.",
            ) from error
        raise UserError(
            f"{path.name}, line {reader.line_num}: {error}.",
            "Look for a quotation mark that is never closed.",
        ) from error
    if not rows:
        raise UserError(f"{path.name} is empty.", "Choose a file with a header and rows of data.")
    return rows


def _has_header(rows: Sequence[list[str]]) -> bool:
    """Names are distinct texts without numbers that do not come back in the rows below."""
    first = [cell.strip() for cell in rows[0]]
    if any(_NUMBER_LIKE.fullmatch(cell) for cell in first) or len(set(first)) < len(first) / 2:
        return False
    below = [[cell.strip() for cell in row] for row in rows[1:]]
    if any(_NUMBER_LIKE.fullmatch(cell) for row in below for cell in row):
        return True
    again = sum(
        any(index < len(row) and row[index] == name for row in below)
        for index, name in enumerate(first)
    )
    return again <= len(first) / 2


def _column_names(
    path: Path, first: list[str], has_header: bool, delimiter: str
) -> tuple[str, ...]:
    if len(first) == 1:
        raise UserError(
            f"{path.name} has one column only (with the {DELIMITERS[delimiter]} as delimiter).",
            "A table needs a target and at least one other column, separated by comma, "
            "semicolon or tab.",
        )
    if len(first) > MAX_COLUMNS:
        raise UserError(
            f"{path.name} has {len(first):,} columns; {MAX_COLUMNS:,} is the most that is read.",
            "Leave out columns that are not needed.",
        )
    numbered: Callable[[int], str] = "column {}".format
    cells = [cell.strip() for cell in first] if has_header else [""] * len(first)
    names = tuple(name or numbered(index) for index, name in enumerate(cells, start=1))
    for index, name in enumerate(names):
        if name in names[:index]:
            raise UserError(
                f"{path.name} has two columns called “{name}” (columns "
                f"{names.index(name) + 1} and {index + 1}).",
                "Give each column a name of its own.",
            )
    return names


def _padded(path: Path, row: _Row, width: int) -> tuple[str, ...]:
    if len(row.cells) > width:
        raise too_many_cells(path, row.line, width, len(row.cells))
    return (*row.cells, *[""] * (width - len(row.cells)))


def too_many_cells(path: Path, line: int, expected: int, found: int) -> UserError:
    """The sentence for a ragged row."""
    return UserError(
        f"{path.name}, line {line:,}: {found} cells where the table has {expected} columns.",
        "Put quotation marks around a cell that holds the delimiter, or remove what is too much.",
    )
