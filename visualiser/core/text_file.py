"""Small text files that people keep: read with care, written whole or not at all."""

import os
from pathlib import Path
from unicodedata import category

from visualiser.core.errors import UserError


def read_text(path: Path, limit: int) -> str:
    """The UTF-8 text of a regular file of at most `limit` bytes; a byte order mark is dropped.

    Raises:
        UserError: there is no such file, it is a folder or a device, may not be read, is too
            large, or is not UTF-8 text.
    """
    data = read_bytes(path, limit)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            f"“{path.name}” is not UTF-8 text (byte {error.start:,}).",
            "Check that it is the right file, or save it as UTF-8.",
        ) from error


def read_bytes(path: Path, limit: int) -> bytes:
    """What a regular file of at most `limit` bytes holds.

    Raises:
        UserError: there is no such file, it is a folder or a device, may not be read, or is too
            large.
    """
    try:
        if path.is_dir():
            raise UserError(f"“{path.name}” is a folder.", "Choose a file.")
        if path.exists() and not path.is_file():
            raise UserError(f"“{path.name}” is not an ordinary file.", "Choose another file.")
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise UserError(
            f"There is no file “{path}”.", "Check the name, or whether the file was moved."
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise UserError(
            f"“{path.name}” cannot be read ({_reason(error)}).",
            "Check the file and its permissions.",
        ) from error
    if len(data) > limit:
        raise UserError(
            f"“{path.name}” is larger than {limit // 1000:,} kB.",
            "Check that it is the right file.",
        )
    return data


def write_text(path: Path, text: str) -> None:
    r"""Write UTF-8 with “\n” line ends to a new file beside `path`, then put it in its place.

    A reader sees the old file or the new one, never half of one.

    Raises:
        UserError: the folder is missing, the disk is full, or writing is not allowed; an
            existing file is left as it was.
    """
    try:
        new = path.with_name(f".{path.name}.{os.getpid()}.new")
        try:
            with new.open("w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        finally:
            new.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise UserError(
            f"“{path}” cannot be written ({_reason(error)}).",
            "Choose another folder, or make room on the disk.",
        ) from error


def visible(text: str) -> str:
    r"""The text with control and format characters spelt out: “\x1b” for escape.

    Terminals obey such characters, and some of them turn the direction of writing round.
    """
    return "".join(
        character.encode("unicode_escape").decode("ascii")
        if category(character)[0] == "C" or category(character) in {"Zl", "Zp"}
        else character
        for character in text
    )


def _reason(error: OSError | ValueError) -> str:
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text[:1].lower() + text[1:]
