"""Asks for data of the user's own, and shows the import of what is opened or dropped."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from visualiser.core.experiment import DatasetConfig
from visualiser.core.own_files import path_of

if TYPE_CHECKING:
    from visualiser.ui.import_dialog import ImportDialog


class ImportDesk(QObject):
    """One import at a time; the window stays alive meanwhile.

    Attributes:
        dialog: the import that is open, or None.

    Signals:
        chosen: the DatasetConfig of data that the user wants to use.
        opened: the Path that is looked at.
        given_up: nothing came of it.
    """

    chosen = Signal(object)
    opened = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._files: QFileDialog | None = None
        self.dialog: ImportDialog | None = None
        self._asked: dict[Path, DatasetConfig] = {}

    def ask_file(self) -> None:
        """Ask for a file."""
        files = self._ask(self.tr("Open data"), QFileDialog.FileMode.ExistingFile)
        files.setNameFilters(
            [
                self.tr(
                    "Tables and texts (*.csv *.tsv *.tab *.txt *.md *.csv.gz *.tsv.gz *.tab.gz "
                    "*.txt.gz *.xlsx *.xlsm *.parquet)"
                ),
                self.tr("All files (*)"),
            ]
        )
        files.open()

    def ask_folder(self) -> None:
        """Ask for a folder, of pictures or of sounds."""
        files = self._ask(self.tr("Open a folder of data"), QFileDialog.FileMode.Directory)
        files.open()

    def open_path(self, path: str | Path) -> None:
        """Show the import of a file or folder."""
        from visualiser.ui.import_dialog import ImportDialog  # not before it is needed

        if self.dialog is not None:
            self.dialog.close()
        path = Path(path)
        dialog = ImportDialog(path, self._parent, asked=self._asked.get(path.absolute()))
        dialog.another_wanted.connect(self.ask_folder if path.is_dir() else self.ask_file)
        dialog.chosen.connect(self._take)
        dialog.finished.connect(self._close)
        self.dialog = dialog
        self.opened.emit(path)
        dialog.open()

    def _ask(self, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
        files = self._files = QFileDialog(self._parent, title)
        files.setFileMode(mode)
        files.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        files.fileSelected.connect(self.open_path)
        files.rejected.connect(self.given_up)
        return files

    def _take(self, config: DatasetConfig) -> None:
        # Where loading is refused later, the choices are there when the path is opened again.
        self._asked[Path(path_of(config))] = config
        self.chosen.emit(config)

    def _close(self, result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
        self.given_up.emit()
