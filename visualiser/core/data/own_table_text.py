"""Tables that are no text, made into the text that all tables are read as."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visualiser.core.data.isolated_name import isolated

_LONGEST_NAME = 60


class TableText(io.RawIOBase):
    """Rows of cells as comma-separated UTF-8, made only as far as somebody reads.

    One row is one line, so that a line's number in a message is that of the row. Rows that come
    from a file of gigabytes never stand in memory together.
    """

    def __init__(
        self, rows: Iterator[Sequence[str]], share: Callable[[], float], close: Callable[[], object]
    ) -> None:
        """Cells have no line breaks (see one_line).

        `share` tells how much of the file is read; `close` gives the file back.
        """
        super().__init__()
        self._rows, self._share, self._close = rows, share, close
        self._ready = memoryview(b"")
        self._text = io.StringIO()
        self._writer = csv.writer(self._text, lineterminator="\n")

    @property
    def share(self) -> float:
        """How much of the file is read, 0…1."""
        return min(1.0, self._share())

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer with the text of some rows."""
        if not self._ready:
            self._ready = memoryview(self._next_rows(len(buffer)))
        some = self._ready[: len(buffer)]
        buffer[: len(some)] = some
        self._ready = self._ready[len(some) :]
        return len(some)

    def _next_rows(self, enough: int) -> bytes:
        self._text.seek(0)
        self._text.truncate()
        for row in self._rows:
            self._writer.writerow(row)
            if self._text.tell() >= enough:
                break
        return self._text.getvalue().encode("utf-8", "replace")

    def close(self) -> None:
        """Give the file back."""
        if not self.closed:
            self._close()
        super().close()


def one_line(cell: str) -> str:
    """The text of a cell with blanks for its line breaks."""
    return " ".join(cell.splitlines()) if "\n" in cell or "\r" in cell else cell


def quoted(name: str) -> str:
    """A column's name as sentences have it: “rent”, and of a long one its beginning."""
    short = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return f"“{isolated(short)}”"


@dataclass(frozen=True)
class Container:
    """A kind of file that holds tables and is no text.

    Attributes:
        title: as the user reads it, with its article.
        mark: how such a file begins.
        sheets: names of the tables in it, empty where it holds just one.
        has_header: whether columns surely have names.
        read_as: sentences on how it is read, for whoever uses (path, sheet).
        open: (path, sheet) → its text; an empty sheet is the first one.
    """

    title: str
    mark: bytes
    sheets: Callable[[Path], tuple[str, ...]]
    open: Callable[[Path, str], TableText]
    read_as: Callable[[Path, str], tuple[str, ...]]
    has_header: bool = False
