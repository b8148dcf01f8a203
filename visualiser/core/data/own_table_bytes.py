"""What is said about the bytes of somebody's table: how many, unreadable, of another kind."""

import errno
import gzip
import zlib
from pathlib import Path

from visualiser.core.errors import UserError

MAX_BYTES = 1_000_000_000
"""The most that is read of a file, unless its rows are limited."""
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_FOREIGN = {
    b"%PDF": "a PDF document",
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


def unreadable(path: Path, error: BaseException) -> UserError:
    """The sentence for a file that the operating system or gzip could not read."""
    if isinstance(error, FileNotFoundError):
        return UserError(
            f"The file {path} does not exist (any more).",
            "Put it back there, or choose another one.",
        )
    if isinstance(error, PermissionError):
        return UserError(
            f"The file {path} may not be read by you.", "Change its permissions or copy it."
        )
    if isinstance(error, EOFError | zlib.error | gzip.BadGzipFile):
        return UserError(
            f"{path.name} is damaged, or not a gzip file in spite of its name ({error}).",
            "Unpack it yourself, or fetch it again.",
        )
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return UserError(
            f"{path} is a link that leads back to itself.", "Open the file it should lead to."
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UserError(f"{path.name} cannot be read: {reason}.", "Copy it to this computer's disk.")


def refuse_foreign_bytes(path: Path, content: bytes) -> None:
    """Refuse the beginning of a file that is something else than text.

    Raises:
        UserError: it begins as a workbook, an archive, a picture … does.
    """
    if content.startswith(_OLD_EXCEL):
        raise UserError(
            f"{path.name} is an old Excel workbook (.xls), or one with a password.",
            "Open it in its own program and save it as .xlsx without a password, or as CSV.",
        )
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
