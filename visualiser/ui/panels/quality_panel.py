"""Data quality: a slider for each way of spoiling, and a button that heals."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Context
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.panels.plan_box import PlanBox
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.corruption_row import CorruptionRow
from visualiser.ui.widgets.delay import QUICK, WHILE_TRAINING, Throttle
from visualiser.ui.widgets.fold import Fold
from visualiser.ui.widgets.mouse_focus import rest_keyboard


class QualityPanel(QWidget):
    """What is done to the data; takes effect in a run without starting it over.

    Attributes:
        links: small buttons that stand beside the heading.

    Signals:
        changed: the Spoiling asked for, at most ten times a second while a slider is dragged
            (four times while a training is running), and surely at the end.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits_shown = 0
        self._throttle = Throttle(self._emit, parent=self)
        self.plan = PlanBox()
        self.rows = {name: CorruptionRow(entry) for name, entry in CORRUPTIONS.items()}
        self._usable, self._unsuited = QVBoxLayout(), QVBoxLayout()
        self.unsuited = QLabel(self.tr("Not for this data:"))
        self.unsuited.setProperty("role", "muted")
        self.validation_too = Switch(self.tr("Spoil validation data too"))
        self.validation_too.setToolTip(
            self.tr(
                "Measures on spoiled data as well: a bad model can look good there. "
                "The test data stay clean always."
            )
        )
        self.validation_too.edited.connect(self._end)
        self.more = Fold(
            self.tr("More"),
            self._rest(),
            self.tr("Spoiled validation data, and ways of spoiling that do not fit this data."),
        )
        self.heal = QPushButton(self.tr("Heal"))
        self.heal.setProperty("role", "small")
        self.heal.setToolTip(self.tr("Sets everything back: the data are clean again."))
        self.heal.clicked.connect(self._heal)
        self.links = (self.more.take_link(), self.heal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.plan)
        layout.addLayout(self._usable)
        layout.addWidget(self.more)
        for row in self.rows.values():
            row.changed.connect(self._move)
            row.settled.connect(self._throttle.flush)
        self._arrange({})

    def _rest(self) -> QWidget:
        rest = QWidget()
        layout = QVBoxLayout(rest)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.validation_too)
        layout.addWidget(self.unsuited)
        layout.addLayout(self._unsuited)
        for rows in (self._usable, self._unsuited):
            rows.setSpacing(4)
        return rest

    @property
    def spoiling(self) -> Spoiling:
        """What is asked for now, in the order of the registry."""
        configs = (row.config for row in self.rows.values() if row.isEnabled())
        return Spoiling(
            corruptions=tuple(config for config in configs if config is not None),
            validation_too=self.validation_too.get(),
        )

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the spoiling that an experiment starts with."""
        self._edits_shown = 0
        self._throttle.cancel()
        self._show_spoiling(experiment.spoiling)
        self.plan.show_plan(experiment)

    def start_run(self, info: RunInfo) -> None:
        """Offer what makes sense for the data of this run."""
        self._edits_shown = 0
        self._throttle.set_interval(QUICK)
        context = Context(info.dataset, info.split.train, info.split.train)
        for row in self.rows.values():
            row.slider.set_realised()
            row.offer_names(context)
        self._arrange(
            {name: row.corruption.refuses(info.dataset) for name, row in self.rows.items()}
        )
        self._show_heal()  # what the data before had no use for counts now

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show realised counts, and follow edits that the experiment came with."""
        running = snapshot.state == "running"
        self._throttle.set_interval(WHILE_TRAINING if running else QUICK)
        if snapshot.planned_edits_applied > self._edits_shown and not self._busy():
            self._edits_shown = snapshot.planned_edits_applied
            self._show_spoiling(snapshot.spoiling)
        self.plan.show_done(snapshot.planned_edits_applied)
        changes = {change.name: change for change in snapshot.changes}
        for name, row in self.rows.items():
            row.show_change(changes.get(name))

    def _busy(self) -> bool:
        return self._throttle.pending or any(row.slider.dragging for row in self.rows.values())

    def _show_spoiling(self, spoiling: Spoiling) -> None:
        configs = {config.name: config for config in reversed(spoiling.corruptions)}
        for name, row in self.rows.items():
            row.show_config(configs.get(name))
        self.validation_too.put(spoiling.validation_too)
        if spoiling.validation_too:
            self.more.set_open(True)  # what is in force is in sight
        self._show_heal()

    def _arrange(self, reasons: dict[str, str | None]) -> None:
        """Usable rows first, the others folded away with the reason."""
        for row in self.rows.values():
            reason = reasons.get(row.corruption.name)
            row.set_reason(reason)
            if reason is None:
                self._usable.addWidget(row)
            else:
                self._unsuited.addWidget(row)
        self.unsuited.setVisible(any(reasons.values()))

    def _heal(self) -> None:
        for row in self.rows.values():
            row.show_config(None)
        self.validation_too.put(False)
        self._end()

    def _move(self) -> None:
        self._show_heal()
        self._throttle.call()

    def _end(self) -> None:
        """One click says it all: nothing to wait for."""
        self._show_heal()
        self._throttle.call()
        self._throttle.flush()

    def _show_heal(self) -> None:
        spoiled = self.spoiling != Spoiling()
        if self.heal.hasFocus() and not spoiled:
            # Qt would hand the keyboard on to a number, where Space types instead of pausing.
            rest_keyboard(self)
        self.heal.setEnabled(spoiled)

    def _emit(self) -> None:
        self.changed.emit(self.spoiling)
