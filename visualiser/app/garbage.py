"""Cyclic garbage is collected on the window's thread, and on no other.

Python collects on whatever thread happens to reach the threshold. On the training thread that
would destroy widgets and charts, which live on the window's thread: Qt then ends the process.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS = 500


def collect_due() -> None:
    """Collect the oldest generation that has reached its threshold, on the thread that calls."""
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


class WindowThreadCollector(QObject):
    """Takes Python's automatic collection over until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(_EVERY_MS)

    @Slot()
    def collect(self) -> None:
        """Collect what is due."""
        collect_due()

    @Slot()
    def spare_what_stays(self) -> None:
        """Never look again at what is there now: torch alone is a hundred thousand objects."""
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Give collection back to Python."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()
