"""The model: which one, how large, and how examples become its numbers."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from visualiser.core.data.encoding_spec import Encoding, inputs_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment, ModelConfig, Options
from visualiser.core.models.layers import parameter_count, training_flops
from visualiser.core.models.registry import MODELS, model_encoding, model_layers, refusal
from visualiser.core.models.spec import Model
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.delay import Delay
from visualiser.ui.widgets.fold import Fold
from visualiser.ui.widgets.option_form import OptionForm
from visualiser.ui.widgets.widths_editor import WidthsEditor

MANY_WEIGHTS = 5_000_000
"""Above this a step takes so long that the window says so."""

_ROUNDED_UP = 999.5
"""From here on three digits show 1,000, for which there is the next word."""

LESS_USED = ("kernel", "window", "dropout", "standardise", "length", "vocabulary")
"""Options of models and encodings that are folded away."""

LESS_USED_OF = {"cnn": ("hidden", "activation")}
"""Those of one model alone: of a CNN people change the filters first."""


class ModelPanel(QWidget):
    """A change here is another model: it starts a new run.

    Attributes:
        links: small buttons that stand beside the heading.

    Signals:
        changed: the ModelConfig asked for, and the encoding options that go with it: none where
            this model sees examples in another way. Once the user has paused for a moment.
        encoding_changed: the encoding options asked for (a dict), which belong to the data set.
    """

    changed = Signal(object, object)
    encoding_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment = Experiment()
        self._info: RunInfo | None = None
        self._delay = Delay(self._emit, parent=self)
        self._encoding_delay = Delay(self._emit_encoding, parent=self)
        self.model = Choice([(name, model.title) for name, model in MODELS.items()])
        self.model.setAccessibleName(self.tr("Model"))
        self.model.edited.connect(self._choose)
        self.form = _form_of(MODELS[self.model.get()])
        self.encoding: OptionForm | None = None
        self._way: Encoding | None = None
        rest = QWidget()
        self._rest = QVBoxLayout(rest)
        self._rest.setContentsMargins(0, 0, 0, 0)
        self._rest.setSpacing(6)
        self.more = Fold(self.tr("More"), rest, self.tr("Settings that are changed less often."))
        self.links = (self.more.take_link(),)
        self.cost = QLabel()
        self.cost.setWordWrap(True)
        self.cost.setProperty("role", "muted")
        self.cost.setToolTip(
            self.tr(
                "Weights and biases that training changes, and floating-point operations (FLOP) of "
                "one step: forward, and twice as much backward."
            )
        )
        self.warning = QLabel(self.tr("One step may take seconds; Pause waits for it."))
        self.warning.setWordWrap(True)
        self.warning.setProperty("role", "muted")
        self.warning.hide()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        for widget in (self.model, self.form, self.cost, self.more, self.warning):
            self._layout.addWidget(widget)
        self.model.put(self._experiment.model.name)
        self._set_form(self._experiment.model)

    @property
    def config(self) -> ModelConfig:
        """The model asked for now."""
        return ModelConfig(name=self.model.get(), options=self.form.values())

    def show_experiment(self, experiment: Experiment) -> None:
        """Show the model of an experiment; an unknown one leaves the panel as it is."""
        self._experiment = experiment
        self._delay.cancel()
        self._encoding_delay.cancel()
        if experiment.model.name in MODELS:
            if experiment.model != self.config:
                self.model.put(experiment.model.name)
                self._set_form(experiment.model)
            if self._describes_shown_data():
                self._show_way(experiment.dataset.encoding)
            self._show_cost()

    def start_run(self, info: RunInfo) -> None:
        """Show what fits the data of this run, with sizes and cost."""
        self._info = info
        self._grey_refusing(info)
        self._set_way(_encoding(info), info.experiment.dataset.encoding)
        self._show_ends()
        self._show_cost()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Nothing here changes during a run."""

    def _describes_shown_data(self) -> bool:
        info = self._info
        return info is not None and info.experiment.dataset.name == self._experiment.dataset.name

    def _grey_refusing(self, info: RunInfo) -> None:
        items = self.model.model()
        assert isinstance(items, QStandardItemModel)
        for row, model in enumerate(MODELS.values()):
            reason = refusal(model, info.dataset.modality)
            items.item(row).setEnabled(reason is None)
            tip = model.story if reason is None else self._sentence(reason)
            self.model.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)

    def _sentence(self, reason: str) -> str:
        return self.tr("Cannot take this data: {reason}.").format(reason=reason)

    def _set_form(self, config: ModelConfig) -> None:
        model = MODELS[config.name]
        old, form = self.form, _form_of(model)
        form.set_values(config.options)
        form.changed.connect(self._change)
        self._layout.replaceWidget(old, form)
        self._rest.insertWidget(0, form.rest)
        _discard(old)
        self.form = form
        self._offer_more()
        self.model.setToolTip(model.story)
        self._show_ends()
        self._show_cost()

    def _show_way(self, options: Options) -> None:
        """How the chosen model sees the data of this run, with the options if they are of it."""
        if self._info is None or refusal(MODELS[self.model.get()], self._info.dataset.modality):
            return
        way = model_encoding(self.model.get(), self._info.dataset.modality)
        self._set_way(way, options if options.keys() <= way.options.model_fields.keys() else {})

    def _set_way(self, way: Encoding, options: Options) -> None:
        if self.encoding is None or way is not self._way:
            self._build_encoding(way)
        assert self.encoding is not None
        self.encoding.set_values(options)

    def _build_encoding(self, way: Encoding) -> None:
        self._encoding_delay.cancel()
        if self.encoding is not None:
            _discard(self.encoding)
        self._way, self.encoding = way, OptionForm(way.options, rest=LESS_USED)
        self.encoding.changed.connect(self._change_encoding)
        self._layout.insertWidget(self._layout.indexOf(self.cost), self.encoding)
        self.encoding.setVisible(not self.encoding.controls.keys() <= {*LESS_USED})
        self._rest.addWidget(self.encoding.rest)
        self._offer_more()

    def _offer_more(self) -> None:
        """Only where there is something behind it."""
        forms = [self.form] if self.encoding is None else [self.form, self.encoding]
        self.more.link.setVisible(any(form.folds_away for form in forms))

    def _show_ends(self) -> None:
        info = self._info
        if info is None:
            return
        inputs = " × ".join(f"{size:,}" for size in info.encoder.shape if size > 1)
        for control in self.form.controls.values():
            if isinstance(control, WidthsEditor):
                control.set_ends(inputs, f"{_outputs(info):,}")

    def _show_cost(self) -> None:
        self.warning.hide()
        self.cost.setText(self._cost_text())

    def _cost_text(self) -> str:
        info = self._info
        if info is None or not self._describes_shown_data():
            return ""
        try:
            if model_encoding(self.config.name, info.dataset.modality) is not _encoding(info):
                return ""  # how large an example will be is known once the data is encoded
            layers = model_layers(self.config, inputs_of(info.encoder), _outputs(info))
        except UserError as error:
            return error.message
        flops = training_flops(layers, self._experiment.training.batch_size)
        weights = parameter_count(layers)
        self.warning.setVisible(weights > MANY_WEIGHTS)
        if not flops:  # rows of a table are looked up: nothing is multiplied
            return self.tr("{weights:,} weights").format(weights=weights)
        return self.tr("{weights:,} weights\n{cost} a step").format(
            weights=weights, cost=operations_text(flops)
        )

    def _choose(self) -> None:
        self._set_form(ModelConfig(name=self.model.get()))
        self._show_way(self._encoding_options())
        self._delay.start()

    def _change(self, options: Any) -> None:
        self._show_cost()
        self._delay.start()

    def _change_encoding(self, options: Options) -> None:
        self._encoding_delay.start()

    def _emit(self) -> None:
        self._encoding_delay.cancel()  # goes with it
        self.changed.emit(self.config, self._encoding_options())

    def _emit_encoding(self) -> None:
        self.encoding_changed.emit(self._encoding_options())

    def _encoding_options(self) -> Options:
        if self.encoding is None:
            return self._experiment.dataset.encoding
        return self.encoding.values()


def _form_of(model: Model) -> OptionForm:
    return OptionForm(model.options, rest=(*LESS_USED, *LESS_USED_OF.get(model.name, ())))


def operations_text(operations: float) -> str:
    """A number of floating-point operations: “1.6 million operations”."""
    for times in ("", "thousand", "million", "billion"):
        if operations < _ROUNDED_UP:
            return " ".join(filter(None, (f"{operations:.3g}", times, "operations")))
        operations /= 1000
    return f"{operations:,.3g} trillion operations"


def _outputs(info: RunInfo) -> int:
    return info.task.outputs(info.dataset)


def _encoding(info: RunInfo) -> Encoding:
    return model_encoding(info.experiment.model.name, info.dataset.modality)


def _discard(form: OptionForm) -> None:
    for part in (form, form.rest):
        part.hide()
        part.deleteLater()
