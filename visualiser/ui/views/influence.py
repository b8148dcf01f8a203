"""Which column moves the answers of a model of tables, and how, while it learns."""

from functools import partial
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from visualiser.core.data.dataset import IntArray
from visualiser.core.questions.influence import (
    IMPORTANCE,
    ColumnImportance,
    Dependence,
    DependenceCurve,
)
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import LIGHT, Palette, category_colour
from visualiser.ui.views.dependence_plot import DependencePlot
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.influence_words import (
    answer_title,
    dependence_bars,
    dependence_lines,
    importance_rows,
    shown_classes,
    training_table,
)
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.paired_bars import PairedBars
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_map import round_limit
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_SHRINKS_BELOW = 0.4
"""The scale stays while the longest bar fills at least so much of it."""


_BESIDE = 38
"""Letters of width from which on bars and curve stand beside each other."""


class InfluenceView(Fitted, QWidget):
    """Bars of all columns, and for one of them the answers over its values.

    Signals:
        questions_changed: another column was chosen, or not all columns had their turn yet.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._palette = LIGHT
        self._importance: ColumnImportance | None = None
        self._order: IntArray | None = None
        self._limit = self._answers_limit = 0.0
        self._chosen = self._settled = False
        self._pace = Pace()
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.questions_changed)
        self.words = paragraph("muted")
        self.bars = PairedBars(parent=self)
        self.bars.setToolTip(self.tr("Click a column to see how the answers depend on it."))
        self.bars.clicked.connect(self._click)
        self.plot = DependencePlot(self)
        self.categories = PairedBars(parent=self)
        self.curve = QStackedWidget(self)
        self.curve.addWidget(self.plot)
        self.curve.addWidget(self.categories)
        self.column = Choice([], self)
        self.column.setAccessibleName(self.tr("Column"))
        self.column.setToolTip(self.tr("The column whose values are tried one after the other."))
        self.column.edited.connect(self._choose)
        self.legend = Legend(self, (self.column,))
        self.hovers = [Hover(bars, partial(_read, bars)) for bars in (self.bars, self.categories)]
        self.parts = QSplitter(Qt.Orientation.Horizontal, self)
        self.savings = (
            PictureSaving(self.bars, "importance", self.tr("What moves it"), self.legend),
            PictureSaving(
                self.curve, "dependence", self.tr("Answers"), self.legend, self._column_name
            ),
        )
        self._build()

    def _build(self) -> None:
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(14)
        self.parts.addWidget(self.bars)
        self.parts.addWidget(self.curve)
        self.parts.setStretchFactor(0, 4)
        self.parts.setStretchFactor(1, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.parts, 1)
        layout.addWidget(self.legend)

    def fit(self) -> None:
        """The curve stands beside the bars, or below them where that is too narrow."""
        narrow = self.width() < _BESIDE * self.fontMetrics().averageCharWidth()
        turned = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self.parts.orientation() != turned:
            self.parts.setOrientation(turned)
        words = self.words.heightForWidth(self.width())  # −1 without any
        self.words.setMinimumHeight(max(words, 0) if narrow else 0)

    def questions(self) -> frozenset[Question[Any]]:
        """How much each column matters, and how the answers depend on the chosen one."""
        return frozenset({IMPORTANCE, self._question()})

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; the column stays where this one has it too."""
        before = self._column_name()
        self._info, self._importance, self._order = info, None, None
        self._limit = self._answers_limit = 0.0
        self._pace.reset()
        self._again.stop()
        for saving in self.savings:
            saving.forget()
        names = training_table(info).names
        self.column.offer(list(enumerate(names)))
        kept = before in names and self._chosen
        self._chosen = self._settled = kept
        self.column.put(names.index(before) if kept else 0)
        metric = info.metric.title
        text = self.tr(
            "By how much the {metric} gets worse when a column's values are dealt out anew among "
            "the validation data, so that they say nothing any more."
        )
        self.words.setText(text.format(metric=metric))
        self.legend.show_entries(())
        self.bars.show_rows((), 1.0, empty=self.tr("Bars appear with the first look at the model."))
        self.plot.clear(self.tr("The curve appears with the first look at the model."))
        self.curve.setCurrentWidget(self.plot)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Bars follow the finished rounds, slowly enough to be read, always in their order."""
        importance = snapshot.answer(IMPORTANCE)
        if importance is None:
            return
        if not importance.measured:
            self._wait_for(importance)
        elif self._pace.lets(snapshot) or self._importance is None:
            self._importance = importance
            self._rank(importance)
            self._follow(importance, trained=snapshot.epoch >= 1)
            self._show_bars(importance)
        curve = snapshot.answer(self._question())
        if curve is not None:
            self._show_curve(curve)
        twin = self._importance is not None and self._importance.twin_rise is not None
        self.legend.show_entries(self._entries(curve, twin))
        for saving in self.savings:
            saving.follow(snapshot)
        for hover in self.hovers:
            hover.refresh()
        # At rest no further look comes by itself, and not all columns may have had their turn.
        waiting = importance.turns < len(importance.names)
        waiting = waiting or bool((importance.measured_at != snapshot.step).any())
        if snapshot.state != "running" and waiting:
            self._again.start(0)

    def _wait_for(self, importance: ColumnImportance) -> None:
        """Say how far the first round has come."""
        text = self.tr("Looking at the columns: {turns:,} of {all:,}.")
        text = text.format(turns=importance.turns, all=len(importance.names))
        self.bars.show_rows((), 1.0, empty=text)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self._palette = palette
        self.plot.apply_palette(palette)
        self.legend.apply_palette(palette)
        for bars in (self.bars, self.categories):
            bars.apply_palette(palette)
            bars.set_colour(palette.accent)
        for saving in self.savings:
            saving.apply_palette(palette)

    def _question(self) -> Dependence:
        return Dependence(int(self.column.get() or 0))

    def _column_name(self) -> str:
        return self.column.currentText()

    def _click(self, name: str) -> None:
        assert self._info is not None
        self.column.put(training_table(self._info).names.index(name))
        self._choose()

    def _choose(self) -> None:
        self._chosen = self._settled = True
        self._turn()
        self.questions_changed.emit()

    def _turn(self) -> None:
        """Another column is looked at."""
        self._answers_limit = 0.0
        self.plot.clear("")
        self.categories.show_rows((), 1.0)
        if self._importance is not None:
            self._show_bars(self._importance)

    def _rank(self, importance: ColumnImportance) -> None:
        measured = np.nan_to_num(importance.rise, nan=-np.inf)
        self._order = np.argsort(-measured, kind="stable").astype(np.int64)

    def _follow(self, importance: ColumnImportance, trained: bool) -> None:
        """Look at the column on top, until the model knows a little or the user has chosen."""
        if self._settled or self._order is None or not np.isfinite(importance.rise).all():
            return
        self._settled = trained
        top = int(self._order[0])
        if top != self.column.get():
            self.column.put(top)
            self._turn()
            self._again.start(0)

    def _show_bars(self, importance: ColumnImportance) -> None:
        assert self._info is not None and self._order is not None
        rises = importance.rise
        if importance.twin_rise is not None:
            rises = np.concatenate([rises, importance.twin_rise])
        finite = rises[np.isfinite(rises)]
        largest = float(finite.max(initial=0.0)) if len(finite) else 0.0
        if largest > self._limit or largest < _SHRINKS_BELOW * self._limit:
            self._limit = round_limit(largest)
        shown = self._order[: self.bars.fitting()]
        rows = importance_rows(self._info, importance, shown)
        empty = self.tr("The answers are no numbers any more (NaN): the run has diverged.")
        self.bars.show_rows(rows if len(finite) else (), self._limit, self._column_name(), empty)

    def _show_curve(self, curve: DependenceCurve) -> None:
        assert self._info is not None
        column, dataset = self._question().column, self._info.dataset
        if column < len(training_table(self._info).numeric_names):
            lines = dependence_lines(self._info, column, curve, self._palette)
            self.plot.show_lines(lines)
            self.curve.setCurrentWidget(self.plot)
            return
        rows = dependence_bars(self._info, column, curve)
        values = [value for row in rows for value in (row.value, row.twin) if value is not None]
        largest = float(np.nan_to_num(values).max(initial=0.0))
        if dataset.predicts_classes:
            self._answers_limit = 1.0
        elif largest > self._answers_limit or largest < _SHRINKS_BELOW * self._answers_limit:
            self._answers_limit = round_limit(largest)
        self.categories.set_heading(answer_title(dataset))
        self.categories.show_rows(rows, self._answers_limit)
        self.curve.setCurrentWidget(self.categories)

    def _entries(self, curve: DependenceCurve | None, twin: bool) -> tuple[Entry, ...]:
        assert self._info is not None
        dataset = self._info.dataset
        entries = []
        if curve is not None and curve.output.shape[1] > 2:
            entries = [
                Entry("line", category_colour(code), dataset.class_names[code])
                for code in shown_classes(dataset, curve.output.shape[1])
            ]
        if twin or (curve is not None and curve.twin_output is not None):
            tip = self.tr("The same model trained on clean data: thin bars and dashed lines.")
            entries.append(Entry("dashed", "muted", self.tr("clean twin"), tip))
        return tuple(entries)


def _read(bars: PairedBars, place: QPointF) -> str:
    row = bars.row_at(place)
    return "" if row is None else row.tip
