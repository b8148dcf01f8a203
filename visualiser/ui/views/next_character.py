"""What the models expect after a beginning that the user types."""

from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from visualiser.core.numerals import probability_text
from visualiser.core.questions.language import Expectation, NextCharacters
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.prompt import Prompt, letter_name
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_MOST_BARS = 14

_WORDS = 10
"""Letters of width that the words beside the picture need at least."""


class NextCharacterView(Fitted, QWidget):
    """A bar for each of the characters that the model thinks most probable.

    Signals:
        questions_changed: the user typed another beginning.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._pace = Pace()
        self.prompt = Prompt(
            self.tr("What comes after"),
            self.tr("The models read this and say which character they expect next."),
        )
        self.prompt.changed.connect(self._ask)
        self.words = paragraph("muted")
        self.bars = BarRows(self.tr("Probability of the next character"))
        self.bars.setToolTip(
            self.tr("The most probable next characters; the tick is the clean twin's probability.")
        )
        self._next = SideColumn(self.bars, parent=self)
        self._side = SideColumn(self.prompt, self.words, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self._next, 2)
        self._layout.addWidget(self._side, 1)

    def fit(self) -> None:
        """Words stand beside the picture, or below it where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 3)
        self._next.unroll(self._side.unrolled)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info = info
        self._pace.reset()
        self.prompt.start_run(info)
        self.words.clear()
        self.bars.say(self.tr("The bars appear with the first answers of the model."))

    def questions(self) -> frozenset[Question[Any]]:
        """What follows the prompt."""
        return frozenset((self._question(),))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The probabilities of this step, slowly enough to be read."""
        answer = snapshot.answer(self._question())
        if answer is None or not self._pace.lets(snapshot):
            return
        if not np.isfinite(answer.output).all():
            self.words.clear()
            self.bars.say(
                self.tr("The answers are no numbers any more (NaN): the run has diverged.")
            )
            return
        self.bars.set_note(
            self.tr("Tick: the clean twin.") if answer.twin_output is not None else ""
        )
        self.bars.show_rows(self._rows(answer, snapshot.info.dataset.alphabet))
        self.words.setText(self._sentence(answer))

    def apply_palette(self, palette: Palette) -> None:
        """Bars take their colours from the window's palette."""

    def _question(self) -> NextCharacters:
        return NextCharacters(self.prompt.text)

    def _ask(self) -> None:
        self._pace.reset()
        self.questions_changed.emit()

    def _rows(self, answer: Expectation, alphabet: tuple[str, ...]) -> list[BarRow]:
        order = np.argsort(-answer.output, kind="stable")[:_MOST_BARS].tolist()
        twin = answer.twin_output
        return [
            BarRow(
                letter_name(alphabet[code]),
                float(answer.output[code]),
                probability_text(float(answer.output[code])),
                mark=None if twin is None else float(twin[code]),
            )
            for code in order
        ]

    def _sentence(self, answer: Expectation) -> str:
        text = self.tr("As unsure as among {count:.1f} equally probable characters.").format(
            count=_perplexity(answer.output)
        )
        if answer.twin_output is not None and np.isfinite(answer.twin_output).all():
            text += " " + self.tr("The clean twin: {count:.1f}.").format(
                count=_perplexity(answer.twin_output)
            )
        return text


def _perplexity(shares: Any) -> float:
    """Of (codes,) probabilities: as unsure as among so many equally probable ones."""
    some = np.asarray(shares, dtype=np.float64)
    some = some[some > 0]
    return float(np.exp(-(some * np.log(some)).sum()))
