"""A run as a file: its figures as CSV, its curves as PNG or SVG."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualiser.core.errors import UserError
from visualiser.core.run_files import write_history_csv
from visualiser.core.training.runs import RunRecord
from visualiser.ui.curve_picture import save_curves, save_curves_svg
from visualiser.ui.views.saving_menu import SavingMenu


class RunExport(SavingMenu):
    """Saves the run that `selected` gives, as it stands then."""

    def __init__(self, widget: QWidget, selected: Callable[[], RunRecord | None]) -> None:
        super().__init__(widget, "run")
        self._selected = selected
        self._offer("csv", self.tr("All figures as CSV…"), self.tr("Table (*.csv)"))
        self._offer("png", self.tr("Curves as PNG…"), self.tr("Picture (*.png)"))
        self._offer("svg", self.tr("Curves as SVG…"), self.tr("Drawing (*.svg)"))

    def _something(self) -> bool:
        return self._selected() is not None

    def _write(self, suffix: str, path: Path) -> None:
        record = self._selected()
        if record is None:
            raise UserError(self.tr("No run is selected."), self.tr("Select one in the list."))
        snapshot = record.snapshot
        if suffix == "csv":
            write_history_csv(snapshot.history, snapshot.info.metric.name, path)
        elif suffix == "png":
            save_curves(snapshot, path)
        else:
            save_curves_svg(snapshot, path)
