"""The page of suspects: the table, the current one in full, and what is done about it."""

import math

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from visualiser.core.findings.review import Decision, Review, Row, as_proposed
from visualiser.core.findings.search import Findings
from visualiser.core.findings.truth import Truth
from visualiser.ui.palette import Palette
from visualiser.ui.views.find_bar import LETTERS, DecisionBar
from visualiser.ui.views.find_detail import SuspectDetail
from visualiser.ui.views.find_model import SuspectsModel
from visualiser.ui.views.find_table import SuspectTable
from visualiser.ui.views.find_words import progress_words, searched_words
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_BESIDE, _LETTERS = 76, 26
"""Letters of width from which the current suspect is shown in full, and that it has then."""


class SuspectsPage(Fitted, QWidget):
    """Walks through the suspects of one finder.

    Attributes:
        review: the decisions in force, of this finder and of others.

    Signals:
        reviewed: there is another review.
    """

    reviewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review = Review()
        self._finder = ""
        self.words = paragraph("muted")
        self.rows = SuspectsModel()
        self.table = SuspectTable(self.rows)
        self.detail = SuspectDetail()
        self.why = paragraph("muted")
        self.bar = DecisionBar()
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.setSpacing(8)
        self._both.addWidget(self.table, 1)
        self._both.addWidget(self.detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.words)
        column.addLayout(self._both, 1)
        column.addWidget(self.why)
        column.addWidget(self.bar)
        self.table.turned.connect(self._turn)
        self.bar.decided.connect(self._decide)
        self.bar.undo_wanted.connect(self.undo)

    def fit(self) -> None:
        """The suspect in full beside the table, where there is room; else in a few words."""
        letter = self.fontMetrics().averageCharWidth()
        beside = self.width() > _BESIDE * letter
        self.detail.setVisible(beside)
        self.detail.setFixedWidth(_LETTERS * letter)
        self._tell()

    def show_findings(self, findings: Findings | None, finder: str) -> None:
        """Show the suspects of a finder, from the first that nobody looked at."""
        self._finder = finder
        if findings is not None and findings is not self.rows.findings:
            self.bar.start(findings.search.dataset)
        self.rows.show_findings(findings, finder)
        self.rows.show_review(self.review)
        self.table.go_to(max(self.rows.first_open(-1), 0))
        self._turn()
        self._say()

    def show_review(self, review: Review) -> None:
        """Take other decisions."""
        self.review = review
        self.rows.show_review(review)
        self._say()
        self._tell()

    def show_truth(self, truth: Truth | None) -> None:
        """Show or hide what is really wrong."""
        place = self.table.place
        self.rows.show_truth(truth)
        self.table.go_to(place)
        self._tell()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.table.apply_palette(palette)
        self.detail.apply_palette(palette)

    def repair_first(self, count: int) -> None:
        """Do as the finder proposes with its most suspicious rows; what was decided stands."""
        findings, suspects = self.rows.findings, self.rows.suspects
        if findings is None or suspects is None:
            return
        proposed = as_proposed(findings.part, suspects, count)
        open_rows = {row: made for row, made in proposed.items() if self.review.leaves_open(row)}
        if open_rows:
            self._take(self.review.decide(open_rows))

    def leave_out(self, columns: tuple[str, ...], gone: bool) -> None:
        """Leave columns out, or use them again; one decision, which Undo takes back."""
        review = self.review
        self._take(review.without_columns(columns) if gone else review.with_columns(columns))

    def all_looked_at(self) -> bool:
        """Whether there are suspects, and a decision on each."""
        return 0 < self.rows.rowCount() == self.rows.looked_at()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters decide, wherever on this page the focus is."""
        if not self.take_key(event):
            super().keyPressEvent(event)

    def _current(self) -> Row | None:
        place = self.table.place
        return self.rows.name(place) if 0 <= place < self.rows.rowCount() else None

    def _decide(self, decision: Decision) -> None:
        row, place = self._current(), self.table.place
        if row is None:
            return
        self._take(self.review.decide({row: decision}))
        following = self.rows.first_open(place)
        if following >= 0:
            self.table.go_to(following)

    def take_key(self, event: QKeyEvent) -> bool:
        """A letter decides on the current suspect; one out of sight is scrolled into it first."""
        means_something = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if means_something and event.key() in LETTERS and self.table.bring_into_sight():
            return True
        return self.bar.take_key(event)

    def undo(self) -> None:
        """Back to the row that the decision was about, where it was about one."""
        before = self.review.undone()
        undone = [
            row
            for row, decision in self.review.decisions.items()
            if before.decisions.get(row) != decision
        ]
        self._take(before)
        if len(undone) == 1:
            places = (r for r in range(self.rows.rowCount()) if self.rows.name(r) == undone[0])
            self.table.go_to(next(places, self.table.place))

    def _take(self, review: Review) -> None:
        self.show_review(review)
        self.reviewed.emit()

    def _say(self) -> None:
        findings = self.rows.findings
        self.bar.show_undo(self.review.before is not None)
        if findings is None:
            self.bar.say("", "")
            return
        searched, any_suspects = searched_words(findings, self._finder), self.rows.rowCount() > 0
        looked_at = progress_words(findings, self._finder, self.rows.looked_at())
        self.bar.say(looked_at if any_suspects else "", searched)
        self.words.setText("" if any_suspects else searched)
        self.words.setVisible(not any_suspects)

    def _turn(self) -> None:
        """Another row is looked at."""
        findings, suspects, place = self.rows.findings, self.rows.suspects, self.table.place
        if findings is None or suspects is None or not 0 <= place < self.rows.rowCount():
            self.bar.show_row(None, math.nan)
            self.detail.show_nothing()
            self._tell()
            return
        position = self.rows.position(place)
        self.bar.show_row(findings.search.dataset, float(suspects.proposed[position]))
        self.detail.show_suspect(findings, suspects, position)
        self._tell()

    def _tell(self) -> None:
        """Below the table, what stands neither in it nor beside it."""
        suspects, place = self.rows.suspects, self.table.place
        text = ""
        if suspects is not None and 0 <= place < self.rows.rowCount():
            why = (
                "" if self.detail.isVisibleTo(self) else suspects.reasons[self.rows.position(place)]
            )
            text = "\n".join(filter(None, (self.rows.told(place, self.table.told), why)))
        if text != self.why.text():
            self.why.setText(text)
        self.why.setVisible(bool(text))
