"""Text that the models write while they learn, so that one sees it getting better."""

import random
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from visualiser.core.questions.language import Sample, Writing, Writings, next_text_at
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.prompt import Prompt
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.views.written_pane import Piece, WrittenPane
from visualiser.ui.widgets.amount_slider import AmountSlider
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.scale import Scale, plain_number

_LENGTH = 240
_USUAL_TEMPERATURE = 0.8
_HOTTEST = 20
"""Tenths."""

_WORDS = 10
"""Letters of width that the words beside the picture need at least."""


class WritingView(Fitted, QWidget):
    """What the student writes, beside it what its clean twin writes from the same dice.

    Signals:
        questions_changed: another beginning or temperature, other dice, or more of a text is
            wanted of a run that rests.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self.student = WrittenPane(self.tr("What the model writes"))
        self.twin = WrittenPane(self.tr("What its clean twin writes"))
        self.twin.hide()
        self.prompt = Prompt(
            self.tr("How it begins"), self.tr("The models read this, then write on.")
        )
        self.prompt.changed.connect(self._ask)
        self.temperature = AmountSlider(self.tr("Temperature"), _temperatures())
        self.temperature.set_tip(
            self.tr(
                "At 0 the most probable character is taken each time; at 1 it is drawn by the "
                "model's own probabilities; above that unlikely ones come more often."
            )
        )
        self.temperature.set_value(_USUAL_TEMPERATURE)
        self.temperature.value_changed.connect(self._ask)
        self.dice = QPushButton(self.tr("Other dice"))
        self.dice.setToolTip(
            self.tr(
                "The dice fall alike at each step, so that only the model makes the difference. "
                "This throws others."
            )
        )
        self.dice.setAccessibleName(self.dice.text())
        self.dice.clicked.connect(self._throw)
        self.words = paragraph("muted")
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self.questions_changed)
        self._build()

    def _build(self) -> None:
        self._side = SideColumn(self.prompt, self.temperature, self.dice, self.words, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self.student, 4)
        self._layout.addWidget(self.twin, 4)
        self._layout.addWidget(self._side, 3)

    def fit(self) -> None:
        """Words stand beside the picture, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 3)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._more.stop()
        self.prompt.start_run(info)
        self.twin.hide()
        heading = self.tr("The model begins to write …")
        self.student.show_pieces((heading, "", ""))
        self.words.clear()

    def questions(self) -> frozenset[Question[Any]]:
        """A text with this beginning, temperature and dice."""
        return frozenset((self._question(),))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """What is written so far."""
        answer = snapshot.answer(self._question())
        if answer is None:
            return
        self.student.show_pieces(
            self._student_piece(answer.newest),
            [self._student_piece(e) for e in answer.earlier],
            self._progress(answer.newest),
        )
        self._show_twin(answer)
        words = self._sentence(answer.newest)
        if words != self.words.text():
            self.words.setText(words)
        # Nobody asks again while a run rests: the rest of the text, and one of now, would not come.
        written = answer.newest.done and answer.newest.step == snapshot.step
        if not written and not answer.newest.failed and snapshot.state != "running":
            self._more.start()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.student.apply_palette(palette)
        self.twin.apply_palette(palette)

    def _question(self) -> Sample:
        return Sample(self.prompt.text, self.temperature.value, _LENGTH, self._seed)

    def _ask(self) -> None:
        self.questions_changed.emit()

    def _throw(self) -> None:
        self._seed = random.SystemRandom().randrange(2**31)
        self._ask()

    def _show_twin(self, answer: Writings) -> None:
        has_twin = answer.newest.twin_text is not None
        self.twin.setVisible(has_twin)
        if not has_twin:
            return
        title = self.tr("clean twin, step {step:,}")
        both = [each for each in answer.earlier if each.twin_text is not None]
        self.twin.show_pieces(
            _twin_piece(answer.newest, title),
            [_twin_piece(each, title) for each in both],
            self._progress(answer.newest),
        )

    def _student_piece(self, writing: Writing) -> Piece:
        text = self.tr("your model, step {step:,}")
        if writing.temperature != _USUAL_TEMPERATURE:
            text = self.tr("your model, step {step:,}, temperature {temperature}")
        heading = text.format(step=writing.step, temperature=plain_number(writing.temperature))
        return heading, writing.prompt, writing.text

    def _progress(self, newest: Writing) -> str:
        """How far a text is that is being written."""
        if newest.done:
            return ""
        text = self.tr("{count} of {all} characters")
        return text.format(count=len(newest.text), all=_LENGTH)

    def _sentence(self, newest: Writing) -> str:
        if newest.failed:
            return self.tr("The answers are no numbers any more (NaN): the run has diverged.")
        text = self.tr(
            "The weights of step {step:,} write this, one character after the other. The next "
            "text is written with those of step {next:,} or later. It sounds like the text that "
            "was learnt; nobody says that it is true."
        )
        return text.format(step=newest.step, next=next_text_at(newest.step))


def _twin_piece(writing: Writing, title: str) -> Piece:
    return title.format(step=writing.step), writing.prompt, writing.twin_text or ""


def _temperatures() -> Scale:
    values = tuple(tenth / 10 for tenth in range(_HOTTEST + 1))
    return Scale(values, plain_number, lambda typed: typed, page=5)
