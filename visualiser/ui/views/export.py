"""Curves as files for reports: a picture, a drawing that can be enlarged, and all the figures.

Pictures get what the window says around the curves: a title, a legend, and the axes with their
units. The words are those of the view, so a picture shows what the screen shows: the same
zoom, axes and overlaid runs, in the same theme.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QImageWriter, QPainter, QPen

from visualiser.core.errors import UserError
from visualiser.core.run_files import write_history_csv
from visualiser.core.training.history import HistoryView
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_series import Line
from visualiser.ui.views.legend import colour_of

_SHARPNESS = 2
"""Pixels of the picture for a pixel of the window: sharp on paper and on large screens."""
_STYLES = {
    "solid": Qt.PenStyle.SolidLine,
    "dashed": Qt.PenStyle.DashLine,
    "dotted": Qt.PenStyle.DotLine,
}


def save_curves_png(view: CurvesView, path: Path) -> None:
    """Save the curves as they stand on the screen, with title and legend, twice as sharp.

    Raises:
        UserError: the file cannot be written.
    """
    sheet = _Sheet(view)
    size = QSizeF(sheet.width, sheet.height) * _SHARPNESS
    image = QImage(size.toSize(), QImage.Format.Format_RGB32)
    image.fill(QColor(view.colours.card))
    image.setDevicePixelRatio(_SHARPNESS)
    painter = QPainter(image)
    with _exact(view):
        sheet.paint(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    _write(buffer.data(), path)


def save_svg(view: CurvesView, path: Path) -> None:
    """Save the same as a drawing, in lines and letters instead of pixels.

    Raises:
        UserError: the file cannot be written.
    """
    from PySide6.QtSvg import QSvgGenerator

    sheet = _Sheet(view)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setViewBox(QRectF(0, 0, sheet.width, sheet.height))
    generator.setTitle(view.title())
    generator.setDescription(view.accessibleDescription())
    painter = QPainter(generator)
    with _exact(view):
        sheet.paint(painter)
    painter.end()
    _write(buffer.data(), path)


def save_history_csv(history: HistoryView, info: RunInfo, path: Path) -> None:
    """Save all figures of a run, one row per evaluation; see core/run_files.py.

    Raises:
        UserError: the file cannot be written.
    """
    write_history_csv(history, info.metric, path)


@contextmanager
def _exact(view: CurvesView) -> Iterator[None]:
    """Curves in the view itself, with true pens, which would be slow on the screen."""
    view.set_exact(True)
    try:
        yield
    finally:
        view.set_exact(False)


def _write(data: QByteArray, path: Path) -> None:
    try:
        path.write_bytes(data.data())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(
            f"“{path.name}” cannot be written ({reason}).", "Choose another folder."
        ) from error


class _Sheet:
    """A title, a legend and the charts of a view below each other.

    Attributes:
        width, height: in pixels of the window.
    """

    def __init__(self, view: CurvesView) -> None:
        self._view = view
        self._font = QFont(view.font())
        self._title_font = QFont(self._font)
        self._title_font.setWeight(QFont.Weight.DemiBold)
        self._metrics = QFontMetricsF(self._font)
        self._line = self._metrics.height()
        self._margin = 0.8 * self._line
        self._charts = QRectF(view.charts.viewport().rect())
        self.width = self._charts.width() + 2 * self._margin
        self._legend_rows = self._break_legend(_legend(view))
        self._head = self._margin + (1.6 + 1.4 * len(self._legend_rows)) * self._line
        self.height = self._head + self._charts.height() + self._margin

    def paint(self, painter: QPainter) -> None:
        """Draw everything from (0, 0) on."""
        palette = self._view.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, self.width, self.height), QColor(palette.card))
        painter.setFont(self._title_font)
        painter.setPen(QColor(palette.text))
        title = QRectF(self._margin, self._margin, self.width - 2 * self._margin, 1.4 * self._line)
        text = QFontMetricsF(self._title_font).elidedText(
            self._view.title(), Qt.TextElideMode.ElideRight, title.width()
        )
        painter.drawText(title, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        for row, lines in enumerate(self._legend_rows):
            self._paint_legend_row(painter, lines, title.bottom() + (1.4 * row + 0.7) * self._line)
        target = QRectF(self._margin, self._head, self._charts.width(), self._charts.height())
        self._view.charts.render(painter, target, self._charts.toRect())

    def _entry_width(self, line: Line) -> float:
        return 2.4 * self._line + self._metrics.horizontalAdvance(line.label) + 1.2 * self._line

    def _break_legend(self, lines: list[Line]) -> list[list[Line]]:
        """In as many rows as the width asks for."""
        rows: list[list[Line]] = []
        used = 0.0
        for line in lines:
            width = self._entry_width(line)
            if not rows or used + width > self._charts.width():
                rows.append([])
                used = 0.0
            rows[-1].append(line)
            used += width
        return rows

    def _paint_legend_row(self, painter: QPainter, lines: list[Line], middle: float) -> None:
        palette, left = self._view.colours, self._margin
        painter.setFont(self._font)
        for line in lines:
            painter.setPen(_pen(line, palette))
            painter.drawLine(
                round(left), round(middle), round(left + 2 * self._line), round(middle)
            )
            painter.setPen(QColor(palette.text))
            box = QRectF(left + 2.4 * self._line, middle - self._line, self.width, 2 * self._line)
            painter.drawText(
                box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line.label
            )
            left += self._entry_width(line)


def _legend(view: CurvesView) -> list[Line]:
    """Each line that has a name, once, though both charts draw it."""
    named: dict[str, Line] = {}
    for chart in (view.loss_chart, view.metric_chart):
        for line in reversed(chart.layer.content.lines):  # drawn last: matters most
            if line.label:
                named.setdefault(line.label, line)
    return list(named.values())


def _pen(line: Line, palette: Palette) -> QPen:
    pen = QPen(QColor(colour_of(line.look.colour, palette)), 2.2 if line.look.bold else 1.0)
    pen.setStyle(_STYLES[line.look.stroke])
    return pen
