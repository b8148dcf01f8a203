"""The scores of all finders as a table that is as large as its cells: its page scrolls, not it."""

from collections.abc import Iterable, Mapping

import numpy as np
from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from visualiser.core.findings.registry import finder_story, finder_title
from visualiser.core.findings.scores import Score
from visualiser.core.numerals import share_text

_NAME_LETTERS = 14
"""Letters that the names of finders have at least, where the place is narrow."""
_NONE = "–"
"""Stands for a figure that there is not."""
_PADDING = 11
"""Pixels left and right of a number together."""
_SPARED = (5, 1)
"""Columns that go, the first one first, where there is no room: right labels, then suspects. Where
the others have none either, all stand as words below the name of the finder."""


class ScoresTable(QTableWidget):
    """One line for each finder.

    Signals:
        chosen: name of the finder whose line was clicked, or walked to.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        heads = (
            (self.tr("Finder"), ""),
            (self.tr("Suspects"), self.tr("How many rows the finder calls suspect.")),
            (self.tr("Precision"), self.tr("Share of the suspects that are really wrong.")),
            (
                self.tr("Recall"),
                self.tr("Share of what is really wrong that is among the suspects."),
            ),
            (
                self.tr("AP"),
                self.tr(
                    "Average precision: how good the order of all rows is. 1 puts every mistake "
                    "first."
                ),
            ),
            (
                self.tr("Right label"),
                self.tr("Of the mistakes found, how often the label proposed is the true one."),
            ),
        )
        self.setColumnCount(len(heads))
        for column, (title, tip) in enumerate(heads):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            item.setTextAlignment(_side(column))
            self.setHorizontalHeaderItem(column, item)
        self.setAccessibleName(self.tr("Scores of the finders"))
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setHighlightSections(False)
        across.setMinimumSectionSize(24)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.currentCellChanged.connect(self._choose)

    def show_scores(self, scores: Mapping[str, Score]) -> None:
        """Of these finders, in this order."""
        self.blockSignals(True)
        self._names = tuple(scores)
        self.setRowCount(len(scores))
        for row, (name, score) in enumerate(scores.items()):
            precision = score.precision if score.wrong else float("nan")
            cells = (
                finder_title(name), f"{score.flagged:,}", share_text(precision),
                share_text(score.recall), _number(score.average_precision),
                share_text(score.right_proposals),
            )  # fmt: skip
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(finder_story(name) if not column else "")
                item.setTextAlignment(_side(column))
                self.setItem(row, column, item)
        self.blockSignals(False)
        self._fit()

    @property
    def names(self) -> tuple[str, ...]:
        """The finders, from the top."""
        return self._names

    def mark(self, name: str) -> None:
        """Show which finder is chosen; nothing is emitted."""
        self.blockSignals(True)
        self.selectRow(self._names.index(name))
        self.blockSignals(False)

    def width_for_all(self) -> int:
        """Pixels in which everything can be read."""
        advance = self.fontMetrics().horizontalAdvance
        names = max((advance(finder_title(name)) for name in self._names), default=0)
        return names + _PADDING + self._numbers_wide(self._telling())

    def _telling(self) -> list[int]:
        """Columns of numbers, but right labels where no label is proposed that could be right."""
        columns = list(range(1, self.columnCount()))
        cells = (self.item(row, columns[-1]) for row in range(self.rowCount()))
        if all(item is None or item.text() == _NONE for item in cells):
            columns.pop()
        return columns

    def sizeHint(self) -> QSize:
        return QSize(self.width_for_all(), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._names_least(), self._high())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Numbers as wide as they are; what is left over goes to the names."""
        self.verticalHeader().setDefaultSectionSize(round(1.6 * self.fontMetrics().height()))
        shown = self._telling()
        for column in _SPARED:
            if column in shown and self._names_least() + self._numbers_wide(shown) > self.width():
                shown.remove(column)
        if self._names_least() + self._numbers_wide(shown) > self.width():
            shown = []
        for column in range(1, self.columnCount()):
            self.setColumnHidden(column, column not in shown)
            self.setColumnWidth(column, self._wide(column))
        self._name_rows(in_words=not shown)
        self.updateGeometry()

    def _name_rows(self, *, in_words: bool) -> None:
        """Names of finders, with what else is known of each where no column says it."""
        self.setWordWrap(in_words)
        line, metrics = self.verticalHeader().defaultSectionSize(), self.fontMetrics()
        for row, name in enumerate(self._names):
            item, title = self.item(row, 0), finder_title(name)
            text = f"{title}\n{self._words(row)}" if in_words else title
            if item is not None and item.text() != text:
                item.setText(text)
            room = QRect(0, 0, self.width() - _PADDING, 0)
            needed = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, text).height()
            self.setRowHeight(row, needed + line - metrics.height() if in_words else line)

    def _words(self, row: int) -> str:
        """“precision 97 %, recall 80 %, …”."""
        parts = []
        for column in self._telling():
            head, cell = self.horizontalHeaderItem(column), self.item(row, column)
            if head is not None and cell is not None:
                parts.append(f"{head.text()} {cell.text()}")
        return ", ".join(parts)

    def _names_least(self) -> int:
        return _NAME_LETTERS * self.fontMetrics().averageCharWidth()

    def _wide(self, column: int) -> int:
        cells = (self.item(row, column) for row in range(self.rowCount()))
        texts = [item.text() for item in cells if item is not None]
        widest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        return max(widest + _PADDING, self.horizontalHeader().sectionSizeHint(column))

    def _numbers_wide(self, columns: Iterable[int]) -> int:
        return sum(self._wide(column) for column in columns) + 2

    def _high(self) -> int:
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        least = self.verticalHeader().defaultSectionSize()
        return self.horizontalHeader().sizeHint().height() + max(rows, least) + 2

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._names):
            self.chosen.emit(self._names[row])


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _number(value: float) -> str:
    return f"{value:.3f}" if np.isfinite(value) else _NONE
