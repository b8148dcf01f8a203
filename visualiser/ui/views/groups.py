"""How a model treats groups, how sure that is, and how it came about."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from visualiser.core.data.nouns import noun_of
from visualiser.core.group_figures import MAE, GroupFindings, group_figure_names, group_findings
from visualiser.core.metrics.fairness import FEWEST_IN_GROUP
from visualiser.core.metrics.group_intervals import GroupEstimates
from visualiser.core.metrics.intervals import Estimates
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.axes import SteppedRange, share_range
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.group_bars import GroupBars, GroupLengths
from visualiser.ui.views.groups_words import GroupWords
from visualiser.ui.views.interval_words import interval_text
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.model_figures import LargeFigure, ModelFigures
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.run_curve import Course, RunCurve
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted, Unsqueezed
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea

_COLUMNS = {
    "selection_rate": "dp_difference",
    "true_positive_rate": "tpr_difference",
    "false_positive_rate": "fpr_difference",
    "accuracy": "group_metric_difference",
    MAE: "group_metric_difference",
}
"""Where the history keeps the gap of each figure."""
_GAP = 14
_HIGH = 13
"""Lines of text from which on there is room for the curve below the bars."""
_WORDS = 22
"""Letters of width that the words beside the bars need at least."""


class GroupsView(Fitted, Unsqueezed, QWidget):
    """A figure of every group with its interval, the gap, and how the gap went over the run."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._snapshot: Snapshot | None = None
        self._findings: GroupFindings | None = None
        self._mended: GroupFindings | None = None
        self._amounts = SteppedRange(1e-9)
        self._pace = Pace()
        self.figure = Choice((), self)
        self.figure.setAccessibleName(self.tr("Which figure of the groups"))
        self.figure.setToolTip(self.tr("Which figure is compared between the groups."))
        self.figure.edited.connect(self._choose)
        self.what = paragraph("muted")
        self.bars = GroupBars(self)
        self.legend = Legend(self)
        self.gap = ModelFigures(
            self.tr(
                "The gap: largest less smallest figure of a group. Below it, the middle 95 % of "
                "what other samples of as many rows would show (bootstrap)."
            ),
            self,
        )
        self.words = paragraph()
        self.further = paragraph("muted")
        self.row = paragraph()
        self.curve = RunCurve("", self)
        self.curve.setToolTip(
            self.tr("The gap at every evaluation; dotted lines are changes of the data.")
        )
        self.bars.chosen.connect(self.row.setText)
        self.curve.chosen.connect(self.row.setText)
        self.savings = (
            PictureSaving(self.bars, "groups", self.tr("Groups"), self.legend, self._figure_title),
            PictureSaving(
                self.curve, "gap", self.tr("Gap over the run"), self.legend, self._figure_title
            ),
        )
        self._build()

    def fit(self) -> None:
        """Words stand beside the bars, or below; the curve among them where there is no height."""
        self._side.fit(self._layout, _WORDS, 2)
        self._rows.unroll(self._side.unrolled)
        below = self._layout.direction() == QBoxLayout.Direction.TopToBottom
        low = below or self.height() < _HIGH * self.fontMetrics().height()
        self._aside.setVisible(low)
        home = self._beside if low else self._left
        if home.indexOf(self.curve) < 0:
            (self._left if low else self._beside).removeWidget(self.curve)
            home.addWidget(self.curve, 2)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; the figure stays where this one has it too."""
        self._info, self._snapshot, self._findings, self._mended = info, None, None, None
        self._amounts.reset()
        self._pace.reset()
        words = GroupWords(info)
        self.figure.offer([(name, words.title(name)) for name in group_figure_names(info.dataset)])
        self.figure.setVisible(self.figure.count() > 1)
        self._forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the answers, slowly enough to be read: intervals take some milliseconds."""
        if snapshot.predictions is None or not self._pace.lets(snapshot):
            return
        self._snapshot, self._findings = snapshot, _findings(snapshot)
        self._mended = _mended_findings(snapshot)
        if self._findings is None:
            self.bars.show_nothing(
                self.tr("The answers are no numbers any more (NaN): the run has diverged.")
            )
            self._clear_words()
            return
        self._show(snapshot, self._findings)
        for saving in self.savings:
            saving.follow(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.bars, self.curve, self.legend, *self.savings):
            part.apply_palette(palette)

    def _build(self) -> None:
        rows = self._rows = UnrollingArea()
        rows.column.setContentsMargins(0, 0, 0, 0)
        rows.column.addWidget(self.bars)
        self._left = left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self.what)
        left.addWidget(rows, 3)
        left.addWidget(self.curve, 2)
        self._aside = QWidget()
        self._beside = QVBoxLayout(self._aside)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._side = SideColumn(
            self.figure,
            self.gap,
            self.words,
            self._aside,
            self.legend,
            self.further,
            self.row,
            parent=self,
        )
        self._layout = turning_layout(self, _GAP)
        self._layout.addLayout(left, 4)
        self._layout.addWidget(self._side, 5)

    def _figure_title(self) -> str:
        return self.figure.currentText()

    def _choose(self) -> None:
        """Another figure."""
        self.curve.forget()
        self.row.clear()
        if self._snapshot is not None and self._findings is not None:
            self._show(self._snapshot, self._findings)

    def _forget(self) -> None:
        self.bars.show_nothing(self.tr("Bars appear with the first answers of the model."))
        self._clear_words()
        assert self._info is not None
        self._name(GroupWords(self._info), self.figure.get())

    def _name(self, words: GroupWords, name: str) -> None:
        """What the bars are of."""
        if words.what(name) != self.what.text():
            self.what.setText(words.what(name))
            self.what.setToolTip(words.tip())

    def _clear_words(self) -> None:
        for saving in self.savings:
            saving.forget()
        for words in (self.words, self.further, self.row):
            words.clear()
        self.gap.clear()
        self.curve.forget()
        self.legend.show_entries(())

    def _show(self, snapshot: Snapshot, findings: GroupFindings) -> None:
        name: str = self.figure.get()
        words, found = GroupWords(snapshot.info), findings.figures[name]
        self._name(words, name)
        self.bars.show_lengths(self._lengths(words, name, found, findings))
        self.curve.set_title(words.curve(name))
        self.curve.show_course(
            Course.of(snapshot, _COLUMNS[name]),
            words.gap_writing(name),
            words.curve_tick_writing(name),
        )
        twin = None
        if found.twin_gap is not None:
            note = interval_text(found.twin_gap, words.short_writing(name))
            twin = LargeFigure(words.gap_writing(name)(found.twin_gap.value), note)
        note = interval_text(found.gap, words.short_writing(name))
        self.gap.show_figures(LargeFigure(words.gap_writing(name)(found.gap.value), note), twin)
        _set(self.words, words.sentence(name, found))
        _set(self.further, words.further(findings, len(snapshot.info.watched)))
        self.legend.show_entries(
            self._entries(twin=found.twin is not None, mended=self._mended is not None)
        )

    def _lengths(
        self, words: GroupWords, name: str, found: GroupEstimates, findings: GroupFindings
    ) -> GroupLengths:
        assert self._info is not None
        data = self._info.dataset
        noun = noun_of(data)
        titles = tuple(
            self.tr("{group}: {rows}").format(group=group, rows=noun.counted(int(rows)))
            for group, rows in zip(data.group_names, findings.count, strict=True)
        )
        compared = tuple(bool(rows >= FEWEST_IN_GROUP) for rows in findings.count)
        top = self._top(name, found)
        write, tick = words.writing(name), words.tick_writing(name)
        return GroupLengths(
            data.group_names,
            titles,
            found.student,
            found.twin,
            self._of_mended(name),
            compared,
            top,
            write,
            tick,
        )

    def _of_mended(self, name: str) -> Estimates | None:
        return None if self._mended is None else self._mended.figures[name].student

    def _top(self, name: str, found: GroupEstimates) -> float:
        """Where the axis ends: shares in few steps, so that bars of two moments compare."""
        ends = [found.student.high, found.student.value]
        if found.twin is not None:
            ends += [found.twin.high, found.twin.value]
        mended = self._of_mended(name)
        if mended is not None:
            ends += [mended.high, mended.value]
        highest = float(np.nan_to_num(np.concatenate(ends)).max(initial=0.0))
        if name == MAE:
            return self._amounts.fit(highest)
        return share_range(0.0, 100 * highest)[1] / 100

    def _entries(self, *, twin: bool, mended: bool) -> tuple[Entry, ...]:
        entries = [Entry("area", "accent", self.tr("your model"))]
        if twin:
            tip = self.tr("It learns from spoiled data.")
            twins = self.tr("The same model, learning from clean data only.")
            entries = [
                Entry("area", "spoiled", self.tr("your model"), tip),
                Entry("box", "accent", self.tr("clean twin"), twins),
            ]
        if mended:
            tip = self.tr("The same model, going on with repaired data.")
            entries.append(Entry("area", "mended", self.tr("repaired"), tip))
        whisker = self.tr("The middle 95 % of what other samples of as many rows would show.")
        entries.append(Entry("line", "text", self.tr("95 % interval"), whisker))
        return tuple(entries)


def _findings(snapshot: Snapshot) -> GroupFindings | None:
    """Of the watched validation rows; None where the answers are no numbers."""
    info, predictions = snapshot.info, snapshot.predictions
    rows = info.split.validation
    assert predictions is not None and rows.groups is not None
    output, twin = predictions.output, predictions.twin_output if snapshot.twin_differs else None
    if not np.isfinite(output).all():
        return None
    if twin is not None and not np.isfinite(twin).all():
        twin = None
    labels: NDArray[Any] = rows.labels[info.watched]
    return group_findings(info.dataset, labels, rows.groups[info.watched], output, twin)


def _mended_findings(snapshot: Snapshot) -> GroupFindings | None:
    """The same of the third model alone; None without one, or where its answers are no numbers."""
    info, predictions = snapshot.info, snapshot.predictions
    rows = info.split.validation
    output = None if predictions is None else predictions.cleaned_output
    if output is None or rows.groups is None or not np.isfinite(output).all():
        return None
    labels: NDArray[Any] = rows.labels[info.watched]
    return group_findings(info.dataset, labels, rows.groups[info.watched], output, None)


def _set(label: Any, text: str) -> None:
    """Setting the same text again would lay the view out again."""
    if label.text() != text:
        label.setText(text)
