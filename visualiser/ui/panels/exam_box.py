"""The test set: sealed, and opened on purpose."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
)

from visualiser.core.data.nouns import Noun, noun_of
from visualiser.core.outcome import Outcome
from visualiser.core.training.snapshot import RunInfo
from visualiser.ui.panels.further_figures import FurtherFigures
from visualiser.ui.panels.group_table import GroupTable
from visualiser.ui.widgets.mouse_focus import rest_keyboard


class ExamBox(QFrame):
    """Asks once, in place, before the test set is opened.

    Signals:
        open_wanted: the user has confirmed.
    """

    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = QLabel(self.tr("Test set"))
        title.setProperty("role", "heading")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.open_button = QPushButton(self.tr("Open the exam…"))
        self._noun, self._rows = Noun("example", "examples"), 0
        self._say_what_is_measured()
        self.yes = QPushButton(self.tr("Open it"))
        self.yes.setProperty("role", "primary")
        self.no = QPushButton(self.tr("Not yet"))
        self.open_button.clicked.connect(self._ask)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self._seal)
        self.figures = QLabel()
        self.figures.setTextFormat(Qt.TextFormat.PlainText)
        self.figures.setWordWrap(True)
        self.figures.setProperty("role", "heading")
        self.further = FurtherFigures()
        self.groups = GroupTable()
        self._opened = False
        self._awaited = False
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.timeout.connect(self._come_into_sight)
        self._lay_out(title)
        self._seal()

    def _lay_out(self, title: QLabel) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.open_button, self.yes, self.no):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(title)
        layout.addWidget(self.text)
        layout.addWidget(self.figures)
        layout.addWidget(self.further)
        layout.addWidget(self.groups)
        layout.addLayout(buttons)

    def start_run(self, info: RunInfo) -> None:
        """Another run: sealed again."""
        self._noun, self._rows = noun_of(info.dataset), len(info.split.test)
        self._say_what_is_measured()
        self._opened = self._awaited = False
        self.further.start_run(info)
        self._seal()

    def _say_what_is_measured(self) -> None:
        tip = self.tr("Measures on clean {examples} that neither training nor you have seen.")
        self.open_button.setToolTip(tip.format(examples=self._noun.many))

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what the exam gave, where it was opened."""
        exam = outcome.exam
        if exam is None or outcome.exam_step is None:
            return
        self._opened = True
        lines = [self.tr("your model {figure}").format(figure=exam.student_text)]
        if exam.twin is not None:
            lines.append(self.tr("clean twin {figure}").format(figure=exam.twin_text))
        if outcome.exam_repaired is not None:
            figure = outcome.exam_repaired.student_text
            lines.append(self.tr("repaired {figure}").format(figure=figure))
        if exam.difference_text:
            words = self.tr("difference {figure}")
            if exam.effect == "no clear difference":
                words = self.tr("difference {figure}, within chance")
            lines.append(words.format(figure=exam.difference_text))
        figures = "\n".join(lines)
        text = self.tr(
            "Opened at step {step}, {examples}. Choosing a model by this figure would make "
            "it one more validation set."
        ).format(step=f"{outcome.exam_step:,}", examples=self._noun.counted(exam.rows))
        if figures != self.figures.text():
            self.figures.setText(figures)
        if text != self.text.text():
            self.text.setText(text)
        self.figures.show()
        self.further.show_figures(outcome.exam_further)
        self.groups.show_gap(outcome.exam_groups)
        self.open_button.setText(self.tr("Measure again"))
        self._offer(asking=False)
        if self._awaited:
            self._awaited = False
            self._laid_out.start()  # Qt makes room for the figures first

    def _ask(self) -> None:
        if self._opened:
            self._want()
            return
        self.text.setText(
            self.tr("An exam is taken once, at the end. Open it now, with the model as it is?")
        )
        self._offer(asking=True)
        self.yes.setFocus()

    def _confirm(self) -> None:
        self._offer(asking=False)
        self._want()

    def _want(self) -> None:
        self._awaited = True
        self.open_wanted.emit()

    def _come_into_sight(self) -> None:
        """What was asked for is read without scrolling, as far as there is room for it."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(self, 0, 0)

    def _seal(self) -> None:
        self.figures.hide()
        self.figures.clear()
        self.further.show_figures(())
        self.groups.show_gap(None)
        self.open_button.setText(self.tr("Open the exam…"))
        self.text.setText(
            self.tr(
                "Sealed: {examples} the model has never seen. Open it once, at the end."
            ).format(examples=self._noun.counted(self._rows, self.tr("clean")))
        )
        self._offer(asking=False)

    def _offer(self, asking: bool) -> None:
        if not asking and (self.yes.hasFocus() or self.no.hasFocus()):
            rest_keyboard(self)
        self.open_button.setVisible(not asking)
        self.yes.setVisible(asking)
        self.no.setVisible(asking)
