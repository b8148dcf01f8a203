"""The buttons above the curves: what they show, and how."""

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from visualiser.ui.views.curves_choices import Choices

_GAP = 2


class CurvesToolbar(QWidget):
    """Steps or epochs, a logarithmic loss, batches, smoothing, the baseline, and back to all.

    Where the row is too short for all of them, the choices are in a menu behind “…”.

    Signals:
        changed: the user chose something else.
        fit_wanted: the user wants to see the whole run again.
    """

    changed = Signal()
    fit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._add_toggles()
        self._toggles = (self.epochs, self.log_loss, self.batches, self.smooth, self.baseline)
        self.more = self._menu_button()
        self.fit = self._button()
        self.fit.setText(self.tr("Show all"))
        self.fit.setAccessibleName(self.tr("Show all"))
        self.fit.setToolTip(
            self.tr("Shows the whole run again after zooming, as a double click does.")
        )
        self.fit.clicked.connect(self.fit_wanted)
        self.show_zoomed(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for button in (*self._toggles, self.more, self.fit):
            row.addWidget(button)
        row.addStretch(1)
        self.more.hide()

    def _add_toggles(self) -> None:
        self.epochs = self._toggle(
            "epochs",
            self.tr("Epochs"),
            self.tr("Counts along the bottom in epochs, passes over the data, instead of steps."),
        )
        self.log_loss = self._toggle(
            "log_loss",
            self.tr("Log loss"),
            self.tr("Draws the loss on a logarithmic axis, where each tenfold is equally high."),
        )
        self.batches = self._toggle(
            "batches",
            self.tr("Batch loss"),
            self.tr("Also draws the loss of every single training batch, faintly."),
        )
        self.smooth = self._toggle(
            "smooth",
            self.tr("Smooth"),
            self.tr("Averages each curve over neighbouring points; the raw curve stays visible."),
        )
        self.baseline = self._toggle(
            "baseline",
            self.tr("Baseline"),
            self.tr("Draws a dotted line at what answering without a model is worth."),
        )

    def _menu_button(self) -> QToolButton:
        """The same choices where there is no room for their buttons."""
        more = self._button()
        more.setText("…")
        more.setAccessibleName(self.tr("Curves"))
        more.setToolTip(
            self.tr("What the curves show: epochs, log loss, batches, smoothing, baseline.")
        )
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.setToolTipsVisible(True)
        menu.addActions(list(self._actions.values()))
        more.setMenu(menu)
        return more

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "flat")
        return button

    def _toggle(self, name: str, text: str, tip: str) -> QToolButton:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(getattr(Choices(), name))
        action.setToolTip(tip)
        action.toggled.connect(self.changed)
        self._actions[name] = action
        button = self._button()
        button.setDefaultAction(action)
        button.setAccessibleName(text)
        return button

    @property
    def choices(self) -> Choices:
        """What the buttons say."""
        return Choices(**{name: action.isChecked() for name, action in self._actions.items()})

    def show_choices(self, choices: Choices) -> None:
        """Set the buttons without a signal."""
        for name, action in self._actions.items():
            with QSignalBlocker(action):
                action.setChecked(getattr(choices, name))

    def show_zoomed(self, zoomed: bool) -> None:
        """Offer the way back where only a part of the run is visible."""
        self.fit.setEnabled(zoomed)

    # -- as many buttons as there is room for ---------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        """As narrow as “…” and “Show all”."""
        return self._row_of(self.more, self.fit)

    def sizeHint(self) -> QSize:
        """Wide enough for all buttons."""
        return self._row_of(*self._toggles, self.fit)

    def _row_of(self, *buttons: QToolButton) -> QSize:
        hints = [button.sizeHint() for button in buttons]
        width = sum(hint.width() for hint in hints) + _GAP * len(hints)
        return QSize(width, max(hint.height() for hint in hints))

    def _fold(self) -> None:
        folded = self.width() < self.sizeHint().width()
        if folded == self.more.isHidden():
            self.more.setVisible(folded)
            for button in self._toggles:
                button.setVisible(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fold()
