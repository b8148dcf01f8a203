"""What is known of a sweep: chart, the figure that is drawn, what follows, where it is kept."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.sweep.result import CellResult
from visualiser.core.sweep.summary import Summary, summarise
from visualiser.core.sweep.sweep import Sweep
from visualiser.core.sweep.verdict import sentences
from visualiser.ui.sweeps.chart import SweepChart
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.elided_label import ElidedLabel

Results = Mapping[str, CellResult]

_MOST_SENTENCES = 3
"""Below the chart; of more lines the tip has the rest."""


class SweepBoard(QFrame):
    """Draws the results that there are.

    Signals:
        figure_chosen: another figure is to be drawn.
    """

    figure_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.chart = SweepChart()
        self.figure = Choice([])
        self.figure.setAccessibleName(self.tr("Figure"))
        self.figure.setToolTip(self.tr("Which figure is drawn; all of them are measured."))
        self.figure.edited.connect(self.figure_chosen)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.folder = ElidedLabel()
        self.folder.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(self.folder, 1)
        top.addWidget(self.figure)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 10, 12, 10)
        self.column.addLayout(top)
        self.column.addWidget(self.chart, 1)
        self.column.addWidget(self.words)

    @property
    def summary(self) -> Summary | None:
        """What is drawn."""
        return self.chart.summary

    def show_nothing(self) -> None:
        """No sweep yet: what one would answer."""
        self.folder.setText("")
        self.chart.show_nothing(self.chart.question)

    def show_sweep(
        self, sweep: Sweep, folder: Path, results: Results, early: Results, working: bool
    ) -> None:
        """Draw a sweep as far as it is done; `early` are runs under way, as they stand."""
        summary = summarise(sweep, results, self.figure.get() or "", early)
        if summary.measure is None:
            under_way = self.tr("The first runs are under way …")
            self.chart.show_nothing(under_way if working else self.tr("No run is done yet."))
        else:
            self.figure.offer([(one.name, one.title) for one in summary.measures])
            self.chart.show_summary(summary)
        told = list(sentences(summary))
        if any(curve.sketched for curve in summary.curves):
            told.append(self.tr("Dashed: the mean of the runs under way, as they stand now."))
        self.words.setText("\n".join(told[:_MOST_SENTENCES]))
        self.words.setToolTip("\n".join(told))
        self.folder.setText(
            self.tr("{done:,} of {wanted:,} runs, kept in {folder}").format(
                done=summary.done, wanted=summary.wanted, folder=folder
            )
        )

    def show_parts(self) -> None:
        """The choice of a figure and the words, where there are any."""
        self.figure.setVisible(self.chart.filled)
        self.words.setVisible(bool(self.words.text()))
