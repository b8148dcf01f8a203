"""A sweep as a file: its chart as PNG or SVG, its figures as CSV."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.summary import write_csv
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.sweeps.chart import SweepChart
from visualiser.ui.sweeps.picture import save_chart
from visualiser.ui.views.saving_menu import SavingMenu


class SweepSaving(SavingMenu):
    """Gives the chart a context menu, which is that of the Export button too."""

    def __init__(self, chart: SweepChart, results: Callable[[], Mapping[str, CellResult]]) -> None:
        super().__init__(chart, "sweep")
        self._chart, self._results = chart, results
        self._palette = LIGHT
        self._offer("png", self.tr("Chart as PNG…"), self.tr("Picture (*.png)"))
        self._offer("svg", self.tr("Chart as SVG…"), self.tr("Drawing (*.svg)"))
        self._offer("csv", self.tr("All figures as CSV…"), self.tr("Table (*.csv)"))
        chart.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chart.customContextMenuRequested.connect(self._open_here)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette

    def _something(self) -> bool:
        return self._chart.summary is not None and self._chart.summary.done > 0

    def _write(self, suffix: str, path: Path) -> None:
        summary = self._chart.summary
        assert summary is not None
        if suffix == "csv":
            write_csv(summary, self._results(), path)
        else:
            save_chart(self._chart, path, self._palette)

    def _open_here(self, place: QPoint) -> None:
        self.open_menu(self._chart.mapToGlobal(place))
