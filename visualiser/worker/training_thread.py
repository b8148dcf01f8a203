"""The only module that knows both Qt and the trainer: one run on a thread of its own."""

import logging
import traceback
from queue import SimpleQueue
from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.training import commands
from visualiser.core.training.commands import Command
from visualiser.core.training.mailbox import Mailbox
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.want import Want

_log = logging.getLogger(__name__)

_LONGEST_WAIT = 0.02
"""Seconds that a run waits for its picture at most: a window that is held up holds up nothing."""


class TrainingThread(QThread):
    """Makes the trainer on its own thread, where torch is loaded too, and runs the loop.

    A new run is a new thread with a new mailbox, so nothing stale can be shown. The methods are
    for the window's thread: they leave a value in a queue or take one from the mailbox, and
    never wait.

    Attributes:
        experiment: what the run was made from.
        expects_running: the last command that plays or pauses was one that plays.
    """

    prepared = Signal(object)
    """The trainer is ready for the first step; carries RunInfo."""
    answered = Signal()
    """A snapshot that was asked for by `look` can be taken."""
    refused = Signal(str, str)
    """A command or the experiment does not fit: message and hint. A run under way goes on."""
    failed = Signal(str)
    """The run ended by an error that is not the user's: its kind; the rest is in the log."""

    def __init__(
        self, experiment: Experiment, dataset: Dataset, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.experiment = experiment
        self.expects_running = False
        self._dataset = dataset
        self._mailbox = Mailbox()
        self._queue: SimpleQueue[Command] = SimpleQueue()
        self._drawn = Event()
        self._asked = False
        self._asked_for = Want.NOTHING
        self._sent_since_asked = 0

    def send(self, command: Command) -> None:
        """Hand over a command; it is applied between two steps."""
        self._sent_since_asked += 1
        if isinstance(command, commands.Play | commands.Advance | commands.AdvanceEpoch):
            self.expects_running = True
        elif isinstance(command, commands.Pause):
            self.expects_running = False
        self._queue.put(command)

    def look(self, want: Want) -> None:
        """Ask for a snapshot, unless an answer is still to come: so the window is never flooded."""
        if not self._asked:
            self._asked, self._asked_for, self._sent_since_asked = True, want, 0
            self._queue.put(commands.Look(want))
        elif want not in self._asked_for:
            # A view was turned to meanwhile: the answer under way will lack what it draws.
            self._sent_since_asked += 1

    def take(self) -> Snapshot | None:
        """The answer, once."""
        snapshot = self._mailbox.take()
        if snapshot is not None:
            self._asked = False
            if self.settled and snapshot.state != "running":
                self.expects_running = False
        return snapshot

    def go_on(self) -> None:
        """The answer has been drawn: the run need not wait any longer."""
        self._drawn.set()

    @property
    def settled(self) -> bool:
        """Whether the answer taken last is after the last command and has all that was wanted."""
        return self._sent_since_asked == 0

    def end(self) -> None:
        """Ask the run to end after the step under way; it is not heard of any more."""
        self.blockSignals(True)
        self._queue.put(commands.Stop())
        self._drawn.set()

    def run(self) -> None:
        """The thread's work; called by Qt."""
        try:
            self._work()
        except UserError as error:
            self.refused.emit(error.message, error.hint)
        except Exception as error:
            _log.error("training stopped\n%s", traceback.format_exc())
            self.failed.emit(type(error).__name__)

    def _work(self) -> None:
        # Imported here: torch takes seconds to load, and the window is up by now.
        from visualiser.core.training.loop import TrainingLoop
        from visualiser.core.training.trainer import Trainer

        trainer = Trainer(self.experiment, self._dataset)
        self.prepared.emit(trainer.info)
        TrainingLoop(trainer, self._queue, self._mailbox, self._answer, self._refuse).run()

    def _answer(self) -> None:
        """Tell the window, and rest while it draws.

        Beside a training, each at the other's heels for the interpreter's lock, a frame takes
        twice the time and slows the training for all of it.
        """
        self._drawn.clear()
        self.answered.emit()
        if self.expects_running:
            self._drawn.wait(_LONGEST_WAIT)

    def _refuse(self, error: UserError) -> None:
        self.refused.emit(error.message, error.hint)
