"""A report as one HTML page that needs nothing beside it: for browsers, the window and paper alike.

It is made of pieces that nothing may cut in two: a heading stays with what follows it, a small
table stays whole. Qt's documents know a part of CSS 2.1, and leave out the rest.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape

from visualiser.core.report.spec import Block, Picture, Report, Table

SCREEN, PAPER = 14.0, 10.8
"""Sizes of text in pixels, of which an inch has 96."""
_MOST_ROWS = 24
"""Of a table in one piece; longer ones go on in another with the same head."""
_FOR_BROWSERS = """
img { max-width: 100%; height: auto; }
.piece { break-inside: avoid; }
@media screen { body { max-width: 46em; margin: 2.5em auto; padding: 0 1.5em; } }
@media print { body { columns: 2; column-gap: 7mm; font-size: 10.8px; } .top { column-span: all; } }
@page { size: A4; margin: 13mm; }
"""

Pictures = Mapping[str, tuple[bytes, int, int]]
"""For each name the bytes of a PNG, and the width and height at which it is shown, in pixels."""


def style_of(size: float) -> str:
    """The style sheet for text of so many pixels."""

    def px(times: float) -> str:
        return f"{size * times:.1f}px"

    return f"""
body {{ font-family: Inter, 'Helvetica Neue', Arial, sans-serif; font-size: {px(1)};
  color: #1c2127; background: #ffffff; }}
p {{ font-size: {px(1)}; margin-top: {px(0.1)}; margin-bottom: {px(0.35)}; }}
h1, p.h1 {{ font-size: {px(1.8)}; font-weight: bold; margin: 0; }}
h2, p.h2 {{ font-size: {px(1.2)}; font-weight: bold; color: #0b69b7; margin-top: {px(0.9)};
  margin-bottom: {px(0.25)}; }}
p.about, p.caption {{ color: #59636e; font-size: {px(0.9)}; }}
table {{ border-collapse: collapse; margin-top: {px(0.2)}; margin-bottom: {px(0.45)}; }}
td, th {{ font-size: {px(0.95)}; border-bottom: 1px solid #dfe3e8; vertical-align: top;
  font-weight: normal; padding: 1px 4px 1px 0; }}
th, td.part, span.range {{ color: #59636e; }}
td.part {{ font-weight: bold; }}
span.range {{ font-size: {px(0.85)}; }}
"""


def html_of(report: Report, pictures: Pictures, size: float = SCREEN) -> str:
    """The page, with text of so many pixels; pictures that are not given are left out."""
    pieces = "\n".join(f'<div class="piece">{piece}</div>' for piece in pieces_of(report, pictures))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(report.title)}</title>\n<style>{style_of(size)}{_FOR_BROWSERS}</style>\n"
        f'</head>\n<body>\n<div class="top">{top_of(report)}</div>\n{pieces}\n</body>\n</html>\n'
    )


def for_qt(page: str) -> str:
    """The same for Qt's documents.

    They would enlarge the letters of a heading once more, and make a full table a bit too wide.
    """
    page = page.replace('width="100%"', 'width="99%"')
    for level in ("h1", "h2"):
        page = page.replace(f"<{level}>", f'<p class="{level}">').replace(f"</{level}>", "</p>")
    return page


def top_of(report: Report) -> str:
    """What stands above everything."""
    return f'<h1>{escape(report.title)}</h1><p class="about">{escape(report.about)}</p>'


def pieces_of(report: Report, pictures: Pictures) -> tuple[str, ...]:
    """What is not to be cut in two, in the order in which it is read."""
    pieces: list[str] = []
    for answer in report.answers:
        heading = f"<h2>{escape(answer.question)}</h2>"
        for block in answer.blocks:
            for piece in _block(block, pictures):
                pieces.append(heading + piece)
                heading = ""
    return tuple(pieces)


def _block(block: Block, pictures: Pictures) -> Iterator[str]:
    if isinstance(block, str):
        yield f"<p>{escape(block)}</p>"
    elif isinstance(block, Table):
        for first in range(0, max(len(block.rows), 1), _MOST_ROWS):
            yield _table(block, block.rows[first : first + _MOST_ROWS])
    elif block.name in pictures:
        yield _picture(block, *pictures[block.name])


def _table(table: Table, rows: tuple[tuple[str, ...], ...]) -> str:
    made = [_row(row, "td", table.figures) for row in rows]
    if any(table.head):
        made.insert(0, _row(table.head, "th", table.figures))
    body = "\n".join(made)
    return f'<table cellspacing="0" width="100%">\n{body}\n</table>'


def _row(cells: tuple[str, ...], tag: str, figures: bool) -> str:
    if tag == "td" and len(cells) > 1 and cells[0] and not any(cells[1:]):
        return f'<tr><td class="part" colspan="{len(cells)}">{escape(cells[0])}</td></tr>'
    sides = ("left" if at == 0 or not figures else "right" for at in range(len(cells)))
    made = (
        f'<{tag} align="{side}">{_cell(text)}</{tag}>'
        for side, text in zip(sides, cells, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"


def _cell(text: str) -> str:
    """What stands in further lines is said in small letters."""
    first, *others = text.split("\n")
    small = "".join(f'<br><span class="range">{escape(line)}</span>' for line in others)
    return escape(first) + small


def _picture(picture: Picture, data: bytes, width: int, height: int) -> str:
    source = b64encode(data).decode("ascii")
    caption = escape(picture.caption)
    return (
        f'<p><img src="data:image/png;base64,{source}" width="{width}" height="{height}" '
        f'alt="{caption}"></p>\n<p class="caption">{caption}</p>'
    )
