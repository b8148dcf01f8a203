"""The rows of one sheet of a workbook, as the cells' text, from its XML as it streams by."""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from string import digits
from typing import IO, NamedTuple
from xml.parsers import expat

from visualiser.core.data.own_table_text import one_line
from visualiser.core.errors import UserError

PIECE = 2**18
MAX_WITHOUT_ROWS = 16_000_000
"""Bytes of XML between two rows, from which on the file is no workbook that people make."""
MAX_ROWS = 2**20
"""Of a sheet, as Excel has it."""
_VALUES = frozenset(["v", "t"])
_FURTHEST = 20_000
"""No sheet has a column beyond: Excel ends at 16,384."""
_ROW_NUMBER = re.compile(r"[0-9]{1,7}")
_LAST_DAY = 2_958_465
"""31 December 9999 in a workbook."""


class Span(NamedTuple):
    """A cell that spans rows: its column, from 0, and its last row, from 1."""

    column: int
    last: int


class Dates(NamedTuple):
    """How numbers of a workbook become dates: for which styles of cells, and counted from when."""

    styles: frozenset[str]
    day_one: datetime


class _Tags(dict[str, str]):
    """Names of elements without their prefixes."""

    def __missing__(self, name: str) -> str:
        tag = self[name] = name.rpartition(":")[2]
        return tag


class XmlText:
    """An expat parser for XML that strangers wrote: no document types, no entities of its own.

    Attributes:
        tags: names of elements without their prefixes, by their names.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.tags = _Tags()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse

    def feed(self, piece: bytes) -> None:
        """Parse some more; an empty piece ends it.

        Raises:
            UserError: it is no XML, or XML with a document type.
        """
        try:
            self.parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise damaged(self._name, f"line {error.lineno} of its XML") from error

    def _refuse(self, *_: object) -> None:
        raise damaged(self._name, "its XML declares a document type")


def damaged(name: str, where: str) -> UserError:
    """The sentence for a workbook that cannot be read."""
    return UserError(
        f"{name} is damaged, or no workbook in spite of its beginning ({where}).",
        "Open it in its own program and save it again, or export the sheet as CSV (UTF-8).",
    )


class SheetRows:
    """Rows as they come out of the XML; each cell as text, dates as “2024-12-31”.

    Formulas count with the value that was saved with them. A gap of rows without cells is a row
    of no cells each, so that rows keep their numbers.
    """

    def __init__(
        self, name: str, texts: Sequence[str], dates: Dates, merged: Mapping[int, list[Span]]
    ) -> None:
        """`texts` are those that cells share; `merged` has the cells that span rows, by row."""
        self._xml = XmlText(name)
        self._name, self._texts, self._dates = name, texts, dates
        self._merged, self._spanning = merged, dict[int, tuple[int, str]]()
        self._row: list[str] = []
        self._number = 0
        self._rows: list[Sequence[str]] = []
        self._attributes: Mapping[str, str] = {}
        self._value: list[str] = []
        self._in_value = self._silent = self._over = False
        self._tags = self._xml.tags
        self._xml.parser.StartElementHandler = self._start
        self._xml.parser.EndElementHandler = self._end
        self._xml.parser.CharacterDataHandler = self._add_text

    def of(self, stream: IO[bytes]) -> Iterator[Sequence[str]]:
        """The rows of the XML in `stream`.

        Raises:
            UserError: it is damaged, or holds hardly any rows in a lot of XML.
        """
        since_row = 0
        while not self._over:
            piece = stream.read(PIECE)
            self._xml.feed(piece)
            since_row = 0 if self._rows else since_row + len(piece)
            if since_row > MAX_WITHOUT_ROWS:
                raise damaged(self._name, f"{MAX_WITHOUT_ROWS // 10**6} MB without a row")
            yield from self._rows
            self._rows.clear()
            if not piece:
                return
        while stream.read(PIECE):  # the archive compares a checksum at the end of what is read
            pass

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._tags[name]
        if tag == "c":
            self._attributes = attributes
            self._value.clear()
        elif tag in _VALUES:
            self._in_value = not self._silent
        elif tag == "row":
            self._begin_row(attributes.get("r", ""))
        elif tag == "rPh":  # how to pronounce it, beside the text itself
            self._silent = True

    def _begin_row(self, reference: str) -> None:
        """Rows come in order; one that claims another place follows the one before."""
        number = int(reference) if _ROW_NUMBER.fullmatch(reference) else 0
        if not self._number < number <= MAX_ROWS:
            number = self._number + 1
        self._rows += [()] * (number - self._number - 1)
        self._number = number
        self._row = []

    def _end_row(self) -> None:
        for column, last in self._merged.get(self._number, ()):
            value = self._row[column] if column < len(self._row) else ""
            self._spanning[column] = (last, value)
        for column, (last, value) in list(self._spanning.items()):
            if last < self._number:
                del self._spanning[column]
            else:
                self._put(column, value)
        self._rows.append(self._row)
        self._row = []

    def _put(self, place: int, value: str) -> None:
        row = self._row
        if place >= len(row):
            row += [""] * (place + 1 - len(row))
        row[place] = value

    def _add_text(self, text: str) -> None:
        if self._in_value:
            self._value.append(text)

    def _end(self, name: str) -> None:
        tag = self._tags[name]
        if tag in _VALUES:
            self._in_value = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._end_row()
        elif tag == "rPh":
            self._silent = False
        elif tag == "sheetData":
            self._over = True

    def _end_cell(self) -> None:
        value = self._text("".join(self._value))
        letters = self._attributes.get("r", "").rstrip(digits)
        place = column_place(letters) if letters else len(self._row)
        if place == len(self._row):
            self._row.append(value)
        elif value:
            self._put(place, value)

    def _text(self, value: str) -> str:
        kind = self._attributes.get("t", "n")
        if kind == "n":
            return self._date(value) if self._attributes.get("s") in self._dates.styles else value
        if kind == "s":
            try:
                return self._texts[int(value)]
            except (ValueError, IndexError) as error:
                raise damaged(self._name, "a cell refers to a text that is not there") from error
        if kind == "b":
            return "yes" if value == "1" else "no"
        return "" if kind == "e" else one_line(value)  # an error such as “#DIV/0!”

    def _date(self, value: str) -> str:
        try:
            days = float(value)
        except ValueError:
            return value
        if not 0 <= days <= _LAST_DAY:
            return value
        seconds = round(days * 86_400)
        moment = self._dates.day_one + timedelta(seconds=seconds)
        if days < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if seconds % 86_400 == 0 else f"{moment:%Y-%m-%d %H:%M:%S}"


@functools.cache
def column_place(letters: str) -> int:
    """Which column “A”, “B”, … “AA” is, from 0."""
    number = 0
    for letter in letters[:4]:
        number = min(26 * number + ord(letter) - ord("A") + 1, _FURTHEST)
    return max(number, 1) - 1
