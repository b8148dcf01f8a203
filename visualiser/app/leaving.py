"""Threads that have been told to end, until they have."""

import logging
from collections.abc import Iterable

from PySide6.QtCore import QDeadlineTimer

from visualiser.worker.loading_thread import LoadingThread
from visualiser.worker.search_thread import SearchThread
from visualiser.worker.sweep_thread import SweepThread
from visualiser.worker.training_thread import TrainingThread

_log = logging.getLogger(__name__)

_PATIENCE_MS = 30_000


Ending = LoadingThread | SearchThread | SweepThread | TrainingThread


class Leaving:
    """Holds on to threads while they end: a thread object must outlive its thread."""

    def __init__(self) -> None:
        self._threads: list[Ending] = []

    def add(self, thread: Ending) -> None:
        """End a thread in its own time; nothing that it still says is heard."""
        thread.end()
        self._threads.append(thread)
        for other in [other for other in self._threads if other.isFinished()]:
            self._threads.remove(other)
            other.deleteLater()

    def wait_for_all(self, others: Iterable[Ending] = ()) -> None:
        """End the others too, and wait: each ends within a step or a check."""
        for thread in others:
            self.add(thread)
        for thread in self._threads:
            if not thread.wait(QDeadlineTimer(_PATIENCE_MS)):
                _log.error("a thread did not end within %d ms", _PATIENCE_MS)
        self._threads.clear()
