"""How well finders and a person did, once the truth may be seen."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from visualiser.core.findings.data_scores import DataScore
from visualiser.core.findings.registry import finder_title, looks_for
from visualiser.core.findings.review import Review, review_score
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.scores import Score, score_of
from visualiser.core.findings.search import Findings
from visualiser.core.findings.spec import Mistake
from visualiser.core.findings.truth import Truth
from visualiser.ui.palette import Palette
from visualiser.ui.views.find_curve import Curve, PrecisionRecall
from visualiser.ui.views.find_scores_table import ScoresTable
from visualiser.ui.views.find_words import review_words
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea

_CURVE_LETTERS = 19
"""Letters of width that the curve needs beside the table."""


class ScoresPage(Fitted, UnrollingArea):
    """Hidden until it is asked for: who knows the truth does not hunt for it.

    Signals:
        revealed: the user wants to see the truth, or not any more.
        chosen: name of the finder whose row was clicked.
    """

    revealed = Signal(bool)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scores: dict[str, Score] = {}
        self._findings: Findings | None = None
        self._truth: Truth | None = None
        self.truth = Switch(self.tr("Show the truth"))
        self.truth.setToolTip(
            self.tr("The program spoiled the data itself: it knows which rows are wrong.")
        )
        self.words = paragraph("muted")
        self.person = paragraph()
        self.bias, self.data = paragraph("muted"), paragraph()
        self.bias.setText(
            self.tr(
                "Biased labels follow a rule, so that they look right to every model that learns "
                "it: finders of single rows see little of them. What gives them away is how often "
                "a group gets a yes, under “Columns”."
            )
        )
        self.data.setAccessibleName(self.tr("Scores of what was found in columns and groups"))
        self.table = ScoresTable()
        self.curve = PrecisionRecall()
        self._build()
        self.truth.edited.connect(self._reveal)
        self.table.chosen.connect(self.chosen)

    def _build(self) -> None:
        page = self.column
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(6)
        for widget in (self.truth, self.words, self.bias, self.person):
            page.addWidget(widget)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self.table, 0, Qt.AlignmentFlag.AlignTop)
        self._both.addWidget(self.curve, 1, Qt.AlignmentFlag.AlignTop)
        page.addLayout(self._both)
        page.addWidget(self.data)
        page.addStretch(1)

    def fit(self) -> None:
        """The curve beside the table, or below it where there is no room."""
        letter = self.fontMetrics().averageCharWidth()
        room = self.viewport().width() - self.table.width_for_all() - self._both.spacing()
        beside = room >= _CURVE_LETTERS * letter
        direction = QBoxLayout.Direction
        self._both.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        whole = self.table.width_for_all()
        self.table.setMinimumWidth(whole if beside else 0)
        self.table.setMaximumWidth(whole if beside else 16_777_215)

    def showEvent(self, event: QShowEvent) -> None:
        """Before it is shown, headers have a font of the system's."""
        super().showEvent(event)
        self.fit()

    def show_clean(self, spoiled: bool) -> None:
        """Of no row anything is known to be wrong, though the data may be spoiled otherwise."""
        self._say(
            self.tr(
                "What was spoiled left out rows or added columns: no single row is wrong, so that "
                "nobody can be scored by rows. What is known of columns and groups stands under "
                "“Columns”."
            )
            if spoiled
            else self.tr(
                "Of clean data nothing is known to be wrong, so that nobody can be scored. "
                "Suspects may be real mistakes all the same. Spoil labels in “Data quality” "
                "to see how well they are found."
            ),
            knowable=False,
        )

    def show_data(self, scores: Sequence[DataScore]) -> None:
        """No single row is wrong, but columns or groups are."""
        self._say(
            self.tr(
                "What was spoiled left out rows or added columns: no single row is wrong, so that "
                "nobody is scored by rows. Under “Columns” was found:"
            ),
            revealed=True,
        )
        self._show_data(scores)

    def show_hidden(self) -> None:
        """There is something to be known, but not yet."""
        self._say(
            self.tr(
                "The program spoiled this data and knows how. Look through the suspects and the "
                "columns first: then see how you did, and how the finders did."
            )
        )

    def show_scores(
        self,
        findings: Findings,
        truth: Truth,
        review: Review,
        finder: str,
        data: Sequence[DataScore],
        biased: bool,
    ) -> None:
        """Of all finders of rows and of data, and of the person; `biased` as labels follow a rule.

        Bias of labels is said, since it looks like a failure of the finders.
        """
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
            self.table.show_scores(self._scores)
        self._show_parts(True)
        self.fit()
        person = review_score(review, findings.part, truth, findings.suspects[finder])
        self.person.setText(review_words(person, finder_title(finder)))
        self._show_curve(finder, (person.recall, person.precision))
        self._show_data(data)
        self.bias.setVisible(biased)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.curve.apply_palette(palette)

    def _say(self, words: str, *, knowable: bool = True, revealed: bool = False) -> None:
        """Words in place of the scores of rows."""
        self._findings = self._truth = None
        self._show_parts(False)
        self.truth.setEnabled(knowable)
        self.truth.put(revealed)
        self.words.setText(words)

    def _show_parts(self, there: bool) -> None:
        for widget in (self.person, self.table, self.curve):
            widget.setVisible(there)
        self.words.setVisible(not there)
        self.data.hide()
        self.bias.hide()

    def _show_data(self, scores: Sequence[DataScore]) -> None:
        words = "\n".join(one.sentence for one in scores)
        self.data.setText(words)
        self.data.setVisible(bool(words))

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
        if curves:
            self.curve.show_curves(curves, finder_title(finder), person, base)
        else:
            self.curve.show_none(self._why_no_curve(kind, base))
        self.table.mark(finder)

    def _why_no_curve(self, kind: Mistake, base: float) -> str:
        if base:
            return self.tr("Every row is spoiled so: any order of them is right.")
        whys: dict[Mistake, str] = {
            "label": self.tr("No label is wrong here: who looks for wrong labels has no score."),
            "values": self.tr("No row's values are wrong: who looks for those has no score."),
            "copy": self.tr("No row is a copy: who looks for copies has no score."),
        }
        return whys[kind]

    def _reveal(self) -> None:
        self.revealed.emit(self.truth.get())


def _place(name: str, truth: Truth) -> tuple[bool, bool]:
    """Finders of mistakes that there are first, and before them what they agree on."""
    return not truth.of(looks_for(name)).any(), name != AGREEMENT
