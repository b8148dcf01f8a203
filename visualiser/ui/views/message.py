"""One message, each word coloured by what the answer loses without it, as the model learns."""

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from visualiser.core.data.bag_of_words import word_spans
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import numeral, probability_text
from visualiser.core.questions.spec import Question
from visualiser.core.questions.words import Occlusion, WordsOfMessage
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.coloured_message import ColouredMessage
from visualiser.ui.views.example_answers import Answers, Pace
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.known_words import cut_words, unread_words
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.message_list import MessageList
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_map import round_limit
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph
from visualiser.ui.widgets.unrolling import UnrollingArea

_BESIDE, _LEAST_LINES = 44, 5
"""Letters of width for list and message beside each other, and lines of the list above it."""
_LONGEST = 2_000
"""Characters of a message that is typed."""
_LEAST_SCALE = 0.5
"""Log-odds that are a full colour at least: a model that knows nothing yet colours nothing."""


class MessageView(Fitted, QWidget):
    """A list to choose from, a line to type in, and the message with the answer to it.

    Signals:
        questions_changed: another message is looked at.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._text = ""
        self._row: int | None = None
        self._answer: WordsOfMessage | None = None
        self._limit = 0.0
        self._pace = Pace()
        self._nothing = self.tr("There is no word in this message.")
        self.list = MessageList(self)
        self.list.chosen.connect(self._choose)
        self.typed = QLineEdit(self)
        self.typed.setPlaceholderText(self.tr("Or type a message of your own …"))
        self.typed.setAccessibleName(self.tr("Message of your own"))
        self.typed.setToolTip(self.tr("Nothing is learnt from it: the model only answers."))
        self.typed.setClearButtonEnabled(True)
        self.typed.textEdited.connect(self._type)
        self.message = ColouredMessage(self)
        self.hover = Hover(self.message, self._read)
        self.truth = paragraph("muted")
        self.answers = BarRows("", self)
        self.legend = Legend(self)
        self.saving = PictureSaving(self.message, "message", self.tr("Message"), self.legend)
        self._build()

    def _build(self) -> None:
        scroll = self._scroll = UnrollingArea()
        column = scroll.column
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(6)
        for widget in (self.message, self.truth, self.answers, self.legend):
            column.addWidget(widget)
        column.addStretch(1)
        scroll.setAccessibleName(self.tr("The message and the answer to it"))
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.typed)
        box.addWidget(scroll, 1)
        parts = self._parts = QSplitter(Qt.Orientation.Horizontal, self)
        parts.setChildrenCollapsible(False)
        parts.setHandleWidth(10)
        parts.addWidget(self.list)
        parts.addWidget(right)
        parts.setStretchFactor(0, 2)
        parts.setStretchFactor(1, 3)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(parts)

    def fit(self) -> None:
        """The list beside the message, or above it."""
        metrics, ways = self.fontMetrics(), Qt.Orientation
        narrow = self.width() < _BESIDE * metrics.averageCharWidth()
        self._parts.setOrientation(ways.Vertical if narrow else ways.Horizontal)
        self.list.setMinimumHeight(_LEAST_LINES * metrics.height() if narrow else 0)
        self._scroll.unroll(narrow)

    def questions(self) -> frozenset[Question[WordsOfMessage]]:
        """What the words of the message do."""
        return frozenset({Occlusion(self._text)})

    def start_run(self, info: RunInfo) -> None:
        """Another run; a message that was typed stays."""
        self._info, self._limit, self._answer = info, 0.0, None
        self._pace.reset()
        self.saving.forget()
        self.list.start_run(info)
        self.answers.hide()
        self.legend.show_entries(())
        if not self.typed.text():
            self._row = _telling_row(info)
            self._text = str(np.asarray(info.split.validation.features)[self._row])
        self._show_message()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Colour the words with the weights of this step."""
        if snapshot.predictions is not None and self._pace.lets(snapshot):
            answers = Answers.of(snapshot)
            if answers is not None:
                self.list.show_answers(answers)
        answer = snapshot.answer(Occlusion(self._text))
        if answer is None:
            return
        self._answer = answer
        self._show_answer(answer)
        self.saving.follow(snapshot)
        self.hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.message.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _choose(self, row: int) -> None:
        assert self._info is not None
        self.typed.clear()
        self._look_at(str(np.asarray(self._info.split.validation.features)[row]), row)

    def _type(self, text: str) -> None:
        self.list.leave()
        self._look_at(text[:_LONGEST], None)

    def _look_at(self, text: str, row: int | None) -> None:
        self._text, self._row, self._answer = text, row, None
        self._show_message()
        self.questions_changed.emit()

    def _show_message(self) -> None:
        self.message.show_text(self._text, word_spans(self._text), self._nothing)
        if self._info is None:
            return
        whose, cut = self.tr("A message of your own: nothing is learnt from it."), ""
        if self._row is None:
            cut = cut_words(self.typed.text(), _LONGEST)
        else:
            label = self._info.split.validation.labels[self._row]
            name = self._info.dataset.label_text(float(label))
            whose = self.tr("A validation message, truly “{name}”.").format(name=name)
        sentences = (whose, unread_words(self._info, self._text), cut)
        self.truth.setText(" ".join(filter(None, sentences)))

    def _show_answer(self, answer: WordsOfMessage) -> None:
        assert self._info is not None
        code = self._code(answer)
        self.message.show_text(self._text, answer.spans, self._nothing)
        pulls, twin = answer.pulls[:, code], answer.twin_pulls
        largest = float(np.nan_to_num(np.abs(pulls)).max(initial=_LEAST_SCALE))
        if largest > self._limit or largest < 0.4 * self._limit:
            self._limit = round_limit(largest)
        colours = (category_colour(code), category_colour(self._against(code)))
        of_twin = None if twin is None else twin[:, code]
        self.message.show_pulls(pulls, of_twin, self._limit, colours)
        self._show_shares(answer)
        self.legend.show_entries(self._entries(code, twin is not None))

    def _code(self, answer: WordsOfMessage) -> int:
        """Of two classes pulls are to the second; of more, to the one that is answered."""
        return 1 if len(answer.output) == 2 else int(answer.output.argmax())

    def _against(self, code: int) -> int:
        assert self._info is not None
        return 1 - code if self._info.dataset.class_count == 2 else code + 1

    def _show_shares(self, answer: WordsOfMessage) -> None:
        assert self._info is not None
        twin = answer.twin_output
        rows = []
        for code in np.argsort(-answer.output, kind="stable")[:4].tolist():
            share = float(answer.output[code])
            mark = None if twin is None else float(twin[code])
            text = probability_text(share)
            if mark is not None:
                text = self.tr("{share}, twin {twin}").format(
                    share=text, twin=probability_text(mark)
                )
            rows.append(BarRow(self._info.dataset.class_names[code], share, text, mark))
        self.answers.show_rows(rows)

    def _entries(self, code: int, with_twin: bool) -> tuple[Entry, ...]:
        assert self._info is not None
        names = self._info.dataset.class_names
        tip = self.tr(
            "How much less sure the answer would be without this word; a pull of 1 makes the "
            "odds 2.7 times as good (log-odds)."
        )
        against = self.tr("away from “{name}”").format(name=names[code])
        if len(names) == 2:
            against = self.tr("pulls to “{name}”").format(name=names[1 - code])
        towards = self.tr("pulls to “{name}”").format(name=names[code])
        entries = [
            Entry("area", category_colour(code), towards, tip),
            Entry("area", category_colour(self._against(code)), against, tip),
        ]
        if with_twin:
            entries.append(
                Entry(
                    "line",
                    "muted",
                    self.tr("line below: clean twin"),
                    self.tr("What the word does to the answer of the model of clean data."),
                )
            )
        return tuple(entries)

    def _read(self, place: QPointF) -> str:
        answer, number = self._answer, self.message.word_at(place)
        if answer is None or not 0 <= number < len(answer.spans) or self._info is None:
            return ""
        code = self._code(answer)
        text = self.tr("“{word}”: pulls {pull} towards “{name}” (log-odds)").format(
            word=self.message.word(number),
            pull=numeral(float(answer.pulls[number, code]), 2),
            name=isolated(self._info.dataset.class_names[code]),
        )
        if answer.twin_pulls is not None:
            pull = numeral(float(answer.twin_pulls[number, code]), 2)
            text += "\n" + self.tr("clean twin: {pull}").format(pull=pull)
        return text


def _telling_row(info: RunInfo) -> int:
    """Position of the first watched validation message of the last class, or of all."""
    labels = info.split.validation.labels[info.watched]
    found = np.flatnonzero(labels == info.dataset.class_count - 1)
    return int(info.watched[found[0] if len(found) else 0])
