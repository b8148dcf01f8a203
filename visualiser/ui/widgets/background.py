"""A function that may take a moment, run beside the window."""

from collections.abc import Callable
from threading import Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from visualiser.core.errors import UserError


class Background(QObject):
    """Runs one function at a time for its owner; only the latest start is answered.

    The thread is a daemon: a file on a share that hangs never keeps the program from closing.

    Signals:
        done: what the function returned.
        failed: the UserError it raised, or one that says what went wrong.
    """

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._call: _Call | None = None

    @property
    def running(self) -> bool:
        """Whether an answer is still to come."""
        return self._call is not None

    def start(self, function: Callable[[], Any]) -> None:
        """Run `function` elsewhere; an answer still to come is dropped."""
        self.cancel()
        self._call = _Call(function)
        self._call.answered.connect(self._receive)
        self._call.start()

    def cancel(self) -> None:
        """Drop the answer that is still to come."""
        if self._call is not None:
            self._call.answered.disconnect(self._receive)
            self._call = None

    def _receive(self, call: object, result: object, error: object) -> None:
        if call is not self._call:
            return
        self._call = None
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)


class _Call(QObject):
    """Lives as long as its thread, so an answer never meets a deleted object."""

    answered = Signal(object, object, object)

    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function

    def start(self) -> None:
        Thread(target=self._run, daemon=True, name="background").start()

    def _run(self) -> None:
        result, error = None, None
        try:
            result = self._function()
        except UserError as raised:
            error = raised
        except Exception as raised:
            # Whatever a strange file provokes must reach the dialog, not end in a silent thread.
            error = UserError(f"This could not be read ({type(raised).__name__}: {raised}).")
        self.answered.emit(self, result, error)
