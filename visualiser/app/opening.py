"""From an experiment that is wanted to a run that is ready: load the data, make the trainer."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from visualiser.app.leaving import Leaving
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import file_state
from visualiser.core.experiment import Experiment
from visualiser.core.own_files import as_read, is_missing
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.message_bar import Message
from visualiser.worker.loading_thread import LoadingThread
from visualiser.worker.training_thread import TrainingThread

FAILED = "opening"
"""Key of the message that says why nothing came of it."""


@dataclass(frozen=True, eq=False)
class _Loaded:
    """A data set in memory and what decides its content.

    Attributes:
        wanted: what was asked for.
        file: state of the file just before it was read; None where there is none.
    """

    wanted: Experiment
    file: tuple[int, ...] | None
    dataset: Dataset

    def serves(self, experiment: Experiment) -> bool:
        """Whether it is what an experiment needs, as far as its options say."""
        return _data_key(self.wanted) == _data_key(experiment)

    @property
    def is_old(self) -> bool:
        """Whether the file has been written again since."""
        now = file_state(self.wanted.dataset)
        return now is not None and now != self.file


class Opening(QObject):
    """Makes one experiment ready at a time; a newer wish takes the place of an older one.

    Attributes:
        missing: the last experiment whose own data was not there.

    Signals:
        found: an Experiment whose own data was moved, and the same with the place where it is.
        ready: a TrainingThread whose trainer stands before its first step, and its RunInfo.
        failed: a Message that says why it is not to be.
        told: a Message on what was made ready.
        cancelled: the user stopped it.
        work_began: what is being done, in a few words.
        progressed: share done and what is going on.
        work_ended: however it ended.
    """

    found = Signal(object, object)
    ready = Signal(object, object)
    failed = Signal(object)
    told = Signal(object)
    cancelled = Signal()
    work_began = Signal(str)
    progressed = Signal(float, str)
    work_ended = Signal()

    def __init__(self, leaving: Leaving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leaving = leaving
        self._wanted: Experiment | None = None
        self._loaded: _Loaded | None = None
        self._loading: LoadingThread | None = None
        self._file: tuple[int, ...] | None = None
        self._run: TrainingThread | None = None
        self.missing: Experiment | None = None

    @property
    def wanted(self) -> Experiment | None:
        """What is being made ready."""
        return self._wanted

    def open(self, experiment: Experiment, beside: Path | None) -> None:
        """Load what the experiment needs, unless it is in memory, and make its run.

        A file that was written again since is read again: its run is of the rows it has now. One
        that was moved is looked for in the folder `beside`.
        """
        self.drop()
        self._wanted = experiment
        title = self.tr("Loading the data")
        if self._loaded is not None and self._loaded.serves(experiment):
            if not self._loaded.is_old:
                self._prepare(experiment, self._loaded.dataset)
                return
            title = self.tr("The file has changed: loading it again")
        self._load(experiment, beside, title)

    def _load(self, experiment: Experiment, beside: Path | None, title: str) -> None:
        self._file = file_state(experiment.dataset)
        loading = self._loading = LoadingThread(experiment, self, beside)
        loading.found.connect(self._on_found)
        loading.loaded.connect(self._on_loaded)
        loading.progressed.connect(self._on_progress)
        loading.refused.connect(self._on_loading_refused)
        loading.failed.connect(self._on_loading_failed)
        loading.cancelled.connect(self._on_cancelled)
        self.work_began.emit(title)
        loading.start()

    def cancel(self) -> None:
        """The user does not want to wait."""
        if self._loading is not None:
            self._loading.cancel()
        elif self._run is not None:
            self.drop()
            self.cancelled.emit()

    def drop(self) -> None:
        """Give up what is being made ready; nothing more is heard of it."""
        if self._loading is None and self._run is None:
            self._wanted = None
            return
        self._leave_loading()
        if self._run is not None:
            self._leaving.add(self._run)
        self._run = self._wanted = None
        self.work_ended.emit()

    def _leave_loading(self) -> None:
        if self._loading is not None:
            self._leaving.add(self._loading)
            self._loading = None

    def _prepare(self, experiment: Experiment, dataset: Dataset) -> None:
        experiment, changed = as_read(experiment, dataset)
        if changed:
            self.told.emit(Message(changed, kind="warning", key="changed-data"))
        run = self._run = TrainingThread(experiment, dataset, self)
        run.prepared.connect(self._on_prepared)
        run.refused.connect(self._on_refused)
        run.failed.connect(self._on_failed)
        self.work_began.emit(self.tr("Making the run ready"))
        run.start()

    @Slot(object, str)
    def _on_found(self, experiment: Experiment, said: str) -> None:
        if self.sender() is not self._loading or self._wanted is None:
            return
        lost, self._wanted = self._wanted, experiment
        self._file = file_state(experiment.dataset)
        self.work_began.emit(self.tr("Loading the data"))  # the search took time of its own
        self.found.emit(lost, experiment)
        self.told.emit(Message(said, kind="warning", key="moved-data"))

    @Slot(object)
    def _on_loaded(self, dataset: Dataset) -> None:
        if self.sender() is not self._loading or self._wanted is None:
            return
        wanted = self._wanted
        self._leave_loading()
        self._loaded = _Loaded(wanted, self._file, dataset)
        self._prepare(wanted, dataset)

    @Slot(float, str)
    def _on_progress(self, share: float, text: str) -> None:
        if self.sender() is self._loading:
            self.progressed.emit(share, text)

    @Slot(str, str)
    def _on_loading_refused(self, message: str, hint: str) -> None:
        if self.sender() is not self._loading or self._wanted is None:
            return
        if is_missing(self._wanted.dataset):
            self.missing = self._wanted
            self._fail(message, self.tr("Where is it now?"), self.tr("Choose…"))
        else:
            self._fail(message, hint)

    @Slot(str)
    def _on_loading_failed(self, error: str) -> None:
        if self.sender() is self._loading:
            text = self.tr("The data could not be loaded: {}.").format(error)
            self._fail(text, self.tr("The log has the details."))

    @Slot()
    def _on_cancelled(self) -> None:
        if self.sender() is self._loading:
            self.drop()
            self.cancelled.emit()

    @Slot(object)
    def _on_prepared(self, info: RunInfo) -> None:
        run = self.sender()
        if not isinstance(run, TrainingThread) or run is not self._run:
            return
        for signal, slot in (
            (run.prepared, self._on_prepared),
            (run.refused, self._on_refused),
            (run.failed, self._on_failed),
        ):
            signal.disconnect(slot)
        self._run = self._wanted = None
        self.work_ended.emit()
        self.ready.emit(run, info)

    @Slot(str, str)
    def _on_refused(self, message: str, hint: str) -> None:
        if self.sender() is self._run:
            self._fail(message, hint)

    @Slot(str)
    def _on_failed(self, error: str) -> None:
        if self.sender() is self._run:
            text = self.tr("The run could not be made ready: {}.").format(error)
            self._fail(text, self.tr("The log has the details."))

    def _fail(self, message: str, hint: str, action: str = "") -> None:
        self.drop()
        self.failed.emit(Message(message, hint, "error", key=FAILED, action=action))


def _data_key(experiment: Experiment) -> tuple[object, ...]:
    dataset = experiment.dataset
    return (dataset.name, repr(sorted(dataset.options.items())), experiment.seed)
