"""Decision regions of a model of 2-D points, while it learns."""

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.boundary_plot import POINTS_SHOWN, BoundaryPlot
from visualiser.ui.views.legend import Entry, Legend
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
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        side = QWidget(self)
        side.setProperty("role", "page")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.legend)
        column.addWidget(self.validation)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(side)
        scroll.viewport().setAutoFillBackground(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.plot, 3)
        layout.addWidget(scroll, 2)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info = info
        self.plot.start_run(info)
        self.words.clear()
        self.legend.show_entries(())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the answers of this step."""
        self.plot.show_snapshot(snapshot)
        self._describe(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.plot.apply_palette(palette)
        self.legend.apply_palette(palette)

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
