"""Figures of the models with and without a person, below each other."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.numerals import numeral, share_text
from visualiser.core.questions.own_rows import Known, KnownOfPerson
from visualiser.core.tasks.spec import Figures
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_DIGITS = 3
_LEAST_LETTERS = 12

_APART = 3
"""Row of the membership figure."""


@dataclass(frozen=True)
class _Column:
    """One model: what it knows of them, and its figure on all validation rows; NaN if unknown."""

    head: str
    known: Known
    figure: float


class RemovalFigures(Fitted, QWidget):
    """A column for your model, one for that without them, one for the clean twin where it differs.

    Attributes:
        cells: texts by row and column, headings included.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = QWidget()
        self._told = paragraph()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table)
        column.addWidget(self._told)
        self._grid = QGridLayout(self._table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)
        self._labels: dict[tuple[int, int], QLabel] = {}
        self.cells: tuple[tuple[str, ...], ...] = ()

    def minimumSizeHint(self) -> QSize:
        """As narrow as with words instead of the table."""
        letter = self.fontMetrics().averageCharWidth()
        return QSize(_LEAST_LETTERS * letter, super().minimumSizeHint().height())

    def fit(self) -> None:
        """A table where there is room, else the same in words."""
        table = self.width() >= self._table.minimumSizeHint().width()
        self._table.setVisible(table)
        self._told.setVisible(not table)

    def show_figures(
        self, snapshot: Snapshot | None, known: KnownOfPerson | None, gone: bool
    ) -> None:
        """`gone` tells whether the third model is one without them."""
        if snapshot is None:
            self._show(())
            return
        metric, dataset = snapshot.info.metric, snapshot.info.dataset

        def figure(value: float) -> str:
            return metric.text(value, dataset) if np.isfinite(value) else "–"

        columns = self._columns(snapshot, known, gone)
        title = metric.title_for(dataset)
        own, everyone = self.tr("{figure} on their rows"), self.tr("{figure}, validation")
        rows = [
            ("", *(column.head for column in columns)),
            (own.format(figure=title), *(figure(c.known.metric) for c in columns)),
            (self.tr("loss on their rows"), *(_loss(c.known.loss) for c in columns)),
            (everyone.format(figure=title), *(figure(c.figure) for c in columns)),
        ]
        if known is None or np.isfinite(known.student.apart):
            apart = self.tr("told apart from rows never seen")
            rows.insert(_APART, (apart, *(share_text(c.known.apart) for c in columns)))
        self._show(tuple(rows))

    def _columns(
        self, snapshot: Snapshot, known: KnownOfPerson | None, gone: bool
    ) -> list["_Column"]:
        """Of your model, of that without them, and of the clean twin where it differs."""
        name = snapshot.info.metric.name
        without = (snapshot.cleaned_validation, known.without if known else None)
        columns = [
            _column(
                self.tr("your model"), snapshot.validation, known.student if known else None, name
            ),
            _column(self.tr("without them"), *(without if gone else (None, None)), name),
        ]
        if snapshot.twin_differs:
            twin = known.twin if known else None
            columns.append(_column(self.tr("clean twin"), snapshot.twin_validation, twin, name))
        return columns

    def _show(self, cells: tuple[tuple[str, ...], ...]) -> None:
        if cells == self.cells:
            return
        self.cells = cells
        texts = {(r, c): text for r, row in enumerate(cells) for c, text in enumerate(row)}
        for place in set(self._labels) - set(texts):
            self._labels[place].hide()
        for (row, column), text in texts.items():
            label = self._labels.get((row, column)) or self._new(row, column)
            if label.text() != text:
                label.setText(text)
            label.show()
        self.setAccessibleName("; ".join(" ".join(row) for row in cells[1:]))
        self._told.setText("\n".join(_in_words(cells[0], row) for row in cells[1:]))
        self.fit()

    def _new(self, row: int, column: int) -> QLabel:
        label = QLabel(self._table)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if not row or not column:
            label.setProperty("role", "muted")
            label.setWordWrap(True)
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if row == _APART and not column:
            label.setToolTip(
                self.tr(
                    "How often a row of theirs has a smaller loss than a row never seen: 50 % is "
                    "no trace of them, 100 % gives them away (membership inference)."
                )
            )
        self._grid.addWidget(label, row, column)
        self._grid.setColumnStretch(0, 1)
        self._labels[row, column] = label
        return label


def _in_words(heads: tuple[str, ...], row: tuple[str, ...]) -> str:
    """“accuracy on their rows: your model 94 %, clean twin 95 %”."""
    values = zip(heads[1:], row[1:], strict=True)
    return f"{row[0]}: " + ", ".join(f"{head} {value}" for head, value in values)


def _column(head: str, figures: Figures | None, known: Known | None, metric: str) -> _Column:
    nothing = float("nan")
    figure = nothing if figures is None else figures.values[metric]
    return _Column(head, known or Known(nothing, nothing, nothing), figure)


def _loss(loss: float) -> str:
    return numeral(loss, _DIGITS) if np.isfinite(loss) else "–"
