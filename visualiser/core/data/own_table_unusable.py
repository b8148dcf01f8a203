"""Why the beginning of a file is no table, and in which other ways it may be read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visualiser.core.data.own_table_dialect import DELIMITERS, Row, long_line
from visualiser.core.data.own_table_opening import Sample, called
from visualiser.core.data.own_table_text import Container
from visualiser.core.errors import UserError

OF_SHEETS, OF_TEXT = ("sheet", "header"), ("delimiter", "encoding", "header")
"""Options of reading that a workbook and a text have."""


class UnusableTable(UserError):
    """What can be read is no table, unless it is read in another way.

    Attributes:
        ways: options of reading that may make one of it.
        sheet: of a workbook, the one that was looked at.
        sheets: of a workbook, all there are.
    """

    def __init__(
        self, error: UserError, ways: tuple[str, ...], sheet: str = "", sheets: tuple[str, ...] = ()
    ) -> None:
        super().__init__(error.message, error.hint)
        self.ways, self.sheet, self.sheets = ways, sheet, sheets


@contextmanager
def unless_read_otherwise(ways: tuple[str, ...]) -> Iterator[None]:
    """What is refused within could be a table if it were read in another of these ways."""
    try:
        yield
    except UserError as error:
        if not ways:
            raise
        raise UnusableTable(error, ways) from error


def no_rows(path: Path, sheet: str, sample: Sample, lines: int) -> UserError:
    """The sentence for a file that seems to end with its header."""
    if not sample.whole:
        return long_line(path, sheet, lines + 1)
    return UserError(
        f"{called(path, sheet)} has a header and no rows.", "Add rows of data below the header."
    )


def one_column(path: Path, sheet: str, rows: list[Row], delimiter: str | None) -> UserError:
    """The sentence for a first row of one cell; `delimiter` is None for what is no text."""
    width, line = len(rows[-1].cells), "row" if delimiter is None else "line"
    if width > 1:
        return UserError(
            f"{called(path, sheet)}, {line} {rows[0].line:,}, holds no column names: it has 1 "
            f"cell, and rows below have {width}.",
            f"Remove the {line}s above the column names.",
        )
    needed = "A table needs a target and at least one other column"
    if delimiter is None:
        return UserError(f"{called(path, sheet)} has one column only.", f"{needed}.")
    return UserError(
        f"{path.name} has one column only (with the {DELIMITERS[delimiter]} as delimiter).",
        f"{needed}, separated by comma, semicolon or tab.",
    )


def too_many_cells(
    path: Path, line: int, expected: int, found: int, container: Container | None
) -> UserError:
    """The sentence for a ragged row."""
    if container is not None:
        return UserError(
            f"{path.name}, row {line:,}: {found} cells where the table has {expected} columns.",
            "Remove what stands beside the table, or give its columns names.",
        )
    return UserError(
        f"{path.name}, line {line:,}: {found} cells where the table has {expected} columns.",
        "Put quotation marks around a cell that holds the delimiter, or remove what is too much.",
    )
