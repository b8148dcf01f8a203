"""Saving what is learnt by heart: the chart, and the rows behind it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPainter

from visualiser.core.text_file import write_text
from visualiser.ui.views import sheet
from visualiser.ui.views.by_heart_chart import ByHeartChart
from visualiser.ui.views.by_heart_curves import curves_of, tr
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.tiles import ExampleTiles


class ChartSaving(PictureSaving):
    """The chart as a picture, in true lines, or all figures of the run as a table."""

    def __init__(self, chart: ByHeartChart) -> None:
        super().__init__(chart, "by-heart", chart.tr("Learnt by heart"))
        self._chart = chart
        self._offer("csv", self.tr("Save all figures as CSV…"), self.tr("Table (*.csv)"))

    def _write(self, suffix: str, path: Path) -> None:
        # Imported here, as it imports the main curves.
        from visualiser.ui.views.export import save_history_csv

        snapshot = self._chart.snapshot
        if suffix == "csv":
            assert snapshot is not None
            save_history_csv(snapshot.history, snapshot.info, path)
            return
        self._chart.chart.layer.exact = True
        try:
            super()._write(suffix, path)
        finally:
            self._chart.chart.layer.exact = False

    def _sheet(self) -> sheet.Sheet:
        from visualiser.ui.views.export import line_key

        chart, palette = self._chart, self._chart.colours
        assert chart.snapshot is not None
        area = QRectF(chart.viewport().rect())

        def paint(painter: QPainter, place: QRectF) -> None:
            chart.render(painter, place, area.toRect())

        width = 2 * QFontMetricsF(chart.font()).height()
        lines = reversed(chart.chart.layer.content.lines)  # drawn last: matters most
        words = {curve.name: tr(curve.words) for curve in curves_of(chart.snapshot.info)}
        keys = [line_key(replace(line, label=words[line.name]), width, palette) for line in lines]
        return sheet.Sheet(self._heading(), keys, area.size(), paint, chart.font(), palette)


class RowsSaving(PictureSaving):
    """The rows in sight as a picture, or all of the chosen ones as a table."""

    def __init__(
        self, tiles: ExampleTiles, chosen: Callable[[], str], table: Callable[[], str]
    ) -> None:
        """`chosen` names which rows are shown; `table` gives them as CSV."""
        title = tiles.tr("Given wrongly")
        super().__init__(tiles, "given-wrongly", title, chosen=chosen, part=tiles.whole_rows)
        self._table = table
        self._offer("csv", self.tr("Save the rows as CSV…"), self.tr("Table (*.csv)"))

    def _write(self, suffix: str, path: Path) -> None:
        if suffix == "csv":
            write_text(path, self._table())
        else:
            super()._write(suffix, path)
