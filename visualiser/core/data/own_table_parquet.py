"""Parquet files as tables, read a page at a time.

Of the format, tables need the flat part. Why no library does it is measured in
docs/architecture.md: the small ones end the program over damaged files, the others are too large.
"""

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, cast

from visualiser.core.data.encoding_table import listed
from visualiser.core.data.own_table_bytes import unreadable
from visualiser.core.data.own_table_parquet_pages import Column, ColumnChunk
from visualiser.core.data.own_table_parquet_text import to_text
from visualiser.core.data.own_table_parquet_thrift import Struct, ThriftReader
from visualiser.core.data.own_table_text import Container, TableText
from visualiser.core.errors import UserError

MARK = b"PAR1"
MAX_FOOTER = 50_000_000
_BROKEN = (
    *(ValueError, IndexError, KeyError, TypeError, AttributeError),
    *(ArithmeticError, RuntimeError, MemoryError),
)
"""What a field of another kind than it should be, or a schema that ends too early, leads to."""
_REPEATED = 2
_PLAIN_TYPES = range(8)


class _Columns(NamedTuple):
    """Columns by their place in the file, and the names of those that hold more than a value."""

    flat: dict[int, Column]
    nested: tuple[str, ...]


def _footer(path: Path) -> Struct:
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - 8))
        end = stream.read()
        length = int.from_bytes(end[:4], "little")
        if end[4:] != MARK or not 0 < length <= min(size - 8, MAX_FOOTER):
            raise ValueError("its end is missing")
        stream.seek(size - 8 - length)
        return ThriftReader(stream.read(length)).struct()


def _columns(footer: Struct) -> _Columns:
    schema = iter(_structs(footer, 2))
    left = _children(next(schema, {}))
    flat: dict[int, Column] = {}
    nested, place = [], 0
    for _ in range(left):
        element = next(schema)
        name = cast(bytes, element[4]).decode("utf-8", "replace")
        if _children(element) or element.get(3) == _REPEATED:
            nested.append(name)
            place += _leaves(element, schema)
            continue
        kind, width = element.get(1), element.get(2, 0)
        if kind not in _PLAIN_TYPES or not isinstance(width, int):
            raise ValueError("a column of an unknown type")
        optional = element.get(3) == 1
        flat[place] = Column(name, cast(int, kind), width, optional, to_text(element))
        place += 1
    return _Columns(flat, tuple(nested))


def _leaves(element: Struct, schema: Iterator[Struct]) -> int:
    """How many columns of the file an element stands for; takes them out of the schema."""
    children = _children(element)
    return sum(_leaves(next(schema), schema) for _ in range(children)) if children else 1


def _children(element: Struct) -> int:
    count = element.get(5, 0)
    return count if isinstance(count, int) else 0


def _structs(said: Struct, field: int) -> list[Struct]:
    found = said[field]
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise ValueError("a list is missing")
    return cast(list[Struct], found)


class _Reading:
    """One pass through the rows of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with _readable(path):
            self._footer = _footer(path)
            self._columns = _columns(self._footer).flat
            rows = self._footer.get(3)
            self._total = rows if isinstance(rows, int) else 0
            self._stream = path.open("rb")
        self._done = 0

    def text(self) -> TableText:
        share = lambda: self._done / max(1, self._total)  # noqa: E731
        return TableText(self._rows(), share, self._stream.close)

    def _rows(self) -> Iterator[Sequence[str]]:
        columns = self._columns
        if not columns:
            raise UserError(
                f"{self._path.name} has no column of plain values.",
                "Lists and nested columns are not read: write a table without them.",
            )
        yield [column.name for column in columns.values()]
        with _readable(self._path):
            for group in _structs(self._footer, 4):
                chunks = _structs(group, 1)
                pages = [
                    ColumnChunk(self._stream, column, cast(Struct, chunks[place][3])).texts()
                    for place, column in columns.items()
                ]
                for row in zip(*map(itertools.chain.from_iterable, pages), strict=True):
                    self._done += 1
                    yield row


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What a file can be wrong in becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise unreadable(path, error) from error
    except StopIteration as error:
        raise _damaged(path, "its schema ends too early") from error
    except _BROKEN as error:
        raise _damaged(path, str(error)) from error


def _damaged(path: Path, reason: str) -> UserError:
    return UserError(
        f"{path.name} is a Parquet file that cannot be read ({reason}).",
        "It may be damaged: write it again, or export the table as CSV (UTF-8).",
    )


def _sheets(path: Path) -> tuple[str, ...]:
    return ()


def _open(path: Path, sheet: str) -> TableText:
    return _Reading(path).text()


def _read_as(path: Path, sheet: str) -> tuple[str, ...]:
    with _readable(path):
        nested = _columns(_footer(path)).nested
    if not nested:
        return ("Read from a Parquet file.",)
    return (f"Left out, because a cell holds more than one value: {listed(nested)}.",)


CONTAINER = Container("a Parquet file", MARK, _sheets, _open, _read_as, has_header=True)
