"""The bar at the top: reset, play, step, speed, where the run is, and on what it runs."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.experiment import Experiment
from visualiser.core.training.commands import Advance, AdvanceEpoch, Pause, Play, SetSpeed
from visualiser.core.training.snapshot import Snapshot, State
from visualiser.ui.device_choice import DeviceChoice
from visualiser.ui.icons import icon
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.speed_control import SpeedControl
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.play_button import PlayButton

_LONG_COUNTERS = "epoch 100 · step 100,000 · 100.0 s"
"""Room is kept for it, so that nothing moves while the numbers grow."""


class Transport(Fitted, QFrame):
    """Shows the state of the run and asks for another one.

    Signals:
        command: a Command for the run under way.
        reset_wanted: True with new starting weights.
        twin_changed: whether a clean twin is to be trained beside.
        device_changed: the device asked for.
    """

    command = Signal(object)
    reset_wanted = Signal(bool)
    twin_changed = Signal(bool)
    device_changed = Signal(str)

    def __init__(self, menu: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._palette = LIGHT
        self._running = False
        self._make_buttons(menu)
        self._make_readings()
        self._lay_out()
        self.show_state("ready")

    def _make_buttons(self, menu: QMenu) -> None:
        self.reset = self._button("reset", self.tr("Reset"))
        self.reset.setToolTip(
            self.tr("Starts over with the same starting weights (R); the arrow offers new ones.")
        )
        self.reset.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        choices = QMenu(self.reset)
        choices.addAction(self.tr("Same starting weights\tR"), self._reset_same)
        choices.addAction(self.tr("New starting weights\tShift+R"), self._reset_new)
        self.reset.setMenu(choices)
        self.reset.clicked.connect(self._reset_same)
        self.play = PlayButton()
        self.play.clicked.connect(self.toggle)
        self.step = self._button("step", self.tr("Step"))
        self.step.setToolTip(self.tr("Trains on one batch, then pauses (→)."))
        self.step.clicked.connect(self._advance)
        self.epoch = self._button("epoch", self.tr("Epoch"))
        self.epoch.setToolTip(self.tr("Trains to the end of this epoch, then pauses (Shift+→)."))
        self.epoch.clicked.connect(self._advance_epoch)
        self.menu = self._button("menu", "")
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Open, save, runs, export, appearance and help (Alt+M)."))
        self.menu.setShortcut("Alt+M")
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setMenu(menu)

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(name)
        button.setText(text)
        style = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        button.setToolButtonStyle(style if text else Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _make_readings(self) -> None:
        self.speed = SpeedControl()
        self.speed.changed.connect(self._change_speed)
        self.counters = ElidedLabel("")
        self.counters.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.counters.setToolTip(
            self.tr(
                "An epoch is one pass through the training data, a step one change of the weights."
            )
        )
        self.twin = QCheckBox(self.tr("Clean twin"))
        self.twin.setToolTip(
            self.tr(
                "Trains a second model in lockstep on clean data: same starting weights, same "
                "batches. Switching it starts the run over."
            )
        )
        self.twin.clicked.connect(self.twin_changed)
        self.device = DeviceChoice()
        self.device.edited.connect(self._change_device)

    def _lay_out(self) -> None:
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(6)
        for widget in (self.reset, self.play, self.step, self.epoch):
            self._upper.addWidget(widget)
        self._upper.addSpacing(8)
        self._middle = self._upper.count()
        self._upper.addStretch(1)
        self._upper.addWidget(self.twin)
        self._upper.addWidget(self.menu)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(12, 8, 12, 8)
        self._lines.setSpacing(6)
        self._lines.addLayout(self._upper)
        self._lines.addLayout(self._lower)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._one_line: bool | None = None
        self.fit()

    def fit(self) -> None:
        """With words on one line; where that is too wide without words, or on two lines."""
        for one_line in (True, False):
            self._put_on_lines(one_line)
            for words in (True, False):
                self._show_words(words)
                if self._width_needed() <= self.width():
                    return

    def _put_on_lines(self, one_line: bool) -> None:
        longest = self.counters.fontMetrics().horizontalAdvance(_LONG_COUNTERS)
        shown = self.counters.sizeHint().width()
        self.counters.setMinimumWidth(longest if one_line else shown)
        if one_line == self._one_line:
            return
        self._one_line = one_line
        row, first = (self._upper, self._middle) if one_line else (self._lower, 0)
        row.insertWidget(first, self.speed, 1)
        row.insertWidget(first + 1, self.counters, 3)
        row.insertWidget(row.count() - 1 if one_line else 2, self.device)

    def _show_words(self, words: bool) -> None:
        styles = Qt.ToolButtonStyle
        style = styles.ToolButtonTextBesideIcon if words else styles.ToolButtonIconOnly
        for button in (self.reset, self.step, self.epoch):
            button.setToolButtonStyle(style)

    def _width_needed(self) -> int:
        self._upper.invalidate()
        margins = self._lines.contentsMargins()
        frame = 2 * self.frameWidth()
        return self._upper.sizeHint().width() + margins.left() + margins.right() + frame

    def minimumSizeHint(self) -> QSize:
        """As narrow as two lines without words: the window may shrink to that."""
        shown = (self.reset, self.play, self.step, self.epoch, self.menu)
        icons = sum(button.minimumSizeHint().height() for button in shown)
        width = icons + self.twin.sizeHint().width() + 8 * len(shown)
        return QSize(width, super().minimumSizeHint().height())

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        for button in (self.reset, self.step, self.epoch, self.menu):
            button.setIcon(icon(button.objectName(), palette.text))
        self.play.apply_palette(palette)

    def set_icon_size(self, pixels: int) -> None:
        """Icons grow with the text."""
        for button in (self.reset, self.step, self.epoch, self.menu):
            button.setIconSize(QSize(pixels, pixels))
        self.play.set_diameter(round(pixels * 2.5))
        self.fit()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show twin and device of an experiment, without asking for anything."""
        self.twin.setChecked(experiment.training.twin)
        self.device.put(experiment.training.device)
        self.fit()

    def show_snapshot(self, snapshot: Snapshot, *, up_to_date: bool = True) -> None:
        """Show where the run is; one from before the last command says nothing of its effect."""
        epoch = f"{snapshot.epoch:,.1f}" if snapshot.epoch < 10 else f"{snapshot.epoch:,.0f}"
        self.counters.setText(
            self.tr("epoch {epoch} · step {step} · {seconds} s").format(
                epoch=epoch, step=f"{snapshot.step:,}", seconds=f"{snapshot.seconds:,.1f}"
            )
        )
        before = self.device.currentText()
        self.device.show_used(snapshot.device_text)
        if self.device.currentText() != before or self.counters.elided:
            self.fit()  # a longer text needs more room
        if up_to_date:
            self.show_state(snapshot.state)

    def show_state(self, state: State) -> None:
        """Play while it rests, pause while it runs."""
        self._running = state == "running"
        self.play.show_running(self._running)
        lost = state == "diverged"
        for widget in (self.play, self.step, self.epoch):
            widget.setEnabled(not lost)

    @property
    def running(self) -> bool:
        """Whether the round button offers Pause."""
        return self._running

    def toggle(self) -> None:
        """Play or pause; the button answers at once, the run at its next step."""
        command = Pause() if self._running else Play()
        self.show_state("paused" if self._running else "running")
        self.command.emit(command)

    def take_key(self, event: QKeyEvent) -> bool:
        """Do what a key stands for in the whole window; False where it means nothing here."""
        modifiers = Qt.KeyboardModifier
        shift = event.modifiers() == modifiers.ShiftModifier
        if event.isAutoRepeat() or not (shift or event.modifiers() == modifiers.NoModifier):
            return False
        if event.key() == Qt.Key.Key_Space and self.play.isEnabled():
            self.toggle()
        elif event.key() == Qt.Key.Key_Right and self.step.isEnabled():
            (self._advance_epoch if shift else self._advance)()
        elif event.key() == Qt.Key.Key_R:
            self.reset_wanted.emit(shift)
        else:
            return False
        return True

    def _reset_same(self) -> None:
        self.reset_wanted.emit(False)

    def _reset_new(self) -> None:
        self.reset_wanted.emit(True)

    def _advance(self) -> None:
        self.command.emit(Advance(1))

    def _advance_epoch(self) -> None:
        self.command.emit(AdvanceEpoch())

    def _change_speed(self, steps_per_second: float | None) -> None:
        self.command.emit(SetSpeed(steps_per_second))

    def _change_device(self) -> None:
        self.device_changed.emit(self.device.get())
