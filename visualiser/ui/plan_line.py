"""One line of a plan: when, what, how much."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.timeline import Amend, Entry, HealAll, Other, Rate, Unit, rough
from visualiser.ui.widgets.amount_slider import AmountSlider
from visualiser.ui.widgets.controls import Choice, Whole
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.scale import amount_scale, ladder_scale

_HEAL, _RATE = "", "learning_rate"
_LATEST = 10_000_000
_ARROWS = 36
"""Pixels beside the number of a spin box."""


class PlanLine(QFrame):
    """Shows an Entry and lets it be changed.

    Signals:
        changed: it says something else now.
        removed: it is to be left out.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, usable: Sequence[str], learning_rate: float, unit: Unit, now: int) -> None:
        """`now` is the epoch or step that the run stands at: nothing comes before it."""
        super().__init__()
        self.setProperty("role", "sunken")
        self._learning_rate = learning_rate
        self._entry = Entry(0, HealAll())
        self.when = Whole(now, _LATEST)
        self.when.setPrefix(self.tr("epoch ") if unit == "epoch" else self.tr("step "))
        room = self.when.prefix() + "100,000"
        self.when.setMinimumWidth(self.when.fontMetrics().horizontalAdvance(room) + _ARROWS)
        self.when.setAccessibleName(self.tr("When"))
        self.when.setToolTip(self.tr("After so many of them are done."))
        self.what = Choice(
            [
                *((name, CORRUPTIONS[name].title) for name in usable),
                (_HEAL, self.tr("Heal everything")),
                (_RATE, self.tr("Learning rate")),
            ]
        )
        self.what.setAccessibleName(self.tr("What"))
        self.other = QLabel(self.tr("kept as it was planned"))
        self.other.setProperty("role", "muted")
        self.remove = QPushButton("×")
        self.remove.setProperty("role", "small")
        self.remove.setAccessibleName(self.tr("Leave this change out"))
        self.remove.setToolTip(self.tr("Leaves this change out."))
        self.amount: AmountSlider | None = None
        self._layout = FlowLayout(self, gap=8)
        self._layout.setContentsMargins(8, 6, 8, 6)
        for widget in (self.when, self.what, self.other):
            self._layout.addWidget(widget)
        self._layout.add_end(self.remove)
        self.when.edited.connect(self._move)
        self.what.edited.connect(self._choose)
        self.remove.clicked.connect(self.removed)
        self.setFocusProxy(self.when)

    @property
    def entry(self) -> Entry:
        """What the line says."""
        return self._entry

    def show_entry(self, entry: Entry) -> None:
        """Show a change."""
        self._entry = entry
        self.when.put(entry.at)
        act = entry.act
        self.what.setVisible(not isinstance(act, Other))
        self.other.setVisible(isinstance(act, Other))
        match act:
            case Amend(config):
                self.what.put(config.name)
            case HealAll():
                self.what.put(_HEAL)
            case Rate():
                self.what.put(_RATE)
        self._offer_amount()

    def _offer_amount(self) -> None:
        """The slider that goes with what is changed, if any."""
        if self.amount is not None:
            self._layout.removeWidget(self.amount)
            self.amount.setParent(None)
            self.amount.deleteLater()
            self.amount = None
        match self._entry.act:
            case Amend(config):
                corruption = CORRUPTIONS[config.name]
                scale, tip = amount_scale(corruption.amount), corruption.story
                made = AmountSlider(self.tr("Amount"), scale, tip)
                made.set_value(config.amount)
            case Rate(learning_rate):
                made = AmountSlider(self.tr("Learning rate"), ladder_scale())
                made.set_value(learning_rate)
            case _:
                return
        made.value_changed.connect(self._amend)
        made.setMinimumWidth(self.fontMetrics().averageCharWidth() * 28)
        self._layout.addWidget(made)
        self.amount = made

    def _move(self) -> None:
        self._take(Entry(self.when.get(), self._entry.act))

    def _amend(self, value: float) -> None:
        match self._entry.act:
            case Amend(config):
                self._take(Entry(self._entry.at, Amend(config.replace(amount=value))))
            case Rate():
                self._take(Entry(self._entry.at, Rate(value)))

    def _choose(self) -> None:
        name, at = self.what.get(), self._entry.at
        if name == _HEAL:
            entry = Entry(at, HealAll())
        elif name == _RATE:
            entry = Entry(at, Rate(self._learning_rate))
        else:
            entry = Entry(at, Amend(rough(name)))
        self.show_entry(entry)
        self.changed.emit()

    def _take(self, entry: Entry) -> None:
        self._entry = entry
        self.changed.emit()
