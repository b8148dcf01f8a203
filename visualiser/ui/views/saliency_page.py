"""One validation example, and what of it speaks for an answer."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QWidget

from visualiser.core.clues import WAYS, Clue, Way, clue_noun, clues_of_run
from visualiser.core.questions.saliency import BASELINES, Attribution, LookedAt, Saliency
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.example_choice import ExampleChoice
from visualiser.ui.views.legend import Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.saliency_canvas import SaliencyCanvas
from visualiser.ui.views.saliency_words import (
    answer_words,
    baseline_words,
    looked_sentence,
    method_words,
    subject_words,
)
from visualiser.ui.views.side_column import SideColumn
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

_LIST_LETTERS, _SIDE_LETTERS = {"images": 18, "sound": 24}, 24
_WORDS_LETTERS = 20
"""Of the list, where it shows no pictures."""
_GAP = 12
_MOST_OF_WIDTH, _LEAST_LETTERS = 0.4, 18
"""What the list takes of a narrow page, which has so many letters of width at least."""
_LEAST_LINES = 5
"""Of the list and the words, below the picture."""
_SIDE_BY_SIDE, _SQUEEZED = 70, 56
"""Letters of width from which on all three stand side by side; and where the room is low, but for
spectrograms, which are wide."""
_NARROW = 30
"""Letters of width from which on the list and the words stand side by side."""
_LOW = 18
"""Lines of height below which it is low."""


class SaliencyPage(Fitted, QWidget):
    """The list of examples, the one that is looked at, and what is said of it.

    Signals:
        asked: something else is asked of the models, or more of it of a run that rests.
        test_wanted: the clue is to be swapped in all examples.
    """

    asked = Signal()
    test_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._looked: LookedAt | None = None
        self._clue: Clue | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.asked)
        self.examples = ExampleChoice(self)
        self.examples.chosen.connect(self._change)
        self.canvas = SaliencyCanvas(self)
        self.sentence, self.truth, self.method = paragraph(), paragraph("muted"), paragraph("muted")
        self.code = self._choice(self.tr("Answer in question"), self.tr("What is spoken for."))
        self.baseline = self._choice(
            self.tr("Compared with"),
            self.tr("What the example is compared with: where the way to it begins."),
        )
        self.way = self._choice(
            self.tr("The clue in the example"), self.tr("Shows the example with another clue.")
        )
        self.test = QPushButton(self)
        self.test.setProperty("role", "small")
        self.test.clicked.connect(self.test_wanted)
        self.legend = Legend(self)
        self.savings = tuple(
            PictureSaving(canvas, "looked-at", self.tr("Looked at"), self.legend, self._chosen_text)
            for canvas in (self.canvas.maps, self.canvas.message, self.canvas.bars)
        )
        self._side = SideColumn(
            self.sentence, self.truth, self.test, self.code, self.way, self.baseline, self.legend,
            self.method, parent=self,
        )  # fmt: skip
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.fit()

    def _choice(self, name: str, tip: str) -> Choice:
        choice = Choice([(None, "")], self)
        choice.setAccessibleName(name)
        choice.setToolTip(tip)
        choice.edited.connect(self._change)
        return choice

    def fit(self) -> None:
        """Side by side, or the picture above the others."""
        letter = self.fontMetrics().averageCharWidth()
        most = round(_MOST_OF_WIDTH * self.width())
        narrow = self.width() < _NARROW * letter
        self.examples.setFixedWidth(
            self.width() if narrow else min(self._list_letters * letter, most)
        )
        self._side.setMinimumWidth(0 if narrow else min(_SIDE_LETTERS * letter, self.width() // 2))
        line = self.fontMetrics().height()
        self.examples.setMinimumHeight(_LEAST_LINES * line if narrow else 0)
        self._side.unroll(narrow)
        wide = self._info is not None and self._info.dataset.modality == "sound"
        low = self.height() < _LOW * self.fontMetrics().height() and not wide
        beside = self.width() >= (_SQUEEZED if low else _SIDE_BY_SIDE) * letter
        places = ((0, 0, 1), (0, 1, 1), (0, 2, 1)) if beside else ((1, 0, 1), (0, 0, 2), (1, 1, 1))
        if narrow:
            places = ((1, 0, 2), (0, 0, 2), (2, 0, 2))
        parts = (self.examples, self.canvas, self._side)
        for part, (row, column, columns) in zip(parts, places, strict=True):
            self._layout.removeWidget(part)
            self._layout.addWidget(part, row, column, 1, columns)
        for column, stretch in enumerate((0, 6, 3) if beside else (0, 1, 0)):
            self._layout.setColumnStretch(column, stretch)
        for row, stretch in enumerate((1, 0, 0) if beside else (5, 4, 0)):
            self._layout.setRowStretch(row, stretch)
        self.updateGeometry()

    @property
    def _list_letters(self) -> int:
        info = self._info
        return _LIST_LETTERS.get(info.dataset.modality, _WORDS_LETTERS) if info else _WORDS_LETTERS

    def minimumSizeHint(self) -> QSize:
        """As narrow as with the picture above the others; as low as what stands there can be."""
        letter, line = self.fontMetrics().averageCharWidth(), self.fontMetrics().height()
        canvas = self.canvas.currentWidget().minimumSizeHint()
        width = max(canvas.width(), _LEAST_LETTERS * letter)
        beside = self._layout.itemAtPosition(0, 2) is not None
        below = 0 if beside else _GAP + _LEAST_LINES * line
        if self._side.unrolled:
            return QSize(width, self._layout.minimumSize().height())
        return QSize(width, canvas.height() + below)

    @property
    def question(self) -> Saliency:
        """About the chosen example."""
        clue = self._clue if self.way.get() not in (None, "as_it_is") else None
        return Saliency(
            self.examples.row,
            self.code.get(),
            self.baseline.get() or "nothing",
            clue,
            self.way.get() if clue else "as_it_is",
        )

    @property
    def looked(self) -> LookedAt | None:
        """What is shown."""
        return self._looked

    def start_run(self, info: RunInfo) -> None:
        """Another run: its first example, until answers tell which are wrong."""
        self._again.stop()
        self._info, self._looked = info, None
        dataset = info.dataset
        self.code.offer([(None, self.tr("for its own answer")), *self._classes(info)])
        self.code.put(None)
        self.code.setVisible(dataset.predicts_classes)
        baselines = BASELINES[dataset.modality]
        text = self.tr("against {baseline}")
        self.baseline.offer(
            [(b, text.format(baseline=baseline_words(dataset, b))) for b in baselines]
        )
        self.baseline.put(baselines[0])
        self.baseline.setVisible(len(baselines) > 1)
        self._offer_ways(None)
        self.canvas.start_run(info)
        self.examples.start_run(info)
        self.fit()
        self._forget()

    def _classes(self, info: RunInfo) -> list[tuple[int, str]]:
        text = self.tr("for “{name}”")
        names = info.dataset.class_names
        return [(code, text.format(name=name)) for code, name in enumerate(names)]

    def _forget(self) -> None:
        self.legend.show_entries(())
        for words in (self.sentence, self.truth, self.method):
            words.clear()
        for saving in self.savings:
            saving.forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the last look that was finished, and ask for more of it where the run rests."""
        clues = clues_of_run(snapshot)
        clue = clues[0].clue if clues else None
        if clue != self._clue:
            self._offer_ways(clue)
        self.examples.follow(snapshot)
        answer = snapshot.answer(self.question)
        if answer is None:
            return
        if not answer.done and snapshot.state != "running":
            self._again.start()
        if answer.newest is None or answer.newest is self._looked:
            return
        self._looked = answer.newest
        self.canvas.show_looked(answer.newest)
        self.legend.show_entries(self.canvas.entries())
        self._say(answer.newest)
        for saving in self.savings:
            saving.follow(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.examples.apply_palette(palette)
        self.canvas.apply_palette(palette)
        self.legend.apply_palette(palette)
        for saving in self.savings:
            saving.apply_palette(palette)

    def _offer_ways(self, clue: Clue | None) -> None:
        """The example with its clue put another way, where training has one."""
        assert self._info is not None
        self._clue = clue
        self.way.setVisible(clue is not None)
        self.test.setVisible(clue is not None)
        if clue is None:
            self.way.offer([("as_it_is", "")])
            return
        noun = clue_noun(self._info.dataset, clue)
        self.test.setText(self.tr("Swap the {clue} …").format(clue=noun))
        self.test.setAccessibleName(self.test.text())
        self.test.setToolTip(
            self.tr("To the test whether the answers follow the {clue}.").format(clue=noun)
        )
        texts: dict[Way, str] = {
            "as_it_is": self.tr("as it is"),
            "fitting": self.tr("with the {clue} of its class"),
            "swapped": self.tr("with the {clue} of another class"),
        }
        self.way.offer([(way, texts[way].format(clue=noun)) for way in WAYS])

    def _change(self) -> None:
        self._looked = None
        self.canvas.forget_scale()
        self.asked.emit()

    def _say(self, looked: LookedAt) -> None:
        assert self._info is not None
        dataset = self._info.dataset
        label = self._info.split.validation.labels[self.examples.row]
        lines = [
            self.tr("true: {label}").format(label=dataset.label_text(float(label))),
            self.tr("your model: {answer}").format(answer=self._answer(looked.student)),
        ]
        if looked.twin is not None:
            lines.append(self.tr("clean twin: {answer}").format(answer=self._answer(looked.twin)))
        method = method_words(dataset, looked, self.baseline.get())
        for label_widget, text in (
            (self.sentence, looked_sentence(dataset, looked)),
            (self.truth, "\n".join(lines)),
            (self.method, self.tr("Step {step:,}. ").format(step=looked.step) + method),
        ):
            if text != label_widget.text():
                label_widget.setText(text)

    def _answer(self, model: Attribution) -> str:
        assert self._info is not None and self._looked is not None
        return answer_words(self._info.dataset, self._looked, model)

    def _chosen_text(self) -> str:
        if self._looked is None or self._info is None:
            return ""
        return subject_words(self._info.dataset, self._looked)
