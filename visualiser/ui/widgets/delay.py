"""Signals that would come too often: sent once things are quiet, or a few times a second."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Delay(QObject):
    """Calls `action` once, `quiet` milliseconds after the last call of `start`."""

    def __init__(self, action: Callable[[], None], quiet: int = 250, parent: QObject | None = None):
        super().__init__(parent)
        self._action = action
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(quiet)
        self._timer.timeout.connect(self._run)

    @property
    def pending(self) -> bool:
        """Whether the action is still to come."""
        return self._timer.isActive()

    def start(self) -> None:
        """The user changed something: wait for more, then act."""
        self._timer.start()

    def cancel(self) -> None:
        """Forget what is pending."""
        self._timer.stop()

    def flush(self) -> None:
        """Act now if something is pending."""
        if self._timer.isActive():
            self._timer.stop()
            self._run()

    def _run(self) -> None:
        self._action()


QUICK, WHILE_TRAINING = 100, 250
"""Milliseconds between edits: each of them costs a run that is going on a measurement."""


class Throttle(QObject):
    """Calls `action` at once, then at most every `interval` milliseconds; the last call counts."""

    def __init__(
        self, action: Callable[[], None], interval: int = QUICK, parent: QObject | None = None
    ):
        super().__init__(parent)
        self._action = action
        self._due = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(interval)
        self._timer.timeout.connect(self._wake)

    def set_interval(self, interval: int) -> None:
        """Another interval in milliseconds, also for the wait that is going on."""
        if interval != self._timer.interval():
            self._timer.setInterval(interval)

    @property
    def pending(self) -> bool:
        """Whether a call is held back."""
        return self._due

    def call(self) -> None:
        """Act now, or as soon as the interval since the last time is over."""
        if self._timer.isActive():
            self._due = True
            return
        self._act()

    def flush(self) -> None:
        """Act now if a call is held back."""
        if self._due:
            self._act()

    def cancel(self) -> None:
        """Forget a call that is held back."""
        self._due = False

    def _act(self) -> None:
        self._due = False
        self._timer.start()
        self._action()

    def _wake(self) -> None:
        self.flush()
