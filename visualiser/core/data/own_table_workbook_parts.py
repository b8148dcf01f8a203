"""What a workbook says besides its cells: its sheets, the texts they share, styles for dates."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from visualiser.core.data.own_table_sheet import Dates, XmlText
from visualiser.core.data.own_table_text import one_line

_DAY_ONE, _DAY_ONE_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
"""Numbers of the formats for dates and times that every workbook has."""
_NOT_OF_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_OF_DATE = re.compile(r"[dmyhs]", re.IGNORECASE)
_TRUE = frozenset(["1", "true", "on"])


class Element(NamedTuple):
    """A start tag."""

    tag: str
    attributes: dict[str, str]


class Contents(NamedTuple):
    """Sheets by name, each with the key of the part that holds it, and how dates are counted."""

    sheets: dict[str, str]
    day_one: datetime


def elements(pieces: Iterable[bytes], name: str) -> Iterator[Element]:
    """The start tags of a part, in order.

    Raises:
        UserError: it is damaged.
    """
    xml, found = XmlText(name), list[Element]()
    xml.parser.StartElementHandler = lambda tag, attributes: found.append(
        Element(xml.tags[tag], attributes)
    )
    for piece in (*pieces, b""):
        xml.feed(piece)
        yield from found
        found.clear()


def contents(pieces: Iterable[bytes], name: str) -> Contents:
    """What xl/workbook.xml says."""
    sheets: dict[str, str] = {}
    day_one = _DAY_ONE
    for tag, attributes in elements(pieces, name):
        if tag == "workbookPr" and attributes.get("date1904", "") in _TRUE:
            day_one = _DAY_ONE_OF_1904
        elif tag == "sheet":
            key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            sheets[attributes.get("name", "")] = key
    return Contents(sheets, day_one)


def worksheets(pieces: Iterable[bytes], name: str) -> dict[str, str]:
    """Keys of the worksheets, and where each is: charts are sheets too, and no tables."""
    return {
        attributes.get("Id", ""): attributes.get("Target", "")
        for tag, attributes in elements(pieces, name)
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet")
    }


def dates(pieces: Iterable[bytes], name: str, day_one: datetime) -> Dates:
    """Which styles of xl/styles.xml show a number as a date."""
    formats, styles, in_cells = set(_BUILT_IN_DATES), list[int](), False
    for tag, attributes in elements(pieces, name):
        if tag == "numFmt":
            code = _NOT_OF_FORMAT.sub("", attributes.get("formatCode", ""))
            if _OF_DATE.search(code):
                formats.add(_number(attributes.get("numFmtId")))
        elif tag in {"cellXfs", "cellStyles"}:
            in_cells = tag == "cellXfs"
        elif tag == "xf" and in_cells:
            styles.append(_number(attributes.get("numFmtId")))
    dated = frozenset(str(place) for place, style in enumerate(styles) if style in formats)
    return Dates(dated, day_one)


def _number(text: str | None) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,9}", text) else -1


class SharedTexts:
    """The texts that cells share, in order."""

    def __init__(self, name: str) -> None:
        self.texts: list[str] = []
        self._xml = XmlText(name)
        self._parts: list[str] = []
        self._silent = self._in_text = False
        self._xml.parser.StartElementHandler = self._start
        self._xml.parser.EndElementHandler = self._end
        self._xml.parser.CharacterDataHandler = self._add

    def feed(self, piece: bytes) -> None:
        """Some more of xl/sharedStrings.xml; an empty piece ends it."""
        self._xml.feed(piece)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self._xml.tags[name]
        if tag == "si":
            self._parts.clear()
        elif tag == "rPh":  # how to pronounce it, beside the text itself
            self._silent = True
        elif tag == "t":
            self._in_text = not self._silent

    def _add(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)

    def _end(self, name: str) -> None:
        tag = self._xml.tags[name]
        if tag == "si":
            self.texts.append(one_line("".join(self._parts)))
        elif tag == "rPh":
            self._silent = False
        elif tag == "t":
            self._in_text = False
