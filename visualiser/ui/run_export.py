"""A run as a file: its figures as CSV, its curves as PNG or SVG."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualiser.core.errors import UserError
from visualiser.core.run_files import write_history_csv
from visualiser.core.training.runs import RunRecord
from visualiser.ui.curve_picture import save_curves, save_curves_svg
from visualiser.ui.views.saving_menu import SavingMenu

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
"""What some operating system refuses in the name of a file."""

_LONGEST_NAME = 60
"""Characters; a file system takes 255 bytes, and some characters have four."""


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

    def _file_name(self) -> str:
        """The run's own name, as far as it can be that of a file anywhere."""
        record = self._selected()
        name = "" if record is None else _NOT_IN_NAMES.sub(" ", record.title)
        return " ".join(name.split()).strip(". ")[:_LONGEST_NAME].strip() or super()._file_name()

    def _write(self, suffix: str, path: Path) -> None:
        record = self._selected()
        if record is None:
            raise UserError(self.tr("No run is selected."), self.tr("Select one in the list."))
        snapshot, title = record.snapshot, record.title if record.number else ""
        if suffix == "csv":
            write_history_csv(snapshot.history, snapshot.info.metric.name, path)
        elif suffix == "png":
            save_curves(snapshot, path, title)
        else:
            save_curves_svg(snapshot, path, title)
