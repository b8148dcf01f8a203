"""Ctrl-C in the terminal and the system's wish to end close the window as its user would."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtWidgets import QApplication, QWidget

_ENDING = (signal.SIGINT, signal.SIGTERM)


class EndingSignals(QObject):
    """Closes the window when the process is asked to end, so that settings and files are kept.

    Python would handle a signal only when it next runs a line, which Qt's event loop may not let
    it do for long: the signal's number comes through a socket that Qt listens to.

    Attributes:
        exit_code: what a shell expects of a process that a signal ended; 0 while there was none.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.exit_code = 0
        self._window = window
        self._heard, self._told = socket.socketpair()
        for end in (self._heard, self._told):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._close)
        self._fd_before = signal.set_wakeup_fd(self._told.fileno(), warn_on_full_buffer=False)
        # One that the parent has told the process to ignore, as `nohup` does, stays ignored.
        self._handlers = {
            number: signal.signal(number, _leave_to_window)
            for number in _ENDING
            if signal.getsignal(number) is not signal.SIG_IGN
        }

    @Slot()
    def _close(self) -> None:
        for number in self._heard.recv(64):
            if number in self._handlers:
                self.exit_code = 128 + number
        if self.exit_code:
            self._window.close()
            QApplication.exit(self.exit_code)

    def stop(self) -> None:
        """Leave signals to what handled them before."""
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._fd_before)
        self._notifier.setEnabled(False)
        self._heard.close()
        self._told.close()


def _leave_to_window(number: int, frame: FrameType | None) -> None:
    """The window hears of it through its socket."""
