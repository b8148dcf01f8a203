"""An example that the user makes, and what the models answer to it."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from visualiser.core.outcome_healing import healed_at
from visualiser.core.questions.spec import Question
from visualiser.core.questions.trial import Trial
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.tries.answer_column import AnswerColumn
from visualiser.ui.tries.spec import MakerFactory
from visualiser.ui.views.side_column import SideColumn, paragraph

_SIDE_BY_SIDE = 56
"""Letters of width from which on the example stands beside its answers."""


class ExamplePage(QWidget):
    """An example of the user's on the left, the answers of the model and its twin on the right.

    Attributes:
        maker: where the example is made.

    Signals:
        questions_changed: another example is to be answered.
    """

    questions_changed = Signal()

    def __init__(self, maker: MakerFactory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.maker = maker()
        self.maker.changed.connect(self._changed)
        self._trial: Trial | None = None
        self.truth = paragraph()
        self.student = AnswerColumn(self.tr("The model"))
        self.twin = AnswerColumn(self.tr("Its clean twin"))
        self.twin.setToolTip(self.tr("The same model, trained on the data before it was spoiled."))
        self.twin.hide()
        self._build()

    def _build(self) -> None:
        answers = QWidget()
        both = QHBoxLayout(answers)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(16)
        both.addWidget(self.student, 1)
        both.addWidget(self.twin, 1)
        side = SideColumn(self.truth, answers, parent=self)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        self._layout.addWidget(self.maker, 1)
        self._layout.addWidget(side, 1)

    def start_run(self, info: RunInfo) -> None:
        """Begin with an example of this data."""
        self.maker.start_run(info)
        self.student.answer.clear()
        self.student.bars.show_rows([])
        self.twin.hide()
        self._ask()

    def questions(self) -> frozenset[Question[Any]]:
        """What the example is answered with."""
        return frozenset(() if self._trial is None else (self._trial,))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The answers of this step."""
        answer = None if self._trial is None else snapshot.answer(self._trial)
        if answer is None:
            return
        dataset = snapshot.info.dataset
        self.student.show_answer(dataset, answer.output[0])
        has_twin = answer.twin_output is not None and snapshot.twin_differs
        self.twin.setVisible(has_twin)
        if has_twin:
            assert answer.twin_output is not None
            self.twin.show_answer(dataset, answer.twin_output[0])
        self._name_student(has_twin, healed_at(snapshot) is not None)

    def _name_student(self, has_twin: bool, healed: bool) -> None:
        """A title as short as the twin's, and what it means as the tip."""
        title, tip = self.tr("The model"), ""
        if has_twin and healed:
            title = self.tr("Healed model")
            tip = self.tr("Trained on spoiled data until it was healed.")
        elif has_twin:
            title, tip = self.tr("Spoiled model"), self.tr("Trained on the spoiled data.")
        if self.student.title.text() != title:
            self.student.title.setText(title)
            self.student.setToolTip(tip)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.maker.apply_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= _SIDE_BY_SIDE * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def _changed(self) -> None:
        self._ask()
        self.questions_changed.emit()

    def _ask(self) -> None:
        self._trial = Trial(self.maker.example())
        truth = self.maker.truth()
        self.truth.setText(self.tr("In the data it is: {truth}").format(truth=truth))
        self.truth.setVisible(bool(truth))
