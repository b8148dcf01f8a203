"""Which file is open, and whether what is shown differs from it: the window's title says so."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import SUFFIX
from visualiser.core.own_files import path_of, with_path
from visualiser.ui.message_bar import Message

PROGRAM = "Training Visualiser"

_Data = tuple[object, ...]
"""What makes data another data set, and not the same one with other options."""


@dataclass(frozen=True)
class _Saved:
    """A file and the experiment in it.

    Attributes:
        data: which data set it stands for; another place where the user said where it is now.
    """

    path: Path
    experiment: Experiment
    data: _Data

    def moved(self, lost: Experiment, found: Experiment) -> "_Saved":
        """The same where its data is another, and else as if it named the place that was found."""
        if self.data != _data(lost):
            return self
        experiment = with_path(self.experiment, path_of(found.dataset))
        return replace(self, experiment=experiment, data=_data(found))


@dataclass(frozen=True)
class _Expected:
    """A file that is the open one once the run stands that was wanted for it."""

    file: _Saved
    wanted: Experiment


class OpenExperiment:
    """The file that the experiment on screen was opened from or saved to, if there is one."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._saved: _Saved | None = None
        self._expected: _Expected | None = None
        self._let_go: _Saved | None = None
        """The file of an experiment that could not be opened: its data may yet be found."""
        self._show_name()

    @property
    def path(self) -> Path | None:
        """Where Save writes to; None where it has to ask."""
        return None if self._saved is None else self._saved.path

    @property
    def unchanged(self) -> Experiment | None:
        """What is in the file, where nothing on screen differs from it."""
        if self._saved is None or self._window.isWindowModified():
            return None
        return self._saved.experiment

    def folder_of(self, experiment: Experiment) -> Path | None:
        """Where the data of an experiment may be that was moved: beside the file it is from."""
        file = self._file_of(experiment)
        return None if file is None else file.path.absolute().parent

    def _file_of(self, experiment: Experiment) -> _Saved | None:
        expected = None if self._expected is None else self._expected.file
        files = filter(None, (expected, self._saved))
        return next((file for file in files if file.data == _data(experiment)), None)

    def take_found(self, lost: Experiment, found: Experiment) -> None:
        """The data of an experiment lay beside its file, which stands for it where it is now."""
        if self._expected is not None and self._expected.wanted == lost:
            self._expected = _Expected(self._expected.file.moved(lost, found), found)
        if self._saved is not None:
            self._saved = self._saved.moved(lost, found)

    def take_chosen(self, lost: Experiment, found: Experiment) -> None:
        """The user said where the data of an experiment is now; its file does not know that yet."""
        file = self._file_of(lost)
        if file is None and self._let_go is not None and self._let_go.data == _data(lost):
            file = self._let_go
        if file is not None:
            self._expected = _Expected(replace(file, data=_data(found)), found)

    def expect(self, path: Path, experiment: Experiment) -> None:
        """A file was read; it is the open one once its run stands.

        Where that run is refused the one before stays, and Save must not write it over this file.
        """
        file = _Saved(path, experiment, _data(experiment))
        self._expected = _Expected(file, experiment)

    def want(self, experiment: Experiment) -> None:
        """The run that is made ready from now on: of the file just read, or of something else."""
        if self._expected is not None and self._expected.wanted != experiment:
            self._let_go, self._expected = self._expected.file, None

    def blamed(self, message: Message) -> Message:
        """Why the run that was wanted is refused; what comes from a file names it."""
        if self._expected is None:
            return message
        return replace(message, text=f"“{self._expected.file.path.name}”: {message.text}")

    def keep(self, path: Path, experiment: Experiment, shown: Experiment | None = None) -> None:
        """A file holds what is on screen, or did before that was changed to `shown`."""
        data = _data(experiment if shown is None else shown)
        self._saved, self._expected = _Saved(path, experiment, data), None
        self._show_name()
        if shown is not None:
            self.compare(shown)

    def start_run(self, experiment: Experiment) -> None:
        """A run stands: of the file just read, or of a set-up that a data set of its own begins."""
        expected, self._expected = self._expected, None
        if expected is not None and _as_set_up(expected.wanted) == _as_set_up(experiment):
            self._saved = expected.file
        elif self._saved is not None and self._saved.data != _data(experiment):
            self._let_go, self._saved = self._saved, None
        self._show_name()
        self.compare(experiment)

    def compare(self, experiment: Experiment) -> None:
        """Mark the title where the file would change if it were saved now."""
        saved = self._saved
        changed = saved is not None and _as_set_up(saved.experiment) != _as_set_up(experiment)
        self._window.setWindowModified(changed)

    def _show_name(self) -> None:
        if self._saved is None:
            self._window.setWindowFilePath("")
            self._window.setWindowTitle(PROGRAM)
        else:
            name = self._saved.path.name.removesuffix(SUFFIX).replace("[*]", "[*][*]")
            self._window.setWindowFilePath(str(self._saved.path))
            self._window.setWindowTitle(f"{name}[*] — {PROGRAM}")
        self._window.setWindowModified(False)


def _as_set_up(experiment: Experiment) -> Experiment:
    """What the user chose, without what the data was found to hold."""
    chosen: Experiment = experiment.replace(dataset=experiment.dataset.replace(content=""))
    return chosen


def _data(experiment: Experiment) -> _Data:
    dataset = experiment.dataset
    return dataset.name, dataset.options.get("path")
