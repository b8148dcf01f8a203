"""Suspects as Qt's tables ask for them: one cell at a time."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPixmap

from visualiser.core.data.dataset import IntArray, Table
from visualiser.core.findings.review import Decision, Review, Row, rows_of
from visualiser.core.findings.search import Findings
from visualiser.core.findings.spec import Suspects
from visualiser.core.findings.truth import Truth
from visualiser.ui.palette import LIGHT, Palette
from visualiser.ui.views.example_picture import example_image, is_picture, picture_ratio
from visualiser.ui.views.find_words import (
    decision_words,
    example_words,
    label_words,
    thought_words,
    truth_words,
)

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
SUSPICION, EXAMPLE, LABEL, THOUGHT, DECISION, TRUTH, WHY = range(7)


class SuspectsModel(QAbstractTableModel):
    """The rows that a finder flags, the most suspicious first, with what was decided on them."""

    def __init__(self) -> None:
        super().__init__()
        self._palette = LIGHT
        self._side = 32
        self._findings: Findings | None = None
        self._suspects: Suspects | None = None
        self._order: IntArray = np.zeros(0, dtype=np.int64)
        self._names: list[Row] = []
        self._review = Review()
        self._truth: Truth | None = None
        self._pictures: dict[int, QIcon] = {}

    @property
    def findings(self) -> Findings | None:
        """What is shown a part of."""
        return self._findings

    @property
    def shows_truth(self) -> bool:
        """Whether it is told what is really wrong."""
        return self._truth is not None

    @property
    def suspects(self) -> Suspects | None:
        """Of the finder that is shown."""
        return self._suspects

    def show_findings(self, findings: Findings | None, finder: str) -> None:
        """Show the suspects of a finder, or nothing."""
        self.beginResetModel()
        if findings is not self._findings:
            self._pictures.clear()
            self._names = [] if findings is None else rows_of(findings.part)
        self._findings = findings
        self._suspects = None if findings is None else findings.suspects[finder]
        self._order = np.zeros(0, np.int64) if self._suspects is None else self._suspects.ranked
        self.endResetModel()

    def show_review(self, review: Review) -> None:
        """Take other decisions."""
        self._review = review
        if not self.rowCount():
            return
        last = self.index(max(self.rowCount() - 1, 0), self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def show_truth(self, truth: Truth | None) -> None:
        """Show or hide what is really wrong."""
        if truth is not self._truth:
            self.beginResetModel()
            self._truth = truth
            self.endResetModel()

    def set_side(self, side: int) -> None:
        """Pixels of a picture's height."""
        if side != self._side:
            self._side = side
            self._pictures.clear()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self._pictures.clear()

    def position(self, row: int) -> int:
        """Where in the part the row of the table is."""
        return int(self._order[row])

    def name(self, row: int) -> Row:
        """What the row of the table is called in a review."""
        return self._names[self.position(row)]

    def decision(self, row: int) -> Decision | None:
        """What was decided on the row of the table."""
        return self._review.decisions.get(self.name(row))

    def looked_at(self) -> int:
        """How many rows of the table were decided on, or skipped."""
        decided = self._review.decisions
        return sum(self._names[int(position)] in decided for position in self._order)

    def first_open(self, after: int) -> int:
        """The next row without a decision, behind `after` or else from the top; −1 for none."""
        count = self.rowCount()
        places = ((after + 1 + step) % count for step in range(count))
        return next((row for row in places if self.decision(row) is None), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else WHY + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section <= WHY:
            return None
        if role == _ROLE.DisplayRole:
            return self._titles()[section]
        if role == _ROLE.ToolTipRole:
            return self._tips()[section]
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = 0) -> Any:
        if self._findings is None or not index.isValid() or index.row() >= len(self._order):
            return None
        row, column = index.row(), index.column()
        answer: Any = None
        if role == _ROLE.DisplayRole:
            answer = self._text(row, column)
        elif role == _ROLE.AccessibleTextRole:
            answer = self.spoken(row)
        elif role == _ROLE.DecorationRole and column == EXAMPLE:
            answer = self._picture(self.position(row))
        elif role == _ROLE.ToolTipRole:
            answer = self._text(row, column) or None
        elif role == _ROLE.ForegroundRole:
            answer = self._colour(row, column)
        return answer

    def spoken(self, row: int) -> str:
        """A row in one line."""
        texts = (self._text(row, column) for column in range(EXAMPLE, self.columnCount()))
        return "; ".join(filter(None, texts))

    def told(self, row: int, columns: Iterable[int]) -> str:
        """Cells of a row with the titles of their columns, a line each."""
        titles = self._titles()
        cells = ((titles[column], self._text(row, column)) for column in columns)
        return "\n".join(f"{title}: {text}" for title, text in cells if text)

    def _text(self, row: int, column: int) -> str:
        findings, suspects = self._findings, self._suspects
        assert findings is not None and suspects is not None
        position, dataset = self.position(row), findings.search.dataset
        texts: dict[int, Callable[[], str]] = {
            SUSPICION: lambda: f"{suspects.score[position]:.2f}",
            EXAMPLE: lambda: example_words(findings, position),
            LABEL: lambda: label_words(dataset, float(findings.part.labels[position])),
            THOUGHT: lambda: thought_words(findings, position),
            WHY: lambda: suspects.reasons[position],
            DECISION: lambda: decision_words(dataset, self.decision(row)),
            TRUTH: lambda: self._truth_text(findings, position),
        }
        return texts[column]()

    def _truth_text(self, findings: Findings, position: int) -> str:
        return "" if self._truth is None else truth_words(findings, self._truth, position)

    def _colour(self, row: int, column: int) -> QColor | None:
        if column == DECISION:
            decision = self.decision(row)
            changed = decision is not None and decision.verdict in ("relabel", "drop")
            return QColor(self._palette.accent if changed else self._palette.muted)
        if column == TRUTH and self._truth is not None:
            wrong = bool(self._truth.any[self.position(row)])
            return QColor(self._palette.spoiled if wrong else self._palette.muted)
        return QColor(self._palette.muted) if column in (SUSPICION, WHY) else None

    def _picture(self, position: int) -> QIcon | None:
        findings = self._findings
        assert findings is not None
        dataset, features = findings.search.dataset, findings.part.features
        if not is_picture(dataset) or isinstance(features, Table):
            return None
        if position not in self._pictures:
            image = example_image(dataset, features[position], self._palette)
            size = QSize(round(self._side * picture_ratio(dataset)), self._side)
            scaled = image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            picture = QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # not tinted where selected
                picture.addPixmap(QPixmap.fromImage(scaled), mode)
            self._pictures[position] = picture
        return self._pictures[position]

    def _titles(self) -> tuple[str, ...]:
        return (
            self.tr("Score"),
            self.tr("Example"),
            self.tr("Label"),
            self.tr("Model says"),
            self.tr("Decision"),
            self.tr("Truth"),
            self.tr("Why"),
        )

    def _tips(self) -> tuple[str, ...]:
        return (
            self.tr("How suspicious the finder takes the row to be: 0 is not at all, 1 is most."),
            self.tr("The example as it is in the training data."),
            self.tr("The label that it has."),
            self.tr(
                "The answer of a quick model that was not shown this row, and how probable the "
                "label is to it."
            ),
            self.tr("What you decided."),
            self.tr("What is really wrong with it: known because the program did it."),
            self.tr("What the finder has against the row."),
        )
