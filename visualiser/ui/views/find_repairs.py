"""What came of the decisions, and training on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from visualiser.core.data.dataset import Dataset
from visualiser.core.findings.review import Review
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.view import QT_TRANSLATE_NOOP
from visualiser.ui.views.find_words import comparison_words, repairs_words
from visualiser.ui.widgets.controls import Whole
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea

_MOST = 20_000
_IMPATIENT = QT_TRANSLATE_NOOP(
    "RepairPage",
    "For the impatient: do as the finder proposes with its most suspicious rows, without looking.",
)
_TWO_WAYS = QT_TRANSLATE_NOOP(
    "RepairPage",
    "“Go on” has a third model branch off from your model now and learn on from repaired data. "
    "“Start over” begins anew: your model, its clean twin and the third learn beside each other "
    "from the first step.",
)


class RepairPage(UnrollingArea):
    """For the impatient: as many as the finder proposes; then two ways of training on it.

    Signals:
        first_wanted: do as the finder proposes with so many of its most suspicious rows.
        go_on_wanted: a third model trains on repaired data from here.
        start_over_wanted: a new run, in which it does so from the first step.
        undo_wanted: take the last decision back.
    """

    first_wanted = Signal(int)
    go_on_wanted = Signal()
    start_over_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.count = Whole(0, _MOST)
        self.count.setAccessibleName(self.tr("How many of the first suspects"))
        self.count.setToolTip(self.tr("So many of the most suspicious rows, from the top."))
        self.first = QPushButton(self.tr("Repair the first"))
        self.first.setToolTip(
            self.tr(
                "Does as the finder proposes with the rows at the top, unseen: relabels them or "
                "leaves them out. Undo takes it back as a whole."
            )
        )
        self.go_on = QPushButton(self.tr("Go on with repaired data"))
        self.go_on.setToolTip(
            self.tr(
                "A third model begins as a copy of your model, here and now, and goes on with "
                "the repaired data beside it."
            )
        )
        self.start_over = QPushButton(self.tr("Start over with it"))
        self.start_over.setToolTip(
            self.tr(
                "A new run: the third model learns from repaired data from the first step on, "
                "beside your model and its clean twin."
            )
        )
        for button in (self.first, self.go_on, self.start_over):
            button.setProperty("role", "small")
        self.count.setProperty("role", "step")
        self.undo = QPushButton(self.tr("Undo"))
        self.undo.setToolTip(self.tr("Takes the last decision back (Ctrl+Z)."))
        self.undo.setProperty("role", "small")
        self.words, self.compared = paragraph("heading"), paragraph()
        lines = (FlowLayout(gap=6), FlowLayout(gap=6))
        for line, widgets in zip(
            lines, ((self.first, self.count, self.undo), (self.go_on, self.start_over)), strict=True
        ):
            for widget in widgets:
                line.addWidget(widget)
        column = self.column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._said(_IMPATIENT))
        column.addLayout(lines[0])
        column.addWidget(self.words)
        column.addLayout(lines[1])
        column.addWidget(self._said(_TWO_WAYS))
        column.addWidget(self.compared)
        column.addStretch(1)
        self.first.clicked.connect(self._repair_first)
        self.go_on.clicked.connect(self.go_on_wanted)
        self.start_over.clicked.connect(self.start_over_wanted)
        self.undo.clicked.connect(self.undo_wanted)
        self.compared.hide()

    def show_suspects(self, flagged: int) -> None:
        """How many there are to be repaired."""
        self.count.setMaximum(max(min(flagged, _MOST), 0))
        self.count.put(min(flagged, _MOST))
        for widget in (self.first, self.count):
            widget.setEnabled(flagged > 0)

    def show_review(self, dataset: Dataset, review: Review, in_force: Review) -> None:
        """What was decided; the buttons are for what the run does not have yet."""
        self.words.setText(repairs_words(dataset, review))
        self.undo.setEnabled(review.before is not None)
        other = review.repairs != in_force.repairs
        self.go_on.setEnabled(other)
        self.start_over.setEnabled(bool(review.repairs) or other)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The third model beside the others."""
        text = comparison_words(snapshot)
        if text != self.compared.text():
            self.compared.setText(text)
            self.compared.setVisible(bool(text))

    def _said(self, text: str) -> QLabel:
        label = paragraph("muted")
        label.setText(self.tr(text))
        return label

    def _repair_first(self) -> None:
        self.first_wanted.emit(self.count.get())
