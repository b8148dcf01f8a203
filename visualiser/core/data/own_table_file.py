"""What the beginning of somebody's table says about all of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from visualiser.core.data.own_table_bytes import (
    MAX_BYTES,
    refuse_foreign_text,
    size_text,
    too_large,
)
from visualiser.core.data.own_table_dialect import (
    SAMPLE_ROWS,
    Row,
    read_rows,
    recognise_delimiter,
    recognise_header,
    whole_lines,
    without_delimiter_line,
)
from visualiser.core.data.own_table_encoding import Encoding, recognise_encoding
from visualiser.core.data.own_table_opening import (
    Sample,
    container_of,
    read_sample,
    sheets_of,
)
from visualiser.core.data.own_table_text import Container, quoted
from visualiser.core.data.own_table_unusable import (
    OF_SHEETS,
    OF_TEXT,
    UnusableTable,
    no_rows,
    one_column,
    too_many_cells,
    unless_read_otherwise,
)
from visualiser.core.data.split import FEWEST_ROWS
from visualiser.core.errors import UserError

MAX_COLUMNS = 2000
_MOST_SHEETS_TRIED = 20
"""Of a workbook, when the program looks for one that holds a table."""


@dataclass(frozen=True)
class TableFile:
    """What the beginning of a file says about all of it.

    Attributes:
        encoding: recognised by the beginning, or chosen by the user.
        columns: names, from the header or “column 1”, “column 2” …
        has_header: whether the first line holds the names.
        skip: lines above the first row of data (a quoted cell with line breaks counts as one).
        rows: up to SAMPLE_ROWS rows of the data as text, each as long as `columns`.
        size: bytes on disk.
        whole: whether `rows` are all there are.
        container: what kind of file the text comes out of; None where it is text itself.
        sheet, sheets: of a workbook, the one that is read and all there are.
    """

    path: Path
    encoding: Encoding
    delimiter: str
    columns: tuple[str, ...]
    has_header: bool
    skip: int
    rows: tuple[tuple[str, ...], ...]
    size: int
    whole: bool = False
    container: Container | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def is_compressed(self) -> bool:
        """Whether its bytes on disk do not tell how long its text is."""
        return self.container is not None or self.path.suffix.lower() == ".gz"

    @property
    def prefers_comma(self) -> bool:
        """Whether a comma that could be both is a decimal comma."""
        return self.delimiter == ";"

    def refusal_of_size(self, rows: int | None) -> UserError | None:
        """Why the file is not read as far as `rows`, or to its end, if so."""
        if rows is not None or self.is_compressed or self.size <= MAX_BYTES:
            return None
        return too_large(
            self.path, f"it has {size_text(self.size)}, and {size_text(MAX_BYTES)} is the most"
        )


def inspect_file(
    path: Path,
    delimiter: str = "auto",
    header: str = "auto",
    encoding: str | Encoding = "auto",
    sheet: str = "",
) -> TableFile:
    """Look at the beginning of the file.

    How a container is written is known: its delimiter and encoding are nobody's choice.

    Args:
        path: of the file.
        delimiter: one of DELIMITERS, or “auto”.
        header: whether the first line holds names: “yes”, “no” or “auto”.
        encoding: one of ENCODINGS, “auto”, or what is known of it already.
        sheet: of a workbook; empty means the first that holds a table.

    Raises:
        UserError: missing, a folder, empty, binary, not of that encoding, only a header, ragged,
            one column only, or two columns of the same name.
        UnusableTable: the same of what may be a table if it is read in another way.
    """
    sheets = sheets_of(path)
    if not sheet and len(sheets) > 1:
        return _first_table(path, sheets, header)
    try:
        return _inspect(path, sheets, delimiter, header, encoding, sheet)
    except UserError as error:
        if len(sheets) > 1:
            raise UnusableTable(error, OF_SHEETS, sheet, sheets) from error
        raise


def _first_table(path: Path, sheets: tuple[str, ...], header: str) -> TableFile:
    """The first sheet with enough rows to learn from, else the first that is a table at all."""
    short, refusals = list[TableFile](), list[UserError]()
    for sheet in sheets[:_MOST_SHEETS_TRIED]:
        try:
            found = _inspect(path, sheets, ",", header, "auto", sheet)
        except UserError as error:
            refusals.append(error)
            continue
        if len(found.rows) >= FEWEST_ROWS:
            return found
        short.append(found)
    if short:
        return short[0]
    refusal = refusals[0]
    if any(str(other) != str(refusal) for other in refusals):
        refusal = UserError(
            f"None of the sheets of {path.name} holds a table.",
            "A table has the names of its columns in its first row, a target and at least one "
            "other column.",
        )
    raise UnusableTable(refusal, OF_SHEETS, sheets[0], sheets)


def _inspect(
    path: Path,
    sheets: tuple[str, ...],
    delimiter: str,
    header: str,
    encoding: str | Encoding,
    sheet: str,
) -> TableFile:
    sample = read_sample(path, sheet)
    container = container_of(path)
    if container is not None:
        delimiter, encoding = ",", "auto"
        header = "yes" if container.has_header else header
    known = isinstance(encoding, Encoding) or encoding == "auto"
    with unless_read_otherwise(() if container is not None or known else ("encoding",)):
        text = _text(path, sample, container, delimiter, encoding)
    with unless_read_otherwise(() if container is not None else OF_TEXT):
        return _table(path, sheets, sheet, sample, container, text, header)


def _table(
    path: Path,
    sheets: tuple[str, ...],
    sheet: str,
    sample: Sample,
    container: Container | None,
    text: "_Text",
    header: str,
) -> TableFile:
    lines = read_rows(path, text.content, text.delimiter, sample.whole)
    named = header == "auto" and recognise_header([row.cells for row in lines])
    has_header = named or header == "yes"
    if len(lines[0].cells) == 1:
        raise one_column(path, sheet, lines, None if container is not None else text.delimiter)
    columns = _column_names(path, lines, has_header)
    data = lines[1:] if has_header else lines
    if not data:
        raise no_rows(path, sheet, sample, text.content.count("\n"))
    return TableFile(
        path=path,
        encoding=text.encoding,
        delimiter=text.delimiter,
        columns=columns,
        has_header=has_header,
        skip=lines[0].number if has_header else lines[0].number - 1,
        rows=tuple(_padded(path, row, len(columns), container) for row in data[:SAMPLE_ROWS]),
        size=sample.size,
        whole=sample.whole and len(data) <= SAMPLE_ROWS,
        container=container,
        sheet=sheet or next(iter(sheets), ""),
        sheets=sheets,
    )


class _Text(NamedTuple):
    """The beginning of a file as text, and how it is written."""

    content: str
    encoding: Encoding
    delimiter: str


def _text(
    path: Path,
    sample: Sample,
    container: Container | None,
    delimiter: str,
    encoding: str | Encoding,
) -> _Text:
    """The whole lines of a sample, decoded; what was left to be recognised is recognised."""
    if isinstance(encoding, str):
        encoding = recognise_encoding(path, sample, encoding)
    # A character that the sample cuts in two is replaced, and goes with the line that is cut too.
    text = sample.content.decode(encoding.codec, errors="replace")
    if container is None:
        refuse_foreign_text(path, text)
    text, said = without_delimiter_line(whole_lines(text, sample.whole, path))
    if delimiter == "auto":
        delimiter = said or recognise_delimiter(text)
    return _Text(text, encoding, delimiter)


def _column_names(path: Path, rows: list[Row], has_header: bool) -> tuple[str, ...]:
    first = rows[0].cells
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
                f"{path.name} has two columns called {quoted(name)} (columns "
                f"{names.index(name) + 1} and {index + 1}).",
                "Give each column a name of its own.",
            )
    return names


def _padded(path: Path, row: Row, width: int, container: Container | None) -> tuple[str, ...]:
    if len(row.cells) > width:
        if not any(cell.strip() for cell in row.cells[width:]):
            raise UserError(
                f"{path.name}, line {row.line:,}, ends with a delimiter, and the first line does "
                "not.",
                "Remove it at the end of each line, or add it to the first.",
            )
        raise too_many_cells(path, row.line, width, len(row.cells), container)
    return (*row.cells, *[""] * (width - len(row.cells)))
