"""Connects the window with the loading of data and the training thread."""

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from visualiser.core.data.dataset import Dataset
from visualiser.core.experiment import Experiment
from visualiser.core.training.commands import Command
from visualiser.core.training.runs import RunRecord, without_examples
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.frame_clock import FrameClock
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message
from visualiser.worker.loading_thread import LoadingThread
from visualiser.worker.training_thread import TrainingThread

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class _Loaded:
    """A data set in memory and what decides its content."""

    key: tuple[object, ...]
    dataset: Dataset


class Laboratory(QObject):
    """Owns the run under way, the one being made ready, and the loading of data.

    A new experiment is made ready beside the old run, which is given up only when the new one
    stands: data that cannot be read, a model that does not fit or Cancel lose nothing.
    """

    first_run = Signal()
    """The first run stands: everything that the program needs is loaded."""
    shown = Signal(object)
    """A Snapshot has just been drawn."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._clock = FrameClock(self)
        self._loaded: _Loaded | None = None
        self._loading: LoadingThread | None = None
        self._wanted: Experiment | None = None
        self._run: TrainingThread | None = None
        self._next_run: TrainingThread | None = None
        self._last: Snapshot | None = None
        self._runs_kept = 0
        self._waiting: list[Command] = []
        self._leaving: list[TrainingThread | LoadingThread] = []
        self._connect()

    def _connect(self) -> None:
        window = self._window
        window.experiment_wanted.connect(self.open)
        window.command.connect(self.send)
        window.reset_wanted.connect(self.reset)
        window.loading_cancelled.connect(self._cancel_loading)
        window.view_changed.connect(self._clock.request_now)
        window.closing.connect(self.close)
        self._clock.frame_wanted.connect(self._look)

    # -- a new experiment -----------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """Make ready what the window shows."""
        self.open(self._window.experiment)

    @Slot(object)
    def open(self, experiment: Experiment) -> None:
        """Load what the experiment needs and make its run ready."""
        self._wanted = experiment
        if self._loading is not None:
            self._loading.cancel()
            self._let_go(self._loading)
            self._loading = None
        if self._loaded is not None and self._loaded.key == _data_key(experiment):
            self._prepare(self._loaded.dataset)
            return
        self._loading = LoadingThread(experiment.dataset, experiment.seed, self)
        self._loading.loaded.connect(self._on_loaded)
        self._loading.progressed.connect(self._window.show_progress)
        self._loading.refused.connect(self._on_loading_refused)
        self._loading.failed.connect(self._on_loading_failed)
        self._loading.cancelled.connect(self._on_loading_cancelled)
        self._window.begin_work(self.tr("Loading the data"))
        self._loading.start()

    @Slot()
    def _cancel_loading(self) -> None:
        if self._loading is not None:
            self._loading.cancel()

    @Slot(object)
    def _on_loaded(self, dataset: Dataset) -> None:
        if self.sender() is not self._loading or self._wanted is None:
            return
        self._end_loading()
        self._loaded = _Loaded(_data_key(self._wanted), dataset)
        self._prepare(dataset)

    @Slot(str, str)
    def _on_loading_refused(self, message: str, hint: str) -> None:
        if self.sender() is self._loading:
            self._end_loading()
            self._back_to_run(message, hint)

    @Slot(str)
    def _on_loading_failed(self, error: str) -> None:
        if self.sender() is self._loading:
            self._end_loading()
            self._back_to_run(
                self.tr("The data could not be loaded: {}.").format(error),
                self.tr("The log has the details."),
            )

    @Slot()
    def _on_loading_cancelled(self) -> None:
        if self.sender() is self._loading:
            self._end_loading()
            self._show_current_experiment()

    def _end_loading(self) -> None:
        if self._loading is not None:
            self._let_go(self._loading)
            self._loading = None
        self._window.end_work()

    def _back_to_run(self, message: str, hint: str) -> None:
        self._window.show_message(Message(message, hint, "error", key="experiment"))
        self._show_current_experiment()

    def _show_current_experiment(self) -> None:
        self._wanted = None
        self._waiting.clear()
        if self._run is not None:
            self._window.show_experiment(self._run.experiment)

    def _prepare(self, dataset: Dataset) -> None:
        assert self._wanted is not None
        if self._next_run is not None:
            self._let_go(self._next_run)
        run = self._next_run = TrainingThread(self._wanted, dataset, self)
        run.prepared.connect(self._on_prepared)
        run.answered.connect(self._on_answered)
        run.refused.connect(self._on_refused)
        run.failed.connect(self._on_failed)
        run.start()

    @Slot(object)
    def _on_prepared(self, info: RunInfo) -> None:
        run = self.sender()
        if not isinstance(run, TrainingThread) or run is not self._next_run:
            return
        if self._run is None:
            self.first_run.emit()
        self._give_up_run()
        self._run, self._next_run, self._last, self._wanted = run, None, None, None
        self._clock.stop_running()
        self._window.start_run(info)
        for command in self._waiting:
            self._run.send(command)
        self._waiting.clear()
        self._after_command()

    def _give_up_run(self) -> None:
        """Keep what the run under way has shown, and end its thread."""
        if self._run is None:
            return
        if self._last is not None and self._last.step:
            self._runs_kept += 1
            kept = without_examples(self._last)
            self._window.add_run(RunRecord(self._runs_kept, _title(self._last), kept))
        self._let_go(self._run)
        self._run = None

    @Slot(bool)
    def reset(self, new_weights: bool) -> None:
        """Start over with what the window shows, with the same or with new starting weights."""
        experiment = self._window.experiment
        if new_weights:
            old = experiment.seed if experiment.weights_seed is None else experiment.weights_seed
            experiment = experiment.replace(weights_seed=(old + 1) % 2**31)
            self._window.show_experiment(experiment)
        self.open(experiment)

    # -- the run under way ----------------------------------------------------------------------

    @Slot(object)
    def send(self, command: Command) -> None:
        """Hand a command to the run; while another is made ready it is kept for that one."""
        if self._run is None or self._wanted is not None:
            self._waiting.append(command)
        else:
            self._run.send(command)
            self._after_command()

    def _after_command(self) -> None:
        if self._run is not None and self._run.expects_running:
            self._clock.start_running()
        self._clock.request_now()

    @Slot()
    def _look(self) -> None:
        if self._run is not None:
            self._run.look(self._window.wanted())

    @Slot()
    def _on_answered(self) -> None:
        run = self._run
        if run is None or self.sender() is not run:
            return
        snapshot = run.take()
        if snapshot is None:
            return
        self._last = snapshot
        if run.settled and snapshot.state != "running":
            self._clock.stop_running()
        with self._clock.drawing():
            self._window.show_snapshot(snapshot)
        self.shown.emit(snapshot)
        if not run.settled:
            self._clock.request_now()

    @Slot(str, str)
    def _on_refused(self, message: str, hint: str) -> None:
        if self.sender() is self._next_run and self._next_run is not None:
            self._let_go(self._next_run)
            self._next_run = None
            self._back_to_run(message, hint)
        elif self.sender() is self._run:
            self._window.show_message(Message(message, hint, "error", key="command"))

    @Slot(str)
    def _on_failed(self, error: str) -> None:
        self._window.show_message(
            Message(
                self.tr("Training stopped: {}.").format(error),
                self.tr("Press Reset to start again; the log has the details."),
                "error",
                key="failed",
            )
        )
        self._clock.stop_running()
        if self.sender() is self._next_run and self._next_run is not None:
            self._let_go(self._next_run)
            self._next_run = None
            self._show_current_experiment()

    # -- the end --------------------------------------------------------------------------------

    def _let_go(self, thread: TrainingThread | LoadingThread) -> None:
        """End a thread in its own time; nothing that it still says is heard."""
        thread.end()
        self._leaving.append(thread)
        for other in [other for other in self._leaving if other.isFinished()]:
            self._leaving.remove(other)
            other.deleteLater()

    @Slot()
    def close(self) -> None:
        """End all threads and wait for them: each ends within a step or a check."""
        self._clock.stop_running()
        for thread in (self._loading, self._next_run, self._run):
            if thread is not None:
                thread.end()
                self._leaving.append(thread)
        self._loading = self._next_run = self._run = None
        for thread in self._leaving:
            if not thread.wait(30_000):
                _log.error("a thread did not end within 30 s")
        self._leaving.clear()


def _data_key(experiment: Experiment) -> tuple[object, ...]:
    dataset = experiment.dataset
    return (dataset.name, repr(sorted(dataset.options.items())), experiment.seed)


def _title(snapshot: Snapshot) -> str:
    spoiled = ", ".join(change.sentence() for change in snapshot.changes)
    title = snapshot.experiment.title or snapshot.info.dataset.title
    return f"{title} · {spoiled}" if spoiled else title
