"""The bar at the top: reset, play, step, speed, where the run is, and on what it runs."""

import math
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.experiment import DeviceName, Experiment
from visualiser.core.training.snapshot import Snapshot, State
from visualiser.ui.icons import icon
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.play_button import PlayButton

SPEEDS: tuple[float | None, ...] = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, None)
"""Positions of the speed slider in steps a second; None is as fast as it goes."""

_LONG_COUNTERS = "epoch 100 · step 100,000 · 100.0 s"
"""Room is kept for it, so that nothing moves while the numbers grow."""

_DEVICES: tuple[tuple[DeviceName, str], ...] = (
    ("auto", "Auto"),
    ("cpu", "CPU"),
    ("cuda", "CUDA"),
    ("mps", "MPS"),
)


class Transport(QFrame):
    """Shows the state of the run and asks for another one.

    Signals:
        play_wanted, pause_wanted, step_wanted, epoch_wanted: as they say.
        reset_wanted: True with new starting weights.
        speed_changed: steps a second, or None for full speed.
        twin_changed: whether a clean twin is to be trained beside.
        device_changed: the device asked for.
    """

    play_wanted = Signal()
    pause_wanted = Signal()
    step_wanted = Signal()
    epoch_wanted = Signal()
    reset_wanted = Signal(bool)
    speed_changed = Signal(object)
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
        self.step.clicked.connect(self.step_wanted)
        self.epoch = self._button("epoch", self.tr("Epoch"))
        self.epoch.setToolTip(self.tr("Trains to the end of this epoch, then pauses (Shift+→)."))
        self.epoch.clicked.connect(self.epoch_wanted)
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
        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(SPEEDS) - 1)
        self.speed.setValue(len(SPEEDS) - 1)
        self.speed.setPageStep(2)
        self.speed.setMinimumWidth(70)
        self.speed.setMaximumWidth(160)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.valueChanged.connect(self._change_speed)
        self.speed_text = QLabel()
        self.speed_text.setProperty("role", "muted")
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
                "order of examples. Switching it starts the run over."
            )
        )
        self.twin.clicked.connect(self.twin_changed)
        self.device = Choice([(name, text) for name, text in _DEVICES])
        self.device.setAccessibleName(self.tr("Device"))
        self.device.edited.connect(self._change_device)
        self._show_device("")
        self._show_speed()

    def _lay_out(self) -> None:
        self._upper, self._lower = QHBoxLayout(), QHBoxLayout()
        for row in (self._upper, self._lower):
            row.setSpacing(8)
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
        self._fit()

    def _fit(self) -> None:
        """With words on one line; where that is too wide without words, or on two lines."""
        for one_line in (True, False):
            self._put_on_lines(one_line)
            for words in (True, False):
                self._show_words(words)
                if self._width_needed() <= self.width():
                    return

    def _put_on_lines(self, one_line: bool) -> None:
        room = self.counters.fontMetrics().horizontalAdvance(_LONG_COUNTERS) if one_line else 0
        self.counters.setMinimumWidth(room)
        if one_line == self._one_line:
            return
        self._one_line = one_line
        row, first = (self._upper, self._middle) if one_line else (self._lower, 0)
        for place, (widget, stretch) in enumerate(
            ((self.speed, 1), (self.speed_text, 0), (self.counters, 3))
        ):
            row.insertWidget(first + place, widget, stretch)
        row.insertWidget(row.count() - 1 if one_line else 3, self.device)
        middle = (self.speed, self.twin, self.device, self.menu)
        lower = (self.twin, self.menu, self.speed, self.device)
        for before, after in pairwise((self.epoch, *(middle if one_line else lower))):
            QWidget.setTabOrder(before, after)  # Tab follows what the eye sees

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text needs more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

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
        self._fit()

    def show_experiment(self, experiment: Experiment) -> None:
        """Show twin and device of an experiment, without asking for anything."""
        self.twin.setChecked(experiment.training.twin)
        self.device.put(experiment.training.device)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show where the run is."""
        epoch = f"{snapshot.epoch:,.1f}" if snapshot.epoch < 10 else f"{snapshot.epoch:,.0f}"
        self.counters.setText(
            self.tr("epoch {epoch} · step {step} · {seconds} s").format(
                epoch=epoch, step=f"{snapshot.step:,}", seconds=f"{snapshot.seconds:,.1f}"
            )
        )
        self._show_device(snapshot.device_text)
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
        wanted = self.pause_wanted if self._running else self.play_wanted
        self.show_state("paused" if self._running else "running")
        wanted.emit()

    @property
    def steps_per_second(self) -> float | None:
        """The speed asked for."""
        return SPEEDS[self.speed.value()]

    def set_speed(self, steps_per_second: float | None) -> None:
        """Choose the speed nearest to one, or full speed, as settings do at the start."""
        if steps_per_second is None:
            place = SPEEDS.index(None)
        else:
            speeds = [math.inf if speed is None else speed for speed in SPEEDS]
            place = min(range(len(SPEEDS)), key=lambda i: abs(speeds[i] - steps_per_second))
        self.speed.setValue(place)

    def _reset_same(self) -> None:
        self.reset_wanted.emit(False)

    def _reset_new(self) -> None:
        self.reset_wanted.emit(True)

    def _change_speed(self) -> None:
        self._show_speed()
        self.speed_changed.emit(self.steps_per_second)

    def _show_speed(self) -> None:
        speed = self.steps_per_second
        if speed is None:
            text = self.tr("full speed")
        else:
            text = self.tr("{count} steps/s").format(count=f"{speed:,.0f}")
            text = self.tr("1 step/s") if speed == 1 else text
        self.speed_text.setText(text)
        self.speed_text.setMinimumWidth(
            self.speed_text.fontMetrics().horizontalAdvance(self.tr("1,000 steps/s"))
        )
        self.speed.setToolTip(self.tr("Speed of training: {speed}.").format(speed=text))

    def _show_device(self, text: str) -> None:
        where = self.tr("Runs on: {device}.").format(device=text) + " " if text else ""
        tip = where + self.tr("Choosing another device starts the run over.")
        if tip != self.device.toolTip():
            self.device.setToolTip(tip)

    def _change_device(self) -> None:
        self.device_changed.emit(self.device.get())
