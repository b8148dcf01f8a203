"""Loading a data set beside the window, with progress and Cancel."""

import logging
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visualiser.core.data.source import Cancelled, Progress
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.worker.stoppable_thread import StoppableThread

if TYPE_CHECKING:
    from visualiser.core.data.dataset import Dataset

_log = logging.getLogger(__name__)


class LoadingThread(StoppableThread):
    """Loads the data set of an experiment; after `cancel` nothing is delivered."""

    found = Signal(object, str)
    """The data is not where it was: carries the Experiment with its place, and a sentence."""
    loaded = Signal(object)
    """Carries the Dataset."""
    refused = Signal(str, str)
    """The data cannot be used: message and hint."""
    failed = Signal(str)
    """An error that is not the user's; the rest is in the log."""

    def __init__(
        self, experiment: Experiment, parent: QObject | None = None, beside: Path | None = None
    ) -> None:
        """`beside` is the folder in which the user's data may be that was moved."""
        super().__init__(parent)
        self._experiment, self._beside = experiment, beside

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            dataset = self._load(self._progress())
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

    def _load(self, progress: Progress) -> "Dataset":
        from visualiser.core.data.registry import load_dataset
        from visualiser.core.own_files import found_beside

        experiment = self._experiment
        if self._beside is not None:
            experiment, said = found_beside(experiment, self._beside, progress)
            if said:
                self.found.emit(experiment, said)
        return load_dataset(experiment.dataset, experiment.seed, progress)
