"""Opens the report of the run under way; its dialog is made when it is first wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.message_bar import Message


class ReportDesk(QObject):
    """Knows the run as it stands through `current`.

    Signals:
        message: something to tell in the window's message bar.
    """

    message = Signal(object)

    def __init__(self, window: QWidget, current: Callable[[], Snapshot | None]) -> None:
        super().__init__(window)
        self._window, self._current = window, current
        self._dialog: QWidget | None = None

    def show(self) -> None:
        """Show the page for the run as it stands."""
        from visualiser.ui.report_dialog import ReportDialog

        if self._current() is None:
            text = self.tr("There is no run to report on yet.")
            self.message.emit(Message(text, self.tr("Load data and press Play."), key="report"))
            return
        if self._dialog is None:
            dialog = self._dialog = ReportDialog(self._window)
            dialog.message.connect(self.message)
            dialog.refresh_wanted.connect(self._refresh)
        self._refresh()
        self._dialog.show()
        self._dialog.activateWindow()

    @property
    def dialog(self) -> QWidget | None:
        """The dialog, once it was wanted."""
        return self._dialog

    def _refresh(self) -> None:
        from visualiser.ui.report_dialog import ReportDialog

        snapshot = self._current()
        if snapshot is not None and isinstance(self._dialog, ReportDialog):
            self._dialog.show_run(snapshot)
