"""When the window asks for the next snapshot, so that drawing leaves the time to training.

The worker and the window share the interpreter, so drawing costs training. What counts is
the processor time the window's own thread used from one frame to the next: the drawing, the
painting after it and whatever the user did meanwhile, but not the waiting for the worker.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

SHORTEST = 1 / 25
"""Seconds between frames at least: more frames than that show nothing more."""
LONGEST_ORDINARY = 1 / 16
"""Seconds between frames at most, as long as a frame costs an ordinary amount."""
SHARE = 0.05
"""Of the time, for drawing, wherever that gives an ordinary number of frames."""
LARGEST_SHARE = 0.30
"""Of the time, for drawing, even where frames become few by it."""


def frame_interval(cost: float) -> float:
    """Seconds from the start of one frame to the start of the next while a run is going.

    Args:
        cost: seconds of processor time that a frame takes.
    """
    wanted = min(cost / SHARE, LONGEST_ORDINARY)
    return max(SHORTEST, wanted, cost / LARGEST_SHARE)


def wait_before_asking(cost: float, since_start: float, latency: float) -> float:
    """Seconds to wait, after a frame has been drawn, before asking for the next snapshot.

    Args:
        cost: seconds of processor time that a frame takes.
        since_start: seconds since the drawing of this frame began.
        latency: seconds from asking for a snapshot to drawing it.
    """
    return max(0.0, frame_interval(cost) - since_start - latency)


class FrameClock(QObject):
    """Asks for snapshots: in measured paces while a run is going, else only when told to.

    Signals:
        frame_wanted: ask the worker for a snapshot now.
    """

    frame_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._ask)
        self._running = False
        self._asked_at: float | None = None
        self._used_at_start: float | None = None
        self._cost = 0.005
        self._latency = 0.0

    @property
    def cost(self) -> float:
        """Seconds of processor time of a frame, averaged over the latest ones."""
        return self._cost

    @Slot()
    def start_running(self) -> None:
        """A run is going: keep asking, beginning now."""
        self._running = True
        self._ask()

    @Slot()
    def stop_running(self) -> None:
        """The run is paused or over: ask no more by itself, but show how it stands."""
        if self._running:
            self._running = False
            self._ask()

    @Slot()
    def request_now(self) -> None:
        """Something changed that the user should see at once, paused or not."""
        self._ask()

    @contextmanager
    def drawing(self) -> Iterator[None]:
        """Around the drawing of a snapshot: measures it and plans the next one."""
        started = time.perf_counter()
        if self._asked_at is not None:
            self._latency += 0.2 * (min(started - self._asked_at, SHORTEST) - self._latency)
            self._asked_at = None
        self._used_at_start = time.thread_time()
        try:
            yield
        finally:
            if self._running:
                spent = time.perf_counter() - started
                wait = wait_before_asking(self._cost, spent, self._latency)
                self._timer.start(round(1000 * wait))

    def _ask(self) -> None:
        self._timer.stop()
        if self._used_at_start is not None:
            used = time.thread_time() - self._used_at_start
            self._used_at_start = None
            # Clipped, so that one frame with a new layout does not hold up those after it.
            self._cost += 0.2 * (min(used, 4 * self._cost + 0.005) - self._cost)
        if self._asked_at is None:
            self._asked_at = time.perf_counter()
        self.frame_wanted.emit()
