"""Connects the window's sweeps with the thread that has them trained."""

from pathlib import Path

from PySide6.QtCore import QObject, Slot

from visualiser.app.leaving import Leaving
from visualiser.core.sweep.run import Place, usual_workers
from visualiser.core.sweep.sweep import Sweep
from visualiser.ui.main_window import MainWindow
from visualiser.ui.message_bar import Message
from visualiser.worker.sweep_thread import SweepThread


class Sweeping(QObject):
    """One sweep at a time, beside whatever run is under way."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._leaving = Leaving()
        self._thread: SweepThread | None = None
        window.sweeps.start_wanted.connect(self._start)
        window.sweeps.cancel_wanted.connect(self._cancel)
        window.closing.connect(self.close)

    @Slot(object, object, str)
    def _start(self, sweep: Sweep, folder: Path, scheduler: str) -> None:
        if self._thread is not None:
            return
        place = Place(usual_workers(), scheduler, apart=True)
        thread = self._thread = SweepThread(sweep, folder, place, self)
        sweeps = self._window.sweeps
        thread.opened.connect(sweeps.take_opened)
        thread.trained.connect(sweeps.take_result)
        thread.looked.connect(sweeps.take_early)
        thread.progressed.connect(sweeps.progress)
        thread.finished_all.connect(self._on_finished)
        thread.refused.connect(self._on_refused)
        thread.failed.connect(self._on_failed)
        thread.cancelled.connect(self._on_cancelled)
        sweeps.begin()
        thread.start()

    @Slot()
    def _cancel(self) -> None:
        if self._thread is not None:
            self._thread.cancel()

    @Slot(int)
    def _on_finished(self, lost: int) -> None:
        if lost:
            text = self.tr("{n:,} runs are missing: the process that trained them ended twice.")
            hint = self.tr("It may have run out of memory; Go on tries them again.")
            self._end(Message(text.format(n=lost), hint, "warning", key="sweep"))
        else:
            self._end(Message(self.tr("The sweep is done."), key="sweep"))

    @Slot(str, str)
    def _on_refused(self, message: str, hint: str) -> None:
        self._end(Message(message, hint, "error", key="sweep"))

    @Slot(str)
    def _on_failed(self, error: str) -> None:
        text = self.tr("The sweep stopped by an error in the program ({}).").format(error)
        self._end(Message(text, self.tr("The log has the details."), "error", key="sweep"))

    @Slot()
    def _on_cancelled(self) -> None:
        self._end(Message(self.tr("Stopped; what was trained is kept."), key="sweep"))

    def _end(self, message: Message) -> None:
        if self._thread is not None:
            self._leaving.add(self._thread)
            self._thread = None
        self._window.sweeps.end(message)

    @Slot()
    def close(self) -> None:
        """End the sweep and wait for its processes; what was trained is kept."""
        self._leaving.wait_for_all([] if self._thread is None else [self._thread])
        self._thread = None
