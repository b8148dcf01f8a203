"""Opening and saving: experiments, data, pictures, and what is remembered."""

import math
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QTextBrowser, QVBoxLayout

from visualiser import __version__
from visualiser.core.data.registry import source_named
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import SUFFIX, load_experiment, save_experiment
from visualiser.core.own_files import path_of, with_path
from visualiser.paths import settings_file
from visualiser.ui.menu import RecentMenus, shortcuts_html
from visualiser.ui.message_bar import Message, told_html
from visualiser.ui.open_experiment import OpenExperiment
from visualiser.ui.recent_files import RecentFiles
from visualiser.ui.settings import Settings, save_settings

if TYPE_CHECKING:
    from visualiser.ui.main_window import MainWindow

_LONGEST_LINE = 60
"""Characters of a line of a page."""


class FileDesk(QObject):
    """Asks for files without ever blocking the window.

    Attributes:
        open_experiment: the file that is open.

    Signals:
        opened: an Experiment from a file.
        data_chosen: the Path of a file or folder of data of the user's own.
        message: something to tell.
    """

    opened = Signal(object)
    data_chosen = Signal(object)
    message = Signal(object)

    def __init__(self, window: "MainWindow", menus: RecentMenus, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self.open_experiment = OpenExperiment(window)
        self._dialog: QDialog | None = None
        self._homeless: Experiment | None = None
        self.recent = RecentFiles(menus.experiments, settings.recent)
        self.recent_data = RecentFiles(menus.data, settings.recent_data)
        for files in (self.recent, self.recent_data):
            files.chosen.connect(self.open_file)
        self._remembered = settings

    def open_file(self, path: Path) -> None:
        """Open an experiment, or data of the user's own, by its name."""
        if path.name.endswith(".json"):
            self._open_experiment(path)
        else:
            self.data_chosen.emit(path)

    def ask_open(self) -> None:
        """Ask for an experiment."""
        dialog = self._file_dialog(self.tr("Open an experiment"), saving=False)
        dialog.fileSelected.connect(self._open_named)
        dialog.open()

    def save(self) -> None:
        """Save where it was opened or saved, or ask."""
        path = self.open_experiment.path
        if path is None:
            self.ask_save()
        else:
            self._save_to(str(path))

    def ask_save(self) -> None:
        """Ask where to save."""
        dialog = self._file_dialog(self.tr("Save the experiment"), saving=True)
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    def ask_picture(self) -> None:
        """Ask where to save a picture of the window."""
        dialog = QFileDialog(self._window, self.tr("Save a picture of the window"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Pictures (*.png)"))
        dialog.setDefaultSuffix("png")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_picture)
        self._dialog = dialog
        dialog.open()

    def save_picture(self, path: str) -> None:
        """Save the window as it looks."""
        if self._window.grab().save(path, "PNG"):
            self._say(self.tr("Saved “{name}”.").format(name=Path(path).name))
        else:
            self.message.emit(
                Message(
                    self.tr("“{path}” cannot be written.").format(path=path),
                    self.tr("Choose another folder."),
                    "error",
                    key="file",
                )
            )

    def remember(self, settings: Settings) -> None:
        """Write the settings if they are others now; a full disk must not keep the window open."""
        if settings == self._remembered:
            return
        with suppress(UserError):
            save_settings(settings, settings_file())
            self._remembered = settings

    def take_up(self, settings: Settings) -> None:
        """The file that was open when the program was closed is open again, if it still is one."""
        if not settings.file or settings.experiment is None:
            return
        path = Path(settings.file)
        with suppress(UserError):
            self.open_experiment.keep(path, load_experiment(path), settings.experiment)

    def show_shortcuts(self) -> None:
        """A page with all shortcuts."""
        self._show_page(self.tr("Keyboard shortcuts"), shortcuts_html(self._window.actions_))

    def show_messages(self) -> None:
        """A page with the last messages, those that have gone too."""
        title, nothing = self.tr("Last messages"), self.tr("There has been none yet.")
        told = self._window.messages.told
        self._show_page(title, told_html(told, title, nothing))

    def show_about(self) -> None:
        """What the program is."""
        text = self.tr(
            "<h3>Training Visualiser {version}</h3><p>Watch a model learn from data, spoil the "
            "data, and see what it costs.</p><p>MIT licence. The data sets have their own "
            "licences: see “About” beside the data. It is made with Qt and PySide6 (LGPL, "
            "version 3), PyTorch (BSD), pyqtgraph (MIT) and others; the packaged program has their "
            "licences in its folder “THIRD_PARTY”.</p><p>Everything runs on this computer; "
            "nothing is sent anywhere.</p>"
        ).format(version=__version__)
        self._show_page(self.tr("About Training Visualiser"), text)

    def _show_page(self, title: str, html: str) -> None:
        dialog = QDialog(self._window)
        dialog.setWindowTitle(title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        page = QTextBrowser()
        page.setHtml(html)
        layout = QVBoxLayout(dialog)
        layout.addWidget(page)
        needed = _room_for(page).grownBy(layout.contentsMargins())
        dialog.resize(needed.boundedTo(page.screen().availableSize()))
        self._dialog = dialog
        dialog.show()

    def _file_dialog(self, title: str, saving: bool) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        kinds = QFileDialog.AcceptMode
        dialog.setAcceptMode(kinds.AcceptSave if saving else kinds.AcceptOpen)
        dialog.setNameFilters(
            [self.tr("Experiments (*{suffix})").format(suffix=SUFFIX), self.tr("All files (*)")]
        )
        if saving:
            dialog.setDefaultSuffix(SUFFIX.lstrip("."))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        return dialog

    def _open_named(self, path: str) -> None:
        self._open_experiment(Path(path))

    def _open_experiment(self, path: Path) -> None:
        try:
            experiment = load_experiment(path)
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="file"))
            return
        self.recent.note(path)
        self.open_experiment.expect(path, experiment)
        self.opened.emit(experiment)

    def ask_where(self, experiment: Experiment) -> None:
        """Ask where the data of an experiment is now, and open it with that."""
        old = Path(path_of(experiment.dataset))
        dialog = QFileDialog(self._window, self.tr("Where is “{}” now?").format(old.name))
        folder = source_named(experiment.dataset.name).is_folder
        kinds = QFileDialog.FileMode
        dialog.setFileMode(kinds.Directory if folder else kinds.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._homeless = experiment
        dialog.fileSelected.connect(self._open_found)
        self._dialog = dialog
        dialog.open()

    def _open_found(self, path: str) -> None:
        lost = self._homeless
        if lost is not None:
            found = with_path(lost, path)
            self.open_experiment.take_chosen(lost, found)
            self._note_moved(lost, found)
            self.opened.emit(found)

    def take_found(self, lost: Experiment, found: Experiment) -> None:
        """The data of an experiment was found beside its file."""
        self.open_experiment.take_found(lost, found)
        self._note_moved(lost, found)

    def _note_moved(self, lost: Experiment, found: Experiment) -> None:
        old, new = (Path(path_of(one.dataset)).expanduser() for one in (lost, found))
        self.recent_data.replace(old, new)

    def note_wanted(self, experiment: Experiment) -> None:
        """An experiment is wanted, of a file or not."""
        self.open_experiment.want(experiment)

    def _save_to(self, path: str) -> None:
        target, experiment = Path(path), self._window.run_experiment()
        try:
            save_experiment(experiment, target)
        except UserError as error:
            self.message.emit(Message(error.message, error.hint, "error", key="file"))
            return
        self.open_experiment.keep(target, experiment)
        self.recent.note(target)
        self._say(self.tr("Saved “{name}”.").format(name=target.name))

    def _say(self, text: str) -> None:
        self.message.emit(Message(text, key="file"))


def _room_for(page: QTextBrowser) -> QSize:
    """What a page needs to be read without scrolling."""
    page.ensurePolished()
    document, frame = page.document(), 2 * page.frameWidth()
    widest = _LONGEST_LINE * page.fontMetrics().averageCharWidth()
    document.setTextWidth(-1)  # not yet as narrow as a page that was never shown
    document.setTextWidth(min(document.idealWidth(), widest))
    bar = page.verticalScrollBar().sizeHint().width()
    needed = QSize(math.ceil(document.size().width()) + bar, math.ceil(document.size().height()))
    return needed.grownBy(QMargins(0, 0, frame, frame))
