"""Does the searches that a view asks for, one at a time, beside the window and the run."""

from PySide6.QtCore import QObject, Slot

from visualiser.app.leaving import Leaving
from visualiser.ui.search_job import SearchJob
from visualiser.worker.search_thread import SearchThread


class Searching(QObject):
    """A newer search takes the place of an older one."""

    def __init__(self, leaving: Leaving, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leaving = leaving
        self._thread: SearchThread | None = None

    @Slot(object)
    def begin(self, job: SearchJob) -> None:
        """Do it on a thread of its own, and let the job tell its view."""
        self.drop()
        thread = self._thread = SearchThread(job.search, self)
        thread.progressed.connect(job.progressed)
        thread.found.connect(job.found)
        thread.refused.connect(job.failed)
        thread.cancelled.connect(job.cancelled)
        job.stop_wanted.connect(thread.cancel)
        thread.start()

    def drop(self) -> None:
        """Give up the search under way; nothing more is heard of it."""
        if self._thread is not None:
            self._leaving.add(self._thread)
            self._thread = None
