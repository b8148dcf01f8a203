"""Opening somebody's table as text: as it is, gzipped, or made of what a container holds."""

import functools
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from visualiser.core.data import own_table_parquet, own_table_workbook
from visualiser.core.data.own_content import state_of
from visualiser.core.data.own_table_bytes import READ_ERRORS, unreadable
from visualiser.core.data.own_table_text import Container, TableText
from visualiser.core.errors import UserError

CONTAINERS = (own_table_workbook.CONTAINER, own_table_parquet.CONTAINER)
"""Kinds of files that hold tables and are no text: one line each."""
SAMPLE_BYTES = 2**18
_REMEMBERED = 8
"""Beginnings of files that took some work; two megabytes in all."""
TextBytes: TypeAlias = "gzip.GzipFile | io.BufferedReader"


class Sample(NamedTuple):
    """The beginning of a file.

    Attributes:
        content: its first bytes, SAMPLE_BYTES at most.
        size: bytes on disk.
        whole: whether `content` is all there is.
    """

    content: bytes
    size: int
    whole: bool


def container_of(path: Path) -> Container | None:
    """What kind of container a file is, seen from its bytes; None where it is text.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb") as stream:
        beginning = stream.read(max(len(container.mark) for container in CONTAINERS))
    return next((found for found in CONTAINERS if beginning.startswith(found.mark)), None)


def open_bytes(path: Path, sheet: str = "") -> TextBytes:
    """The table's text as bytes; an empty `sheet` is the first of a workbook.

    Raises:
        OSError: it cannot be opened.
        UserError: it is a container that is damaged, or has no such sheet.
    """
    container = container_of(path)
    if container is not None:
        return io.BufferedReader(container.open(path, sheet), SAMPLE_BYTES)
    return gzip.GzipFile(path, "rb") if path.suffix.lower() == ".gz" else path.open("rb")


def share_read(stream: TextBytes, size: int, count: int) -> float:
    """How much of a file of `size` bytes is read, of which `count` bytes of text have come."""
    if isinstance(stream, io.BufferedReader):
        raw = stream.raw
        return raw.share if isinstance(raw, TableText) else count / max(size, 1)
    packed: Any = stream.fileobj
    return float(packed.tell()) / max(size, 1)


def sheets_of(path: Path) -> tuple[str, ...]:
    """Names of the tables in a workbook, in order; none for a file that is just one.

    Raises:
        UserError: missing, unreadable, a folder, or a damaged workbook.
    """
    with _ordinary(path):
        container = container_of(path)
        return () if container is None else container.sheets(path)


def called(path: Path, sheet: str) -> str:
    """What a sentence about a file, or about a sheet of it, begins with."""
    return f"The sheet “{sheet}” of {path.name}" if sheet else path.name


def read_sample(path: Path, sheet: str = "") -> Sample:
    """The beginning of the file, or of one of its sheets, as text.

    Raises:
        UserError: missing, unreadable, a folder, or empty.
    """
    with _ordinary(path):
        size = path.stat().st_size
        is_text = container_of(path) is None
        sample = _beginning(path, sheet) if is_text else _made(path, sheet, state_of(path))
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UserError(f"{called(path, sheet)} is empty.", "Choose one with something in it.")
    return Sample(sample[:SAMPLE_BYTES], size, len(sample) <= SAMPLE_BYTES)


def _beginning(path: Path, sheet: str) -> bytes:
    with open_bytes(path, sheet) as stream:
        return stream.read(SAMPLE_BYTES + 1)


@functools.lru_cache(maxsize=_REMEMBERED)
def _made(path: Path, sheet: str, state: tuple[int, ...]) -> bytes:
    """The beginning of a table in a container; `state` is another once the file is written anew.

    What a file could be is asked of several kinds of data, and each looks at the same beginning.
    """
    return _beginning(path, sheet)


@contextmanager
def _ordinary(path: Path) -> Iterator[None]:
    """What a file can be other than one that can be read becomes a sentence."""
    try:
        if path.is_dir():
            raise UserError(f"{path} is a folder, not a file.", "Choose one file inside it.")
        path.stat()
        if not path.is_file():
            raise UserError(f"{path} is not an ordinary file.", "Choose a table.")
        yield
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    except ValueError as error:  # a null byte in the name
        raise UserError(f"{str(path)!r} cannot be the name of a file.", "Choose a file.") from error
