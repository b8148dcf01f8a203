"""What one model answers to an example: probabilities as bars, or an amount in large figures."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Dataset
from visualiser.core.numerals import probability_text
from visualiser.ui.tries.answer_bars import AnswerBars
from visualiser.ui.widgets.bar_rows import BarRow
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.fitted import Fitted

_GAP = 8
_MOST_BARS = 20


class AnswerColumn(Fitted, QWidget):
    """A heading, the answer in large letters, and where there are classes their probabilities.

    Attributes:
        title: whose answer it is.
        answer: “7”, “$ 212,000”.
        bars: the probabilities; the most probable classes where there are many.

    Signals:
        fitted: it has other room, or a text of another size.
    """

    fitted = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, self)
        self.title.setProperty("role", "heading")
        self.answer = ElidedLabel(parent=self)
        self.answer.setProperty("role", "figure")
        self.bars = AnswerBars(self)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(_GAP)
        self._head.addWidget(self.title)
        self._head.addWidget(self.answer, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head)
        layout.addWidget(self.bars, 1)

    def fit(self) -> None:
        """Whether title and answer share a line is for the owner to say."""
        self.fitted.emit()

    @property
    def fits_one_line(self) -> bool:
        """Whether title and answer have room beside each other."""
        needed = self.title.sizeHint().width() + _GAP + self.answer.sizeHint().width()
        return needed <= self.width()

    def stack(self, stacked: bool) -> None:
        """The answer below its title, or beside it: columns that are compared do the same."""
        directions = QBoxLayout.Direction
        direction = directions.TopToBottom if stacked else directions.LeftToRight
        if self._head.direction() != direction:
            self._head.setDirection(direction)
            self._head.setSpacing(0 if stacked else _GAP)

    def clear(self) -> None:
        """No answer yet."""
        self.answer.setText("")
        self.bars.show_rows((), ())

    def show_answer(
        self, dataset: Dataset, output: NDArray[np.floating], order: NDArray[np.int64]
    ) -> None:
        """`output` is one row of TrialAnswer.output: (K,) probabilities, or () an amount.

        `order` (K,) has those classes first that must not be left out.
        """
        if not np.isfinite(output).all():
            self.answer.setText(self.tr("not a number"))
            self.bars.show_rows((), ())
        elif dataset.predicts_classes:
            self._show_classes(dataset, output, order)
        else:
            self.answer.setText(dataset.label_text(float(output)))
            self.bars.show_rows((), ())

    def _show_classes(
        self, dataset: Dataset, shares: NDArray[np.floating], order: NDArray[np.int64]
    ) -> None:
        self.answer.setText(dataset.class_names[int(shares.argmax())])
        shown = np.sort(order[:_MOST_BARS])
        rows = tuple(
            BarRow(
                dataset.class_names[code],
                float(shares[code]),
                probability_text(float(shares[code])),
            )
            for code in shown.tolist()
        )
        self.bars.show_rows(rows, tuple(np.searchsorted(shown, order[:_MOST_BARS]).tolist()))
