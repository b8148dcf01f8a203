"""What a sweep is to be of: the way of spoiling, its amounts, the seeds, and what is compared."""

from pydantic import ValidationError
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.corruption.registry import CORRUPTIONS, corruption_named
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment
from visualiser.core.misfit import misfit
from visualiser.core.models.registry import model_named
from visualiser.core.numerals import numeral
from visualiser.core.sweep.lines import even_amounts
from visualiser.core.sweep.sweep import Line, Sweep, check_sweep
from visualiser.ui.sweeps.comparison import ComparisonBox
from visualiser.ui.widgets.controls import Choice, Fraction, Whole

_AMOUNTS, _SEEDS = 7, 5
_USUAL_TOP = {"symmetric_label_noise": 0.6, "fewer_examples": 0.1}
"""Where a sweep ends at first, where that is not the end of the slider."""
_MOST_AMOUNTS, _MOST_SEEDS = 50, 100
_SHOWN = 4
"""Amounts that are spelt out."""


class SweepForm(QWidget):
    """Gives the sweep that is described, and tells what would come of it.

    Signals:
        changed: another sweep is described now.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base: Experiment | None = None
        self._title = ""
        self.what = QLabel()
        self.corruption = Choice([])
        self.top = Fraction(0, 1)
        self.count = Whole(2, _MOST_AMOUNTS)
        self.seeds = Whole(1, _MOST_SEEDS)
        self.preview, self.runs = QLabel(), QLabel()
        self.comparison = ComparisonBox()
        self.count.put(_AMOUNTS)
        self.seeds.put(_SEEDS)
        for label in (self.what, self.preview, self.runs):
            label.setWordWrap(True)
        for label in (self.preview, self.runs):
            label.setProperty("role", "muted")
        self._explain()
        self._rows = QFormLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._rows.addRow(self.tr("Spoil"), self.corruption)
        self._rows.addRow(self.tr("up to"), self.top)
        self._rows.addRow(self.tr("amounts"), self.count)
        self._rows.addRow("", self.preview)
        self._rows.addRow(self.tr("Seeds"), self.seeds)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.what)
        layout.addLayout(self._rows)
        layout.addWidget(self.comparison)
        layout.addWidget(self.runs)
        self.corruption.edited.connect(self._choose)
        self.comparison.edited.connect(self._stay_in_reach)
        for control in (self.top, self.count, self.seeds):
            control.edited.connect(self._tell)

    def _explain(self) -> None:
        tips = (
            (self.corruption, self.tr("Spoil"), self.tr("The way of spoiling along the x axis.")),
            (self.top, self.tr("up to"), self.tr("The largest amount; the first one is none.")),
            (self.count, self.tr("amounts"), self.tr("How many amounts, evenly spaced.")),
            (
                self.seeds,
                self.tr("Seeds"),
                self.tr(
                    "How often each amount is trained: each seed draws split, starting weights, "
                    "order and spoiling anew. The band is how much the runs differ."
                ),
            ),
        )
        for control, name, tip in tips:
            control.setAccessibleName(name)
            control.setToolTip(tip)

    def offer(self, experiment: Experiment, dataset: Dataset) -> None:
        """Describe sweeps of another experiment on such data."""
        if self._base == experiment:
            return
        other_data = self._base is None or self._base.dataset != experiment.dataset
        self._base = experiment
        self._title = dataset.title
        usable = [one for one in CORRUPTIONS.values() if one.refuses(dataset) is None]
        self.corruption.offer([(one.name, one.title) for one in usable])
        in_use = [config.name for config in experiment.spoiling.corruptions]
        if other_data and in_use and in_use[0] in CORRUPTIONS:
            self.corruption.put(in_use[0])
        self.comparison.offer(experiment, dataset)
        self._choose()

    def sweep(self) -> Sweep:
        """What is described.

        Raises:
            UserError: it does not fit.
        """
        if self._base is None:
            raise UserError(self.tr("No experiment is ready yet."), self.tr("Wait a moment."))
        lines = self.comparison.lines(self.corruption.get()) or (Line(),)
        try:
            made = Sweep(
                base=self._base,
                corruption=self.corruption.get(),
                amounts=self._amounts(),
                seeds=tuple(range(self._base.seed, self._base.seed + self.seeds.get())),
                lines=lines,
            )
        except ValidationError as error:
            raise UserError(misfit(error, Sweep).sentence) from error
        check_sweep(made)
        return made

    def _amounts(self) -> tuple[float, ...]:
        amount = corruption_named(self.corruption.get()).amount
        return even_amounts(amount.identity, self.top.get(), self.count.get(), amount.whole)

    def _describe(self) -> None:
        """What is trained, in words."""
        experiment = self._base
        assert experiment is not None
        epochs = experiment.training.epochs
        told = self.tr("{data}, {model}, {epochs}").format(
            data=self._title,
            model=model_named(experiment.model.name).title,
            epochs=self.tr("1 epoch") if epochs == 1 else self.tr("{:,} epochs").format(epochs),
        )
        others = (one.name for one in experiment.spoiling.corruptions)
        titles = [corruption_named(one).title for one in others if one != self.corruption.get()]
        if titles:
            told += self.tr("; besides, as the sliders are: {}").format(", ".join(titles))
        self.what.setText(told)

    def _choose(self) -> None:
        """Another way of spoiling, with a range of its own."""
        name = self.corruption.get()
        if name is None:
            return
        self._describe()
        amount = corruption_named(name).amount
        low, high = sorted((amount.identity, amount.extreme))
        old = self.top
        self.top = Fraction(low, high)
        self.top.setAccessibleName(old.accessibleName())
        self.top.setToolTip(old.toolTip())
        self.top.put(_USUAL_TOP.get(name, amount.extreme))
        self.top.edited.connect(self._tell)
        self._rows.replaceWidget(old, self.top)
        label = self._rows.labelForField(self.top)
        if isinstance(label, QLabel):
            kept = amount.unit in ("retained", "factor")
            label.setText(self.tr("down to (kept)") if kept else self.tr("up to"))
        old.hide()
        old.deleteLater()
        self.comparison.set_swept(name)
        self._tell()

    def _stay_in_reach(self) -> None:
        """What is swept alike may not go as far."""
        other = self.comparison.swept_alike
        if other is not None and self.corruption.get() is not None:
            amount = corruption_named(other).amount
            if not amount.contains(self.top.get()):
                self.top.put(amount.extreme)
        self._tell()

    def _tell(self) -> None:
        """What would be trained, in words."""
        amount = corruption_named(self.corruption.get()).amount
        texts = [amount.text(one) for one in self._amounts()]
        if len(texts) > _SHOWN:
            texts = [*texts[: _SHOWN - 1], "…", texts[-1]]
        told = ", ".join(texts)
        if amount.unit == "retained":
            told = self.tr("left out: {}").format(told)
        self.preview.setText(told)
        try:
            sweep = self.sweep()
        except UserError as error:
            self.runs.setText(str(error))
        else:
            text = self.tr("{amounts} amounts × {seeds} seeds{lines} = {runs} runs")
            lines = len(sweep.lines)
            self.runs.setText(
                text.format(
                    amounts=len(sweep.amounts),
                    seeds=len(sweep.seeds),
                    lines=self.tr(" × {} lines").format(lines) if lines > 1 else "",
                    runs=numeral(sweep.count),
                )
            )
        self.changed.emit()
