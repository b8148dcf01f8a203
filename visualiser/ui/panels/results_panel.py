"""“What happened”: figures of the model and its clean twin, in numbers and in plain sentences."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.diagnosis.steady import SteadyDiagnosis
from visualiser.core.outcome import Outcome, describe
from visualiser.core.outcome_figures import Confusion
from visualiser.core.outcome_groups import GroupGap
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.panels.exam_box import ExamBox
from visualiser.ui.panels.findings_box import FindingsBox
from visualiser.ui.panels.further_figures import FurtherFigures
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.flow_layout import FlowLayout


class ResultsPanel(QWidget):
    """Draws from the newest snapshot; asks for the exam when the user opens it.

    Signals:
        exam_wanted: the user chose to open the test set.
        view_wanted: the name of a view that shows more of a finding, or “curves”.
    """

    exam_wanted = Signal()
    view_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outcome: Outcome | None = None
        self._trained = False
        self._make_headline()
        self._diagnosis = SteadyDiagnosis()
        self.findings = FindingsBox()
        self.findings.view_wanted.connect(self.view_wanted)
        self.changed = _paragraph("muted")
        self.memorised = BarRows("")
        self.confusions = BarRows(self.tr("Worst confusions"))
        self.confusions.setToolTip(
            self.tr("Share of a class that is taken for another, on validation data.")
        )
        self.groups = BarRows(self.tr("Groups"))
        self.exam = ExamBox()
        self.exam.open_wanted.connect(self.exam_wanted)
        self.further = FurtherFigures()
        self._lay_out()

    def _make_headline(self) -> None:
        self.student_title = QLabel(self.tr("your model"))
        self.twin_title = QLabel(self.tr("clean twin"))
        self.repaired_title = QLabel(self.tr("repaired"))
        self.repaired_title.setToolTip(
            self.tr("A third model, which learns from the spoiled data after your repairs.")
        )
        self.student = ElidedLabel("–")
        self.twin = ElidedLabel("–")
        self.repaired = ElidedLabel("–")
        self.repaired.setProperty("mended", True)
        for figure in (self.student, self.twin, self.repaired):
            figure.setProperty("role", "figure")
        for title in (self.student_title, self.twin_title, self.repaired_title):
            title.setProperty("role", "muted")
        self.caption = _paragraph("muted")  # not “metric”: Qt calls that method of a widget itself

    def _lay_out(self) -> None:
        title = QLabel(self.tr("What happened"))
        title.setProperty("role", "heading")
        headline = FlowLayout(gap=18)
        self._twin_pair = _titled(self.twin_title, self.twin)
        self._repaired_pair = _titled(self.repaired_title, self.repaired)
        self._repaired_pair.hide()
        student = _titled(self.student_title, self.student)
        for pair in (student, self._repaired_pair, self._twin_pair):
            headline.addWidget(pair)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addLayout(headline)
        for widget in (
            self.caption,
            self.further,
            self.findings,
            self.changed,
            self.memorised,
            self.confusions,
            self.groups,
            self.exam,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)

    def start_run(self, info: RunInfo) -> None:
        """A new run: nothing is known yet, and the test set is sealed."""
        self._outcome = None
        self._forget()
        self.findings.start_run(info)
        self.further.start_run(info)
        self.exam.start_run(info)
        rows, noun = len(info.watched), noun_of(info.dataset)
        unit = info.metric.unit_text(info.dataset) if info.metric.unit == "target" else ""
        self.caption.setText(
            self.tr("validation {metric}{unit}, {examples}").format(
                metric=info.metric.title,
                unit=f" ({unit})" if unit else "",
                examples=noun.counted(rows, self.tr("clean")),
            )
        )
        self.memorised.setToolTip(
            self.tr(
                "Training {examples} with a wrong label that the model answers as labelled; learnt "
                "by heart where its mistakes on new {examples} do not explain that."
            ).format(examples=noun.many)
        )

    def _forget(self) -> None:
        self._warn(False)
        self._repaired_pair.hide()
        for figure in (self.student, self.twin, self.repaired):
            figure.setText("–")
        self.changed.hide()
        for bars in (self.memorised, self.confusions, self.groups):
            bars.show_rows([])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what came of it so far; only what differs is laid out anew."""
        outcome = describe(snapshot, self._diagnosis.of)
        trained = snapshot.measured_at > 0
        if outcome == self._outcome and trained == self._trained:
            return
        self._outcome, self._trained = outcome, trained
        self._show_headline(outcome, snapshot)
        self.further.show_figures(outcome.further)
        difference = _difference(outcome, snapshot) if trained else ""
        self.findings.show_findings(difference, outcome.findings)
        changed = (*outcome.changed, *filter(None, [outcome.mended]))
        _set_text(self.changed, "\n".join(f"{text}." for text in changed))
        self.changed.setVisible(bool(changed))
        # Random weights hit upon wrong labels and confuse classes too: nothing about the data.
        self._show_memorised(outcome if trained else None)
        self._show_confusions(outcome.confusions if trained else None)
        self._show_groups(outcome.groups if trained else None, outcome.unit)
        self.exam.show_outcome(outcome)

    def _show_headline(self, outcome: Outcome, snapshot: Snapshot) -> None:
        comparison = outcome.validation
        _set_text(self.student, comparison.student_text)
        _set_text(self.twin, comparison.twin_text)
        self._twin_pair.setVisible(comparison.twin is not None)
        repaired = outcome.repaired
        self._repaired_pair.setVisible(repaired is not None)
        if repaired is not None:
            _set_text(self.repaired, repaired.student_text)
        self._warn(snapshot.twin_differs and comparison.effect == "worse")

    def _warn(self, spoiled: bool) -> None:
        """The student's figure in the colour of spoiled data, or in that of text."""
        if bool(self.student.property("spoiled")) != spoiled:
            self.student.setProperty("spoiled", spoiled)
            self.student.style().polish(self.student)

    def _show_memorised(self, outcome: Outcome | None) -> None:
        if outcome is None or outcome.memorised is None or outcome.memorised_share is None:
            self.memorised.show_rows([])
            return
        counts = outcome.memorised
        words = self.tr("{learnt} of {total}")
        if counts.sampled:
            words = self.tr("{learnt} of a sample of {total}")
        text = words.format(learnt=f"{counts.learnt:,}", total=f"{counts.total:,}")
        self.memorised.set_title(
            self.tr("Wrong labels learnt by heart")
            if outcome.learning == "by heart"
            else self.tr("Wrong labels repeated")
        )
        self.memorised.show_rows(
            [BarRow(text, outcome.memorised_share, outcome.memorised_text, warning=True)]
        )

    def _show_confusions(self, confusions: tuple[Confusion, ...] | None) -> None:
        if confusions == ():
            self.confusions.say(
                self.tr("None worth naming: no class is taken for another in 1 of 200 cases.")
            )
            return
        self.confusions.set_note("")
        self.confusions.show_rows(
            [
                BarRow(
                    self.tr("{true} as {predicted}").format(
                        true=isolated(confusion.true), predicted=isolated(confusion.predicted)
                    ),
                    confusion.share,
                    f"{100 * confusion.share:.0f}{NO_BREAK}%",
                    mark=confusion.twin_share,
                    warning=True,
                )
                for confusion in confusions or ()
            ]
        )

    def _show_groups(self, gap: GroupGap | None, unit: str) -> None:
        if gap is None:
            self.groups.show_rows([])
            return
        largest = max([1e-12, *(g.student for g in gap.groups if g.student == g.student)])
        whole = 1.0 if unit == "%" else largest
        self.groups.set_title(gap.heading)
        self.groups.set_note(
            self.tr("gap {student}").format(student=gap.student_text)
            + (self.tr(", twin {twin}").format(twin=gap.twin_text) if gap.twin_text else "")
            if gap.student_text
            else ""
        )
        self.groups.show_rows(
            [
                BarRow(
                    group.name,
                    group.student / whole,
                    group.student_text,
                    mark=None if group.twin is None else group.twin / whole,
                    warning=group.name == gap.worst,
                )
                for group in gap.groups
            ]
        )


def _difference(outcome: Outcome, snapshot: Snapshot) -> str:
    """“−12.5 points”; empty as long as there is nothing to compare."""
    comparison = outcome.validation
    if not snapshot.twin_differs or comparison.effect is None:
        return ""
    if comparison.effect == "no clear difference":
        return QCoreApplication.translate("ResultsPanel", "{difference}, within chance").format(
            difference=comparison.difference_text
        )
    return comparison.difference_text


def _titled(title: QLabel, figure: ElidedLabel) -> QWidget:
    """A figure below its title; where the column is narrow one such pair stands below the other."""
    pair = QWidget()
    layout = QVBoxLayout(pair)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(title)
    layout.addWidget(figure)
    return pair


def _paragraph(role: str = "") -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _set_text(label: QLabel, text: str) -> None:
    """Setting the same text again would lay the panel out again."""
    if label.text() != text:
        label.setText(text)
