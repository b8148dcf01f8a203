"""The buttons above the curves: what they show, and how."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from visualiser.ui.views.curves_content import Choices
from visualiser.ui.widgets.flow_layout import FlowLayout


class CurvesToolbar(QWidget):
    """Steps or epochs, a logarithmic loss, single batches, smoothing, and back to all.

    Signals:
        changed: the user chose something else.
        fit_wanted: the user wants to see the whole run again.
    """

    changed = Signal()
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.epochs = self._toggle(
            self.tr("Epochs"),
            self.tr("Counts along the bottom in epochs, passes over the data, instead of steps."),
        )
        self.log_loss = self._toggle(
            self.tr("Log loss"),
            self.tr("Draws the loss on a logarithmic axis, where each tenfold is equally high."),
        )
        self.batches = self._toggle(
            self.tr("Batch loss"),
            self.tr("Also draws the loss of every single training batch, faintly."),
        )
        self.smooth = self._toggle(
            self.tr("Smooth"),
            self.tr("Averages each curve over neighbouring points; the raw curve stays visible."),
        )
        self.fit = self._button(
            self.tr("Show all"),
            self.tr("Shows the whole run again after zooming, as a double click does."),
        )
        self.fit.clicked.connect(self.fit_wanted)
        self.show_zoomed(False)
        row = FlowLayout(self, gap=2, line_gap=2)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.epochs, self.log_loss, self.batches, self.smooth, self.fit):
            row.addWidget(button)

    def _button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setProperty("role", "flat")
        button.setToolTip(tip)
        button.setAccessibleName(text)
        return button

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = self._button(text, tip)
        button.setCheckable(True)
        button.toggled.connect(self.changed)
        return button

    @property
    def choices(self) -> Choices:
        """What the buttons say."""
        return Choices(
            epochs=self.epochs.isChecked(),
            log_loss=self.log_loss.isChecked(),
            batches=self.batches.isChecked(),
            smooth=self.smooth.isChecked(),
        )

    def show_choices(self, choices: Choices) -> None:
        """Set the buttons without a signal."""
        for name in ("epochs", "log_loss", "batches", "smooth"):
            button: QToolButton = getattr(self, name)
            with QSignalBlocker(button):
                button.setChecked(getattr(choices, name))

    def show_zoomed(self, zoomed: bool) -> None:
        """Offer the way back where only a part of the run is visible."""
        self.fit.setEnabled(zoomed)
