"""The left column: data, quality, model and training, and the experiment that they make up."""

from collections.abc import Sequence
from typing import Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.experiment import (
    DatasetConfig,
    Edit,
    Experiment,
    ModelConfig,
    Options,
    Repair,
    SplitConfig,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.starting_point import same_examples, starting_point, with_model
from visualiser.core.training.commands import (
    ChangeData,
    ChangeLearningRate,
    ChangePlan,
    ChangeRepairs,
    ChangeSpoiling,
    DropPlan,
)
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.panels.data_panel import DataPanel
from visualiser.ui.panels.model_panel import ModelPanel
from visualiser.ui.panels.quality_panel import QualityPanel
from visualiser.ui.panels.training_panel import TrainingPanel
from visualiser.ui.plan_dialog import PlanDialog
from visualiser.ui.widgets.section import Section


class Panel(Protocol):
    """What every panel of the column has in common; it is a QWidget besides."""

    @property
    def links(self) -> Sequence[QWidget]:
        """Small buttons that stand beside the heading."""

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what the experiment asks for, without asking for anything."""

    def start_run(self, info: RunInfo) -> None:
        """A new run: show what its data has to offer."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what came of it so far."""


class ExperimentColumn(QScrollArea):
    """Holds the experiment as the panels show it.

    Signals:
        experiment_wanted: an Experiment that needs a new run, and why, in a few words.
        command: a Command for the run under way: spoiling and learning rate never start over.
        epochs_changed: the bound of runs without a window: nothing starts over, nothing is sent.
    """

    experiment_wanted = Signal(object, str)
    command = Signal(object)
    epochs_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment = Experiment()
        self._data_of_run: DatasetConfig | None = None
        self._info: RunInfo | None = None
        self._place = 0, 0.0
        self._palette: Palette | None = None
        self.plan_dialog: PlanDialog | None = None
        self.data = DataPanel()
        self.quality = QualityPanel()
        self.model = ModelPanel()
        self.training = TrainingPanel()
        self._panels: dict[str, Panel] = {
            "data": self.data,
            "quality": self.quality,
            "model": self.model,
            "training": self.training,
        }
        titles = (self.tr("Data"), self.tr("Data quality"), self.tr("Model"), self.tr("Training"))
        self.sections = {
            name: Section(number, title, cast(QWidget, panel), panel.links)
            for number, (title, (name, panel)) in enumerate(
                zip(titles, self._panels.items(), strict=True), start=1
            )
        }
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "page")
        layout = QVBoxLayout(page)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(6)
        for i, section in enumerate(self.sections.values()):
            if i:
                line = QFrame()
                line.setProperty("role", "line")
                line.setFixedHeight(1)
                layout.addWidget(line)
            layout.addWidget(section)
        layout.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Experiment"))
        self.setProperty("role", "card")
        self.setFrameShape(QFrame.Shape.NoFrame)

    def _connect(self) -> None:
        self.data.changed.connect(self._change_data)
        self.quality.changed.connect(self._change_spoiling)
        self.quality.plan.drop_wanted.connect(self._drop_plan)
        self.quality.plan_wanted.connect(self._edit_plan)
        self.model.changed.connect(self._change_model)
        self.model.encoding_changed.connect(self._change_encoding)
        self.training.changed.connect(self._change_training)
        self.training.learning_rate_changed.connect(self._change_learning_rate)
        self.training.seed_changed.connect(self._change_seed)

    @property
    def experiment(self) -> Experiment:
        """What the panels show."""
        return self._experiment

    def show_experiment(self, experiment: Experiment) -> None:
        """Show an experiment in all panels; none of them asks for anything."""
        self._experiment = experiment
        for panel in self._panels.values():
            panel.show_experiment(experiment)

    def start_run(self, info: RunInfo) -> None:
        """Tell all panels of a new run."""
        self._data_of_run, self._info, self._place = info.experiment.dataset, info, (0, 0.0)
        for panel in self._panels.values():
            panel.start_run(info)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Tell all panels where the run stands."""
        self._place = snapshot.step, snapshot.epoch
        for panel in self._panels.values():
            panel.show_snapshot(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.data.apply_palette(palette)
        self._palette = palette
        if self.plan_dialog is not None:
            self.plan_dialog.apply_palette(palette)

    def use_twin(self, twin: bool) -> None:
        """With or without a clean twin: a new run."""
        why = self.tr("with a clean twin") if twin else self.tr("without a clean twin")
        self._want_training(self._experiment.training.replace(twin=twin), why)

    def use_device(self, device: str) -> None:
        """On another device: a new run."""
        training = self._experiment.training.replace(device=device)
        self._want_training(training, self.tr("on another device"))

    def _want_training(self, training: TrainingConfig, why: str) -> None:
        self.show_experiment(self._experiment.replace(training=training))
        self._want(self._experiment, why)

    def _want(self, experiment: Experiment, why: str) -> None:
        self._experiment = experiment
        if self.data.dataset.name != experiment.dataset.name:
            self.data.show_experiment(experiment)  # other data was on its way: this came later
        self.experiment_wanted.emit(experiment, why)

    def _change_data(self, dataset: DatasetConfig, split: SplitConfig) -> None:
        current = self._experiment
        if same_examples(dataset, current.dataset):
            self._end_plan(current.replace(dataset=dataset, split=split))
            self._want(self._experiment, self.tr("with other data"))
            return
        fresh = starting_point(dataset, current.seed)
        training = fresh.training.replace(
            twin=current.training.twin, device=current.training.device
        )
        # Not shown yet: the other panels stay with the run until its successor stands.
        experiment = fresh.replace(split=split, training=training)
        self.experiment_wanted.emit(experiment, self.tr("with another data set"))

    def take_painted(self, dataset: DatasetConfig) -> None:
        """Points were painted: the run goes on with them, or begins where there were others."""
        current = self._experiment
        if dataset.name != current.dataset.name:
            experiment = current.replace(dataset=dataset, edits=())
            self.experiment_wanted.emit(experiment, self.tr("with painted points"))
            return
        self._end_plan(current.replace(dataset=dataset))
        self.data.show_experiment(self._experiment)
        self.command.emit(ChangeData(dataset))

    def take_repairs(self, repairs: tuple[Repair, ...], start_over: bool) -> None:
        """A third model goes on with repaired rows, or learns from them from the start."""
        if start_over:
            experiment = self._experiment.replace(repairs=repairs, edits=())
            self._want(experiment, self.tr("with repaired data"))
            return
        self._end_plan(self._experiment.replace(repairs=repairs))
        self.command.emit(ChangeRepairs(repairs))

    def _change_encoding(self, encoding: Options) -> None:
        dataset = self._experiment.dataset.replace(encoding=encoding)
        self._want(self._experiment.replace(dataset=dataset), self.tr("with another encoding"))

    def _change_spoiling(self, spoiling: Spoiling) -> None:
        self._end_plan(self._experiment.replace(spoiling=spoiling))
        self.command.emit(ChangeSpoiling(spoiling))

    def _change_model(self, model: ModelConfig, encoding: Options) -> None:
        dataset = self._experiment.dataset.replace(encoding=encoding)
        experiment = with_model(self._experiment, model).replace(dataset=dataset)
        self._want(experiment, self.tr("with another model"))

    def _change_training(self, training: TrainingConfig) -> None:
        old = self._experiment.training
        experiment = self._experiment.replace(training=training)
        if training == old.replace(epochs=training.epochs):
            # Epochs bound runs without a window; the one under way goes on.
            self._experiment = experiment
            self.epochs_changed.emit()
            return
        self._want(experiment, self.tr("with other training settings"))

    def _change_learning_rate(self, learning_rate: float) -> None:
        training = self._experiment.training.replace(learning_rate=learning_rate)
        self._end_plan(self._experiment.replace(training=training))
        self.command.emit(ChangeLearningRate(learning_rate))

    def _drop_plan(self) -> None:
        """What the plan has changed so far stays, for the next run too."""
        training = self._experiment.training.replace(learning_rate=self.training.rate.value)
        dataset = self._data_of_run or self._experiment.dataset
        changed = {"spoiling": self.quality.spoiling, "dataset": dataset}
        self._end_plan(self._experiment.replace(training=training, **changed))
        self.data.show_experiment(self._experiment)
        self.command.emit(DropPlan())

    def _edit_plan(self) -> None:
        """Show what is planned, to be changed; made when it is first wanted."""
        if self._info is None:
            return
        if self.plan_dialog is None:
            self.plan_dialog = PlanDialog(self.window())
            self.plan_dialog.planned.connect(self._take_plan)
            if self._palette is not None:
                self.plan_dialog.apply_palette(self._palette)
        self.plan_dialog.start_run(self._info)
        self.plan_dialog.show_plan(
            self.quality.spoiling, self.quality.plan.to_come, self.training.rate.value, *self._place
        )
        self.plan_dialog.open()

    def _take_plan(self, edits: tuple[Edit, ...]) -> None:
        self._experiment = self._experiment.replace(edits=edits)
        self.quality.plan.show_plan(self.quality.spoiling, edits)
        self.command.emit(ChangePlan(edits))

    def _end_plan(self, experiment: Experiment) -> None:
        self._experiment = experiment.replace(edits=())
        self.quality.plan.show_plan(self._experiment.spoiling, ())

    def _change_seed(self, seed: int) -> None:
        self._want(
            self._experiment.replace(seed=seed, weights_seed=None), self.tr("with another seed")
        )
