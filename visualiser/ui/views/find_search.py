"""A search for suspects, from the click to what was found: it shows how far it is, and can stop."""

from PySide6.QtCore import QObject, Signal, Slot

from visualiser.core.findings.search import Findings, Search
from visualiser.core.questions.row_record import ROW_HISTORY, RowRecord
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.search_job import SearchJob
from visualiser.ui.work_bar import WorkBar


class SuspectSearch(QObject):
    """One search at a time: first asks the run how rows were learnt, then has them looked at.

    Signals:
        questions_changed: how the rows were learnt so far is asked, or not any more.
        wanted: a SearchJob, to be done on a thread.
        under_way: whether a search is.
        found: Findings.
        failed: why it came to nothing.

    Attributes:
        work: how far it is, with a button to cancel.
    """

    questions_changed = Signal()
    wanted = Signal(object)
    under_way = Signal(bool)
    found = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._asking = False
        self._job: SearchJob | None = None
        self.work = WorkBar()
        self.work.cancelled.connect(self._cancel)

    def questions(self) -> frozenset[Question[RowRecord]]:
        """How rows were learnt so far, while a search waits for it."""
        return frozenset({ROW_HISTORY}) if self._asking else frozenset()

    def begin(self) -> None:
        """Ask what training has seen of the rows; the search begins with the answer."""
        self._asking = True
        self.work.begin(self.tr("Looking for suspects"))
        self.under_way.emit(True)
        self.questions_changed.emit()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Begin the search if it waited for the answer in this snapshot."""
        if not self._asking or ROW_HISTORY not in snapshot.answers:
            return
        self._asking = False
        self.questions_changed.emit()
        job = self._job = SearchJob(Search.of(snapshot), self)
        job.progressed.connect(self._progress)
        job.found.connect(self._take)
        job.failed.connect(self._fail)
        job.cancelled.connect(self.stop)
        self.wanted.emit(job)

    @Slot()
    def stop(self) -> None:
        """No search is under way any more."""
        if self._job is not None:
            self._job.stop_wanted.emit()
            self._job.deleteLater()
            self._job = None
        if self._asking:
            self._asking = False
            self.questions_changed.emit()
        self.work.end()
        self.under_way.emit(False)

    def _cancel(self) -> None:
        """The user does not want to wait: the thread says when it has stopped."""
        if self._job is None:
            self.stop()
        else:
            self._job.stop_wanted.emit()

    @Slot(float, str)
    def _progress(self, share: float, text: str) -> None:
        if self.sender() is self._job:
            self.work.progress(share, text)

    @Slot(object)
    def _take(self, findings: Findings) -> None:
        if self.sender() is self._job:
            self.stop()
            self.found.emit(findings)

    @Slot(str)
    def _fail(self, why: str) -> None:
        if self.sender() is self._job:
            self.stop()
            self.failed.emit(why)
