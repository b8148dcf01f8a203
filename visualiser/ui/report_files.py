"""A report as a file: HTML, or PDF for paper."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from visualiser.core.errors import UserError
from visualiser.core.report.html import html_of
from visualiser.core.report.spec import Report
from visualiser.core.text_file import write_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.report_pictures import report_pictures

_MARGIN = 18.0
"""Millimetres."""
_SCREEN_DOTS = 96
"""An inch."""
FORMATS = ("pdf", "html")


def report_html(report: Report, snapshot: Snapshot) -> str:
    """The page with its pictures in it."""
    return html_of(report, report_pictures(report, snapshot))


def save_report(report: Report, snapshot: Snapshot, path: Path) -> None:
    """Write a report; the ending of the file's name says as what.

    Raises:
        UserError: the file cannot be written, or its ending is neither .pdf nor .html.
    """
    suffix = path.suffix.lower().lstrip(".")
    if suffix not in FORMATS:
        raise UserError(
            f"“{path.name}” names no kind of file that a report can be.",
            "End the name in .pdf or .html.",
        )
    page = report_html(report, snapshot)
    if suffix == "html":
        write_text(path, page)
    else:
        write_pdf(page, path, report.title)


def write_pdf(page: str, path: Path, title: str) -> None:
    """Write an HTML page as PDF on A4.

    Raises:
        UserError: the file cannot be written.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setResolution(_SCREEN_DOTS)
    print_page(page, writer)
    del writer  # the end of the file is written when the writer goes
    try:
        path.write_bytes(buffer.data().data())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"“{path.name}” cannot be written ({reason}).", "Choose another folder."
        ) from error


def print_page(page: str, device: QPagedPaintDevice) -> None:
    """Print an HTML page on A4, upright, with margins."""
    device.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
    device.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDocumentMargin(0)
    # In dots of a screen, as the pictures are: Qt scales the page to the dots of the device.
    # Without a size of its own the document would get margins a second time.
    area = device.pageLayout().paintRectPixels(_SCREEN_DOTS)
    document.setPageSize(QSizeF(area.size()))
    document.setHtml(page)
    document.print_(device)
