"""The plan of an experiment: what is going to be changed during the run, and when."""

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from visualiser.core.corruption.recipe_text import spoiling_text
from visualiser.core.data.strokes import growth_text
from visualiser.core.experiment import Edit, Spoiling
from visualiser.core.numerals import numeral
from visualiser.core.training.snapshot import Plan
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.mouse_focus import rest_keyboard

MOST_LINES = 6
"""Changes that are listed; of a longer plan the next ones are."""


class PlanBox(QFrame):
    """Lists the planned changes; to be seen only while there is a plan.

    Signals:
        drop_wanted: the run is to go on without what is still to come.
    """

    drop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "sunken")
        self._edits: tuple[Edit, ...] = ()
        self._changes: list[tuple[str, str]] = []
        self._done = 0
        self.title = ElidedLabel("")
        self.title.setProperty("role", "section-title")
        self.title.setToolTip(
            self.tr(
                "The experiment came with these changes, each made before the step after the one "
                "named. Moving a slider of data quality or the learning rate cancels the rest."
            )
        )
        self.drop = QPushButton(self.tr("Cancel"))
        self.drop.setProperty("role", "small")
        self.drop.setAccessibleName(self.tr("Cancel the changes to come"))
        self.drop.setToolTip(
            self.tr("Cancels the changes still to come: the run goes on as it is now.")
        )
        self.drop.clicked.connect(self.drop_wanted)
        self.before, self.after = _muted(), _muted()
        self._rows = [tuple(_muted() for _ in range(3)) for _ in range(MOST_LINES)]
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        top = FlowLayout()
        top.addWidget(self.title)
        top.add_right(self.drop)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for line, row in enumerate(self._rows):
            for column, cell in enumerate(row):
                grid.addWidget(cell, line, column, Qt.AlignmentFlag.AlignTop)
            row[2].setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.before)
        layout.addLayout(grid)
        layout.addWidget(self.after)

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        """What is listed: a tick or nothing, when, and what."""
        return tuple(
            tuple(cell.text() for cell in row) for row in self._rows if not row[2].isHidden()
        )

    def show_plan(self, spoiling: Spoiling, edits: tuple[Edit, ...]) -> None:
        """List what is planned for data spoiled like this, none of it done yet."""
        self._edits, self._changes = edits, planned_changes(spoiling, edits)
        self._done = 0
        self._show()

    @property
    def to_come(self) -> tuple[Edit, ...]:
        """What is listed and not done yet."""
        return self._edits[self._done :]

    def show_done(self, plan: Plan) -> None:
        """So many of the planned edits have happened; what is not of this plan says nothing."""
        if plan.edits == self._edits and plan.done != self._done:
            self._done = plan.done
            self._show()

    def _show(self) -> None:
        to_come = self._done < len(self._changes)
        made = self.tr("Planned changes, all made")
        self.title.setText(self.tr("Planned changes") if to_come else made)
        if self.drop.hasFocus() and not to_come:
            rest_keyboard(self)
        self.drop.setVisible(to_come)
        first = max(min(self._done - 1, len(self._changes) - MOST_LINES), 0)
        listed = self._changes[first : first + MOST_LINES]
        for place, row in enumerate(self._rows):
            texts = ("", "", "")
            if place < len(listed):
                when, change = listed[place]
                texts = ("✓" if first + place < self._done else "", when, change)
            for cell, text in zip(row, texts, strict=True):
                cell.setText(text)
                cell.setVisible(place < len(listed))
            row[0].setMinimumWidth(self.fontMetrics().horizontalAdvance("✓"))
        _say(self.before, self.tr("✓ {count} before"), first)
        _say(self.after, self.tr("{count} more after"), len(self._changes) - first - len(listed))
        self.setVisible(bool(self._changes))


def _muted() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "muted")
    return label


def _say(label: QLabel, text: str, count: int) -> None:
    """A line on so many changes that are not listed; hidden where there are none."""
    label.setText(text.format(count=f"{count:,}"))
    label.setVisible(count > 0)


def planned_changes(spoiling: Spoiling, edits: tuple[Edit, ...]) -> list[tuple[str, str]]:
    """When and what, in words, of each edit of data spoiled so: “step 500”, “Wrong labels 20 %”."""
    tr = partial(QCoreApplication.translate, "PlanBox")
    changes = []
    for edit in edits:
        words = []
        if edit.spoiling is not None:
            words.append(spoiling_text(spoiling, edit.spoiling))
            spoiling = edit.spoiling
        if edit.repairs is not None:
            words.append(tr("rows repaired") if edit.repairs else tr("no repairs"))
        if edit.learning_rate is not None:
            words.append(tr("learning rate {rate}").format(rate=numeral(edit.learning_rate)))
        if edit.dataset is not None:
            words.append(tr("other data"))
        if edit.stroke is not None:
            words.append(growth_text(len(edit.stroke.added) - len(edit.stroke.erased)))
        when = tr("step {number}") if edit.epoch is None else tr("epoch {number}")
        number = edit.step if edit.epoch is None else edit.epoch
        changes.append((when.format(number=f"{number:,}"), ", ".join(filter(None, words))))
    return [(when, what or tr("no change")) for when, what in changes]
