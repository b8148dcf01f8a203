"""How the model is trained: optimiser, learning rate, batch size, and the seed of it all."""

from random import SystemRandom
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from visualiser.core.experiment import Experiment, TrainingConfig
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.widgets.amount_slider import AmountSlider
from visualiser.ui.widgets.controls import Whole
from visualiser.ui.widgets.delay import QUICK, WHILE_TRAINING, Delay, Throttle
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.fold import Fold
from visualiser.ui.widgets.option_form import OptionForm
from visualiser.ui.widgets.scale import ladder_scale

FIRST = ("optimizer", "batch_size")
"""What a newcomer sees; the rest is folded away."""
ELSEWHERE = ("learning_rate", "evaluate_every", "device", "twin")
"""Fields that have a control of their own, here or at the top of the window."""


class TrainingPanel(QWidget):
    """The learning rate changes a run that is going on; the rest starts a new one.

    Attributes:
        links: small buttons that stand beside the heading.

    Signals:
        changed: the TrainingConfig asked for, once the user has paused for a moment.
        learning_rate_changed: the learning rate asked for, while the slider moves too (as often as
            the QualityPanel does).
        seed_changed: the seed asked for.
    """

    changed = Signal(object)
    learning_rate_changed = Signal(float)
    seed_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = TrainingConfig()
        self._edits_shown = 0
        self._dice = SystemRandom()
        self._delay = Delay(self._emit, parent=self)
        self._seed_delay = Delay(self._emit_seed, parent=self)
        self._throttle = Throttle(self._emit_rate, parent=self)
        self.rate = AmountSlider(
            self.tr("Learning rate"),
            ladder_scale(),
            self.tr("How far each step moves the weights; changes a run without a new start."),
        )
        self.rate.value_changed.connect(self._move_rate)
        self.rate.settled.connect(self._throttle.flush)
        fields = TrainingConfig.model_fields.keys()
        self.form = OptionForm(TrainingConfig, skip=fields - set(FIRST), plain=("optimizer",))
        self.more_form = OptionForm(TrainingConfig, skip=(*FIRST, *ELSEWHERE))
        for form in (self.form, self.more_form):
            form.changed.connect(self._change)
        self.seed = Whole(0, 2**31 - 1)
        self.seed.setGroupSeparatorShown(False)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(
            self.tr("The number that decides all chance: the same seed gives the same run.")
        )
        self.seed.edited.connect(self._seed_delay.start)
        self.roll = QPushButton(self.tr("Roll"))
        self.roll.setToolTip(self.tr("Takes another seed by chance."))
        self.roll.setAccessibleName(self.tr("Roll the dice for another seed"))
        self.roll.clicked.connect(self._roll)
        self.more = Fold(
            self.tr("More"), self._rest(), self.tr("Weight decay, epochs and the seed.")
        )
        self.links = (self.more.take_link(),)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.rate, self.form, self.more):
            layout.addWidget(widget)
        self.rate.set_value(self._config.learning_rate)

    def _rest(self) -> QWidget:
        seed_row = FlowLayout()
        seed_row.addWidget(ElidedLabel(self.tr("Seed")))
        seed_row.add_right(self.seed)
        seed_row.add_right(self.roll)
        rest = QWidget()
        layout = QVBoxLayout(rest)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.more_form)
        layout.addLayout(seed_row)
        return rest

    @property
    def config(self) -> TrainingConfig:
        """The training asked for now."""
        forms = (self.form, self.more_form)
        shown = {name: control.get() for form in forms for name, control in form.controls.items()}
        config: TrainingConfig = self._config.replace(learning_rate=self.rate.value, **shown)
        return config

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the settings of an experiment."""
        self._edits_shown = 0
        for waiting in (self._delay, self._seed_delay, self._throttle):
            waiting.cancel()
        self._config = experiment.training
        for form in (self.form, self.more_form):
            form.set_values(experiment.training.model_dump())
        self.rate.set_value(experiment.training.learning_rate)
        self.seed.put(experiment.seed)

    def start_run(self, info: RunInfo) -> None:
        """A new run follows its planned edits from the first on."""
        self._edits_shown = 0
        self._throttle.set_interval(QUICK)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow edits of the learning rate that the experiment came with."""
        running = snapshot.state == "running"
        self._throttle.set_interval(WHILE_TRAINING if running else QUICK)
        busy = self.rate.dragging or self._throttle.pending
        if snapshot.plan.done > self._edits_shown and not busy:
            self._edits_shown = snapshot.plan.done
            self.rate.set_value(snapshot.learning_rate)

    def _move_rate(self, rate: float) -> None:
        self._throttle.call()

    def _change(self, options: Any) -> None:
        self._delay.start()

    def _roll(self) -> None:
        self.seed.put(self._dice.randrange(10_000))
        self._seed_delay.cancel()
        self._emit_seed()

    def _emit(self) -> None:
        self.changed.emit(self.config)

    def _emit_rate(self) -> None:
        self.learning_rate_changed.emit(self.rate.value)

    def _emit_seed(self) -> None:
        self.seed_changed.emit(self.seed.get())
