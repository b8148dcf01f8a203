"""Connects the window with the run under way and with the one being made ready."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from visualiser.app.leaving import Leaving
from visualiser.app.opening import FAILED, Opening
from visualiser.app.searching import Searching
from visualiser.core.experiment import DatasetConfig, Experiment
from visualiser.core.starting_point import FIRST_DATASET, starting_point
from visualiser.core.training.advice import shorter_steps
from visualiser.core.training.commands import Command, Pause, Play
from visualiser.core.training.runs import RunRecord, run_title, without_examples
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.frame_clock import FrameClock
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message
from visualiser.worker.training_thread import TrainingThread

_PATIENCE_MS = 400
"""A command that has no effect for so long gets a word of explanation."""

_LONG_STEP = "long-step"


class Laboratory(QObject):
    """Owns the run under way.

    A new experiment is made ready beside the old run, which is given up only when the new one
    stands: data that cannot be read, a model that does not fit or Cancel lose nothing.

    Signals:
        first_run: the first run stands: everything that the program needs is loaded.
        shown: a Snapshot has just been drawn.
    """

    first_run = Signal()
    shown = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._clock = FrameClock(self)
        self._leaving = Leaving()
        self._opening = Opening(self._leaving, self)
        self._searching = Searching(self._leaving, self)
        self._run: TrainingThread | None = None
        self._window_shows: TrainingThread | None = None
        self._last: Snapshot | None = None
        self._runs_kept = 0
        self._closed = False
        self._waiting: list[Command] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._connect()

    def _connect(self) -> None:
        window, opening = self._window, self._opening
        window.experiment_wanted.connect(self._open)
        window.command.connect(self.send)
        window.reset_wanted.connect(self.reset)
        window.loading_cancelled.connect(opening.cancel)
        window.view_changed.connect(self._clock.request_now)
        window.search_wanted.connect(self._searching.begin)
        window.closing.connect(self.close)
        opening.found.connect(self._take_found)
        opening.ready.connect(self._take_over)
        opening.failed.connect(self._stay)
        opening.told.connect(window.show_message)
        window.messages.acted.connect(self._look_for_data)
        opening.cancelled.connect(self._stay)
        opening.work_began.connect(window.work.begin)
        opening.progressed.connect(window.work.progress)
        opening.work_ended.connect(window.work.end)
        self._clock.frame_wanted.connect(self._look)
        self._patience.timeout.connect(self._explain_waiting)

    # -- a new experiment -----------------------------------------------------------------------

    @Slot()
    def begin(self) -> None:
        """Make ready what the window shows, unless it was closed as soon as it was there."""
        if self._closed:
            return
        self._open(self._window.experiment)

    @Slot(object)
    def _open(self, experiment: Experiment) -> None:
        self._opening.open(experiment, self._window.desk.open_experiment.folder_of(experiment))

    @Slot(object, object)
    def _take_found(self, lost: Experiment, found: Experiment) -> None:
        """The data of what is made ready was moved; while no run stands the panels show where."""
        self._window.desk.take_found(lost, found)
        if self._run is None:
            self._window.show_experiment(found)

    @Slot(bool)
    def reset(self, new_weights: bool) -> None:
        """Start over with what the window shows, with the same or with new starting weights."""
        experiment = self._window.experiment
        if new_weights:
            old = experiment.seed_of_weights
            experiment = experiment.replace(weights_seed=(old + 1) % 2**31)
        self._window.open_experiment(experiment)

    @Slot(object, object)
    def _take_over(self, run: TrainingThread, info: RunInfo) -> None:
        """The new run stands: it takes the place of the old one."""
        if self._run is None:
            self.first_run.emit()
        else:
            self._keep(self._run)
        self._run, self._last = run, None
        run.answered.connect(self._on_answered)
        run.refused.connect(self._on_refused)
        run.failed.connect(self._on_failed)
        self._clock.stop_running()
        self._stop_waiting()
        self._window.start_run(info)
        self._window_shows = run
        for command in self._waiting:
            run.send(command)
        self._waiting.clear()
        if not run.expects_running:
            self._window.show_rest()
        self._after_command()

    def _keep(self, run: TrainingThread) -> None:
        """Keep what the run under way has shown, and end its thread."""
        if self._last is not None and self._last.step:
            self._runs_kept += 1
            kept = without_examples(self._last)
            title = run_title(self._last.info, self._last.changes)
            self._window.add_run(RunRecord(self._runs_kept, title, kept))
        self._leaving.add(run)

    @Slot()
    @Slot(object)
    def _stay(self, message: Message | None = None) -> None:
        """Nothing came of it: the run under way stays, or the program's own data is shown."""
        self._waiting.clear()
        fallback = starting_point(DatasetConfig(name=FIRST_DATASET))
        if self._run is not None:
            self._window.show_experiment(_as_it_stands(self._run.experiment, self._last))
            self._clock.request_now()
        else:
            self._window.show_rest()
            if self._window.experiment != fallback:
                self._window.open_experiment(fallback)
        if message is not None:
            self._window.show_refusal(message)

    @Slot(object)
    def _look_for_data(self, message: Message) -> None:
        """The user is to say where the data of an experiment is now."""
        if message.key == FAILED and self._opening.missing is not None:
            self._window.desk.ask_where(self._opening.missing)

    # -- the run under way ----------------------------------------------------------------------

    @Slot(object)
    def send(self, command: Command) -> None:
        """Hand a command to the run that the panels show: the one under way or the one to come.

        While other data is loaded they show the one under way; Play and Pause hold for both.
        """
        coming = self._opening.wanted
        if self._run is None or (coming is not None and self._shows_data_of(coming)):
            self._waiting.append(command)
            return
        if coming is not None and isinstance(command, Play | Pause):
            self._waiting.append(command)
        self._run.send(command)
        self._patience.start()
        self._after_command()

    @Slot()
    def _explain_waiting(self) -> None:
        """Commands are applied between steps, and this step takes its time."""
        text = self.tr("The step under way takes long: what you asked for comes after it.")
        hint = shorter_steps(self._window.experiment.training.batch_size)
        self._window.show_message(Message(text, hint, key=_LONG_STEP))

    def _shows_data_of(self, experiment: Experiment) -> bool:
        return self._window.experiment.dataset == experiment.dataset

    def _after_command(self) -> None:
        if self._run is not None and self._run.expects_running:
            self._clock.start_running()
        self._clock.request_now()

    @Slot()
    def _look(self) -> None:
        # While the window turns to a new run, its views still ask what the old one was asked.
        if self._run is not None and self._run is self._window_shows:
            self._run.look(self._window.wanted())

    @Slot()
    def _on_answered(self) -> None:
        run = self._run
        if run is None or self.sender() is not run:
            return
        snapshot = run.take()
        if snapshot is None:
            return
        if self._last is not None and snapshot.info is not self._last.info:
            self._window.take_data(snapshot.info)
        self._last = snapshot
        if run.settled:
            self._stop_waiting()
        if run.settled and snapshot.state != "running":
            self._clock.stop_running()
        with self._clock.drawing():
            self._window.show_snapshot(snapshot, up_to_date=run.settled)
            self._window.draw_now()
        run.go_on()
        self.shown.emit(snapshot)
        if not run.settled:
            self._clock.request_now()

    def _stop_waiting(self) -> None:
        self._patience.stop()
        self._window.messages.withdraw(_LONG_STEP)

    @Slot(str, str)
    def _on_refused(self, message: str, hint: str) -> None:
        run = self._run
        if run is not None and self.sender() is run:
            self._window.show_experiment(_as_it_stands(run.experiment, self._last))
            self._window.show_message(Message(message, hint, "error", key="command"))

    @Slot(str)
    def _on_failed(self, error: str) -> None:
        if self.sender() is not self._run:
            return
        self._clock.stop_running()
        self._stop_waiting()
        self._window.show_lost(
            Message(
                self.tr("Training stopped by an error in the program ({}).").format(error),
                self.tr("Press Reset to start again; the log has the details."),
                "error",
                key="failed",
            )
        )

    @Slot()
    def close(self) -> None:
        """End all threads and wait for them."""
        self._closed = True
        self._clock.stop_running()
        self._patience.stop()
        self._opening.drop()
        self._searching.drop()
        self._leaving.wait_for_all([] if self._run is None else [self._run])
        self._run = None


def _as_it_stands(experiment: Experiment, last: Snapshot | None) -> Experiment:
    """What a run was made from, with what has been changed meanwhile: what the panels showed."""
    if last is None:
        return experiment
    plan = last.plan
    return experiment.replace(
        dataset=plan.dataset if plan.to_come else last.info.experiment.dataset,
        spoiling=last.spoiling,
        training=experiment.training.replace(learning_rate=last.learning_rate),
        repairs=() if last.mended is None else last.mended.repairs,
        edits=plan.edits if plan.to_come else (),
    )
