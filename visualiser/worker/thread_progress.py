"""How work on a thread of its own tells how far it is, and hears of Cancel."""

from threading import Event

from PySide6.QtCore import SignalInstance

from visualiser.core.data.source import Cancelled, Progress


class ThreadProgress(Progress):
    """Emits a signal (share done, what is going on), and raises once an event is set."""

    def __init__(self, progressed: SignalInstance, stop: Event) -> None:
        self._progressed, self._stop = progressed, stop

    def update(self, done: float, text: str) -> None:
        self._progressed.emit(done, text)

    def check(self) -> None:
        if self._stop.is_set():
            raise Cancelled
