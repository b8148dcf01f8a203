"""The chart of a sweep as a file: PNG or SVG, with a title; drawn without a window too."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from visualiser.core.data.isolated_name import isolated
from visualiser.core.sweep.summary import Summary
from visualiser.ui.curve_picture import ensure_application
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.sweeps.chart import SweepChart
from visualiser.ui.views import sheet

WIDTH, HEIGHT = 900, 560
"""Size of the chart in pixels; a picture is finer."""


def save_sweep(summary: Summary, path: Path) -> None:
    """Draw the sweep into a file whose ending says what kind: .svg, else PNG.

    Raises:
        UserError: the file cannot be written.
    """
    ensure_application()
    chart = SweepChart()
    chart.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    chart.resize(WIDTH, HEIGHT)
    chart.apply_palette(LIGHT)
    chart.show()
    chart.show_summary(summary)
    try:
        save_chart(chart, path, LIGHT)
    finally:
        chart.close()
        chart.deleteLater()
        QCoreApplication.sendPostedEvents(chart, QEvent.Type.DeferredDelete)


def save_chart(chart: SweepChart, path: Path, palette: Palette) -> None:
    """Save a chart as it looks, with a title and its legend.

    Raises:
        UserError: the file cannot be written.
    """
    made = _sheet(chart, palette)
    if path.suffix.lower() == ".svg":
        sheet.save_svg(made, path, chart.accessibleDescription())
    else:
        sheet.save_png(made, path)


def heading(summary: Summary) -> str:
    """“How much noise can this take? Handwritten digits, Wrong labels: 5 seeds, 35 runs”."""
    title = QCoreApplication.translate(
        "SweepPicture", "How much can this take? {what} · {data} · {runs}, mean ± 1 sd over {seeds}"
    )
    seeds = len(summary.sweep.seeds)
    return title.format(
        what=summary.corruption_title,
        data=isolated(summary.data),
        runs=f"{summary.done:,} runs" if summary.done != 1 else "1 run",
        seeds=f"{seeds} seeds" if seeds != 1 else "1 seed",
    )


def _sheet(chart: SweepChart, palette: Palette) -> sheet.Sheet:
    summary = chart.summary
    assert summary is not None

    def paint(painter: QPainter, place: QRectF) -> None:
        painter.translate(place.topLeft())
        chart.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)

    keys = [_key(name.text, name.colour) for name in chart.words()]
    size = QSizeF(chart.size())
    return sheet.Sheet(heading(summary), keys, size, paint, chart.font(), palette)


def _key(text: str, colour: str) -> sheet.Key:
    def paint(painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(QColor(colour), 3))
        middle = box.center().y()
        painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))

    return sheet.Key(text, 16, paint)
