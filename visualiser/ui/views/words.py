"""The words that speak most for each class of messages, moving as the model learns."""

from functools import partial

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.encoding_text import HashedEncoder
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import numeral
from visualiser.core.questions.words import WORDS, WordPulls
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette, category_colour
from visualiser.ui.views.example_answers import Pace
from visualiser.ui.views.hover import Hover
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.paired_bars import PairedBar, PairedBars
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.weights_map import round_limit
from visualiser.ui.widgets.controls import Choice
from visualiser.ui.widgets.fitted import Unsqueezed

MOST_ROWS = 60
_LEAST_LINES = 8
"""Of a column that stands above the other: then they scroll."""
_LEAST_SCALE = 0.05
"""Pulls of an untrained model are drawn small, not stretched over the whole width."""
_SHRINKS_BELOW = 0.4
"""The scale stays while the longest bar fills at least so much of it."""


class WordsView(Unsqueezed, QWidget):
    """Two columns of bars: the words that pull to a class, and those that pull away from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._answer: WordPulls | None = None
        self._ranked: tuple[IntArray, IntArray] | None = None
        self._limit = 0.0
        self._pace = Pace()
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.chosen = Choice([], self)
        self.chosen.setAccessibleName(self.tr("Class that words pull to"))
        self.chosen.setToolTip(self.tr("The class whose words are shown."))
        self.chosen.edited.connect(self._choose)
        self.legend = Legend(self, (self.chosen,))
        self.page = QWidget(self)
        self.columns = (PairedBars(parent=self.page), PairedBars(parent=self.page))
        self.hovers = [Hover(bars, partial(self._read, bars)) for bars in self.columns]
        row = QHBoxLayout(self.page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for bars in self.columns:
            row.addWidget(bars, 1)
        self.saving = PictureSaving(self.page, "words", self.tr("Words"), self.legend)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(self.words)
        self._layout.addWidget(self.page, 1)
        self._layout.addWidget(self.legend)

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._info, self._answer, self._ranked = info, None, None
        self._limit = 0.0
        self._pace.reset()
        self.saving.forget()
        names = info.dataset.class_names
        self.chosen.offer(list(enumerate(names)))
        self.chosen.put(len(names) - 1)
        self.chosen.setVisible(len(names) > 2)
        self.legend.show_entries(())
        self._head()
        for bars in self.columns:
            bars.show_rows((), 1.0, empty=self.tr("Words appear with the first look at the model."))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Bars follow every look; which words are shown changes slowly enough to be read."""
        answer = snapshot.answer(WORDS)
        if answer is None:
            return
        self._answer = answer
        self._explain(answer)
        self.legend.show_entries(() if answer.twin_pulls is None else (self._twin_entry(),))
        if not np.isfinite(answer.pulls).all():
            self._ranked = None
            for bars in self.columns:
                bars.show_rows((), 1.0, empty=self.tr("The weights are no numbers any more."))
            return
        if self._pace.lets(snapshot) or self._ranked is None:
            self._rank()
        self._draw()
        self.saving.follow(snapshot)
        for hover in self.hovers:
            hover.refresh()

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for bars in self.columns:
            bars.apply_palette(palette)
        self.legend.apply_palette(palette)
        self.saving.apply_palette(palette)

    def minimumSizeHint(self) -> QSize:
        """As narrow as with one column below the other."""
        return QSize(self.columns[0].minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        row = self.page.layout()
        narrow = self.width() < 2 * self.columns[0].minimumSizeHint().width() + 18
        for bars in self.columns:
            bars.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height() if narrow else 0)
        if isinstance(row, QBoxLayout):
            way = QBoxLayout.Direction
            row.setDirection(way.TopToBottom if narrow else way.LeftToRight)

    def _twin_entry(self) -> Entry:
        tip = self.tr("The same model trained on clean data.")
        return Entry("line", "muted", self.tr("clean twin, the thin bar below"), tip)

    def _head(self) -> None:
        if self._info is None:
            return
        names, code = self._info.dataset.class_names, int(self.chosen.get())
        towards, away = self.columns
        towards.set_heading(self.tr("Pull to “{name}”").format(name=isolated(names[code])))
        towards.set_colour(category_colour(code))
        if len(names) == 2:
            away.set_heading(self.tr("Pull to “{name}”").format(name=isolated(names[1 - code])))
            away.set_colour(category_colour(1 - code))
        else:
            away.set_heading(self.tr("Pull away from “{name}”").format(name=isolated(names[code])))
            away.set_colour(category_colour(code + 1))

    def _explain(self, answer: WordPulls) -> None:
        assert self._info is not None
        text = self.tr(
            "How far a word alone pulls the answer, for {measured:,} words. A pull of 1 makes the "
            "odds 2.7 times as good (log-odds)."
        )
        if len(answer.words) < answer.known:
            text = self.tr(
                "How far a word alone pulls the answer, for the {measured:,} most frequent of "
                "{known:,} words. A pull of 1 makes the odds 2.7 times as good (log-odds)."
            )
        if isinstance(self._info.encoder, HashedEncoder):
            text += " " + self.tr("Words that share a hashed place pull alike.")
        text = text.format(measured=len(answer.words), known=answer.known)
        if text != self.words.text():
            self.words.setText(text)

    def _choose(self) -> None:
        self._head()
        if self._answer is not None:
            self._rank()
            self._draw()

    def _rank(self) -> None:
        """Which words are the strongest now; of words that pull alike the most frequent first."""
        assert self._answer is not None
        pulls = self._answer.pulls[:, int(self.chosen.get())]
        self._ranked = (
            np.argsort(-pulls, kind="stable")[:MOST_ROWS],
            np.argsort(pulls, kind="stable")[:MOST_ROWS],
        )

    def _draw(self) -> None:
        answer, code = self._answer, int(self.chosen.get())
        if answer is None or self._ranked is None:
            return
        twin = None if answer.twin_pulls is None else answer.twin_pulls[:, code]
        self._follow_scale(answer.pulls[:, code], twin)
        for sign, bars, places in zip((1, -1), self.columns, self._ranked, strict=True):
            shown = places[: bars.fitting()]
            values = sign * answer.pulls[shown, code]
            twins = [None] * len(shown) if twin is None else (sign * twin[shown]).tolist()
            rows = [
                self._bar(answer.words[place], value, of_twin)
                for place, value, of_twin in zip(
                    shown.tolist(), values.tolist(), twins, strict=True
                )
            ]
            bars.show_rows(rows, self._limit)

    def _bar(self, word: str, value: float, twin: float | None) -> PairedBar:
        tip = self.tr("“{word}” alone: {value}").format(word=word, value=numeral(value, 2))
        if twin is not None:
            tip += "\n" + self.tr("clean twin: {value}").format(value=numeral(twin, 2))
        return PairedBar(word, value, twin, numeral(value, 2), tip)

    def _follow_scale(self, pulls: FloatArray, twin: FloatArray | None) -> None:
        largest = float(np.abs(pulls).max(initial=_LEAST_SCALE))
        if twin is not None and np.isfinite(twin).all():
            largest = max(largest, float(np.abs(twin).max(initial=0.0)))
        if largest > self._limit or largest < _SHRINKS_BELOW * self._limit:
            self._limit = round_limit(largest)

    def _read(self, bars: PairedBars, place: QPointF) -> str:
        row = bars.row_at(place)
        return "" if row is None else row.tip
