"""The shortcut test: what models answer where the clue is that of another class."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton, QToolButton, QWidget

from visualiser.core.clue_outcome import ClueOutcome, clue_sentence, outcome_of
from visualiser.core.clues import WAYS, OfferedClue, Way, clue_noun
from visualiser.core.data.dataset import joined, take
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.numerals import probability_text, share_text
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.clue_bars import ClueBar, ClueBars
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.views.tile import Tile, Words
from visualiser.ui.views.tiles import ExampleTiles
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import paragraph

_PAIRS = 12
_LOW = 22
"""Lines of height that bars and examples need below each other."""
_LEAST, _WORDS = 18, 40
"""Letters of width of the page at least, and of the bars beside the examples."""


class CluePage(Fitted, QWidget):
    """Asked by a button, as an exam is: it answers some hundred rows three times over.

    Signals:
        asked: a test is wanted, or more of it of a run that rests.
        left: the user wants to go back.
    """

    asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._clue: OfferedClue | None = None
        self._number = 0
        self._question: ClueTest | None = None
        self._answers: ClueAnswers | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.asked)
        self.button = QPushButton(self.tr("Swap the clue"))
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self._ask)
        self.back = QToolButton()
        self.back.setText(self.tr("◂ One example"))
        self.back.setAccessibleName(self.tr("Back to one example"))
        self.back.setToolTip(self.tr("Back to one example, and what of it speaks for an answer."))
        self.back.setProperty("role", "flat")
        self.back.clicked.connect(self.left)
        self.part = Choice(
            [
                ("validation", self.tr("of validation examples")),
                ("test", self.tr("of the test part")),
            ],
            self,
        )
        self.part.setAccessibleName(self.tr("Which rows"))
        self.part.setToolTip(
            self.tr("Test rows are opened on purpose: do not choose anything by what they say.")
        )
        self.sentence, self.hint = paragraph(), paragraph("muted")
        self.bars = ClueBars()
        self.legend = Legend()
        self.pairs = ExampleTiles(self)
        self.pairs.setAccessibleName(self.tr("Examples before and after"))
        self.saving = PictureSaving(self.bars, "clue", self.tr("Clue swapped"), self.legend)
        self._build()

    def _build(self) -> None:
        top = QWidget()
        line = FlowLayout(top, gap=8)
        line.addWidget(self.back)
        line.addWidget(self.button)
        line.addWidget(self.part)
        self._side = SideColumn(top, self.sentence, self.bars, self.legend, self.hint, parent=self)
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self._side, 6)
        self._layout.addWidget(self.pairs, 4)

    def fit(self) -> None:
        """The examples stand beside the bars, or below them, or nowhere where that is low too."""
        self._side.fit(self._layout, _WORDS, 2)
        beside = self._layout.direction() == QBoxLayout.Direction.LeftToRight
        self.pairs.setVisible(beside or self.height() >= _LOW * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the examples below; what is too high scrolls."""
        line = self.fontMetrics().height()
        return QSize(_LEAST * self.fontMetrics().averageCharWidth(), 10 * line)

    @property
    def questions(self) -> frozenset[ClueTest]:
        """The test under way, or none."""
        return frozenset() if self._question is None else frozenset({self._question})

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._again.stop()
        self._info, self._question, self._answers, self._clue = info, None, None, None
        self.saving.forget()
        self.legend.show_entries(())
        self.sentence.clear()
        self.part.put("validation")
        self.bars.show_nothing(self.tr("Press the button to see what the answers rest on."))
        self.pairs.show_nothing(self.tr("Examples before and after appear here."))
        self.button.setEnabled(True)

    def show_clue(self, clue: OfferedClue) -> None:
        """Which clue training offers, or offered until it was healed."""
        assert self._info is not None
        if clue == self._clue:
            return
        self._clue = clue
        noun = clue_noun(self._info.dataset, clue.clue)
        many = noun_of(self._info.dataset).many
        self.button.setText(self.tr("Swap the {clue}").format(clue=noun))
        self.button.setAccessibleName(self.button.text())
        self.button.setToolTip(
            self.tr("Gives each example the {clue} of another class, and asks the models again.")
            .format(clue=noun)
        )  # fmt: skip
        healed = ""
        if clue.healed_at is not None:
            healed = self.tr(
                "Training has been without the {clue} since step {step:,}: the test tells whether "
                "the model still goes by it. "
            ).format(clue=noun, step=clue.healed_at)
        self.hint.setText(
            healed
            + self.tr(
                "The same {many} three times, clean otherwise: as they are, with the {clue} of "
                "their class, and with that of the next class. What goes by the {clue} is right "
                "with the one and wrong with the other. Lines are 95 % intervals (Wilson)."
            ).format(many=many, clue=noun)
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take the answers once they are there."""
        question = self._question
        told = None if question is None else snapshot.answer(question)
        if question is None or told is None or self._info is None:
            return
        if told.answers is None:
            text = self.tr("Asking the models … {share}").format(share=share_text(told.share))
            self.bars.show_nothing(text)
            if snapshot.state != "running":
                self._again.start()
            return
        if told.answers is not self._answers:
            self._answers = told.answers
            self._show(outcome_of(told.answers, question, self._info.dataset), told.answers)
            self.saving.follow(snapshot)
        self.button.setEnabled(True)
        self._question = None

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.bars, self.legend, self.pairs, self.saving):
            part.apply_palette(palette)

    def _ask(self) -> None:
        if self._clue is None:
            return
        self._number += 1
        self._question = ClueTest(self._clue.clue, self.part.get(), self._number)
        self.button.setEnabled(False)
        self.asked.emit()

    def _show(self, outcome: ClueOutcome, answers: ClueAnswers) -> None:
        assert self._info is not None
        dataset = self._info.dataset
        step = self.tr(" (Step {step:,}.)").format(step=outcome.step)
        self.sentence.setText(clue_sentence(outcome, dataset) + step)
        names = self._names(clue_noun(dataset, outcome.clue))
        student, twin = outcome.student.right, outcome.twin
        self.bars.show_rows(
            [
                ClueBar(names[way], student[way], None if twin is None else twin.right[way])
                for way in WAYS
            ]
        )
        entries = [Entry("area", "accent" if twin is None else "spoiled", self.tr("your model"))]
        if twin is not None:
            entries.append(Entry("area", "accent", self.tr("clean twin")))
        self.legend.show_entries(tuple(entries))
        self._show_pairs(answers, names)

    def _names(self, noun: str) -> dict[Way, str]:
        return {
            "as_it_is": self.tr("as they are"),
            "fitting": self.tr("own {clue}").format(clue=noun),
            "swapped": self.tr("other {clue}").format(clue=noun),
        }

    def _show_pairs(self, answers: ClueAnswers, names: dict[Way, str]) -> None:
        """Before and after, those whose answer changes most first."""
        assert self._info is not None
        ways: tuple[Way, Way] = ("fitting", "swapped")
        before, after = (answers.parts[way] for way in ways)
        rows = np.arange(len(before))
        sure = [answers.output[way][rows, before.labels] for way in ways]
        places = np.argsort(sure[1] - sure[0], kind="stable")[:_PAIRS]
        order = np.stack((np.arange(len(places)), np.arange(len(places)) + len(places)), axis=1)
        both = joined(take(before.features, places), take(after.features, places))
        tiles = [
            self._tile(names[way], answers.output[way][place], int(before.labels[place]))
            for place in places.tolist()
            for way in ways
        ]
        self.pairs.rewind()
        self.pairs.show_examples(self._info.dataset, take(both, order.ravel()), tuple(tiles))

    def _tile(self, name: str, output: NDArray[np.floating], true: int) -> Tile:
        assert self._info is not None
        classes, answer = self._info.dataset.class_names, int(output.argmax())
        said = f"{isolated(classes[answer])} · {probability_text(float(output[answer]))}"
        truth = self.tr("true {name}").format(name=isolated(classes[true]))
        return Tile(
            (
                Words(name, "muted"),
                Words(said, "strong" if answer == true else "wrong"),
                Words(truth, "muted"),
            )
        )
