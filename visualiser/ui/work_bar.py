"""A slim bar for long work: what is going on, how far it is, how long it will take, Cancel."""

from time import monotonic

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

_SHOWN_AFTER_MS = 400
"""Work that is done sooner shows nothing: a bar that flashes up is only unrest."""

_TRUSTED_AFTER = 1.0
"""Seconds of reports after which their pace is worth a word."""


class WorkBar(QFrame):
    """Hidden while nothing is going on.

    Signals:
        cancelled: the user pressed Cancel.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Stops this work; nothing is changed."))
        self.cancel.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addWidget(self.text)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.cancel)
        self._title = ""
        self._first: tuple[float, float] | None = None  # seconds and share of the first report
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def begin(self, title: str) -> None:
        """Work has begun; the bar comes up unless it ends at once, and stays if it is there."""
        self._title, self._first = title, None
        self.text.setText(self.tr("{title} …").format(title=title))
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self._timer.start(_SHOWN_AFTER_MS)

    def progress(self, share: float, text: str) -> None:
        """How far it is, 0 … 1, and what is being done."""
        if not self.cancel.isEnabled():
            return  # a report from before the worker heard of Cancel
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(1000 * min(max(share, 0.0), 1.0)))
        left = ""
        if share < 1 and (seconds := self._seconds_left(share)) is not None:
            left = self.tr(", about {seconds:.0f} s left").format(seconds=max(seconds, 1))
        self.text.setText(f"{text or self._title}{left}")

    def _seconds_left(self, share: float) -> float | None:
        """By the pace since the first report: what came before it, as loading libraries, is past.

        None as long as there is no telling.
        """
        now = monotonic()
        if self._first is None or share < self._first[1]:
            self._first = now, share
        passed, done = now - self._first[0], share - self._first[1]
        return passed * (1 - share) / done if passed > _TRUSTED_AFTER and done > 0 else None

    def end(self) -> None:
        """Work is over."""
        self._timer.stop()
        self.hide()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.text.setText(self.tr("Stopping …"))
        self.cancelled.emit()
