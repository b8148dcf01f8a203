"""The encoding of somebody's table: recognised from its bytes, or chosen by the user."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np

from visualiser.core.data.own_table_bytes import (
    READ_ERRORS,
    refuse_foreign_bytes,
    unreadable,
    zero_byte,
)
from visualiser.core.data.own_table_opening import Sample, open_bytes
from visualiser.core.data.source import Progress
from visualiser.core.errors import UserError

EncodingChoice = Literal[
    "auto", "utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "mac_roman", "gb18030", "cp932"
]
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252 (Latin-1)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "gb18030": "GB 18030 (Chinese)",
    "cp932": "Shift JIS (Japanese)",
}
"""What a user can choose: Python's names, and what people call them."""
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    # Before UTF-16: the mark of UTF-32, little-endian, begins with that of UTF-16.
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SEVERAL_BYTES = ("utf-16", "utf-32")
"""Here a comma has a zero byte; elsewhere text has none."""
_PIECE = 2**20
_STRAY = 0.01
"""Share of control characters from which on bytes are no text."""
_FIRST_ESCAPE, _LAST_ESCAPE = 0xDC80, 0xDCFF
"""What Python's “surrogateescape” makes of a byte that is not UTF-8."""
_TO_CHOOSE = "Choose another encoding, or save the file anew as CSV (UTF-8)."


class Survey(NamedTuple):
    """How far some bytes are UTF-8.

    Attributes:
        good: characters of several bytes.
        bad: bytes that belong to no character.
        line: number of the line with the first of them; 0 where there is none.
    """

    good: int
    bad: int
    line: int


@dataclass(frozen=True)
class Encoding:
    """How the bytes of a file become text.

    Attributes:
        codec: Python's name.
        chosen: whether the user said so; otherwise it was recognised.
        bad_bytes: how many bytes are not of it, as far as known; UTF-8 only.
        bad_line: number of the line with the first of them.
    """

    codec: str
    chosen: bool = False
    bad_bytes: int = 0
    bad_line: int = 0

    @property
    def errors(self) -> Literal["strict", "replace"]:
        """What is done with bytes that do not fit; “�” takes the place of those replaced."""
        return "replace" if self.bad_bytes or self.codec.startswith("cp") else "strict"

    @property
    def is_doubtful(self) -> bool:
        """Whether bytes that are not UTF-8 led to this, so that all of the file has a say."""
        return self.bad_bytes > 0 or (self.codec == "cp1252" and not self.chosen)

    @property
    def title(self) -> str:
        """As people call it."""
        family = "utf-16" if self.codec.startswith("utf-16") else self.codec.removesuffix("-sig")
        return ENCODINGS.get(family, family.upper())

    @property
    def notice(self) -> str:
        """What the user should know about it; empty for UTF-8 without a flaw."""
        if self.bad_bytes:
            what = "1 byte is" if self.bad_bytes == 1 else f"{self.bad_bytes:,} bytes are"
            where = "in" if self.bad_bytes == 1 else "first in"
            return (
                f"{what} not UTF-8 ({where} line {self.bad_line:,}) and read as “�”: correct the "
                "file there, or choose another encoding."
            )
        if self.chosen:
            return f"Read as {self.title}, as you chose."
        if self.is_doubtful:
            return f"The file is not UTF-8 and is read as {self.title}."
        return "" if self.title == "UTF-8" else f"Recognised as {self.title}."


def recognise_encoding(path: Path, beginning: Sample, choice: str = "auto") -> Encoding:
    """The encoding chosen by the user; where left open, what the beginning of a file looks like.

    Raises:
        UserError: the file holds no text, or clearly none of the encoding chosen.
    """
    content = beginning.content
    refuse_foreign_bytes(path, content)
    recognised = _marked(content) or _sixteen_bits(content)
    chosen = choice != "auto"
    codec = recognised if chosen and recognised.startswith(choice) else choice
    if not chosen:
        codec = recognised or "utf-8"
    if not recognised:
        _refuse_binary(path, content)
    if codec.startswith(_SEVERAL_BYTES) != (b"\0" in content):
        raise _not_of_it(path, Encoding(codec, chosen))
    if codec.startswith("utf-8"):
        return _judged(survey([content], complete=beginning.whole), codec, chosen=chosen)
    encoding = Encoding(codec, chosen)
    try:
        decoder = codecs.getincrementaldecoder(codec)(encoding.errors)
        decoder.decode(content, final=beginning.whole)
    except UnicodeDecodeError as error:
        raise _not_of_it(path, encoding) from error
    return encoding


def survey_file(path: Path, encoding: Encoding, progress: Progress) -> Encoding:
    """The encoding of a file with bytes that are not UTF-8, judged by all of it.

    Args:
        path: of the file.
        encoding: what its beginning looked like, or the user's choice.
        progress: asked for Cancel.

    Raises:
        UserError: the file cannot be read to its end, or is not of the encoding chosen.
        Cancelled: the user pressed Cancel.
    """
    if not encoding.codec.startswith("utf-8") and not encoding.is_doubtful:
        raise _not_of_it(path, encoding)
    progress.update(0, "Checking the encoding")

    def pieces() -> Iterable[bytes]:
        with open_bytes(path) as stream:
            while piece := stream.read(_PIECE):
                progress.check()
                yield piece

    try:
        found = survey(pieces(), complete=True)
    except READ_ERRORS as error:
        raise unreadable(path, error) from error
    codec = encoding.codec if encoding.codec.startswith("utf-8") else "utf-8"
    return _judged(found, codec, chosen=encoding.chosen)


def survey(pieces: Iterable[bytes], *, complete: bool) -> Survey:
    """Count what is UTF-8 and what is not; `complete` says that no more bytes follow."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    good = bad = line = newlines = returns = 0

    def take(text: str) -> None:
        nonlocal good, bad, line, newlines, returns
        if not text.isascii():
            points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            escaped = (points >= _FIRST_ESCAPE) & (points <= _LAST_ESCAPE)
            found = int(np.count_nonzero(escaped))
            good += int(np.count_nonzero(points > 127)) - found
            if found and not bad:
                before = text[: int(escaped.argmax())]
                line = 1 + max(newlines + before.count("\n"), returns + before.count("\r"))
            bad += found
        newlines += text.count("\n")
        returns += text.count("\r")

    for piece in pieces:
        take(decoder.decode(piece))
    if complete:
        take(decoder.decode(b"", final=True))
    return Survey(good, bad, line)


def _judged(found: Survey, codec: str, *, chosen: bool) -> Encoding:
    """UTF-8 with some bad bytes where most characters are good; else Windows-1252.

    Letters of Windows-1252 hardly ever look like UTF-8 by accident, so the majority tells.
    """
    if not found.bad:
        return Encoding(codec, chosen)
    if chosen or codec == "utf-8-sig" or found.good > found.bad:
        return Encoding(codec, chosen, found.bad, found.line)
    return Encoding("cp1252")


def _marked(content: bytes) -> str:
    return next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), "")


def _sixteen_bits(content: bytes) -> str:
    """UTF-16 without a mark has a zero beside each Latin letter; empty where it is not that."""
    even, odd = content[0:2000:2].count(0), content[1:2000:2].count(0)
    if max(even, odd) > 0.4 * len(content[0:2000:2]) and min(even, odd) == 0:
        return "utf-16-le" if odd else "utf-16-be"
    return ""


def _refuse_binary(path: Path, content: bytes) -> None:
    control = sum(content.count(byte) for byte in range(32) if byte not in b"\t\n\r\f\v\x1a")
    zero = content.find(b"\0")
    if zero >= 0 and control <= _STRAY * len(content):
        raise zero_byte(path, content[:zero].count(b"\n") + 1)
    if control > _STRAY * len(content):
        raise UserError(
            f"{path.name} holds binary data, not text.",
            "Export a table as CSV (UTF-8), or a text as plain text (UTF-8), and open that.",
        )


def _not_of_it(path: Path, encoding: Encoding) -> UserError:
    problem = f"is not text in {encoding.title}"
    if not encoding.chosen:
        problem = f"begins as {encoding.title} does, but not all of it is that"
    return UserError(f"{path.name} {problem}.", _TO_CHOOSE)
