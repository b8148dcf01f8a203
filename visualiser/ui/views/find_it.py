"""Find it: suspect rows, columns and splits; decisions on them, scores, and training on repairs."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualiser.core.corruption.spec import Change
from visualiser.core.data.split import Part
from visualiser.core.findings.data_scores import DataScore, data_scores, is_biased
from visualiser.core.findings.registry import ROW_FINDERS, finder_story, finder_title
from visualiser.core.findings.review import Review
from visualiser.core.findings.rows.agreement import AGREEMENT
from visualiser.core.findings.search import Findings
from visualiser.core.findings.truth import Truth, truth_of
from visualiser.core.questions.row_record import RowRecord
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.find_bar import LETTERS
from visualiser.ui.views.find_contents import (
    columns_of,
    counted,
    finders_of,
    same_rows,
    suspect_columns,
)
from visualiser.ui.views.find_data import DataFindings
from visualiser.ui.views.find_head import COLUMNS, SCORES, SUSPECTS, FindHead
from visualiser.ui.views.find_repairs import RepairPage
from visualiser.ui.views.find_scores import ScoresPage
from visualiser.ui.views.find_search import SuspectSearch
from visualiser.ui.views.find_suspects import SuspectsPage
from visualiser.ui.views.find_words import silent_words
from visualiser.ui.widgets.fitted import Fitted, Unsqueezed
from visualiser.ui.widgets.one_page import OnePage
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import height_in_sight

NOTHING = SCORES + 1
"""Number of the page before anything was looked for."""
_HIGH = 9
"""Lines of text below the top from which on a page scrolls by itself."""


class FindView(Fitted, Unsqueezed, QWidget):
    """The user looks for what is wrong with the training data, with finders that do not know.

    What was found and decided stays while the training rows are the same, also in a new run.

    Signals:
        questions_changed: how the rows were learnt so far is asked, or not any more.
        search_wanted: a SearchJob.
        repairs_wanted: a tuple of Repair, and whether to start over.
    """

    questions_changed = Signal()
    search_wanted = Signal(object)
    repairs_wanted = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._part: Part | None = None
        self._findings: Findings | None = None
        self._in_force = Review()
        self._truth: Truth | None = None
        self._planted: tuple[DataScore, ...] = ()
        self._changes: tuple[Change, ...] = ()
        self._revealed = False
        self.head = FindHead()
        self.look, self.finder, self.buttons = self.head.look, self.head.finder, self.head.buttons
        self.search = SuspectSearch(self)
        self.note = paragraph("muted")
        self.suspects, self.columns, self.scores = SuspectsPage(), DataFindings(), ScoresPage()
        self.repairs = RepairPage()
        self.pages = OnePage()
        self._build()
        self._connect()
        self._show_findings()

    def _build(self) -> None:
        for page in (self.suspects, self.columns, self.repairs, self.scores, QWidget()):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addLayout(self.head)
        for widget in (self.search.work, self.note):
            column.addWidget(widget)
        column.addWidget(self.pages, 1)

    def _connect(self) -> None:
        self.look.clicked.connect(self.search.begin)
        self.search.questions_changed.connect(self.questions_changed)
        self.search.wanted.connect(self.search_wanted)
        self.search.under_way.connect(self.look.setDisabled)
        self.search.found.connect(self._take)
        self.search.failed.connect(self._fail)
        self.finder.edited.connect(self._choose_finder)
        self.buttons.idClicked.connect(self.pages.setCurrentIndex)
        self.suspects.reviewed.connect(self._review)
        self.columns.left_out.connect(self.suspects.leave_out)
        self.scores.revealed.connect(self._reveal)
        self.scores.chosen.connect(self._choose_scored)
        self.repairs.first_wanted.connect(self.suspects.repair_first)
        self.repairs.undo_wanted.connect(self.suspects.undo)
        self.repairs.go_on_wanted.connect(self._go_on)
        self.repairs.start_over_wanted.connect(self._start_over)

    def fit(self) -> None:
        """Pages scroll by themselves where there is room for it, else with what is above them."""
        room = height_in_sight(self) - self.head.fit(self.width())
        low = room < _HIGH * self.fontMetrics().height()
        for page in (self.columns, self.repairs, self.scores):
            page.unroll(low)
        self.keep_room()

    # -- as a view ------------------------------------------------------------------------------

    def questions(self) -> frozenset[Question[RowRecord]]:
        """How rows were learnt so far, while a search waits for it."""
        return self.search.questions()

    def start_run(self, info: RunInfo) -> None:
        """Another run: what was found is of its rows too, or is forgotten with its first snapshot.

        Repairs that it begins with are shown as decisions.
        """
        other = self._info is None or info.dataset is not self._info.dataset
        self._info, self._part = info, None
        self.search.stop()
        repairs = info.experiment.repairs
        self._in_force = Review.of(repairs)
        if other or self.suspects.review.repairs != self._in_force.repairs:
            self.suspects.show_review(self._in_force)
        if other:
            self._forget()
        self._show_review()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the rows; what was found of others is of no use."""
        if snapshot.spoiled_train is not self._part:
            self._part, self._changes = snapshot.spoiled_train, snapshot.changes
            self._truth = None
            if self._findings is not None and not same_rows(self._findings.part, self._part):
                self._forget()
                self._say(self.tr("The training rows have changed since: look again."))
            self._show_scores()
        mended = Review() if snapshot.mended is None else Review.of(snapshot.mended.repairs)
        if mended.repairs != self._in_force.repairs:
            self._in_force = mended
            self._show_review()
        self.repairs.show_snapshot(snapshot)
        self.search.show_snapshot(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.suspects.apply_palette(palette)
        self.scores.apply_palette(palette)

    def take_key(self, event: QKeyEvent) -> bool:
        """Letters decide on the suspect in sight, whatever has the focus.

        On the other pages they do nothing: R would start the run over.
        """
        if self._findings is None:
            return False
        if self.pages.currentIndex() == SUSPECTS:
            return self.suspects.take_key(event)
        return event.modifiers() == Qt.KeyboardModifier.NoModifier and event.key() in LETTERS

    # -- what was found -------------------------------------------------------------------------

    @Slot(object)
    def _take(self, findings: Findings) -> None:
        if self._part is not None and not same_rows(findings.part, self._part):
            self._forget()
            self._say(self.tr("The training rows have changed since: look again."))
            return
        self._findings, self._truth, self._revealed = findings, None, False
        self._turn_to_what_was_found(findings)
        self._show_findings()

    def _turn_to_what_was_found(self, findings: Findings) -> None:
        """A finder that has suspects; or columns, where no label is suspect and they surely are."""
        counts = {name: findings.suspects[name].flagged.sum() for name in finders_of(findings)}
        suspected = [name for name, count in counts.items() if count]
        if suspected and self.finder.get() not in suspected:
            self.finder.offer([(name, name) for name in suspected])
            self.finder.put(suspected[0])
        serious = any(one.weight == "serious" for one in findings.data)
        columns = serious and not counts.get(AGREEMENT)
        self.buttons.button(COLUMNS if columns else SUSPECTS).setChecked(True)

    @Slot(str)
    def _fail(self, why: str) -> None:
        self._say(self.tr("The search came to nothing: {why}").format(why=why))

    def _forget(self) -> None:
        self._findings, self._truth, self._revealed = None, None, False
        self._show_findings()

    def _say(self, sentence: str) -> None:
        self.note.setText(sentence)
        self.note.setVisible(bool(sentence))

    def _show_findings(self) -> None:
        """All pages, for what was found or for nothing."""
        findings = self._findings
        there = findings is not None
        self.look.setText(self.tr("Look again") if there else self.tr("Look for suspects"))
        for widget in (self.finder, *self.buttons.buttons()):
            widget.setVisible(there)
        self.pages.setCurrentIndex(self.buttons.checkedId() if there else NOTHING)
        if findings is None:
            self.suspects.show_findings(None, "")
            self._say(
                self.tr(
                    "Rows with a wrong label, copies, outliers, leaked columns: several finders "
                    "look for them, without knowing what was spoiled. Then you decide on each "
                    "suspect, train on the repaired data, and see how well all of you did. Train "
                    "for a few epochs first: some look at how each row was learnt."
                )
            )
            return
        names = finders_of(findings)
        self.finder.offer([(name, counted(findings, name)) for name in names])
        if self.finder.get() not in names:
            self.finder.put(names[0])
        titles = {name: finder_title(name) for name in ROW_FINDERS}
        silent = {n: why for n, why in findings.silent.items() if "first" in why or "many" in why}
        self._say(silent_words(silent, titles))
        count = suspect_columns(findings)
        title = self.tr("Columns")
        self.buttons.button(COLUMNS).setText(f"{title} ({count})" if count else title)
        self.columns.show_findings(findings.data, columns_of(findings.search.dataset))
        self._choose_finder()
        self.fit()

    def _choose_finder(self) -> None:
        findings, finder = self._findings, self.finder.get()
        if findings is None:
            return
        self.finder.setToolTip(finder_story(finder))
        self.suspects.show_findings(findings, finder)
        self.repairs.show_suspects(int(findings.suspects[finder].flagged.sum()))
        self._show_review()
        self._show_scores()

    def _choose_scored(self, finder: str) -> None:
        if finder != self.finder.get():
            self.finder.put(finder)
            self._choose_finder()

    def _review(self) -> None:
        """A decision was made, or taken back; who has decided on all may see the truth."""
        if self.suspects.all_looked_at() and not self._revealed:
            self._revealed = True
        self._show_review()
        self._show_scores()

    def _show_review(self) -> None:
        if self._info is not None:
            self.repairs.show_review(self._info.dataset, self.suspects.review, self._in_force)
            self.columns.show_left_out(self.suspects.review.columns)

    def _reveal(self, revealed: bool) -> None:
        self._revealed = revealed
        self._show_scores()

    def _show_scores(self) -> None:
        findings, info = self._findings, self._info
        if findings is None or info is None:
            return
        if self._truth is None:
            self._truth = truth_of(info.dataset, findings.part, info.split.train)
            self._planted = data_scores(findings, info.split.train, self._changes)
        rows_known, planted = bool(self._truth.any.any()), self._planted
        self.suspects.show_truth(self._truth if self._revealed and rows_known else None)
        if not rows_known and not planted:
            self.scores.show_clean(bool(self._changes))
        elif not self._revealed:
            self.scores.show_hidden()
        elif not rows_known:
            self.scores.show_data(planted)
        else:
            self.scores.show_scores(
                findings, self._truth, self.suspects.review, self.finder.get(), planted,
                is_biased(self._changes),
            )  # fmt: skip

    # -- training on it -------------------------------------------------------------------------

    def _go_on(self) -> None:
        self.repairs_wanted.emit(self.suspects.review.repairs, False)

    def _start_over(self) -> None:
        self.repairs_wanted.emit(self.suspects.review.repairs, True)
