"""A sweep beside the window: waits for the processes or the cluster that do the work."""

import logging
import traceback
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.sweep.sweep_file import open_folder

_log = logging.getLogger(__name__)


class SweepThread(QThread):
    """Trains nothing itself: the window, and a run in it, share nothing with it but the cores."""

    opened = Signal(object, object)
    """The folder is ready: carries the Sweep as it is there, and a dict of key → CellResult."""
    trained = Signal(object)
    """A run is done and on the disk; carries the CellResult."""
    progressed = Signal(float, str)
    finished_all = Signal(int)
    """Nothing is left to do; carries how many runs had to be given up."""
    refused = Signal(str, str)
    """It cannot be done: message and hint."""
    failed = Signal(str)
    """An error that is not the user's; the rest is in the log."""
    cancelled = Signal()

    def __init__(
        self, sweep: Sweep, folder: Path, place: Place, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sweep, self._folder, self._place = sweep, folder, place
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to end; what is done is kept."""
        self._stop.set()

    def end(self) -> None:
        """Cancel, and be not heard of any more."""
        self.blockSignals(True)
        self.cancel()

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            sweep, log = open_folder(self._sweep, self._folder)
            self.opened.emit(sweep, dict(log.results))
            told = self.trained.emit
            lost = run_sweep(sweep, log, self._place, _Reporter(self, self._stop), told)
        except Cancelled:
            self.cancelled.emit()
        except UserError as error:
            self.refused.emit(error.message, error.hint)
        except Exception as error:
            _log.error("the sweep stopped\n%s", traceback.format_exc())
            self.failed.emit(type(error).__name__)
        else:
            self.finished_all.emit(len(lost))


class _Reporter(Progress):
    def __init__(self, thread: SweepThread, stop: Event) -> None:
        self._thread, self._stop = thread, stop

    def update(self, done: float, text: str) -> None:
        self._thread.progressed.emit(done, text)

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
