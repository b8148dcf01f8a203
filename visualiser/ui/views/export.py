"""Curves as files for reports: a picture, a drawing that can be enlarged, and all the figures.

The words are those of the view, so a picture shows what the screen shows: the same zoom, axes and
overlaid runs, in the same theme.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from visualiser.core.run_files import write_history_csv
from visualiser.core.training.history import HistoryView
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.views import sheet
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_series import Line
from visualiser.ui.views.curves_strokes import exact_pen


def save_curves_png(view: CurvesView, path: Path, title: str = "") -> None:
    """Save the curves as they stand on the screen, with title and legend, twice as sharp.

    Without `title` they are headed with what the view says that the run is of.

    Raises:
        UserError: the file cannot be written.
    """
    with _exact(view):
        sheet.save_png(_sheet(view, title), path)


def curves_png(view: CurvesView, title: str = "") -> tuple[bytes, int, int]:
    """The same as bytes, with the width and height at which it is to be shown."""
    with _exact(view):
        drawn = _sheet(view, title)
        return bytes(sheet.png_of(drawn).data()), round(drawn.width), round(drawn.height)


def save_svg(view: CurvesView, path: Path, title: str = "") -> None:
    """Save the same as a drawing, in lines and letters instead of pixels.

    Raises:
        UserError: the file cannot be written.
    """
    with _exact(view):
        sheet.save_svg(_sheet(view, title), path, view.accessibleDescription())


def save_history_csv(history: HistoryView, info: RunInfo, path: Path) -> None:
    """Save all figures of a run, one row per evaluation; see core/run_files.py.

    Raises:
        UserError: the file cannot be written.
    """
    write_history_csv(history, info.metric.name, path)


@contextmanager
def _exact(view: CurvesView) -> Iterator[None]:
    """Curves in the view itself, with true pens, which would be slow on the screen."""
    view.charts.set_exact(True)
    try:
        yield
    finally:
        view.charts.set_exact(False)


def _sheet(view: CurvesView, title: str) -> sheet.Sheet:
    charts = QRectF(view.charts.viewport().rect())

    def paint(painter: QPainter, place: QRectF) -> None:
        view.charts.render(painter, place, charts.toRect())

    line = QFontMetricsF(view.font()).height()
    keys = [line_key(entry, 2 * line, view.colours) for entry in _legend(view)]
    title = title or view.title()
    return sheet.Sheet(title, keys, charts.size(), paint, view.font(), view.colours)


def _legend(view: CurvesView) -> list[Line]:
    """Each line that has a name, once, though both charts draw it."""
    named: dict[str, Line] = {}
    for chart in (view.loss_chart, view.metric_chart):
        for line in reversed(chart.layer.content.lines):  # drawn last: matters most
            if line.label:
                named.setdefault(line.label, line)
    return list(named.values())


def line_key(line: Line, width: float, palette: Palette) -> sheet.Key:
    """What a line is in the legend of a sheet."""

    def paint(painter: QPainter, box: QRectF) -> None:
        y = box.center().y()
        painter.setPen(exact_pen(line.look, palette))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    return sheet.Key(line.label, width, paint)
