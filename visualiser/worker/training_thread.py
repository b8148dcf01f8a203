"""The only module that knows both Qt and the trainer: one run on a thread of its own."""

import logging
import traceback
from queue import SimpleQueue

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.training.commands import Command, Stop
from visualiser.core.training.mailbox import Mailbox

_log = logging.getLogger(__name__)


class TrainingThread(QThread):
    """Makes the trainer on its own thread, where torch is loaded too, and runs the loop.

    A new run is a new thread with a new mailbox, so nothing stale can be shown.
    """

    prepared = Signal(object)
    """The trainer is ready for the first step; carries RunInfo."""
    answered = Signal()
    """A snapshot that was asked for by Look is in the mailbox."""
    refused = Signal(str, str)
    """A command or the experiment does not fit: message and hint. The run goes on."""
    failed = Signal(str)
    """The run ended by an error that is not the user's: its last line; the rest is in the log."""

    def __init__(
        self, experiment: Experiment, dataset: Dataset, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.mailbox = Mailbox()
        self._experiment = experiment
        self._dataset = dataset
        self._queue: SimpleQueue[Command] = SimpleQueue()

    def send(self, command: Command) -> None:
        """Hand over a command; it is applied between two steps."""
        self._queue.put(command)

    def stop(self) -> None:
        """Ask the run to end after the step under way."""
        self._queue.put(Stop())

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            self._work()
        except UserError as error:
            self.refused.emit(error.message, error.hint)
        except Exception as error:
            _log.error("training stopped\n%s", traceback.format_exc())
            self.failed.emit(f"{type(error).__name__}: {error}")

    def _work(self) -> None:
        # Imported here: torch takes seconds to load, and the window is up by now.
        from visualiser.core.training.loop import TrainingLoop
        from visualiser.core.training.trainer import Trainer

        trainer = Trainer(self._experiment, self._dataset)
        self.prepared.emit(trainer.info)
        TrainingLoop(trainer, self._queue, self.mailbox, self.answered.emit, self._refuse).run()

    def _refuse(self, error: UserError) -> None:
        self.refused.emit(error.message, error.hint)
