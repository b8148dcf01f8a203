"""The bytes of somebody's table: opening them, what kind of file they are, and their encoding."""

import codecs
import gzip
import io
import zlib
from pathlib import Path
from typing import NamedTuple

from visualiser.core.errors import UserError

SAMPLE_BYTES = 2**18
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
    # Before UTF-16: the mark of UTF-32, little-endian, begins with that of UTF-16.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
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


def recognise_encoding(path: Path, beginning: Sample) -> str:
    """Python's name of the encoding; "cp1252" is the fallback for what is not UTF-8.

    Raises:
        UserError: the file holds no text.
    """
    sample = beginning.content
    for mark, name in _FOREIGN.items():
        if sample.startswith(mark):
            raise _foreign(path, name)
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
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=beginning.whole)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def refuse_foreign_text(path: Path, text: str) -> None:
    """Refuse text that is something else than a table.

    Raises:
        UserError: it begins as a web page, XML or JSON does.
    """
    beginning = text[:100].lstrip("\ufeff \t\r\n").lower()
    for mark, name in _FOREIGN_TEXT.items():
        if beginning.startswith(mark):
            raise _foreign(path, name)


def _foreign(path: Path, kind: str) -> UserError:
    return UserError(
        f"{path.name} is {kind}, not a table as text.",
        "Open it in its own program and save or export it as CSV (UTF-8).",
    )
