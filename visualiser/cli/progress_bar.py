"""One progress bar on stderr for loading, for training and for sweeps."""

import sys
from shutil import get_terminal_size
from threading import Event, RLock
from typing import TYPE_CHECKING

from tqdm import tqdm

from visualiser.core.data.source import Cancelled, Progress

if TYPE_CHECKING:
    from visualiser.core.sweep.result import CellResult
    from visualiser.core.training.trainer import Trainer

_SECONDS_BETWEEN_LINES = 5.0
_FORMAT = "{desc}: {percentage:3.0f} %|{bar}| {elapsed} < {remaining}{postfix}"

# One bar in one process: no thread that watches it, no lock shared with other processes.
tqdm.monitor_interval = 0
tqdm.set_lock(RLock())


class LoadingBar(Progress):
    """Shows how far reading the data is."""

    def __init__(self, quiet: bool) -> None:
        self._bar = _bar("Reading the data", quiet)

    def update(self, done: float, text: str) -> None:
        """Move the bar to the share done."""
        self._bar.set_description_str(text, refresh=False)
        self._bar.update(min(done, 1.0) - self._bar.n)

    def finish(self) -> None:
        """The data is there."""
        self.update(1.0, "The data is read")

    def close(self) -> None:
        """Leave the bar behind as it stands."""
        self._bar.close()


class SearchBar(LoadingBar):
    """Shows how far looking for suspects is."""

    def __init__(self, quiet: bool) -> None:
        self._bar = _bar("Looking for suspects", quiet)


class TrainingBar:
    """Shows how far the epochs are, and what is planned."""

    def __init__(self, quiet: bool) -> None:
        self._bar = _bar("Training", quiet)

    def show(self, trainer: "Trainer") -> None:
        """Move the bar; cheap enough for every step."""
        share = trainer.epoch / trainer.epochs
        steps = [edit.step for edit in trainer.info.experiment.edits if edit.step is not None]
        if steps:
            share = min(share, trainer.step_number / (steps[-1] + 1))
        self._bar.update(min(share, 1.0) - self._bar.n)

    def close(self) -> None:
        """Leave the bar behind as it stands."""
        self._bar.close()


class SweepBar(Progress):
    """Shows how many runs of a sweep are trained; Ctrl-C ends the work at its next step."""

    def __init__(self, quiet: bool, interrupted: Event) -> None:
        self._bar = _bar("Training", quiet)
        self._interrupted = interrupted

    def update(self, done: float, text: str) -> None:
        """Move the bar to the share done."""
        self._bar.set_description_str(text, refresh=False)
        self._bar.update(done - self._bar.n)

    def check(self) -> None:
        """Stop where Ctrl-C was pressed."""
        if self._interrupted.is_set():
            raise Cancelled

    def hear(self, result: "CellResult") -> None:
        """A run is done: the bar has it in its text."""

    def close(self) -> None:
        """Leave the bar behind as it stands."""
        self._bar.close()


def _bar(title: str, quiet: bool) -> "tqdm[None]":
    # A log file gets a line now and then, a terminal a bar that moves.
    size = get_terminal_size()  # asks for no terminal; tqdm draws nothing where one has size 0
    watched = sys.stderr is not None and sys.stderr.isatty()
    return tqdm(
        total=1.0,
        desc=title,
        bar_format=_FORMAT,
        file=sys.stderr,
        disable=quiet or sys.stderr is None,
        mininterval=0.1 if watched else _SECONDS_BETWEEN_LINES,
        ncols=size.columns - 1,
        nrows=size.lines,
    )
