"""An example that the user makes, and what the models answer to it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from visualiser.core.outcome_healing import healed_at
from visualiser.core.questions.spec import Question
from visualiser.core.questions.trial import Trial, TrialAnswer
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.tries.answer_column import AnswerColumn
from visualiser.ui.tries.spec import Maker, MakerFactory
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout

_SIDE_BY_SIDE, _PAIR = 56, 26
"""Letters of width from which on the example stands beside its answers, and those beside each
other."""
_GAP, _APART = 6, 16
"""Pixels between what stands below each other, and beside each other."""
_NO_LIMIT = 16_777_215
"""Qt's own QWIDGETSIZE_MAX."""


class ExamplePage(Fitted, QWidget):
    """An example of the user's on the left, the answers of the model and its twin on the right.

    Below them are the buttons, over the whole width: a small window is wide rather than high.

    Attributes:
        maker: where the example is made.
        truth: what the data says of the example, where it is one of the data.

    Signals:
        questions_changed: another example is to be answered.
    """

    questions_changed = Signal()

    def __init__(self, maker: MakerFactory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.maker = maker()
        self.maker.changed.connect(self._changed)
        self.maker.told.connect(self.fit)
        self._trial: Trial | None = None
        self.truth = ElidedLabel()
        self.student = AnswerColumn(self.tr("The model"))
        self.twin = AnswerColumn(self.tr("Its clean twin"))
        self.twin.setToolTip(self.tr("The same model, trained on the data before it was spoiled."))
        self.twin.hide()
        self._build()

    def _build(self) -> None:
        self._middle = _Middle(self.maker, (self.student, self.twin))
        below = FlowLayout(gap=_GAP)
        for widget in self.maker.below:
            below.addWidget(widget)
        if self.maker.below:
            below.addWidget(self.truth)
        else:
            self._middle.add_above(self.truth)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.addWidget(self._middle, 1)
        self._layout.addLayout(below)
        self._layout.addWidget(self.maker.words)

    def fit(self) -> None:
        """Never squeeze lines that are wrapped: Qt asks for their height at another width."""
        self.setMinimumHeight(self._layout.minimumHeightForWidth(self.width()))

    def event(self, event: QEvent) -> bool:
        """What needs other room, such as the answers of a twin that appears, gets it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return handled

    def start_run(self, info: RunInfo) -> None:
        """Begin with an example of this data."""
        self.maker.start_run(info)
        self.student.clear()
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
        has_twin = answer.twin_output is not None and snapshot.twin_differs
        order = _most_probable(answer, has_twin)
        self.student.show_answer(dataset, answer.output[0], order)
        self.twin.setVisible(has_twin)
        if has_twin:
            assert answer.twin_output is not None
            self.twin.show_answer(dataset, answer.twin_output[0], order)
        self._name_student(has_twin, healed_at(snapshot) is not None)
        self._middle.fit()

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

    def _changed(self) -> None:
        self._ask()
        self.questions_changed.emit()

    def _ask(self) -> None:
        self._trial = Trial(self.maker.example())
        truth = self.maker.truth()
        self.truth.setText(self.tr("In the data it is: {truth}").format(truth=truth))
        self.truth.setVisible(bool(truth))
        self.fit()


class _Middle(Fitted, QWidget):
    """Example and answers, beside each other where there is room, else below each other."""

    def __init__(self, maker: Maker, columns: tuple[AnswerColumn, ...]) -> None:
        super().__init__()
        self._maker, self._columns = maker, columns
        pair = self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(_APART)
        for column in columns:
            pair.addWidget(column, 1)
            column.fitted.connect(self._level)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(0)
        self._answers.addLayout(pair, 1)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_APART)
        self._layout.addWidget(maker, 2)
        self._layout.addLayout(self._answers, 2)

    def add_above(self, label: QWidget) -> None:
        """Put a line above the answers."""
        self._answers.insertWidget(0, label)

    def minimumSizeHint(self) -> QSize:
        """As narrow as with all below each other."""
        parts = (self._maker, *self._shown)
        widest = max(part.minimumSizeHint().width() for part in parts)
        return QSize(widest, super().minimumSizeHint().height())

    def fit(self) -> None:
        """Choose the places."""
        beside = self.width() >= _SIDE_BY_SIDE * self.fontMetrics().averageCharWidth()
        direction = QBoxLayout.Direction
        self._layout.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        pair = beside or self.width() >= _PAIR * self.fontMetrics().averageCharWidth()
        self._pair.setDirection(direction.LeftToRight if pair else direction.TopToBottom)
        square = beside and self._maker.is_square
        self._maker.setMaximumWidth(self.height() if square else _NO_LIMIT)
        shown = self._shown
        # Each frame asks: the window is laid out anew only where something is another.
        if self._layout.stretch(1) != 1 + len(shown):
            self._layout.setStretch(1, 1 + len(shown))
        self._level()

    @property
    def _shown(self) -> list[AnswerColumn]:
        return [column for column in self._columns if not column.isHidden()]

    def _level(self) -> None:
        """Columns that are compared begin their bars at the same height."""
        stacked = not all(column.fits_one_line for column in self._shown)
        for column in self._shown:
            column.stack(stacked)


def _most_probable(answer: TrialAnswer, with_twin: bool) -> NDArray[np.int64]:
    """(K,) classes that either model finds probable first; (1,) of an amount."""
    shares = answer.output[0]
    if with_twin and answer.twin_output is not None:
        shares = np.maximum(shares, answer.twin_output[0])
    return np.argsort(-np.atleast_1d(shares), kind="stable")
