"""What threads have in common that do one long piece of work: how far it is, and Cancel."""

from threading import Event

from PySide6.QtCore import QObject, QThread, Signal

from visualiser.worker.thread_progress import ThreadProgress


class StoppableThread(QThread):
    """A thread whose work asks now and then whether it is to end."""

    progressed = Signal(float, str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stop = Event()

    def cancel(self) -> None:
        """Ask the work to end at its next check."""
        self._stop.set()

    def end(self) -> None:
        """Cancel, and be not heard of any more."""
        self.blockSignals(True)
        self.cancel()

    def _progress(self) -> ThreadProgress:
        """What the work tells how far it is, and what it asks whether to end."""
        return ThreadProgress(self.progressed, self._stop)
