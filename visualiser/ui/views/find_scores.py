"""How well finders and a person did, once the truth may be seen."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.findings.registry import finder_story, finder_title, looks_for
from visualiser.core.findings.review import Review, review_score
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.scores import Score, score_of
from visualiser.core.findings.search import Findings
from visualiser.core.findings.truth import Truth
from visualiser.core.numerals import share_text
from visualiser.ui.palette import Palette
from visualiser.ui.views.find_curve import Curve, PrecisionRecall
from visualiser.ui.views.find_words import review_words
from visualiser.ui.views.side_column import paragraph
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.fitted import Fitted

_BESIDE = 62
"""Letters of width from which the curve stands beside the table."""


class ScoresPage(Fitted, QWidget):
    """Hidden until it is asked for: who knows the truth does not hunt for it.

    Signals:
        revealed: the user wants to see the truth, or not any more.
        chosen: name of the finder whose row was clicked.
    """

    revealed = Signal(bool)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scores: dict[str, Score] = {}
        self._findings: Findings | None = None
        self._truth: Truth | None = None
        self.truth = Switch(self.tr("Show the truth"))
        self.truth.setToolTip(
            self.tr("The program spoiled the data itself: it knows which rows are wrong.")
        )
        self.words = paragraph("muted")
        self.person = paragraph()
        self.table = QTableWidget()
        self.curve = PrecisionRecall()
        self._build()
        self.truth.edited.connect(self._reveal)
        self.table.currentCellChanged.connect(self._choose)

    def _build(self) -> None:
        table = self.table
        titles = [
            self.tr("Finder"), self.tr("Suspects"), self.tr("Precision"), self.tr("Recall"),
            self.tr("AP"), self.tr("Right label"),
        ]  # fmt: skip
        tips = [
            "",
            self.tr("How many rows the finder calls suspect."),
            self.tr("Share of the suspects that are really wrong."),
            self.tr("Share of what is really wrong that is among the suspects."),
            self.tr(
                "Average precision: how good the order of all rows is. 1 puts every mistake first."
            ),
            self.tr("Of the mistakes found, how often the label proposed is the true one."),
        ]
        table.setColumnCount(len(titles))
        for column, (title, tip) in enumerate(zip(titles, tips, strict=True)):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            table.setHorizontalHeaderItem(column, item)
        table.setAccessibleName(self.tr("Scores of the finders"))
        table.verticalHeader().setVisible(False)
        table.setShowGrid(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setMinimumHeight(90)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        for widget in (self.truth, self.words, self.person):
            page.addWidget(widget)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(table, 2)
        self._both.addWidget(self.curve, 1)
        page.addLayout(self._both, 1)

    def fit(self) -> None:
        """The curve beside the table, or below it."""
        beside = self.width() > _BESIDE * self.fontMetrics().averageCharWidth()
        self.curve.setMaximumWidth(round(0.34 * self.width()) if beside else 16_777_215)
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if beside else direction.TopToBottom)

    def show_clean(self) -> None:
        """There is nothing to be known."""
        self._findings = self._truth = None
        self._show_parts(False)
        self.truth.setEnabled(False)
        self.truth.put(False)
        self.words.setText(
            self.tr(
                "Of clean data nothing is known to be wrong, so that nobody can be scored. "
                "Suspects may be real mistakes all the same. Spoil labels in “Data quality” "
                "to see how well they are found."
            )
        )
        self.words.show()

    def show_hidden(self) -> None:
        """There is something to be known, but not yet."""
        self._findings = self._truth = None
        self._show_parts(False)
        self.truth.setEnabled(True)
        self.truth.put(False)
        self.words.setText(
            self.tr(
                "The program spoiled these rows and knows which. Look through the suspects first: "
                "then see how you did, and how the finders did."
            )
        )
        self.words.show()

    def show_scores(self, findings: Findings, truth: Truth, review: Review, finder: str) -> None:
        """Of all finders, and of the person."""
        self.truth.setEnabled(True)
        self.truth.put(True)
        if findings is not self._findings or truth is not self._truth:
            self._findings, self._truth = findings, truth
            self._scores = {
                name: score_of(suspects, truth.of(looks_for(name)), truth.true_labels)
                for name, suspects in sorted(
                    findings.suspects.items(), key=lambda item: _place(item[0], truth)
                )
            }
            self._fill()
        self._show_parts(True)
        person = review_score(review, findings.part, truth, findings.suspects[finder])
        self.person.setText(review_words(person, finder_title(finder)))
        self._show_curve(finder, (person.recall, person.precision))

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.curve.apply_palette(palette)

    def _show_parts(self, there: bool) -> None:
        for widget in (self.person, self.table, self.curve):
            widget.setVisible(there)
        self.words.setVisible(not there)

    def _fill(self) -> None:
        self.table.blockSignals(True)
        self.table.setRowCount(len(self._scores))
        for row, (name, score) in enumerate(self._scores.items()):
            precision = score.precision if score.wrong else float("nan")
            cells = (
                finder_title(name), f"{score.flagged:,}", share_text(precision),
                share_text(score.recall), _number(score.average_precision),
                share_text(score.right_proposals),
            )  # fmt: skip
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setData(Qt.ItemDataRole.UserRole, name)
                item.setToolTip(finder_story(name) if not column else "")
                if column:
                    side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    item.setTextAlignment(side)
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)

    def _show_curve(self, finder: str, person: tuple[float, float]) -> None:
        kind = looks_for(finder)
        curves = [
            Curve(finder_title(name), score.curve_recall, score.curve_precision,
                  (score.recall, score.precision))
            for name, score in self._scores.items()
            if looks_for(name) == kind and len(score.curve_recall)
        ]  # fmt: skip
        assert self._truth is not None
        base = float(np.mean(self._truth.of(kind))) if len(self._truth.label) else 0.0
        self.curve.show_curves(curves, finder_title(finder), person, base)
        names = list(self._scores)
        self.table.blockSignals(True)
        self.table.selectRow(names.index(finder))
        self.table.blockSignals(False)

    def _reveal(self) -> None:
        self.revealed.emit(self.truth.get())

    def _choose(self, row: int) -> None:
        names = list(self._scores)
        if 0 <= row < len(names):
            self.chosen.emit(names[row])


def _place(name: str, truth: Truth) -> tuple[bool, bool]:
    """Finders of mistakes that there are first, and before them what they agree on."""
    return not truth.of(looks_for(name)).any(), name != AGREEMENT


def _number(value: float) -> str:
    return f"{value:.3f}" if np.isfinite(value) else "–"
