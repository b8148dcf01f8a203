"""A report on paper: pieces that stay whole, in two columns, on as few pages of A4 as they need."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication

from visualiser.core.report.html import PAPER, Pictures, for_qt, pieces_of, style_of, top_of
from visualiser.core.report.spec import Report

_MARGIN = 13.0
"""Millimetres."""
_GUTTER, _FOOT, _BELOW = 26.0, 14.0, 8.0
"""Pixels between the columns, of the line with the page number, and below the title."""
_GAP, _LINE = 11.0, 4.0
"""Pixels above a question, and between what is said about one."""
_DOTS = 96
"""An inch: pieces are laid out in dots of a screen, as the pictures are."""
_INK, _PALE = QColor("#1c2127"), QColor("#59636e")
COLUMNS = 2
_STEPS = 24
"""How finely the last page is evened out."""


@dataclass(frozen=True)
class Placed:
    """Where a piece stands: on which page, in which column, and how far down."""

    page: int
    column: int
    top: float


def column_width() -> float:
    """In pixels: no picture is wider."""
    area = QPageSize(QPageSize.PageSizeId.A4).rect(QPageSize.Unit.Millimeter).width() - 2 * _MARGIN
    return (area / 25.4 * _DOTS - (COLUMNS - 1) * _GUTTER) / COLUMNS


def placed(heights: Sequence[float], room: float, first: float) -> list[Placed]:
    """Pieces one after the other in columns; those of the last page are evened out.

    Args:
        heights: of the pieces, which stay whole.
        room: height of a page.
        first: what of it the first page has, below the title.
    """
    places = _filled(heights, room, first, 0)
    last = max((place.page for place in places), default=0)
    start = next((at for at, place in enumerate(places) if place.page == last), 0)
    whole = first if last == 0 else room
    for step in range(1, _STEPS):
        tried = _filled(heights[start:], whole * step / _STEPS, whole * step / _STEPS, last)
        if all(place.page == last for place in tried):
            return [*places[:start], *tried]
    return places


def _filled(heights: Sequence[float], room: float, first: float, page: int) -> list[Placed]:
    """A piece that is higher than a column has one for itself."""
    places, column, top, begun = [], 0, 0.0, page
    for height in heights:
        if top and top + height > (first if page == begun else room):
            column, top = column + 1, 0.0
            if column == COLUMNS:
                column, page = 0, page + 1
        places.append(Placed(page, column, top))
        top += height
    return places


def print_report(report: Report, pictures: Pictures, device: QPagedPaintDevice) -> int:
    """Print a report on A4, upright; how many pages it takes."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    area = QSizeF(device.pageLayout().paintRectPixels(_DOTS).size())
    width = column_width()
    top = _document(top_of(report), area.width())
    texts = pieces_of(report, pictures)
    pieces = [_document(text, width) for text in texts]
    gaps = [_GAP if text.startswith("<h2>") else _LINE for text in (*texts[1:], "")]
    heights = [piece.size().height() + gap for piece, gap in zip(pieces, gaps, strict=True)]
    room, head = area.height() - _FOOT, top.size().height() + _BELOW
    places = placed(heights, room, room - head)
    pages = 1 + max((place.page for place in places), default=0)
    painter = QPainter(device)
    scale = device.logicalDpiX() / _DOTS
    painter.scale(scale, scale)
    for page in range(pages):
        if page:
            device.newPage()
        else:
            _paint(painter, top, 0, 0)
        _paint_foot(painter, area, f"{report.title} · {page + 1} / {pages}")
        for piece, place in zip(pieces, places, strict=True):
            if place.page == page:
                left = place.column * (width + _GUTTER)
                _paint(painter, piece, left, place.top + (0 if page else head))
    painter.end()
    return pages


def _document(fragment: str, width: float) -> QTextDocument:
    """Laid out in a column, without margins of its own."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(_font())
    document.setUseDesignMetrics(True)
    document.setTextWidth(width)
    document.setHtml(for_qt(f"<style>{style_of(PAPER)}</style><body>{fragment}</body>"))
    return document


def _font() -> QFont:
    font = QFont(QApplication.font().family())
    font.setPixelSize(round(PAPER))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _paint(painter: QPainter, document: QTextDocument, left: float, top: float) -> None:
    """In ink, whatever the window's theme is."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, _INK)
    context.palette = palette  # type: ignore[attr-defined]  # the stubs leave it out
    painter.save()
    painter.translate(left, top)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _paint_foot(painter: QPainter, area: QSizeF, text: str) -> None:
    painter.setFont(_font())
    painter.setPen(_PALE)
    line = QRectF(0, area.height() - _FOOT, area.width(), _FOOT)
    painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom), text)
