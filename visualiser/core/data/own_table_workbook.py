"""Workbooks (.xlsx, .xlsm) as tables, read as they stream out of their archive.

Nothing is unpacked to the disk, and no more than a piece of a sheet is in memory, whatever it
holds: of the libraries that were tried (docs/architecture.md) none keeps to that.
"""

import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from visualiser.core.data import own_table_workbook_parts as parts
from visualiser.core.data.own_table_bytes import size_text, unreadable
from visualiser.core.data.own_table_sheet import PIECE, SheetRows, Span, column_place, damaged
from visualiser.core.data.own_table_text import Container, TableText
from visualiser.core.errors import UserError

MAX_SHEET_BYTES = 2_000_000_000
MAX_TEXTS_BYTES = 300_000_000
"""Of the texts that cells share, unpacked: they are held in memory."""
MAX_PART_BYTES = 20_000_000
_SPANS_LOOKED_FOR = 300_000_000
_MOST_SPANS = 200_000
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
_WORKBOOK = "xl/workbook.xml"
_NUMBERS = ".iwa"
_OPENDOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell [^<>]*?ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"'
)
_LONGEST_MERGED = 300


class Workbook:
    """An open workbook; close it.

    Attributes:
        sheets: the parts of the worksheets by their names, in order.
    """

    def __init__(self, path: Path) -> None:
        """Raises UserError where it is none."""
        self._path = path
        with _readable(path):
            self._archive = zipfile.ZipFile(path)
        try:
            with _readable(path):
                self._refuse_other_archives()
                self.sheets = self._find_sheets()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give the file back."""
        self._archive.close()

    def text(self, sheet: str) -> TableText:
        """The rows of a sheet; an empty name means the first one.

        Raises:
            UserError: there is no such sheet, or the workbook cannot be read.
        """
        part = self._part_of(sheet)
        with _readable(self._path):
            size = self._size(part, MAX_SHEET_BYTES)
            dates = parts.dates(self._pieces("xl/styles.xml"), self._path.name, self._day_one)
            spans = self._spans(part) if size < _SPANS_LOOKED_FOR else {}
            rows = SheetRows(self._path.name, self._texts(), dates, spans)
            stream = self._archive.open(part)

        def close() -> None:
            stream.close()
            self.close()

        return TableText(self._guarded(rows, stream), lambda: stream.tell() / max(1, size), close)

    def _guarded(self, rows: SheetRows, stream: IO[bytes]) -> Iterator[Sequence[str]]:
        with _readable(self._path):
            yield from rows.of(stream)

    def _refuse_other_archives(self) -> None:
        names = set(self._archive.namelist())
        if _WORKBOOK in names:
            return
        kind = next(self._pieces("mimetype"), b"")  # of LibreOffice's texts and drawings too
        other = kind.startswith(_OPENDOCUMENT) or "xl/workbook.bin" in names
        if other or any(name.endswith(_NUMBERS) for name in names):
            raise UserError(
                f"{self._path.name} is a workbook of another format than .xlsx.",
                "Open it in its own program and save it as .xlsx, or as CSV (UTF-8).",
            )
        raise UserError(
            f"{self._path.name} is a zip archive, not a table.", "Unpack it and open what is in it."
        )

    def _find_sheets(self) -> dict[str, str]:
        name = self._path.name
        said = parts.contents(self._pieces(_WORKBOOK), name)
        self._day_one = said.day_one
        targets = parts.worksheets(self._pieces("xl/_rels/workbook.xml.rels"), name)
        sheets = {
            title: posixpath.normpath(posixpath.join("/xl", targets[key])).lstrip("/")
            for title, key in said.sheets.items()
            if key in targets
        }
        if not sheets:
            raise UserError(f"{name} has no sheet with cells.", "Choose another workbook.")
        return sheets

    def _part_of(self, sheet: str) -> str:
        if sheet and sheet not in self.sheets:
            raise UserError(
                f"{self._path.name} has no sheet “{sheet}”.",
                f"Its sheets are: {', '.join(self.sheets)}.",
            )
        return self.sheets[sheet or next(iter(self.sheets))]

    def _size(self, part: str, most: int) -> int:
        """Bytes of a part once unpacked; 0 where it is missing. Reading never goes beyond them.

        Raises:
            UserError: it has more than `most`.
        """
        try:
            size = self._archive.getinfo(part).file_size
        except KeyError:
            return 0
        if size > most:
            raise UserError(
                f"{self._path.name} is too large: it unpacks to {size_text(size)}.",
                "Split the sheet, or export it as CSV (UTF-8).",
            )
        return size

    def _pieces(self, part: str, most: int = MAX_PART_BYTES) -> Iterator[bytes]:
        if not self._size(part, most):
            return
        with self._archive.open(part) as stream:
            while piece := stream.read(PIECE):
                yield piece

    def _texts(self) -> list[str]:
        shared = parts.SharedTexts(self._path.name)
        fed = False
        for piece in self._pieces("xl/sharedStrings.xml", MAX_TEXTS_BYTES):
            shared.feed(piece)
            fed = True
        if fed:
            shared.feed(b"")
        return shared.texts

    def _spans(self, part: str) -> dict[int, list[Span]]:
        """Cells that span several rows, by their first row; they stand behind all cells."""
        spans: dict[int, list[Span]] = defaultdict(list)
        before, count = b"", 0
        for piece in self._pieces(part, MAX_SHEET_BYTES):
            text = before + piece
            for found in _MERGED.finditer(text) if b"mergeCell " in text else ():
                first, last = int(found[2]), int(found[3])
                if found.end() > len(before) and first < last and count < _MOST_SPANS:
                    spans[first].append(Span(column_place(found[1].decode()), last))
                    count += 1
            before = piece[-_LONGEST_MERGED:]
        return spans


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What an archive can be wrong in becomes a sentence."""
    try:
        yield
    except OSError as error:
        raise unreadable(path, error) from error
    except _BROKEN as error:
        raise damaged(path.name, str(error) or type(error).__name__) from error


def _sheets(path: Path) -> tuple[str, ...]:
    book = Workbook(path)
    book.close()
    return tuple(book.sheets)


def _open(path: Path, sheet: str) -> TableText:
    book = Workbook(path)
    try:
        return book.text(sheet)
    except BaseException:
        book.close()
        raise


def _read_as(path: Path, sheet: str) -> tuple[str, ...]:
    return (
        f"Read from the sheet “{sheet}”: formulas count with the value that was saved with them, "
        "and a cell that spans rows counts for each of them.",
    )


CONTAINER = Container("an Excel workbook", b"PK\x03\x04", _sheets, _open, _read_as)
