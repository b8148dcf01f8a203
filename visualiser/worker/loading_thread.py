"""Loading a data set beside the window, with progress and Cancel."""

import logging
import traceback
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import DatasetConfig

_log = logging.getLogger(__name__)


class LoadingThread(QThread):
    """Loads one data set; after `cancel` nothing is delivered."""

    loaded = Signal(object)
    """Carries the Dataset."""
    progressed = Signal(float, str)
    refused = Signal(str, str)
    """The data cannot be used: message and hint."""
    failed = Signal(str)
    """An error that is not the user's; the rest is in the log."""
    cancelled = Signal()

    def __init__(self, config: DatasetConfig, seed: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._config, self._seed = config, seed
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to end at its next check."""
        self._stop.set()

    def end(self) -> None:
        """Cancel, and be not heard of any more."""
        self.blockSignals(True)
        self.cancel()

    def run(self) -> None:
        """The thread's work; called by Qt."""
        from visualiser.core.data.registry import load_dataset

        try:
            dataset = load_dataset(self._config, self._seed, _Reporter(self, self._stop))
        except Cancelled:
            self.cancelled.emit()
        except UserError as error:
            self.refused.emit(error.message, error.hint)
        except Exception as error:
            _log.error("loading stopped\n%s", traceback.format_exc())
            self.failed.emit(f"{type(error).__name__}: {error}")
        else:
            if self._stop.is_set():
                self.cancelled.emit()
            else:
                self.loaded.emit(dataset)


class _Reporter(Progress):
    def __init__(self, thread: LoadingThread, stop: Event) -> None:
        self._thread, self._stop = thread, stop

    def update(self, done: float, text: str) -> None:
        self._thread.progressed.emit(done, text)

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
