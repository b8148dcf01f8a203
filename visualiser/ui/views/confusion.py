"""Which classes a model takes for which, and the examples behind every number."""

from typing import Literal

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.classification import confusion_matrix
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.confusion_matrix import Cell, ConfusionMatrix
from visualiser.ui.views.example_answers import Answers, Pace, answer_tile
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.tiles import ExampleTiles
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout

Shown = Literal["student", "twin", "difference"]
MOST_EXAMPLES = 200
"""Nobody scrolls further; the count in the title is of all."""
MOST_CLASSES = 20
"""A matrix of more cannot be read: those with most mistakes are shown."""
_GAP, _BESIDE, _MATRIX_LINES = 14, 26, 9
"""Pixels between matrix and examples, letters of width for them beside each other at least, and
lines of height that the matrix has where there are fewer."""


class ConfusionView(Fitted, QWidget):
    """The confusion matrix of the validation rows, and the examples of the chosen cell.

    They stand below the matrix where there is no room for them beside it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answers: Answers | None = None
        self._pace = Pace()
        self._classes: IntArray = np.arange(0)
        self.matrix = ConfusionMatrix(self)
        self.matrix.chosen.connect(self._show_other_cell)
        self.model = Choice((("student", self.tr("your model")),), self)
        self.model.setAccessibleName(self.tr("Whose answers"))
        self.model.setToolTip(
            self.tr("Whose answers are counted: your model's, the clean twin's, or the difference.")
        )
        self.model.edited.connect(self._show_all)
        self.title = QLabel(self)
        self.title.setWordWrap(True)
        self.title.setProperty("role", "heading")
        self.chosen = QLabel(self)
        self.chosen.setWordWrap(True)
        self.chosen.setProperty("role", "muted")
        self.chosen.hide()
        self.tiles = ExampleTiles(self)
        self.legend = Legend(self)
        self.saving = PictureSaving(
            self.matrix, "confusion", self.tr("Confusion matrix"), self.legend, self._whose
        )
        top = FlowLayout(gap=12)
        top.addWidget(self.model)
        top.addWidget(self.legend)
        self._side = side = QVBoxLayout()
        side.setSpacing(6)
        side.addLayout(top)
        side.addWidget(self.chosen)
        side.addWidget(self.title)
        side.addWidget(self.tiles, 1)
        self._layout = layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP)
        layout.addWidget(self.matrix, 1)
        layout.addLayout(side, 1)

    def minimumSizeHint(self) -> QSize:
        """As narrow as one below the other; as high as what is there now needs in this width."""
        matrix, side = self.matrix.minimumSizeHint(), self._side.minimumSize()
        width = max(matrix.width(), side.width())
        if self._beside:
            room = max((self.width() - _GAP) // 2, side.width())
            return QSize(width, max(matrix.height(), self._side.minimumHeightForWidth(room)))
        below = self._side.minimumHeightForWidth(max(self.width(), width))
        high = max(matrix.height(), self.matrix.minimumHeight())
        return QSize(width, high + _GAP + below)

    def fit(self) -> None:
        """Choose where the examples stand."""
        least = self.matrix.minimumSizeHint().width() + _GAP + self._side.minimumSize().width()
        directions = QBoxLayout.Direction
        narrow = self.width() < _BESIDE * self.fontMetrics().averageCharWidth()
        self.matrix.setMinimumHeight(_MATRIX_LINES * self.fontMetrics().height() if narrow else 0)
        beside = self.width() >= least and not narrow
        self._layout.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
        self.updateGeometry()

    @property
    def _beside(self) -> bool:
        return self._layout.direction() == QBoxLayout.Direction.LeftToRight

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._answers = None
        self.saving.forget()
        self._pace.reset()
        self._choose(info, np.arange(min(info.dataset.class_count, MOST_CLASSES)))
        self.model.offer((("student", self.tr("your model")),))
        self.title.clear()
        self.tiles.show_nothing(self.tr("Click a cell to see its examples."))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Count the answers of this step."""
        self._answers = Answers.of(snapshot)
        if self._answers is None:
            self._choose(snapshot.info, self._classes)
            self.saving.forget()
            lost = snapshot.predictions is not None
            self.tiles.show_nothing(self.tr("The answers are no numbers any more.") if lost else "")
            return
        self._offer(twin=self._answers.twin_output is not None)
        readable = self._pace.lets(snapshot)
        if readable:
            self._choose_worst(self._answers)
        self._count(self._answers)
        self.saving.follow(snapshot)
        if readable:
            self._show_cell()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.matrix, self.tiles, self.legend, self.saving):
            part.apply_palette(palette)

    def _offer(self, *, twin: bool) -> None:
        if twin == (self.model.count() > 1):
            return
        choices = [("student", self.tr("your model"))]
        if twin:
            choices.append(("twin", self.tr("clean twin")))
            choices.append(("difference", self.tr("difference to the twin")))
        self.model.offer(choices)

    @property
    def _shown(self) -> Shown:
        shown: Shown = self.model.get()
        return shown

    def _whose(self) -> str:
        """Whose answers are counted, where there is a choice."""
        return self.model.currentText() if self.model.count() > 1 else ""

    def _show_all(self) -> None:
        if self._answers is not None:
            self._count(self._answers)
            self._show_cell()

    def _choose_worst(self, answers: Answers) -> None:
        """Of many classes, those with most mistakes, in their own order."""
        classes = answers.info.dataset.class_count
        if classes <= MOST_CLASSES:
            return
        counts = confusion_matrix(answers.true, answers.predicted, classes)
        mistakes = counts.sum(axis=0) + counts.sum(axis=1) - 2 * counts.diagonal()
        worst = np.sort(np.argsort(-mistakes, kind="stable")[:MOST_CLASSES])
        if not np.array_equal(worst, self._classes):
            self._choose(answers.info, worst)

    def _choose(self, info: RunInfo, classes: IntArray) -> None:
        self._classes = classes
        self.matrix.start(tuple(info.dataset.class_names[code] for code in classes))
        count = info.dataset.class_count
        text = self.tr("The {shown} of {all} classes with most mistakes.")
        self.chosen.setText(text.format(shown=len(classes), all=count))
        self.chosen.setVisible(count > len(classes))
        self.fit()

    def _count(self, answers: Answers) -> None:
        classes = answers.info.dataset.class_count
        counts = confusion_matrix(answers.true, answers.predicted, classes)
        twin = answers.twin_predicted
        rows = counts.sum(axis=1)
        if self._shown != "student" and twin is not None:
            twin_counts = confusion_matrix(answers.true, twin, classes)
            counts = twin_counts if self._shown == "twin" else counts - twin_counts
        difference = self._shown == "difference"
        shown = counts[np.ix_(self._classes, self._classes)]
        self.matrix.show_counts(shown, rows[self._classes], difference=difference)
        self.legend.show_entries(self._entries(difference=difference))

    def _entries(self, *, difference: bool) -> tuple[Entry, ...]:
        if difference:
            return (
                Entry("area", POSITIVE, self.tr("more than the twin")),
                Entry("area", NEGATIVE, self.tr("fewer")),
            )
        tip = self.tr("The deeper the colour, the larger the share of the true class.")
        return (
            Entry("area", POSITIVE, self.tr("right"), tip),
            Entry("area", NEGATIVE, self.tr("wrong"), tip),
        )

    def _show_other_cell(self) -> None:
        self.tiles.rewind()
        self._show_cell()

    def _show_cell(self) -> None:
        """List the examples of the chosen cell, the surest answers first."""
        answers, cell = self._answers, self.matrix.cell
        if answers is None:
            return
        if cell is None:
            self.tiles.show_nothing(self.tr("Click a cell to see its examples."))
            return
        self.title.setText(self.matrix.sentence(cell))
        positions = self._positions(answers, cell)
        if not len(positions):
            nothing = self.tr("No validation {example} is in this cell.")
            noun = noun_of(answers.info.dataset)
            self.tiles.show_nothing(nothing.format(example=noun.one))
            return
        positions = positions[:MOST_EXAMPLES]
        tiles = tuple(answer_tile(answers, int(position)) for position in positions)
        self.tiles.show_examples(answers.info.dataset, answers.features(positions), tiles)

    def _positions(self, answers: Answers, cell: Cell) -> IntArray:
        """Which of the watched rows are in `cell`; for the difference, for one model only."""
        true_class, answered = (int(self._classes[place]) for place in cell)
        true = answers.true == true_class
        mine = true & (answers.predicted == answered)
        output = answers.output
        twin = answers.twin_predicted
        if self._shown != "student" and twin is not None and answers.twin_output is not None:
            theirs = true & (twin == answered)
            mine = theirs if self._shown == "twin" else mine ^ theirs
            output = answers.twin_output if self._shown == "twin" else output
        positions = np.flatnonzero(mine)
        surest = np.argsort(-output[positions, answered], kind="stable")
        return positions[surest]
