"""Drives the real window as a user would, for demonstrations, checks and measurements."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot

from visualiser.app.window import Program
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.training.snapshot import Snapshot


class DriverError(Exception):
    """The window did not get where it should in the time given."""


class Driver(QObject):
    """Clicks, waits and takes pictures. The event loop runs while it waits.

    Attributes:
        frames: snapshots drawn since the driver was made.
    """

    def __init__(self, program: Program) -> None:
        super().__init__()
        self.program = program
        self.window = program.window
        self.frames = 0
        program.laboratory.shown.connect(self._count)

    @Slot(object)
    def _count(self, snapshot: Snapshot) -> None:
        self.frames += 1

    def open(self, experiment: Experiment, seconds: float = 60) -> None:
        """Open an experiment and wait until its run is ready.

        Raises:
            UserError: the window refused it; with the window's own words.
            DriverError: it was not ready in time.
        """
        before = self.window.snapshot
        self.window.messages.clear()
        self.window.open_experiment(experiment)
        self.wait_until(lambda: self._refused() or self._ready(before), seconds, "a run is ready")
        if self._refused():
            message = self.window.messages.messages[0]
            raise UserError(message.text, message.hint)

    def _refused(self) -> bool:
        return any(message.kind == "error" for message in self.window.messages.messages)

    def _ready(self, before: Snapshot | None) -> bool:
        now = self.window.snapshot
        return now is not None and (before is None or now.info is not before.info)

    def play(self) -> None:
        """Click Play, unless the run is going."""
        if not self.running:
            self.window.transport.play.click()

    def pause(self, seconds: float = 30) -> None:
        """Click Pause and wait until the run rests."""
        snapshot = self.window.snapshot
        if self.running or (snapshot is not None and snapshot.state == "running"):
            if self.running:
                self.window.transport.play.click()
            self.wait_until(lambda: self._state() not in ("running", None), seconds, "it rests")

    @property
    def running(self) -> bool:
        """Whether the button offers Pause."""
        return self.window.transport.running

    def _state(self) -> str | None:
        return None if self.window.snapshot is None else self.window.snapshot.state

    @property
    def step(self) -> int:
        """The step that the window shows."""
        return 0 if self.window.snapshot is None else self.window.snapshot.step

    def wait_until(
        self, condition: Callable[[], bool], seconds: float = 60, what: str = "that happens"
    ) -> None:
        """Let the window live until the condition holds.

        Raises:
            DriverError: it does not hold within so many seconds.
        """
        deadline = monotonic() + seconds
        while not condition():
            if monotonic() > deadline:
                raise DriverError(f"waited {seconds:g} s in vain until {what}")
            self._live(0.01)

    def rest(self, seconds: float) -> None:
        """Let the window live for so long."""
        deadline = monotonic() + seconds
        while (left := deadline - monotonic()) > 0:
            self._live(left)

    def _live(self, seconds: float) -> None:
        # A loop of its own rather than processEvents: timers and deletions happen as they should.
        loop = QEventLoop()
        QTimer.singleShot(max(1, round(1000 * seconds)), loop.quit)
        loop.exec()

    def picture(self, path: Path) -> None:
        """Save the window as it looks.

        Raises:
            UserError: the file cannot be written.
        """
        self.rest(0.05)
        if not self.window.grab().save(str(path), "PNG"):
            raise UserError(f"“{path}” cannot be written.", "Choose another folder.")

    def close(self) -> None:
        """Close the window; all threads have ended when this returns."""
        self.window.close()
        self.rest(0.02)
        self.program.destroy()
