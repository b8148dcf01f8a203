"""A report as a file: HTML, or PDF for paper."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPdfWriter

from visualiser.core.errors import UserError
from visualiser.core.report.html import Pictures, html_of
from visualiser.core.report.spec import Report
from visualiser.core.text_file import write_text
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.curve_picture import ensure_application
from visualiser.ui.report_pages import print_report
from visualiser.ui.report_pictures import report_pictures

_DOTS = 600
"""An inch of paper."""
FORMATS = ("pdf", "html")


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
    pictures = report_pictures(report, snapshot)
    if suffix == "html":
        write_text(path, html_of(report, pictures))
    else:
        write_pdf(report, pictures, path)


def write_pdf(report: Report, pictures: Pictures, path: Path) -> None:
    """Write a report as PDF on A4.

    Raises:
        UserError: the file cannot be written.
    """
    ensure_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setResolution(_DOTS)
    print_report(report, pictures, writer)
    del writer  # the end of the file is written when the writer goes
    try:
        path.write_bytes(buffer.data().data())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"“{path.name}” cannot be written ({reason}).", "Choose another folder."
        ) from error
