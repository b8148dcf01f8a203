"""A search that a view asks for, and how it hears of it: who does it is not its business."""

from PySide6.QtCore import QObject, Signal

from visualiser.core.findings.search import Search


class SearchJob(QObject):
    """Emitted by a view; whoever does the search emits these signals, on the window's thread.

    Signals:
        progressed: share done, and what is going on.
        found: the Findings.
        failed: why it came to nothing, in a sentence.
        cancelled: it was stopped, as asked by `stop_wanted`.
    """

    progressed = Signal(float, str)
    found = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    stop_wanted = Signal()

    def __init__(self, search: Search, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.search = search
