"""What a sweep compares: nothing, models, training sizes, or another way of spoiling."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.corruption.registry import CORRUPTIONS, corruption_named
from visualiser.core.data.dataset import Dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import Experiment, ModelConfig
from visualiser.core.models.registry import MODELS, refusal
from visualiser.core.sweep.lines import (
    against_lines,
    amounts_from,
    even_amounts,
    model_lines,
    second_lines,
    share_an_axis,
    size_lines,
)
from visualiser.core.sweep.sweep import FEWER, Line
from visualiser.ui.widgets.controls import Choice, Switch
from visualiser.ui.widgets.controls import Line as TextLine

NOTHING, MODELS_, SIZES, SECOND, AGAINST = "nothing", "models", "sizes", "second", "against"


class ComparisonBox(QWidget):
    """A choice of what is compared, and below it the choice of lines.

    Signals:
        edited: the user chose something else.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment: Experiment | None = None
        self._usable: list[tuple[str, str]] = []
        self.kind = Choice(
            [
                (NOTHING, self.tr("nothing")),
                (MODELS_, self.tr("models")),
                (SIZES, self.tr("training sizes")),
                (SECOND, self.tr("a second way of spoiling")),
                (AGAINST, self.tr("another way of spoiling")),
            ]
        )
        self.kind.setAccessibleName(self.tr("Compare"))
        self.kind.setToolTip(self.tr("What the lines of the chart are; each has its own runs."))
        self.models: dict[str, Switch] = {}
        self.sizes = _text("0.1, 1", self.tr("Shares of the training rows, as 0.1, 1."))
        self.second = Choice([])
        self.second_amounts = _text("0, 0.5", self.tr("Its amounts, a line for each."))
        self.against = Choice([])
        self._pages: dict[str, QWidget] = {}
        self._build()

    def _build(self) -> None:
        self._models_page = QVBoxLayout()
        self._models_page.setContentsMargins(0, 0, 0, 0)
        pages = (
            (NOTHING, _page()),
            (MODELS_, self._models_page),
            (SIZES, _page((self.tr("Shares"), self.sizes))),
            (SECOND, _page((self.tr("Besides"), self.second), ("", self.second_amounts))),
            (AGAINST, _page((self.tr("With"), self.against))),
        )
        line = QFormLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addRow(self.tr("Compare"), self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        for name, content in pages:
            page = self._pages[name] = QWidget()
            page.setLayout(content)
            page.hide()
            layout.addWidget(page)
        note = QLabel(
            self.tr("A smaller set is gone through more often: all see as many examples.")
        )
        note.setProperty("role", "muted")
        note.setWordWrap(True)
        size_page = self._pages[SIZES].layout()
        assert isinstance(size_page, QFormLayout)
        size_page.addRow(note)
        self.second.setAccessibleName(self.tr("Second way of spoiling"))
        self.against.setAccessibleName(self.tr("Other way of spoiling"))
        self.kind.edited.connect(self._turn)
        for control in (self.sizes, self.second_amounts, self.against):
            control.edited.connect(self.edited)
        self.second.edited.connect(self._choose_second)

    def offer(self, experiment: Experiment, dataset: Dataset) -> None:
        """Offer what makes sense for such data."""
        self._experiment = experiment
        for switch in self.models.values():
            self._models_page.removeWidget(switch)
            switch.deleteLater()
        self.models = {}
        for model in MODELS.values():
            if refusal(model, dataset.modality) is None:
                switch = Switch(model.title)
                switch.setToolTip(model.story)
                switch.put(model.name in (experiment.model.name, "linear"))
                switch.edited.connect(self.edited)
                self.models[model.name] = switch
                self._models_page.addWidget(switch)
        usable = [one for one in CORRUPTIONS.values() if one.refuses(dataset) is None]
        self._usable = [(one.name, one.title) for one in usable]

    def set_swept(self, name: str) -> None:
        """What is swept cannot be compared with itself."""
        others = [(other, title) for other, title in self._usable if other != name]
        self.second.offer(others)
        alike = [(other, title) for other, title in others if share_an_axis(name, other)]
        self.against.offer(alike)
        self._offer_kinds({SIZES: name != FEWER, SECOND: bool(others), AGAINST: bool(alike)})
        self._choose_second()

    def lines(self, swept: str) -> tuple[Line, ...]:
        """The lines of the chart; none where nothing is compared.

        Raises:
            UserError: what was written does not fit.
        """
        kind = self.kind.get()
        if kind == MODELS_:
            ticked = [self._model(name) for name, one in self.models.items() if one.get()]
            if not ticked:
                raise UserError(self.tr("No model is ticked."), self.tr("Tick one or more."))
            return model_lines(ticked)
        if kind == SIZES:
            return size_lines(amounts_from(self.sizes.get(), self.tr("Shares")))
        if kind == SECOND:
            amounts = amounts_from(self.second_amounts.get(), self.tr("Besides"))
            return second_lines(self.second.get(), amounts, {})
        if kind == AGAINST:
            return against_lines([swept, self.against.get()])
        return ()

    @property
    def swept_alike(self) -> str | None:
        """The other way of spoiling that is swept over the same amounts; None for none."""
        name: str | None = self.against.get() if self.kind.get() == AGAINST else None
        return name

    def _model(self, name: str) -> ModelConfig:
        own = None if self._experiment is None else self._experiment.model
        return own if own is not None and own.name == name else ModelConfig(name=name)

    def _offer_kinds(self, possible: dict[str, bool]) -> None:
        texts = {NOTHING: self.tr("nothing"), MODELS_: self.tr("models")}
        texts |= {SIZES: self.tr("training sizes"), SECOND: self.tr("a second way of spoiling")}
        texts |= {AGAINST: self.tr("another way of spoiling")}
        self.kind.offer([item for item in texts.items() if possible.get(item[0], True)])
        self._show_page()

    def _choose_second(self) -> None:
        """Its first amounts: none, and half of what there can be."""
        name = self.second.get()
        if name is None:
            return
        amount = corruption_named(name).amount
        middle = even_amounts(amount.identity, amount.extreme, 3, amount.whole)[1]
        self.second_amounts.put(f"{amount.identity:g}, {middle:g}")
        self.second_amounts.setToolTip(amount.range_text)
        self.edited.emit()

    def _turn(self) -> None:
        self._show_page()
        self.edited.emit()

    def _show_page(self) -> None:
        for name, page in self._pages.items():
            page.setVisible(name == self.kind.get())


def _page(*rows: tuple[str, QWidget]) -> QFormLayout:
    made = QFormLayout()
    made.setContentsMargins(0, 0, 0, 0)
    for title, widget in rows:
        made.addRow(title, widget)
    return made


def _text(content: str, tip: str) -> TextLine:
    made = TextLine()
    made.put(content)
    made.setToolTip(tip)
    made.setAccessibleName(tip)
    return made
