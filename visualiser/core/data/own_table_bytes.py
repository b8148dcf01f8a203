"""The bytes of somebody's table: opening them, how many there are, what kind of file they are."""

import gzip
import io
import zlib
from pathlib import Path
from typing import NamedTuple

from visualiser.core.errors import UserError

SAMPLE_BYTES = 2**18
MAX_BYTES = 1_000_000_000
"""The most that is read of a file, unless its rows are limited."""
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
_FOREIGN_TEXT = {
    "<!doctype": "a web page",
    "<html": "a web page",
    "<?xml": "an XML file",
    "{\\rtf": "a text document",
    '{"': "a JSON file",
    "[{": "a JSON file",
    "[\n": "a JSON file",
    "{\n": "a JSON file",
}
READ_ERRORS = (OSError, EOFError, zlib.error)


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


def read_sample(path: Path) -> Sample:
    """The beginning of the file.

    Raises:
        UserError: missing, unreadable, a folder, or empty.
    """
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
    return Sample(sample[:SAMPLE_BYTES], size, len(sample) <= SAMPLE_BYTES)


def refuse_foreign_bytes(path: Path, content: bytes) -> None:
    """Refuse the beginning of a file that is something else than text.

    Raises:
        UserError: it begins as a workbook, an archive, a picture … does.
    """
    for mark, name in _FOREIGN.items():
        if content.startswith(mark):
            raise _foreign(path, name)


def refuse_foreign_text(path: Path, text: str) -> None:
    """Refuse text that is something else than a table.

    Raises:
        UserError: it begins as a web page, XML or JSON does.
    """
    beginning = text[:100].lstrip("\ufeff \t\r\n").lower()
    for mark, name in _FOREIGN_TEXT.items():
        if beginning.startswith(mark):
            raise _foreign(path, name)


def too_large(path: Path, how_large: str) -> UserError:
    """The sentence for a file of too many bytes or rows."""
    return UserError(
        f"{path.name} is too large: {how_large}.",
        "Read only its first rows, say 1,000,000 (the option “rows”).",
    )


def size_text(size: int) -> str:
    """Bytes as a user reads them, in decimal units: “1.2 MB”."""
    amount = float(size)
    for unit in ("bytes", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.3g} {unit}"
        amount /= 1000
    return f"{amount:.3g} GB"


def zero_byte(path: Path, line: int) -> UserError:
    """The sentence for a zero byte in a file that is text otherwise."""
    return UserError(
        f"{path.name}, line {line:,}, holds a zero byte, as binary data does.",
        "The file may be damaged: export your table as CSV (UTF-8) again.",
    )


def _foreign(path: Path, kind: str) -> UserError:
    return UserError(
        f"{path.name} is {kind}, not a table as text.",
        "Open it in its own program and save or export it as CSV (UTF-8).",
    )
