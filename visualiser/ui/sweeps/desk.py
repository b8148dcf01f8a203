"""The window's sweeps: their dialog, made when it is first looked at, and what it needs to know."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.message_bar import Message
from visualiser.ui.palette import LIGHT, Palette

if TYPE_CHECKING:
    from visualiser.ui.main_window import MainWindow
    from visualiser.ui.sweeps.dialog import SweepDialog


class SweepDesk(QObject):
    """Stands between the dialog and who has sweeps trained; knows no thread.

    Signals:
        start_wanted: a Sweep, the Path of its folder, and the address of a cluster or nothing.
        cancel_wanted: the user pressed Cancel.
        message: something to tell in the window's message bar.
    """

    start_wanted = Signal(object, object, str)
    cancel_wanted = Signal()
    message = Signal(object)

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._info: RunInfo | None = None
        self._palette = LIGHT
        self._dialog: SweepDialog | None = None

    @property
    def dialog(self) -> "SweepDialog":
        """The dialog, hidden or not."""
        if self._dialog is None:
            from visualiser.ui.sweeps.dialog import SweepDialog

            made = self._dialog = SweepDialog(self._window)
            made.apply_palette(self._palette)
            made.start_wanted.connect(self.start_wanted)
            made.cancel_wanted.connect(self.cancel_wanted)
            made.message.connect(self.message)
        return self._dialog

    def show(self) -> None:
        """Show the dialog for the experiment that the window shows."""
        dialog = self.dialog
        if self._info is not None:
            dialog.offer(self._window.experiment, self._info.dataset)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()

    def start_run(self, info: RunInfo) -> None:
        """Another run stands: it is what a sweep would be of."""
        self._info = info

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        if self._dialog is not None:
            self._dialog.apply_palette(palette)

    def begin(self) -> None:
        """The work has begun."""
        self.dialog.begin()

    def take_opened(self, sweep: Sweep, results: dict[str, CellResult]) -> None:
        """The sweep's folder is open, with what is done there."""
        self.dialog.take_opened(sweep, results)

    def take_result(self, result: CellResult) -> None:
        """A run is done."""
        self.dialog.take_result(result)

    def take_early(self, results: list[CellResult]) -> None:
        """How runs under way stand."""
        self.dialog.take_early(results)

    def progress(self, share: float, text: str) -> None:
        """How far the work is."""
        self.dialog.progress(share, text)

    def end(self, message: Message) -> None:
        """The work has ended; the window is told where the dialog is closed."""
        self.dialog.end(message)
        if not self.dialog.isVisible():
            hint = message.hint or self.tr("The menu has it under “Sweep”.")
            self.message.emit(replace(message, hint=hint))
