"""A one-place mailbox: the worker leaves a snapshot, a newer one replaces it."""

from threading import Lock

from visualiser.core.training.snapshot import Snapshot


class Mailbox:
    """Shared by one worker thread and one window; neither ever waits for the other's work.

    The window asks by the command Look; the worker answers here. So at most one answer is under
    way, and a slow window can never be flooded.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def put(self, snapshot: Snapshot) -> None:
        """Leave a snapshot; one that nobody took is dropped, since each is complete."""
        with self._lock:
            self._snapshot = snapshot

    def take(self) -> Snapshot | None:
        """The newest snapshot, once."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            return snapshot
