"""What the user is told about the table: how it was read, and what looks odd in its columns."""

import re
from collections.abc import Iterable

import numpy as np

from visualiser.core.data.dataset import DataCard
from visualiser.core.data.nouns import NOUNS, Noun
from visualiser.core.data.own_table_cells import MISSING
from visualiser.core.data.own_table_columns import HALF, Column
from visualiser.core.data.own_table_dates import date_format
from visualiser.core.data.own_table_dialect import DELIMITERS
from visualiser.core.data.own_table_file import TableFile
from visualiser.core.data.own_table_numbers import parse_numbers
from visualiser.core.data.own_table_text import quoted

OF_NO_USE = frozenset(["empty", "constant", "names"])
"""Kinds of columns from which nothing can be learnt."""
_LOOKED_AT = 50
_LEADING_ZERO = re.compile(r"0\d+")
_SHAPES = (
    (
        re.compile(r"\d{1,2}:\d\d(?::\d\d)?"),
        "looks like times of day (“{cell}”), which are not read: write hours as numbers",
    ),
    (
        re.compile(r"[-+]?\d[\d.,]*\s?[^\W\d_]{1,4}|[A-Z]{3}\s?\d[\d.,]*"),
        "looks like numbers with a unit (“{cell}”): leave the number alone in its cell",
    ),
)
"""Cells that stay words, and what the user could do about them."""
_EXAMPLES, _QUOTED = 3, 30
"""Cells that are quoted, and characters of each."""
_SEVERAL = 3
_COLUMN = Noun("column", "columns")


def file_notes(file: TableFile, rows: int | None, left_out: tuple[str, ...]) -> tuple[str, ...]:
    """How the file was read: delimiter, header, encoding, and what the user left out of it."""
    if file.container is not None:
        notes = list(file.container.read_as(file.path, file.sheet))
    else:
        notes = [f"Read with the {DELIMITERS[file.delimiter]} as delimiter."]
    if not file.has_header:
        notes.append("The first line holds no names: the columns are numbered.")
    notes += filter(None, [encoding_notice(file)])
    if rows is not None:
        notes.append(f"Only the first {rows:,} rows are read.")
    if left_out:
        notes.append(f"Left out as you wished: {', '.join(left_out)}.")
    return tuple(notes)


def encoding_notice(file: TableFile) -> str:
    """What the user should know about the encoding; empty for UTF-8 without a flaw.

    Where it was guessed, words with letters beyond ASCII are quoted: whoever knows the language
    sees whether they are read rightly.
    """
    encoding = file.encoding
    if encoding.bad_bytes or not encoding.is_doubtful:
        return encoding.notice
    cells = (cell.strip() for row in (file.columns, *file.rows) for cell in row)
    odd = list(dict.fromkeys(cell for cell in cells if not cell.isascii()))
    examples = ", ".join(f"“{cell[:_QUOTED]}”" for cell in odd[:_EXAMPLES])
    gives = f" This gives {examples}." if odd else ""
    doubt = "If letters are wrong, choose another encoding"
    if any(map(_of_another_alphabet, odd)):
        doubt = "That looks like another alphabet: choose its encoding"
    return f"{encoding.notice}{gives} {doubt}."


def _of_another_alphabet(cell: str) -> bool:
    """Whether letters and signs beyond ASCII outnumber its own letters, as no accents do."""
    beyond = [sign for sign in cell if not sign.isascii()]
    plain = sum(sign.isascii() and sign.isalpha() for sign in cell)
    return len(beyond) >= _SEVERAL and len(beyond) > plain and any(map(str.isalpha, beyond))


def doubts(file: TableFile, columns: Iterable[Column]) -> tuple[str, ...]:
    """Columns whose first cells suggest that they are not what they were taken for."""
    said = []
    for column in columns:
        place = file.columns.index(column.name)
        cells = (row[place].strip() for row in file.rows)
        distinct = list(dict.fromkeys(cell for cell in cells if cell not in MISSING))
        problem = _doubt(column, distinct[:_LOOKED_AT])
        if problem:
            said.append(f"{quoted(column.name)} {problem}.")
    return tuple(said)


def _doubt(column: Column, cells: list[str]) -> str:
    if cells and column.kind == "number":
        return _doubt_of_number(cells)
    if cells and column.kind in {"category", "names"}:
        return _doubt_of_words(cells)
    return ""


def _doubt_of_number(cells: list[str]) -> str:
    if sum(bool(_LEADING_ZERO.fullmatch(cell)) for cell in cells) <= HALF * len(cells):
        return ""
    return (
        "is written with leading zeros, as codes are, and read as a number: choose that it is a "
        "category, or leave it out, unless its size means something"
    )


def _doubt_of_words(cells: list[str]) -> str:
    for shape, problem in _SHAPES:
        if all(shape.fullmatch(cell) for cell in cells):
            return problem.format(cell=cells[0][:40])
    if sum(date_format([cell]) is not None for cell in cells) > HALF * len(cells):
        return (
            "has dates written in several ways and is not read as dates: write them all alike, or "
            "choose that they are dates"
        )
    no_numbers = np.isnan(parse_numbers(cells).values)
    if not no_numbers.any() or no_numbers.mean() > HALF:
        return ""
    stray = cells[int(no_numbers.argmax())][:40]
    return (
        f"has words such as “{stray}” among its numbers and is not read as numbers: correct them, "
        "or leave their cells empty"
    )


def card(file: TableFile, rows: int, columns: int) -> DataCard:
    """The card of the user's own table."""
    return DataCard(
        what="Your own table.",
        source=str(file.path),
        licence="Yours to know: may this data be used for this?",
        size=f"{NOUNS['table'].counted(rows, 'usable')}, {_COLUMN.counted(columns)} as features",
        weaknesses=(
            "Ask yourself: who is missing, how old is it, who gave the labels, does a column give "
            "the answer away?",
        ),
    )
