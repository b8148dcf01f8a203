"""What one model answers to an example: probabilities as bars, or an amount in large figures."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from visualiser.core.data.dataset import Dataset
from visualiser.ui.views.example_text import share_text
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.elided_label import ElidedLabel

_MOST_BARS = 10
_PITCH = 1.05
"""Close enough for ten bars beside a small picture."""


class AnswerColumn(QWidget):
    """A heading, the answer in large letters, and where there are classes their probabilities.

    Attributes:
        title: whose answer it is, on one line, so that columns beside each other are level.
        answer: “7”, “$ 212,000”.
        bars: the probabilities; the most probable classes where there are many.
    """

    def __init__(self, title: str, spoiled: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, self)
        self.title.setProperty("role", "heading")
        self.answer = QLabel(self)
        self.answer.setProperty("role", "figure")
        self.answer.setProperty("spoiled", spoiled)
        self.answer.setWordWrap(True)
        self.bars = BarRows("", self, _PITCH)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.title)
        layout.addWidget(self.answer)
        layout.addWidget(self.bars)
        layout.addStretch(1)

    def show_answer(self, dataset: Dataset, output: NDArray[np.floating]) -> None:
        """`output` is one row of TrialAnswer.output: (K,) probabilities, or () an amount."""
        if not np.isfinite(output).all():
            self.answer.setText(self.tr("not a number"))
            self.bars.show_rows([])
        elif dataset.predicts_classes:
            self._show_classes(dataset, output)
        else:
            self.answer.setText(dataset.label_text(float(output)))
            self.bars.show_rows([])

    def _show_classes(self, dataset: Dataset, shares: NDArray[np.floating]) -> None:
        self.answer.setText(dataset.class_names[int(shares.argmax())])
        shown = np.sort(np.argsort(-shares, kind="stable")[:_MOST_BARS])
        self.bars.show_rows(
            [
                BarRow(dataset.class_names[i], float(shares[i]), share_text(float(shares[i])))
                for i in shown.tolist()
            ]
        )
