"""Whether a classifier is right as often as it says it is sure, while it learns."""

import numpy as np
from PySide6.QtWidgets import QWidget

from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.calibration import (
    Reliability,
    calibration_estimate,
    reliability,
)
from visualiser.core.metrics.intervals import Estimate
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_answers import Answers, Pace
from visualiser.ui.views.interval_words import bare, interval_text, per_cent, points, round_per_cent
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.model_figures import LargeFigure, ModelFigures
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.reliability_plot import Reliabilities, ReliabilityPlot
from visualiser.ui.views.run_curve import Course, RunCurve
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_GAP = 14
_WORDS = 22
"""Letters of width that the words beside the diagram need at least."""
_BETWEEN_DRAWINGS, _BETWEEN_FIGURES = 0.12, 1.0
"""Seconds. A diagram takes longer to draw than the curves do, and intervals longer to resample
than either: at every frame they would slow down the training that they show."""


class CalibrationView(Fitted, QWidget):
    """The reliability diagram, the calibration error in large figures, and its curve."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawings, self._figures = Pace(_BETWEEN_DRAWINGS), Pace(_BETWEEN_FIGURES)
        self.plot = ReliabilityPlot(self)
        self.legend = Legend(self)
        self.error = ModelFigures(
            self.tr(
                "Expected calibration error (ECE): how far confidence and share of right answers "
                "are apart, the mean over 15 bins of confidence, each counting by its answers. "
                "Below it, the 95 % interval."
            ),
            self,
        )
        self.title = paragraph("heading")
        self.title.setText(self.tr("Calibration error"))
        self.words = paragraph()
        self.further = paragraph("muted")
        self.row = paragraph()
        self.curve = RunCurve(self.tr("Calibration error over the run"), self)
        self.curve.setToolTip(
            self.tr("The error at every evaluation; dotted lines are changes of the data.")
        )
        self.plot.chosen.connect(self.row.setText)
        self.curve.chosen.connect(self.row.setText)
        self.savings = (
            PictureSaving(self.plot, "calibration", self.tr("Calibration"), self.legend),
            PictureSaving(
                self.curve, "calibration-error", self.tr("Calibration error"), self.legend
            ),
        )
        self._build()
        self._forget(self.tr("The diagram appears with the first answers of the model."))

    def fit(self) -> None:
        """Words stand beside the diagram, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 2)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        for pace in (self._drawings, self._figures):
            pace.reset()
        self._forget(self.tr("The diagram appears with the first answers of the model."))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The diagram follows the answers, the figures slowly enough to be read."""
        if snapshot.predictions is None or not self._drawings.lets(snapshot):
            return
        answers = Answers.of(snapshot)
        if answers is None:
            self._forget(
                self.tr("The answers are no numbers any more (NaN): the run has diverged.")
            )
            return
        models = _models(answers)
        bins = [reliability(*model) for model in models]
        self.plot.show_bins(
            Reliabilities(
                bins[0],
                bins[1] if len(bins) > 1 else None,
                1 / snapshot.info.dataset.class_count,
                noun_of(snapshot.info.dataset).many,
            )
        )
        for saving in self.savings:
            saving.follow(snapshot)
        if self._figures.lets(snapshot):
            self._describe(snapshot, bins, [calibration_estimate(*model) for model in models])

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.plot, self.curve, self.legend, *self.savings):
            part.apply_palette(palette)

    def _build(self) -> None:
        self._side = SideColumn(
            self.title,
            self.error,
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

    def _forget(self, why: str) -> None:
        self.plot.show_nothing(why)
        self.error.clear()
        self.curve.forget()
        self.legend.show_entries(())
        for words in (self.words, self.further, self.row):
            words.clear()
        for saving in self.savings:
            saving.forget()

    def _describe(
        self,
        snapshot: Snapshot,
        bins: list[Reliability],
        errors: list[tuple[Estimate, float]],
    ) -> None:
        figures = [
            LargeFigure(per_cent(error.value), interval_text(error, bare)) for error, _ in errors
        ]
        self.error.show_figures(figures[0], figures[1] if len(figures) > 1 else None)
        self.curve.show_course(Course.of(snapshot, "ece"), per_cent, round_per_cent)
        for label, text in (
            (self.words, self._sentence(bins[0], *errors[0])),
            (self.further, self._further(snapshot, bins[0])),
        ):
            if text != label.text():
                label.setText(text)
        self.legend.show_entries(self._entries(twin=len(bins) > 1))

    def _sentence(self, bins: Reliability, error: Estimate, chance: float) -> str:
        """What the error means, for the student."""
        said = bins.mean_confidence
        right = float(np.nansum(bins.count * np.nan_to_num(bins.right.value)) / bins.count.sum())
        if error.value <= chance:
            text = self.tr(
                "It is right as often as it says: perfectly honest models would show up to "
                "{chance} by chance."
            )
        elif said - right > error.value / 2:
            text = self.tr("It boasts: {said} sure on average, it is right on {right}.")
        elif right - said > error.value / 2:
            text = self.tr("It is too modest: {said} sure on average, it is right on {right}.")
        else:
            text = self.tr(
                "It is too sure of some answers and too modest about others; on average {said} "
                "sure and right on {right}."
            )
        return text.format(chance=per_cent(chance), said=per_cent(said), right=per_cent(right))

    def _further(self, snapshot: Snapshot, bins: Reliability) -> str:
        rows = noun_of(snapshot.info.dataset).counted(
            int(bins.count.sum()), self.tr("clean validation")
        )
        return self.tr("Worst bin: {worst} off. Measured on {rows}.").format(
            worst=points(bins.largest_error), rows=rows
        )

    def _entries(self, *, twin: bool) -> tuple[Entry, ...]:
        exact = Entry(
            "dotted",
            "text",
            self.tr("as often right as sure"),
            self.tr("Below this line a model boasts, above it is too modest."),
        )
        mine = Entry(
            "dot",
            "spoiled" if twin else "accent",
            self.tr("your model"),
            self.tr("Answers of like confidence: how many are right, with the 95 % interval."),
        )
        if not twin:
            return (mine, exact)
        tip = self.tr("The same model, learning from clean data only.")
        return (mine, Entry("hollow", "accent", self.tr("clean twin"), tip), exact)


def _models(answers: Answers) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of the student, and of the twin where there is one: confidences and which are right."""
    outputs = [answers.output]
    if answers.twin_output is not None and np.isfinite(answers.twin_output).all():
        outputs.append(answers.twin_output)
    return [(output.max(axis=1), output.argmax(axis=1) == answers.true) for output in outputs]
