"""The plan of an experiment: what is going to be changed during the run, and when."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from visualiser.core.experiment import Experiment
from visualiser.core.training.edits import spoiling_text
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout

MOST_LINES = 6
"""Changes that are listed; of a longer plan the next ones are."""


class PlanBox(QFrame):
    """Lists the planned changes; to be seen only while there is a plan.

    Signals:
        drop_wanted: the run is to go on without the plan.
    """

    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._changes: list[tuple[int, str]] = []
        self._done = 0
        title = ElidedLabel(self.tr("Planned changes"))
        title.setProperty("role", "section-title")
        title.setToolTip(
            self.tr(
                "The experiment came with changes at certain steps. Moving a slider of data "
                "quality or the learning rate ends the plan."
            )
        )
        self.drop = QPushButton(self.tr("Drop"))
        self.drop.setProperty("role", "small")
        self.drop.setAccessibleName(self.tr("Drop the plan"))
        self.drop.setToolTip(self.tr("Drops the plan: the run goes on as it is now."))
        self.drop.clicked.connect(self.drop_wanted)
        self.list = QLabel()
        self.list.setWordWrap(True)
        self.list.setTextFormat(Qt.TextFormat.PlainText)
        self.list.setProperty("role", "muted")
        top = FlowLayout()
        top.addWidget(title)
        top.add_right(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.list)
        self.hide()

    def show_plan(self, experiment: Experiment) -> None:
        """List what an experiment plans, from its beginning on."""
        self._changes = planned_changes(experiment)
        self._done = 0
        self._show()

    def show_done(self, edits: int) -> None:
        """So many of the planned edits have happened."""
        if edits != self._done and self._changes:
            self._done = edits
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._changes))
        first = max(min(self._done - 1, len(self._changes) - MOST_LINES), 0)
        listed = self._changes[first : first + MOST_LINES]
        lines = [
            self.tr("{mark}step {step}: {change}").format(
                mark="✓ " if number < self._done else "", step=f"{step:,}", change=change
            )
            for number, (step, change) in enumerate(listed, start=first)
        ]
        left_out = len(self._changes) - len(listed)
        if left_out:
            lines.append(self.tr("{count} more").format(count=left_out))
        self.list.setText("\n".join(lines))


def planned_changes(experiment: Experiment) -> list[tuple[int, str]]:
    """The step and the words of each planned edit: (500, “Wrong labels 20 %”)."""
    tr = partial(QCoreApplication.translate, "PlanBox")
    changes = []
    spoiling = experiment.spoiling
    for edit in experiment.edits:
        words = []
        if edit.spoiling is not None:
            words.append(spoiling_text(spoiling, edit.spoiling))
            spoiling = edit.spoiling
        if edit.learning_rate is not None:
            words.append(tr("learning rate {rate:g}").format(rate=edit.learning_rate))
        changes.append((edit.step, ", ".join(filter(None, words)) or tr("no change")))
    return changes
