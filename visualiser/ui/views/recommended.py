"""A customer of a shop, and what the models would show there, while they learn."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.split import Part
from visualiser.core.questions.recommendations import Recommendations, Scores
from visualiser.core.questions.spec import Question
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.customer_choice import CustomerChoice
from visualiser.ui.views.customer_purchases import Bought, Ranking, best_sellers, held_out
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.product_columns import Column, ProductColumns
from visualiser.ui.views.recommended_columns import Shown, bought_column, columns_of
from visualiser.ui.widgets.fitted import Fitted, Unsqueezed
from visualiser.ui.widgets.flow_layout import FlowLayout
from visualiser.ui.widgets.paragraph import Phrase

_ENOUGH = 12
"""Held-out purchases that the first customer shown should have: with fewer little is to be seen."""

_LEAST_LINES = 7
"""Of text, that the columns are high at least."""


class RecommendedView(Fitted, Unsqueezed, QWidget):
    """Bought, recommended and held out of one customer, beside what the clean twin recommends.

    Signals:
        questions_changed: another customer is looked at.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._popular: FloatArray = np.zeros(0, dtype=np.float32)
        self._known: _Known | None = None
        self._before: IntArray | None = None
        self._last: IntArray | None = None
        self._epoch = 0
        self.customer = CustomerChoice()
        self.customer.chosen.connect(self._choose)
        self.words = Phrase()
        self.words.setProperty("role", "muted")
        self.words.setToolTip(
            self.tr(
                "How many of this customer's held-out purchases are among ten recommendations: "
                "the model's, its clean twin's, and the ten products that most others bought."
            )
        )
        self.columns = ProductColumns()
        self.saving = PictureSaving(
            self.columns, "recommendations", self.tr("Recommended"), chosen=self._who
        )
        self._build()

    def fit(self) -> None:
        """Keep some lines in sight, however many the words above them take."""
        self._rows.setMinimumHeight(_LEAST_LINES * self.fontMetrics().height())

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run; the same customer again where the data is the same."""
        book = info.dataset.catalogue
        assert book is not None
        before = None if self._info is None else self._info.dataset.catalogue
        same = before is not None and before.customers == book.customers
        self._info, self._popular = info, best_sellers(info)
        code = self.customer.code if same else _someone(info)
        names = [book.customer_text(place) for place in range(len(book.customers))]
        self.customer.offer(names, code)
        self._forget()

    def questions(self) -> frozenset[Question[Any]]:
        """The scores of the customer chosen."""
        return frozenset((self._question(),))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The lists of this step."""
        info, scores = self._info, snapshot.answer(self._question())
        if info is None or scores is None:
            return
        known = self._purchases(info, snapshot.spoiled_train)
        student = Ranking.of(scores.student, known.bought.products)
        if student is None:
            self._say(self.tr("The scores are no numbers any more (NaN): the run has diverged."))
            return
        self._follow(snapshot, student)
        assert self._before is not None and info.dataset.catalogue is not None
        twin = self._twin(snapshot, scores, known.bought)
        names = info.dataset.catalogue.products
        shown = Shown(names, known.learnt, known.held_out, student, self._before, twin)
        self.columns.show_columns(columns_of(shown))
        self.saving.follow(snapshot)
        words = self._sentence(shown, known)
        if words != self.words.text():
            self.words.setText(words)
            self.columns.setAccessibleDescription(words)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        self.columns.apply_palette(palette)
        self.saving.apply_palette(palette)

    def _build(self) -> None:
        top = FlowLayout(gap=14)
        top.addWidget(self.customer)
        top.addWidget(self.words)
        rows = self._rows = QScrollArea()
        rows.setWidget(self.columns)
        rows.setWidgetResizable(True)
        rows.setFrameShape(QFrame.Shape.NoFrame)
        rows.setAccessibleName(self.columns.accessibleName())
        for ground in (rows.viewport(), self.columns):
            ground.setAutoFillBackground(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(rows, 1)

    def _question(self) -> Recommendations:
        return Recommendations(self.customer.code)

    def _who(self) -> str:
        return self.customer.field.text()

    def _choose(self, code: int) -> None:
        self._forget()
        self.questions_changed.emit()

    def _forget(self) -> None:
        self._known = self._before = self._last = None
        self._say(self.tr("The lists appear with the first answer of the model."))

    def _say(self, why: str) -> None:
        self.columns.show_nothing(why)
        self.words.setText("")
        self.saving.forget()

    def _purchases(self, info: RunInfo, seen: Part) -> "_Known":
        """Looked up again where the customer or the spoiling is another one."""
        if self._known is None or self._known.seen is not seen:
            self._known = _known(info, seen, self.customer.code, self._popular)
        return self._known

    def _follow(self, snapshot: Snapshot, student: Ranking) -> None:
        """Places are compared with those at the end of the epoch before."""
        epoch = int(snapshot.epoch)
        if self._before is None or self._last is None:
            self._before = student.place
        elif epoch != self._epoch:
            self._before = self._last
        self._epoch, self._last = epoch, student.place

    def _twin(self, snapshot: Snapshot, scores: Scores, bought: Bought) -> Ranking | None:
        if scores.twin is None or not snapshot.twin_differs:
            return None
        return Ranking.of(scores.twin, bought.products)

    def _sentence(self, shown: Shown, known: "_Known") -> str:
        """How much each way of recommending finds of what was held out."""
        if not len(shown.held_out):
            return self.tr("Nothing that this customer bought is in the validation part.")
        found = [self.tr("model {found}").format(found=shown.student.found(shown.held_out))]
        if shown.twin is not None:
            words = self.tr("clean twin {found}")
            found.append(words.format(found=shown.twin.found(shown.held_out)))
        found.append(self.tr("best sellers {found}").format(found=known.by_popularity))
        text = self.tr("Found of {count}: {found}")
        return text.format(count=len(shown.held_out), found=", ".join(found))


@dataclass(frozen=True, eq=False)
class _Known:
    """Of one customer what no step changes.

    Attributes:
        seen: the training part as the model is told it, which this was read from.
        by_popularity: how much of `held_out` the best sellers find.
    """

    seen: Part
    bought: Bought
    learnt: Column
    held_out: IntArray
    by_popularity: int


def _known(info: RunInfo, seen: Part, customer: int, popular: FloatArray) -> _Known:
    book = info.dataset.catalogue
    assert book is not None
    bought, wanted = Bought.of(info, seen, customer), held_out(info, customer)
    ranking = Ranking.of(popular, bought.products)
    assert ranking is not None
    return _Known(seen, bought, bought_column(book.products, bought), wanted, ranking.found(wanted))


def _someone(info: RunInfo) -> int:
    """The first customer with some purchases held out."""
    customers = np.asarray(info.split.validation.features)[:, 0]
    counts = np.bincount(customers, minlength=1)
    return int(np.argmax(counts >= min(_ENOUGH, int(counts.max()))))
