"""Predicted against true numbers of a regression, while it learns."""

import numpy as np
from PySide6.QtWidgets import QWidget

from visualiser.core.data.nouns import noun_of
from visualiser.core.metrics.regression import mae, r2
from visualiser.core.outcome_healing import healed_at
from visualiser.core.tasks.regression import R2
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.scatter_frame import Values
from visualiser.ui.views.scatter_pairs import Pairs
from visualiser.ui.views.scatter_plot import ScatterPlot
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_WORDS = 14
"""Letters of width that the words beside the picture need at least."""


class ScatterView(Fitted, QWidget):
    """Points of the student and of its clean twin, and how far they are off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._healed: int | None = None
        self.plot = ScatterPlot(self)
        self.legend = Legend(self)
        self.errors = Switch(self.tr("Errors only"), self)
        self.errors.setToolTip(
            self.tr("Shows by how much each prediction is too high or too low, instead of itself.")
        )
        self.errors.edited.connect(self._show_errors)
        self.figures = paragraph()
        self.figures.setToolTip(
            self.tr(
                "MAE is the mean absolute error. R² is the share of the variation that is "
                "explained: 1 is perfect, 0 no better than the mean."
            )
        )
        self.words = paragraph("muted")
        self.row = paragraph()
        self.plot.chosen.connect(self.row.setText)
        self.saving = PictureSaving(
            self.plot, "predictions", self.tr("Predicted against true"), self.legend
        )
        self._build()
        self._say_empty()

    def fit(self) -> None:
        """Words stand beside the picture, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 2)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self.row.clear()
        self._say_empty()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the predictions of this step."""
        if snapshot.predictions is None:
            return
        pairs = Pairs.of(snapshot)
        if pairs is None:
            self.plot.show_nothing(
                self.tr("The predictions are no numbers any more (NaN): the run has diverged.")
            )
            self._clear_words()
            return
        self.saving.follow(snapshot)
        self._healed = healed_at(snapshot)
        self.plot.show_pairs(pairs, "accent" if pairs.twin is None else "spoiled")
        self._describe(pairs)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.plot.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _build(self) -> None:
        widgets = (self.words, self.figures, self.legend, self.errors, self.row)
        self._side = SideColumn(*widgets, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self.plot, 3)
        self._layout.addWidget(self._side, 2)

    def _say_empty(self) -> None:
        self.plot.show_nothing(self.tr("Points appear with the first predictions of the model."))
        self._clear_words()

    def _clear_words(self) -> None:
        self.saving.forget()
        self.words.clear()
        self.figures.clear()
        self.legend.show_entries(())
        self.errors.hide()

    def _show_errors(self) -> None:
        self.plot.show_errors(self.errors.get())
        if self.plot.pairs is not None:
            self._describe(self.plot.pairs)

    def _describe(self, pairs: Pairs) -> None:
        rows = noun_of(pairs.dataset).counted(len(pairs.true), self.tr("validation"))
        text = self.tr("{rows}. On the line, a prediction is exact.").format(rows=rows)
        outside = self.plot.outside()
        if outside:
            text += " " + self.tr("{count:,} outside the axes, as squares at the edge.").format(
                count=outside
            )
        self.words.setText(text)
        lines = [self._figure_line("", pairs, pairs.student)]
        if pairs.twin is not None:
            title = self.tr("clean twin: ")
            lines = [
                self._figure_line(self.tr("your model: "), pairs, pairs.student),
                self._figure_line(title, pairs, pairs.twin),
            ]
        self.figures.setText("\n".join(lines))
        self.legend.show_entries(self._entries(pairs))
        self.errors.show()

    def _figure_line(self, title: str, pairs: Pairs, answers: Values) -> str:
        explained = r2(pairs.true, answers)
        return self.tr("{title}R²\u00a0{share}, MAE\u00a0{error}").format(
            title=title,
            share="–" if np.isnan(explained) else R2.text(explained, pairs.dataset),
            error=pairs.dataset.amount_text(mae(pairs.true, answers)),
        )

    def _entries(self, pairs: Pairs) -> tuple[Entry, ...]:
        exact = Entry("line", "text", self.tr("exact"), self.tr("Predicted is what is true."))
        if pairs.twin is None:
            row = self.tr("validation {example}").format(example=noun_of(pairs.dataset).one)
            tip = self.tr("Never learnt from.")
            return (Entry("dot", "accent", row, tip), exact)
        learnt = self.tr("It learns from spoiled data.")
        if self._healed is not None:
            text = self.tr("It learnt from spoiled data until step {step:,}, and from clean since.")
            learnt = text.format(step=self._healed)
        return (
            Entry("dot", "spoiled", self.tr("your model"), learnt),
            Entry(
                "hollow",
                "accent",
                self.tr("clean twin"),
                self.tr("The same model, learning from clean data only."),
            ),
            exact,
        )
