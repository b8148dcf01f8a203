"""Decision regions of a model of 2-D points, while it learns."""

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.boundary_plot import POINTS_SHOWN, BoundaryPlot
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn, paragraph
from visualiser.ui.widgets.controls import Switch


class BoundaryView(QWidget):
    """What the model answers everywhere, the points it learns from, and the clean twin's line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self.plot = BoundaryPlot(self)
        self.legend = Legend(self)
        self.validation = Switch(self.tr("Validation points"), self)
        self.validation.setChecked(True)
        self.validation.setToolTip(
            self.tr("Also shows the points that the model is measured on but never learns from.")
        )
        self.validation.edited.connect(self._show_validation)
        self.words = paragraph("muted")
        self._side = SideColumn(self.words, self.legend, self.validation, parent=self)
        self.saving = PictureSaving(
            self.plot, "boundary", self.tr("Decision boundary"), self.legend
        )
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        # The plot takes what the plane can fill, the words the rest.
        self._layout.addWidget(self.plot, 1000)
        self._layout.addWidget(self._side, 1)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info = info
        self.plot.start_run(info)
        self.saving.forget()
        self.words.clear()
        self.legend.show_entries(())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the answers of this step."""
        self.plot.show_snapshot(snapshot)
        self.saving.follow(snapshot)
        self._describe(snapshot)
        self._share_width()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.plot.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """A wide plane leaves the words a narrow column, a square one all that it cannot fill."""
        column = max(self._side.narrowest(), 11 * self.fontMetrics().averageCharWidth())
        self._side.setMinimumWidth(min(column, round(0.4 * self.width())))
        self.plot.setMaximumWidth(max(self.plot.widest(self.height()), 120))
        self._layout.activate()

    def _show_validation(self) -> None:
        self.plot.show_validation(self.validation.get())

    def _describe(self, snapshot: Snapshot) -> None:
        info, part = snapshot.info, snapshot.spoiled_train
        wrong = int(np.count_nonzero(part.labels != info.split.train.labels[part.origin]))
        shown = min(len(part), POINTS_SHOWN)
        text = self.tr("{shown:,} training points. Colour is the answer; deeper is surer.")
        if shown < len(part):
            text = self.tr(
                "{shown:,} of {total:,} training points. Colour is the answer; deeper is surer."
            )
        responses = snapshot.responses
        if responses is not None and not np.isfinite(responses.output).all():
            text = self.tr("The answers are no numbers any more (NaN): the run has diverged.")
        self.words.setText(text.format(shown=shown, total=len(part)))
        twin = responses is not None and responses.twin_output is not None
        self.legend.show_entries(self._entries(info, wrong, twin))

    def _entries(self, info: RunInfo, wrong: int, twin: bool) -> tuple[Entry, ...]:
        classes = [
            Entry("dot", category_colour(code), name, self.tr("Training points of this class."))
            for code, name in enumerate(info.dataset.class_names)
        ]
        entries = [
            *classes,
            Entry("hollow", "muted", self.tr("validation"), self.tr("Never learnt from.")),
            Entry("line", "text", self.tr("boundary"), self.tr("Here the answer changes.")),
        ]
        if twin:
            tip = self.tr("The boundary that the same model finds on clean data.")
            entries.append(Entry("dashed", "text", self.tr("clean twin"), tip))
        if wrong:
            text = self.tr("wrong label ({count:,})").format(count=wrong)
            tip = self.tr("A training point whose label was changed; the colour is the wrong one.")
            entries.append(Entry("ringed", "text", text, tip))
        return tuple(entries)
