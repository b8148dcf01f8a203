"""Planning ahead: “clean to epoch 5, then wrong labels 30 %, healed at epoch 10”."""

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.experiment import Edit, Spoiling
from visualiser.core.timeline import (
    Amend,
    Entry,
    HealAll,
    Unit,
    edits_of,
    entries_of,
    in_unit,
    rough,
)
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.palette import Palette
from visualiser.ui.panels.plan_box import planned_changes
from visualiser.ui.plan_line import PlanLine
from visualiser.ui.timeline_bar import TimelineBar
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.form_dialog import FormDialog

_WIDE, _HIGH = 78, 26
"""Characters and lines that there is room for."""


class PlanDialog(FormDialog):
    """Edits what is going to be changed during the run; nothing starts over.

    Signals:
        planned: a tuple of Edit, in place of what was planned until now.
    """

    planned = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Plan changes"))
        self._spoiling, self._usable = Spoiling(), list[str]()
        self._rate, self._steps_per_epoch = 0.003, 1.0
        self._now = {"epoch": 0, "step": 0}
        self.lines: list[PlanLine] = []
        self.about = QLabel(
            self.tr(
                "Each change comes by itself when its time has come, with a marker in the curves. "
                "The run goes on: nothing starts over."
            )
        )
        self.about.setWordWrap(True)
        self.about.setProperty("role", "muted")
        self.unit = Choice([("epoch", self.tr("Count epochs")), ("step", self.tr("Count steps"))])
        self.unit.setAccessibleName(self.tr("When is counted in"))
        self.unit.edited.connect(self._change_unit)
        self.bar = TimelineBar()
        self.empty = QLabel(
            self.tr("Nothing is planned. Begin with the example, or add a change of your own.")
        )
        self.empty.setWordWrap(True)
        self._make_buttons()
        self._lay_out()

    def _make_buttons(self) -> None:
        self.add = QPushButton(self.tr("Add a change"))
        self.add.clicked.connect(self._add)
        self.example = QPushButton(self.tr("Example: spoil and heal"))
        self.example.setToolTip(
            self.tr("Clean at first, then spoiled, then healed: watch the curves fall and rise.")
        )
        self.example.clicked.connect(self._fill_example)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(self.tr("Use this plan"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for button in (self.add, self.example):
            top.addWidget(button)
        top.addStretch(1)
        top.addWidget(self.unit)
        page = QWidget()
        self._rows = QVBoxLayout(page)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addWidget(self.empty)
        self._rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        for widget in (self.about, self.bar):
            layout.addWidget(widget)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.buttons)

    def start_run(self, info: RunInfo) -> None:
        """What can be planned for the data of a run, and how many steps make an epoch."""
        self._usable = [n for n, c in CORRUPTIONS.items() if c.refuses(info.dataset) is None]
        batch = info.experiment.training.batch_size
        self._steps_per_epoch = max(1.0, -(-len(info.split.train) // batch))

    def show_plan(
        self,
        spoiling: Spoiling,
        edits: Sequence[Edit],
        learning_rate: float,
        step: int = 0,
        epoch: float = 0.0,
    ) -> None:
        """What is planned from a step and epoch on for data that is spoiled so, to be changed."""
        self._spoiling, self._rate = spoiling, learning_rate
        self._now = {"epoch": ceil(epoch - 1e-9), "step": step}
        unit: Unit = "step" if any(edit.step is not None for edit in edits) else "epoch"
        self.unit.put(unit)
        self._show(entries_of(spoiling, edits, unit, self._steps_per_epoch))

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.bar.apply_palette(palette)

    @property
    def entries(self) -> list[Entry]:
        """What the lines say."""
        return [line.entry for line in self.lines]

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What they come to."""
        return edits_of(self._spoiling, self.entries, self.unit.get())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        metrics, screen = self.fontMetrics(), self.screen().availableSize()
        usual = QSize(_WIDE * metrics.averageCharWidth(), _HIGH * metrics.height())
        self.resize(self.size().expandedTo(usual).boundedTo(screen))

    def accept(self) -> None:
        self.planned.emit(self.edits)
        super().accept()

    def _show(self, entries: Sequence[Entry]) -> None:
        for line in self.lines:
            line.setParent(None)
            line.deleteLater()
        self.lines = []
        for entry in entries:
            self._add_line(entry)
        self._refresh()

    def _add_line(self, entry: Entry) -> PlanLine:
        unit = self.unit.get()
        line = PlanLine(self._usable, self._rate, unit, self._now[unit])
        line.show_entry(entry)
        line.changed.connect(self._refresh)
        line.removed.connect(self._remove)
        self._rows.insertWidget(self._rows.count() - 1, line)
        self.lines.append(line)
        return line

    def _add(self) -> None:
        """One more change, some time after the last one."""
        last_at = max((entry.at for entry in self.entries), default=0)
        later = max(last_at, self._now[self.unit.get()]) + self._pause()
        spoiled = edits_of(self._spoiling, self.entries, self.unit.get())
        last = next((e.spoiling for e in reversed(spoiled) if e.spoiling is not None), None)
        heals = (self._spoiling if last is None else last).corruptions
        act = HealAll() if heals or not self._usable else Amend(rough(self._usable[0]))
        self._add_line(Entry(later, act)).setFocus()
        self._refresh()

    def _fill_example(self) -> None:
        pause, now = self._pause(), self._now[self.unit.get()]
        if self._usable:
            spoil = Entry(now + pause, Amend(rough(self._usable[0])))
            self._show([spoil, Entry(now + 2 * pause, HealAll())])

    def _pause(self) -> int:
        return 5 if self.unit.get() == "epoch" else round(5 * self._steps_per_epoch)

    def _remove(self) -> None:
        line = self.sender()
        self._show([one.entry for one in self.lines if one is not line])

    def _change_unit(self) -> None:
        self._show(in_unit(self.entries, self.unit.get(), self._steps_per_epoch))

    def _refresh(self) -> None:
        edits = self.edits
        self.empty.setVisible(not self.lines)
        unit = self.unit.get()
        self.bar.show_plan(self._spoiling, edits, unit, self._now[unit])
        self.bar.setAccessibleDescription(
            "; ".join(f"{when}: {what}" for when, what in planned_changes(self._spoiling, edits))
        )
