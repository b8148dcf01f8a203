"""A one-place mailbox: the window asks for a snapshot, the worker puts one, a newer replaces it."""

from threading import Lock

from visualiser.core.training.snapshot import Snapshot, Want


class Mailbox:
    """Shared by one worker thread and one window; each call is short and never blocks on work."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wanted: Want | None = None
        self._snapshot: Snapshot | None = None

    @property
    def wanted(self) -> Want | None:
        """What the window asked for and has not got yet; None where it asked for nothing."""
        return self._wanted

    def ask(self, want: Want) -> None:
        """The window is ready to draw: answer at the next step boundary."""
        with self._lock:
            self._wanted = want

    def put(self, snapshot: Snapshot) -> None:
        """Leave a snapshot; one that nobody took is dropped, since each is complete."""
        with self._lock:
            self._wanted = None
            self._snapshot = snapshot

    def take(self) -> Snapshot | None:
        """The newest snapshot, once."""
        with self._lock:
            snapshot, self._snapshot = self._snapshot, None
            return snapshot
