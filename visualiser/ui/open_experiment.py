"""Which file is open, and whether what is shown differs from it: the window's title says so."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualiser.core.experiment import Experiment
from visualiser.core.experiment_file import SUFFIX
from visualiser.core.own_files import path_of, with_path
from visualiser.ui.message_bar import Message

PROGRAM = "Training Visualiser"


@dataclass(frozen=True)
class _Saved:
    """A file and the experiment in it."""

    path: Path
    experiment: Experiment


class OpenExperiment:
    """The file that the experiment on screen was opened from or saved to, if there is one."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._saved: _Saved | None = None
        self._expected: _Saved | None = None
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
        for file in (self._expected, self._saved):
            if file is not None and _data(file.experiment) == _data(experiment):
                return file.path.absolute().parent
        return None

    def take_found(self, lost: Experiment, found: Experiment) -> None:
        """The data of an experiment was moved: its file stands for the data where it is now."""
        self._expected = _moved(self._expected, lost, found)
        self._saved = _moved(self._saved, lost, found)

    def expect(self, path: Path, experiment: Experiment) -> None:
        """A file was read; it is the open one once its run stands.

        Where that run is refused the one before stays, and Save must not write it over this file.
        """
        self._expected = _Saved(path, experiment)

    def want(self, experiment: Experiment) -> None:
        """The run that is made ready from now on: of the file just read, or of something else."""
        if self._expected is not None and self._expected.experiment != experiment:
            self._expected = None

    def blamed(self, message: Message) -> Message:
        """Why the run that was wanted is refused; what comes from a file names it."""
        if self._expected is None:
            return message
        return replace(message, text=f"“{self._expected.path.name}”: {message.text}")

    def keep(self, path: Path, experiment: Experiment) -> None:
        """A file holds what is on screen, or did when the program was last closed."""
        self._saved, self._expected = _Saved(path, experiment), None
        self._show_name()

    def start_run(self, experiment: Experiment) -> None:
        """A run stands: of the file just read, or of a set-up that a data set of its own begins."""
        expected, self._expected = self._expected, None
        if expected is not None and _as_set_up(expected.experiment) == _as_set_up(experiment):
            self._saved = expected
        elif self._saved is not None and _data(self._saved.experiment) != _data(experiment):
            self._saved = None
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


def _moved(file: _Saved | None, lost: Experiment, found: Experiment) -> _Saved | None:
    if file is None or _data(file.experiment) != _data(lost):
        return file
    return replace(file, experiment=with_path(file.experiment, path_of(found.dataset)))


def _as_set_up(experiment: Experiment) -> Experiment:
    """What the user chose, without what the data was found to hold."""
    chosen: Experiment = experiment.replace(dataset=experiment.dataset.replace(content=""))
    return chosen


def _data(experiment: Experiment) -> tuple[object, ...]:
    """What makes it another data set, and not the same one with other options."""
    dataset = experiment.dataset
    return dataset.name, dataset.options.get("path")
