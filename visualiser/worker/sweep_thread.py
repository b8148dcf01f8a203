"""A sweep beside the window: waits for the processes or the cluster that do the work."""

import logging
import traceback
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visualiser.core.data.source import Cancelled
from visualiser.core.errors import UserError
from visualiser.core.sweep.run import Place, run_sweep
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.sweep.sweep_file import open_folder
from visualiser.worker.stoppable_thread import StoppableThread

_log = logging.getLogger(__name__)


class SweepThread(StoppableThread):
    """Trains nothing itself: the window, and a run in it, share nothing with it but the cores.

    After `cancel` what is done is kept.
    """

    opened = Signal(object, object)
    """The folder is ready: carries the Sweep as it is there, and a dict of key → CellResult."""
    trained = Signal(object)
    """A run is done and on the disk; carries the CellResult."""
    looked = Signal(object)
    """How runs under way stand; carries a list of CellResults."""
    finished_all = Signal(int)
    """Nothing is left to do; carries how many runs had to be given up."""
    refused = Signal(str, str)
    """It cannot be done: message and hint."""
    failed = Signal(str)
    """An error that is not the user's; the rest is in the log."""

    def __init__(
        self, sweep: Sweep, folder: Path, place: Place, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._sweep, self._folder, self._place = sweep, folder, place

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            sweep, log = open_folder(self._sweep, self._folder, other_amounts=True)
            self.opened.emit(sweep, dict(log.results))
            told = self.trained.emit
            early = self.looked.emit
            lost = run_sweep(sweep, log, self._place, self._progress(), told, early)
        except Cancelled:
            self.cancelled.emit()
        except UserError as error:
            self.refused.emit(error.message, error.hint)
        except Exception as error:
            _log.error("the sweep stopped\n%s", traceback.format_exc())
            self.failed.emit(type(error).__name__)
        else:
            self.finished_all.emit(len(lost))
