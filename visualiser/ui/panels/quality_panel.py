"""Data quality: the ways of spoiling by their sides, the recipe they make up, and what heals."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Context
from visualiser.core.experiment import Experiment, Spoiling
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.panels.corruption_rows import CorruptionRows
from visualiser.ui.panels.plan_box import PlanBox
from visualiser.ui.panels.quality_sides import QualitySides
from visualiser.ui.panels.recipe_box import RecipeBox
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.delay import QUICK, WHILE_TRAINING, Throttle
from visualiser.ui.widgets.mouse_focus import rest_keyboard


class QualityPanel(QWidget):
    """What is done to the data; takes effect in a run without starting it over.

    Attributes:
        links: small buttons that stand beside the heading.

    Signals:
        changed: the Spoiling asked for, at most ten times a second while a slider is dragged
            (four times while a training is running), and surely at the end.
        plan_wanted: changes are to be planned ahead.
    """

    changed = Signal(object)
    plan_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edits_shown = 0
        self._throttle = Throttle(self._emit, parent=self)
        self.plan, self.recipe = PlanBox(), RecipeBox()
        self.rows = CorruptionRows()
        self.sides = QualitySides(self.rows, self._make_rest())
        self._make_links()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for widget in (self.plan, self.recipe, self.sides):
            layout.addWidget(widget)
        self._connect()

    def _make_rest(self) -> QWidget:
        self.validation_too = Switch(self.tr("Spoil validation data too"))
        self.validation_too.setToolTip(
            self.tr(
                "Measures on spoiled data as well: a bad model can look good there. "
                "The test data stay clean always. Under “…” each way has this by itself."
            )
        )
        self.unsuited = QLabel()
        self.unsuited.setProperty("role", "muted")
        self.unsuited.setWordWrap(True)
        self.unsuited.setTextFormat(Qt.TextFormat.PlainText)
        rest = QWidget()
        layout = QVBoxLayout(rest)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.validation_too)
        layout.addWidget(self.unsuited)
        return rest

    def _make_links(self) -> None:
        self.plan_link = QPushButton(self.tr("Plan…"))
        self.plan_link.setToolTip(
            self.tr("Plans changes ahead, as “clean to epoch 5, then wrong labels, then healed”.")
        )
        self.plan_link.clicked.connect(self.plan_wanted)
        self.heal = QPushButton(self.tr("Heal"))
        self.heal.setToolTip(self.tr("Sets everything back: the data are clean again."))
        self.links = (self.plan_link, self.heal)
        for button in self.links:
            button.setProperty("role", "small")

    def _connect(self) -> None:
        self.heal.clicked.connect(self._heal)
        self.validation_too.edited.connect(self._spoil_validation)
        self.recipe.moved.connect(self._reorder)
        self.recipe.removed.connect(self._leave_out)
        self.recipe.chosen.connect(self.sides.reveal)
        self.sides.changed.connect(self._show_recipe)
        self.rows.changed.connect(self._move)
        self.rows.settled.connect(self._throttle.flush)

    @property
    def spoiling(self) -> Spoiling:
        """What is asked for now, in its order."""
        return self.rows.spoiling

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the spoiling that an experiment starts with."""
        self._edits_shown = 0
        self._throttle.cancel()
        self._set_parts_back()
        self._show_spoiling(experiment.spoiling)
        self.plan.show_plan(experiment.spoiling, experiment.edits)

    def start_run(self, info: RunInfo) -> None:
        """Offer what makes sense for the data of this run."""
        self._edits_shown = 0
        self._throttle.set_interval(QUICK)
        self.rows.start_run(Context(info.dataset, info.split.train, info.split.train))
        self.sides.arrange(self.spoiling)
        self._name_unsuited()
        self._show_asked()  # what the data before had no use for counts now

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show realised counts, and follow edits that were planned."""
        running = snapshot.state == "running"
        self._throttle.set_interval(WHILE_TRAINING if running else QUICK)
        done = snapshot.plan.done
        if done != self._edits_shown and not self._busy():
            if done > self._edits_shown:
                self._show_spoiling(snapshot.spoiling)
            self._edits_shown = done  # fewer were made where another plan has come
        self.plan.show_done(snapshot.plan)
        changes = {change.name: change for change in snapshot.changes}
        for name, row in self.rows.standing().items():
            row.show_change(changes.get(name))

    def _busy(self) -> bool:
        dragging = any(row.slider.dragging for row in self.rows.standing().values())
        return self._throttle.pending or dragging

    def _show_spoiling(self, spoiling: Spoiling) -> None:
        self.rows.show_spoiling(spoiling)
        self.sides.arrange(spoiling)
        self._show_asked()

    def _name_unsuited(self) -> None:
        reasons = [
            f"{CORRUPTIONS[name].title}: {reason}."
            for name, reason in self.rows.reasons.items()
            if reason is not None
        ]
        self.unsuited.setText("\n".join([self.tr("Not for this data:"), *reasons]))
        self.unsuited.setVisible(bool(reasons))

    def _heal(self) -> None:
        self.rows.show_spoiling(Spoiling())
        self._set_parts_back()
        self._end()

    def _set_parts_back(self) -> None:
        """Ways that come into use from here on spoil what they usually do."""
        self.rows.set_parts(None)
        self.validation_too.put(False)

    def _spoil_validation(self) -> None:
        self.rows.set_parts("both" if self.validation_too.get() else "train")
        self._end()

    def _reorder(self, name: str, by: int) -> None:
        self.rows.move(name, by)
        self._end()

    def _leave_out(self, name: str) -> None:
        self.rows[name].slider.reset()

    def _move(self) -> None:
        self._show_asked()
        self._throttle.call()

    def _end(self) -> None:
        """One click says it all: nothing to wait for."""
        self._show_asked()
        self._throttle.call()
        self._throttle.flush()

    def _show_asked(self) -> None:
        """The recipe, what of each side is in use, and whether there is anything to heal."""
        configs = self.spoiling.corruptions
        self._show_recipe()
        if configs:
            self.validation_too.put(all(config.hits("validation") for config in configs))
        if self.heal.hasFocus() and not configs:
            # Qt would hand the keyboard on to a number, where Space types instead of pausing.
            rest_keyboard(self)
        self.heal.setEnabled(bool(configs))

    def _emit(self) -> None:
        self.changed.emit(self.spoiling)

    def _show_recipe(self) -> None:
        """Not needed where the slider of the only ingredient is in sight."""
        spoiling = self.spoiling
        self.sides.mark(spoiling)
        in_sight = self.sides.ways(self.sides.shown)
        out_of_sight = any(config.name not in in_sight for config in spoiling.corruptions)
        needed = out_of_sight or len(spoiling.corruptions) > 1
        self.recipe.show_recipe(spoiling if needed else Spoiling())
