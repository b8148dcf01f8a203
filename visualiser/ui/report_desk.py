"""Opens the report of the run under way; its dialog is made when it is first wanted.

Its page is shown at once, and once more when the models have answered what it asks of them.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.want import Want
from visualiser.ui.message_bar import Message


class ReportDesk(QObject):
    """Knows the run as it stands through `current`.

    Signals:
        message: something to tell in the window's message bar.
        asked: something is asked of the models, or more of it of a run that rests.
    """

    message = Signal(object)
    asked = Signal()

    def __init__(self, window: QWidget, current: Callable[[], Snapshot | None]) -> None:
        super().__init__(window)
        self._window, self._current = window, current
        self._dialog: QWidget | None = None
        self._told: Snapshot | None = None
        self._questions: frozenset[Question[Any]] = frozenset()
        self._number = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.asked)

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

    @property
    def want(self) -> Want:
        """What the page asks of the models, while it is open."""
        shown = self._dialog is not None and self._dialog.isVisible()
        return Want(questions=self._questions) if shown else Want.NOTHING

    def follow(self, snapshot: Snapshot) -> None:
        """Write the page once more when all its questions are answered."""
        told = self._told
        if not self._questions or told is None:
            return
        from visualiser.core.report.asked import answered, whole
        from visualiser.ui.report_dialog import ReportDialog

        assert isinstance(self._dialog, ReportDialog)
        if snapshot.info is not told.info or not self._dialog.isVisible():
            self._questions = frozenset()
        elif whole(snapshot, self._questions):
            self._dialog.show_run(told, *answered(snapshot, self._questions))
            self._questions = frozenset()
        elif snapshot.state != "running":
            self._again.start()

    def _refresh(self) -> None:
        from visualiser.core.report.asked import questions_of
        from visualiser.ui.report_dialog import ReportDialog

        snapshot = self._current()
        if snapshot is not None and isinstance(self._dialog, ReportDialog):
            self._number -= 1  # views number their questions upwards
            self._told = snapshot
            self._questions = questions_of(snapshot, self._number)
            self._dialog.show_run(snapshot)
            if self._questions:
                self._again.start()
