"""How somebody's table is written: its delimiter, its rows, and whether the first holds names."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from visualiser.core.data.own_table_bytes import READ_ERRORS, unreadable
from visualiser.core.data.own_table_opening import SAMPLE_BYTES, open_bytes
from visualiser.core.errors import UserError

SAMPLE_ROWS = 200
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}

_DELIMITER_LINE = re.compile(r"\ufeff?\"?sep=(.)\"?(?=\n)", re.IGNORECASE)
_END = "\uffff"
"""No character, in no text."""
_NUMBER_LIKE = re.compile(r"[-+]?[\d.,]*\d[\d.,]*(?:[eE][-+]?\d+)?\s*%?")


class Row(NamedTuple):
    """Cells of a row, its number among all rows, blank ones included, and the line it ends on."""

    number: int
    line: int
    cells: list[str]


def read_rows(path: Path, text: str, delimiter: str, whole: bool) -> list[Row]:
    """Up to SAMPLE_ROWS + 1 rows that are not blank; `whole` says that no more text follows.

    Raises:
        UserError: there are none, a cell is too long, or a quotation mark is never closed.
    """
    # A row of its own at the end: a quotation mark that is still open swallows it.
    lines = io.StringIO(f"{text}\n{_END}" if whole else text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    rows: list[Row] = []
    line = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if whole and any(_END in cell for cell in cells):
                if cells != [_END]:
                    raise open_quote(path, f"line {line + 1:,}")
                break
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, reader.line_num, cells))
            if len(rows) > SAMPLE_ROWS:
                break
            line = reader.line_num
    except csv.Error as error:
        raise _long_cell(path, text, line, reader.line_num) from error
    if not rows:
        raise UserError(f"{path.name} is empty.", "Choose a file with a header and rows of data.")
    return rows


def _long_cell(path: Path, text: str, before: int, line: int) -> UserError:
    """The sentence for a row after line `before` whose cell is still not complete in `line`."""
    length = len(text.split("\n")[line - 1])
    if line > before + 1 and length <= csv.field_size_limit():
        return open_quote(path, f"line {before + 1:,}")
    return UserError(
        f"{path.name}, line {line:,}, has {length:,} characters; "
        f"{csv.field_size_limit():,} are the most for a cell.",
        "Shorten its long cell, or leave that column out of the file.",
    )


def open_quote(path: Path, near: str) -> UserError:
    """The sentence for a quotation mark without its counterpart, `near` a line or row."""
    return UserError(
        f"{path.name}, near {near}: a quotation mark is opened and never closed.",
        "Close it, or remove it.",
    )


def without_delimiter_line(text: str) -> tuple[str, str]:
    """The text with a blank first line where that only names the delimiter, and that delimiter.

    Spreadsheets write “sep=;” there. The delimiter is empty where there is no such line.
    """
    found = _DELIMITER_LINE.match(text)
    if found is None or found[1] not in DELIMITERS:
        return text, ""
    return text[found.end() :], found[1]


def whole_lines(text: str, complete: bool, path: Path) -> str:
    """The text up to its last line break, or all of it where the file ends there.

    Raises:
        UserError: there is no line break.
    """
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


def long_line(path: Path, sheet: str, line: int) -> UserError:
    """The sentence for a line that goes on beyond what is looked at; reads to its end."""
    length = 0
    try:
        with open_bytes(path, sheet) as stream:
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


def recognise_delimiter(text: str) -> str:
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


def recognise_header(rows: Sequence[list[str]]) -> bool:
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
