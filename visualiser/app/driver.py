"""Drives the real window as a user would, for demonstrations, checks and measurements."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QObject, QPointF, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from visualiser.app.window import Program
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.view import ViewSpec


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
        self._wait_for_run(partial(self.window.open_experiment, experiment), seconds)

    def open_own(self, path: Path, seconds: float = 60) -> str:
        """Drop data of one's own, agree to what it is taken for, and wait until its run is ready.

        Returns:
            What it was taken for, in the words of the import.

        Raises:
            UserError: the import or the window refused it; with their own words.
            DriverError: it was not ready in time.
        """
        self.drop(path)
        dialog = self.window.column.data.imports.dialog
        if dialog is None:
            raise DriverError(f"“{path.name}” was dropped, and no import opened")
        self.wait_until(
            lambda: dialog.use.isEnabled() or bool(_refusal(dialog)), seconds, "it is recognised"
        )
        if not dialog.use.isEnabled():
            refusal = _refusal(dialog)
            dialog.reject()
            raise UserError(refusal)
        kind = dialog.kind.currentText()
        self._wait_for_run(dialog.use.click, seconds)
        return kind

    def drop(self, path: Path) -> None:
        """Drag a file or folder over the window and let go of it."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path.absolute()))])
        centre = self.window.rect().center()
        hand = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
        keys = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(centre, *hand, keys))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(centre), *hand, keys))

    def click(self, widget: QWidget, place: QPointF) -> None:
        """Press and release the left button at a place of a widget."""
        left, up = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        keys, there = Qt.KeyboardModifier.NoModifier, widget.mapToGlobal(place)
        for kind, held in (
            (QEvent.Type.MouseButtonPress, left),
            (QEvent.Type.MouseButtonRelease, up),
        ):
            QApplication.sendEvent(widget, QMouseEvent(kind, place, there, left, held, keys))

    def _wait_for_run(self, ask: Callable[[], None], seconds: float) -> None:
        before = self.window.snapshot
        self.window.messages.clear()
        ask()
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

    def look_at(self, view: ViewSpec, seconds: float = 30) -> None:
        """Turn to a view and have it drawn, with the answers to all that it asks by itself.

        Raises:
            DriverError: it was not drawn in time.
        """
        frames, stage = self.frames, self.window.stage
        stage.choose(view.name)

        def is_drawn() -> bool:
            shown = self.window.snapshot
            asked = stage.want.questions - view.want.questions
            return shown is not None and self.frames > frames and asked <= shown.answers.keys()

        self.wait_until(is_drawn, seconds, f"“{view.title}” is drawn")
        self.window.grab()

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


def _refusal(dialog: QDialog) -> str:
    """What an import says is wrong; empty while there is nothing."""
    sentences = [one for one in dialog.findChildren(QLabel) if one.property("role") == "error"]
    return " ".join(one.text() for one in sentences if one.isVisible())
