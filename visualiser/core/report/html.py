"""A report as one HTML page that needs nothing beside it: for browsers, printers and Qt alike.

Qt's documents know a part of CSS 2.1; what is used here is within it.
"""

from base64 import b64encode
from collections.abc import Mapping
from html import escape

from visualiser.core.report.spec import Answer, Block, Picture, Report, Table

_STYLE = """
body { font-family: Inter, 'Helvetica Neue', Arial, sans-serif; font-size: 10pt; color: #1c2127;
  background: #ffffff; }
h1 { font-size: 19pt; margin: 0; }
h2 { font-size: 12.5pt; color: #0b69b7; margin-top: 18px; margin-bottom: 4px; }
p { margin-top: 2px; margin-bottom: 6px; }
p.about, p.caption { color: #59636e; font-size: 9pt; }
table { border-collapse: collapse; margin-top: 4px; margin-bottom: 8px; }
td, th { border-bottom: 1px solid #dfe3e8; vertical-align: top; font-weight: normal; }
th { color: #59636e; }
"""
_FOR_SCREENS = """
@media screen { body { max-width: 46em; margin: 2.5em auto; padding: 0 1.5em; } }
img { max-width: 100%; }
"""

Pictures = Mapping[str, tuple[bytes, int, int]]
"""For each name the bytes of a PNG, and the width and height at which it is shown, in pixels."""


def html_of(report: Report, pictures: Pictures) -> str:
    """The page; pictures that are not given are left out."""
    answers = "\n".join(_answer(answer, pictures) for answer in report.answers)
    title = escape(report.title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n<style>{_STYLE}{_FOR_SCREENS}</style>\n</head>\n<body>\n"
        f'<h1>{title}</h1>\n<p class="about">{escape(report.about)}</p>\n{answers}\n'
        "</body>\n</html>\n"
    )


def _answer(answer: Answer, pictures: Pictures) -> str:
    blocks = [_block(block, pictures) for block in answer.blocks]
    return "\n".join([f"<h2>{escape(answer.question)}</h2>", *filter(None, blocks)])


def _block(block: Block, pictures: Pictures) -> str:
    if isinstance(block, str):
        return f"<p>{escape(block)}</p>"
    if isinstance(block, Table):
        return _table(block)
    return _picture(block, pictures)


def _table(table: Table) -> str:
    rows = [_row(row, "td", table.figures) for row in table.rows]
    if any(table.head):
        rows.insert(0, _row(table.head, "th", table.figures))
    body = "\n".join(rows)
    return f'<table cellspacing="0" cellpadding="4">\n{body}\n</table>'


def _row(cells: tuple[str, ...], tag: str, figures: bool) -> str:
    sides = ("left" if at == 0 or not figures else "right" for at in range(len(cells)))
    made = (
        f'<{tag} align="{side}">{escape(text)}</{tag}>'
        for side, text in zip(sides, cells, strict=True)
    )
    return f"<tr>{''.join(made)}</tr>"


def _picture(picture: Picture, pictures: Pictures) -> str:
    found = pictures.get(picture.name)
    if found is None:
        return ""
    data, width, height = found
    source = b64encode(data).decode("ascii")
    caption = escape(picture.caption)
    return (
        f'<p><img src="data:image/png;base64,{source}" width="{width}" height="{height}" '
        f'alt="{caption}"></p>\n<p class="caption">{caption}</p>'
    )
