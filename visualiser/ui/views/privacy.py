"""Whether the losses of a model give away which rows it has learnt from."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.intervals import Estimate
from visualiser.core.metrics.membership import membership_estimate
from visualiser.core.training.audit import Audit
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.interval_words import bare, interval_text, per_cent, round_per_cent
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.loss_histogram import LossHistogram, LossKind
from visualiser.ui.views.model_figures import LargeFigure, ModelFigures
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.run_curve import Course, RunCurve
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.elided_label import ElidedLabel
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import paragraph

GUESSING = 0.5
_GAP = 14
_WORDS = 22
"""Letters of width that the words beside the losses need at least."""
_FEW = 30
"""Fewer rows with a wrong label are drawn with the others: a few make no distribution."""


class PrivacyView(Fitted, QWidget):
    """Losses of training rows and of rows never seen, and how well they are told apart by them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._snapshot: Snapshot | None = None
        self._pace = Pace()
        self.plot = LossHistogram(self)
        self.model = Choice((("student", self.tr("your model")),), self)
        self.model.setAccessibleName(self.tr("Whose losses"))
        self.model.setToolTip(self.tr("Whose losses are drawn: your model's or the clean twin's."))
        self.model.edited.connect(self._show_other)
        self.legend = Legend(self)
        self.auc = ModelFigures(
            self.tr(
                "Membership inference: of a training row and a row never seen, how often the one "
                "with the smaller loss is the training row (AUC of −loss). 50 % is guessing, 100 % "
                "gives every row away. Below it, the 95 % interval (DeLong)."
            ),
            self,
        )
        self.title = ElidedLabel(self.tr("Told apart by their loss"))
        self.title.setProperty("role", "heading")
        self.words = paragraph()
        self.further = paragraph("muted")
        self.row = paragraph()
        self.curve = RunCurve(self.tr("Over the run; 50 % is guessing"), self)
        self.curve.setToolTip(
            self.tr("The figure at every evaluation; dotted lines are changes of the data.")
        )
        self.plot.chosen.connect(self.row.setText)
        self.curve.chosen.connect(self.row.setText)
        self.savings = (
            PictureSaving(
                self.plot, "losses", self.tr("Losses"), self.legend, self.model.currentText
            ),
            PictureSaving(self.curve, "membership", self.tr("Told apart by loss")),
        )
        self._build()
        self._forget()

    def fit(self) -> None:
        """Words stand beside the losses, or below them where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 2)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._snapshot = None
        self._pace.reset()
        self._offer(twin=False)
        self._forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The losses follow every evaluation, the figures slowly enough to be read."""
        audit = snapshot.audit
        if audit is None or not len(audit.member_losses):
            return
        if self._snapshot is None or self._snapshot.audit is not audit or self._ended(snapshot):
            self._snapshot = snapshot
            self._offer(twin=snapshot.twin_differs and snapshot.twin_audit is not None)
            self._draw(snapshot)
            for saving in self.savings:
                saving.follow(snapshot)
        if self._pace.lets(snapshot):
            self._describe(snapshot, audit)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.plot, self.curve, self.legend, *self.savings):
            part.apply_palette(palette)

    def _build(self) -> None:
        top = QWidget()
        line = FlowLayout(top, gap=10)
        line.addWidget(self.title)
        line.addWidget(self.model)
        self._side = SideColumn(
            top,
            self.auc,
            self.words,
            self.curve,
            self.legend,
            self.further,
            self.row,
            parent=self,
        )
        self._layout = turning_layout(self, _GAP)
        self._layout.addWidget(self.plot, 4)
        self._layout.addWidget(self._side, 5)

    def _forget(self) -> None:
        self.plot.show_nothing(self.tr("Losses appear with the first look at the model."))
        self.auc.clear()
        self.curve.forget()
        self.legend.show_entries(())
        for words in (self.words, self.further, self.row):
            words.clear()
        for saving in self.savings:
            saving.forget()

    def _ended(self, snapshot: Snapshot) -> bool:
        return self._snapshot is not None and self._snapshot.twin_differs != snapshot.twin_differs

    def _offer(self, *, twin: bool) -> None:
        """A choice only where there are two models."""
        choices = [("student", self.tr("your model"))]
        if twin != (self.model.count() > len(choices)):
            self.model.offer([*choices, ("twin", self.tr("clean twin"))] if twin else choices)
        self.model.setVisible(twin)

    def _show_other(self) -> None:
        if self._snapshot is not None:
            self._draw(self._snapshot)

    def _draw(self, snapshot: Snapshot) -> None:
        """The losses of the model that is chosen."""
        audit = snapshot.twin_audit if self.model.get() == "twin" else snapshot.audit
        assert audit is not None
        many = noun_of(snapshot.info.dataset).many
        apart = np.count_nonzero(audit.mislabelled) >= _FEW
        losses = audit.true_member_losses if apart else audit.member_losses
        learnt = self.tr("training {many}").format(many=many)
        kinds = [
            (LossKind(learnt, "train", True), losses),
            (
                LossKind(self.tr("{many} never seen").format(many=many), "accent", False),
                audit.other_losses,
            ),
        ]
        if apart:
            title = self.tr("training {many} with a wrong label").format(many=many)
            stroke = Qt.PenStyle.DashLine
            kinds.append(
                (LossKind(title, "spoiled", False, stroke), audit.member_losses[audit.mislabelled])
            )
        self.plot.show_losses(tuple(kinds), snapshot.info.task.loss_title)
        self.legend.show_entries(tuple(_entry(kind) for kind in self.plot.kinds))

    def _describe(self, snapshot: Snapshot, audit: Audit) -> None:
        mine = membership_estimate(audit.member_losses, audit.other_losses)
        twin = None
        if snapshot.twin_differs and snapshot.twin_audit is not None:
            of_twin = snapshot.twin_audit
            twin = _large(membership_estimate(of_twin.member_losses, of_twin.other_losses))
        self.auc.show_figures(_large(mine), twin)
        self.curve.show_course(Course.of(snapshot, "mia_auc"), per_cent, round_per_cent, GUESSING)
        for label, text in (
            (self.words, self._sentence(mine)),
            (self.further, self._further(snapshot, audit)),
        ):
            if text != label.text():
                label.setText(text)

    def _sentence(self, auc: Estimate) -> str:
        if not auc.low <= auc.high:
            return self.tr("The losses are no numbers any more: the run has diverged.")
        if auc.contains(GUESSING):
            return self.tr(
                "A loss does not tell whether the model learnt from a row: no better than guessing."
            )
        if auc.value > GUESSING:
            return self.tr(
                "What it learnt from has the smaller loss in {share} of all pairs of a training "
                "row and one never seen: the model gives its training rows away."
            ).format(share=per_cent(auc.value))
        return self.tr(
            "Training rows have the larger losses: they are harder than rows never seen, as wrong "
            "labels and noise make them."
        )

    def _further(self, snapshot: Snapshot, audit: Audit) -> str:
        """What has to be known to read the figure rightly."""
        info, lines = snapshot.info, []
        if snapshot.changes:
            lines.append(
                self.tr(
                    "The training part is spoiled, and what it is compared with is clean: the "
                    "figure tells of the spoiling too, and may fall below 50 %."
                )
            )
        if audit.mislabelled.any():
            lines.append(
                self.tr("Training rows count with the labels that they were given, wrong or not.")
            )
            true = audit.true_member_losses
            if len(true) >= _FEW:
                alone = membership_estimate(true, audit.other_losses)
                text = self.tr("Those with their true label alone: {share} ({range}).")
                lines.append(
                    text.format(share=per_cent(alone.value), range=interval_text(alone, bare))
                )
        if info.dataset.times is not None:
            lines.append(
                self.tr("Rows never seen are newer here: time, not memory, may tell them apart.")
            )
        noun = noun_of(info.dataset)
        text = self.tr("{members} and {others}.")
        lines.append(
            text.format(
                members=noun.counted(len(audit.member_losses), self.tr("training")),
                others=noun.counted(len(audit.other_losses), self.tr("validation")),
            )
        )
        return " ".join(lines)


def _large(auc: Estimate) -> LargeFigure:
    return LargeFigure(per_cent(auc.value), interval_text(auc, bare))


def _entry(kind: LossKind) -> Entry:
    if kind.filled:
        return Entry("area", kind.colour, kind.title)
    dashed = kind.stroke == Qt.PenStyle.DashLine
    return Entry("dashed" if dashed else "line", kind.colour, kind.title)
