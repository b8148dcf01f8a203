"""Decision regions of a model of 2-D points, while it learns."""

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.boundary_plot import POINTS_SHOWN, BoundaryPlot
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.paint_box import PaintBox
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn
from visualiser.ui.widgets.controls import Switch
from visualiser.ui.widgets.paragraph import paragraph

_GAP_BESIDE, _GAP_BELOW = 14, 6
_LEAST_PLOT = 120
_MOST_LEGEND = 0.3
"""Share of the height that words and legend have below the plane at most; they scroll then."""
_MOST_COLUMN = 0.4
"""Share of the width that they have beside it at most."""
_ABOUT_AS_WIDE = 0.9
"""So little more of the plane is not worth leaving the words out."""
_UNBOUNDED = 16_777_215
"""The most that a widget of Qt can measure."""


class BoundaryView(QWidget):
    """What the model answers everywhere, the points it learns from, and the clean twin's line.

    Signals:
        data_changed: a DatasetConfig; the user painted points or erased some.
    """

    data_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._diverged = False
        self.plot = BoundaryPlot(self)
        self.validation = Switch(self.tr("Validation points"), self)
        self.validation.setChecked(True)
        self.validation.setToolTip(
            self.tr("Also shows the points that the model is measured on but never learns from.")
        )
        self.validation.edited.connect(self._show_validation)
        self.legend = Legend(self, (self.validation,))
        self.words = paragraph("muted")
        self.paints = PaintBox(self.plot)
        self.paints.painted.connect(self.data_changed)
        self._side = SideColumn(self.words, self.legend, self.paints, parent=self)
        self.saving = PictureSaving(
            self.plot, "boundary", self.tr("Decision boundary"), self.legend
        )
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        # The plot takes what the plane can fill, words and legend the rest.
        self._layout.addWidget(self.plot, 1000)
        self._layout.addWidget(self._side, 1)

    def minimumSizeHint(self) -> QSize:
        """The same in either arrangement: a smaller place may ask for the other one."""
        return QSize(_LEAST_PLOT, _LEAST_PLOT)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info = info
        self.plot.start_run(info)
        self.paints.start_run(info)
        self.saving.forget()
        self.words.clear()
        self.legend.show_entries(())

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the answers of this step."""
        self.plot.show_snapshot(snapshot)
        self.saving.follow(snapshot)
        self._describe(snapshot)
        self._arrange()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.plot.apply_palette(palette)
        self.paints.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Words and legend stand beside the plane or below it, where they leave it more room."""
        column = self._side.narrowest(self.legend.whole_width())
        fits = column <= _MOST_COLUMN * self.width()  # else words of the legend would be cut
        lines = self._side.lowest(self.width(), self.legend, self.paints)
        lines = min(lines, round(_MOST_LEGEND * self.height()))
        beside = self.plot.filled(self.size() - QSize(column + _GAP_BESIDE, 0))
        below = self.plot.filled(self.size() - QSize(0, lines + _GAP_BELOW))
        if fits and beside.width() >= _ABOUT_AS_WIDE * below.width():
            self._put(QBoxLayout.Direction.LeftToRight, _GAP_BESIDE, column, 0)
            self.plot.setMaximumSize(max(beside.width(), _LEAST_PLOT), _UNBOUNDED)
            self.words.show()
        else:
            self._put(QBoxLayout.Direction.TopToBottom, _GAP_BELOW, 0, lines)
            self.plot.setMaximumSize(_UNBOUNDED, max(below.height(), _LEAST_PLOT))
            rest = self.height() - below.height() - _GAP_BELOW
            whole = self._side.lowest(self.width(), self.words, self.legend, self.paints)
            self.words.setVisible(self._diverged or whole <= rest)
        self._layout.activate()

    def _put(self, direction: QBoxLayout.Direction, gap: int, width: int, height: int) -> None:
        """Words and legend in that direction from the plot, with so much room at least."""
        self._layout.setDirection(direction)
        self._layout.setSpacing(gap)
        self._side.setMinimumSize(width, height)

    def _show_validation(self) -> None:
        self.plot.show_validation(self.validation.get())

    def _describe(self, snapshot: Snapshot) -> None:
        info, part = snapshot.info, snapshot.spoiled_train
        wrong = int(np.count_nonzero(part.labels != info.dataset.labels[part.rows]))
        shown = min(len(part), POINTS_SHOWN)
        text = self.tr("{shown:,} training points. Colour is the answer; deeper is surer.")
        if shown < len(part):
            text = self.tr(
                "{shown:,} of {total:,} training points. Colour is the answer; deeper is surer."
            )
        responses = snapshot.answer(PLANE)
        self._diverged = responses is not None and not np.isfinite(responses.output).all()
        if self._diverged:
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
