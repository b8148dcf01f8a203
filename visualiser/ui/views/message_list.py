"""The watched messages as a list, those that are answered wrongly first."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from visualiser.core.data.dataset import IntArray
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import probability_text
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.views.example_answers import Answers
from visualiser.ui.views.example_text import example_text
from visualiser.ui.views.gallery import positions_of

MOST_SHOWN = 120
_LONGEST = 90
"""Characters of a message in the list."""


class MessageList(QListWidget):
    """Its order follows the answers, but not under the user's hand.

    Signals:
        chosen: position in `split.validation` of the message the user turned to.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._order: list[int] = []
        self._filling = False
        self.setAccessibleName(self.tr("Messages of the validation part"))
        self.setToolTip(self.tr("Wrongly answered messages come first, the surest on top."))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.currentRowChanged.connect(self._turned)

    def start_run(self, info: RunInfo) -> None:
        """The first messages of another run, before anything is answered."""
        self._info = info
        self._fill([(int(row), "") for row in info.watched[:MOST_SHOWN]], keep=None)

    def show_answers(self, answers: Answers) -> None:
        """Put the wrong ones first, unless the user is about to choose."""
        if self._info is None or self.underMouse() or self.hasFocus():
            return
        wrong = positions_of(answers, "wrong")[:MOST_SHOWN]
        right = positions_of(answers, "right")[::-1][: MOST_SHOWN - len(wrong)]
        rows = [(int(self._info.watched[p]), self._mark(answers, int(p))) for p in wrong]
        rows += [(int(self._info.watched[p]), "") for p in right]
        self._fill(rows, keep=self._current())

    @property
    def order(self) -> tuple[int, ...]:
        """Positions in `split.validation` of the messages listed."""
        return tuple(self._order)

    def leave(self) -> None:
        """No message of the list is looked at."""
        self._filling = True
        self.setCurrentRow(-1)
        self._filling = False

    def _current(self) -> int | None:
        row = self.currentRow()
        return self._order[row] if 0 <= row < len(self._order) else None

    def _mark(self, answers: Answers, position: int) -> str:
        share = probability_text(float(answers.output[position].max()))
        return self.tr("✗ {share} ").format(share=share)

    def _fill(self, rows: list[tuple[int, str]], keep: int | None) -> None:
        info = self._info
        assert info is not None
        self._filling = True
        while self.count() > len(rows):
            self.takeItem(self.count() - 1)
        while self.count() < len(rows):
            self.addItem(QListWidgetItem())
        part, names = info.split.validation, info.dataset.class_names
        positions: IntArray = np.array([row for row, _ in rows], dtype=np.int64)
        messages = part.take(positions).features if len(rows) else part.features
        for number, (row, mark) in enumerate(rows):
            text = example_text(info.dataset, messages, number)[:_LONGEST]
            line = f"{mark}{isolated(names[int(part.labels[row])])} · {text}"
            item = self.item(number)
            if item.text() != line:
                item.setText(line)
        self._order = [row for row, _ in rows]
        self.setCurrentRow(self._order.index(keep) if keep in self._order else -1)
        self._filling = False

    def _turned(self, row: int) -> None:
        if not self._filling and 0 <= row < len(self._order):
            self.chosen.emit(self._order[row])
