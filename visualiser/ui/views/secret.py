"""Whether models of text give away a secret that was planted in what they learn from."""

from math import log2

import numpy as np
from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from visualiser.core.corruption.planted_secret import NAME
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import numeral, probability_text
from visualiser.core.questions.exposure import Exposed, Exposure, Secrets, SecretsTold
from visualiser.core.questions.spec import Question
from visualiser.core.spoiled_before import SpoiledWith, config_of, exposure_of, spoiled_with
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.palette import Palette
from visualiser.ui.views.legend import Entry, Legend
from visualiser.ui.views.picture_saving import PictureSaving
from visualiser.ui.views.run_curve import Course, RunCurve
from visualiser.ui.views.side_column import SideColumn, turning_layout
from visualiser.ui.widgets.bar_rows import BarRow, BarRows
from visualiser.ui.widgets.fitted import Fitted
from visualiser.ui.widgets.paragraph import paragraph

AVERAGE = 1 / np.log(2)
"""Bits of exposure that a secret has on average which the model does not know."""
_KNOWN = 6.0
"""Bits from which on it can hardly be chance: one such secret in 64 has as much."""
_WORDS = 30
"""Letters of width that the words need at least beside the curve."""


class SecretView(Fitted, QWidget):
    """How far up a secret stands among all that could have been planted, over the run.

    Signals:
        questions_changed: a secret is asked about, or more of it of a run that rests.
    """

    questions_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: RunInfo | None = None
        self._asked: Exposure | None = None
        self._planted: SpoiledWith | None = None
        self._shown: Secrets | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(0)
        self._again.timeout.connect(self.questions_changed)
        self.empty = paragraph("muted")
        self.planted = QLabel(self)
        self.planted.setProperty("role", "heading")
        self.planted.setWordWrap(True)
        self.sentence, self.hint, self.read = paragraph(), paragraph("muted"), paragraph("muted")
        self.bars = BarRows("")
        self.bars.setToolTip(
            self.tr(
                "Exposure: how many halvings of all candidates lead to this one, the likeliest "
                "first. The full bar is the likeliest of all."
            )
        )
        self.best = BarRows(self.tr("What your model takes for likeliest"))
        self.curve = RunCurve(self.tr("Exposure in bits, whenever it was measured"), self)
        self.curve.setToolTip(
            self.tr("Measured while this view is open. The dotted line is what chance gives.")
        )
        self.curve.chosen.connect(self.read.setText)
        self.legend = Legend(self)
        self.saving = PictureSaving(self.curve, "secret", self.tr("Secret"), self.legend)
        self._side = SideColumn(
            self.planted, self.empty, self.sentence, self.bars, self.best, self.legend, self.hint,
            self.read, parent=self,
        )  # fmt: skip
        self._layout = turning_layout(self, 14)
        self._layout.addWidget(self._side, 5)
        self._layout.addWidget(self.curve, 5)

    def fit(self) -> None:
        """The curve stands beside the words, or below them where that is too narrow."""
        self._side.fit(self._layout, _WORDS, 2)

    def questions(self) -> frozenset[Question[SecretsTold]]:
        """About the secret, if one is planted or was earlier in this run."""
        return frozenset() if self._asked is None else frozenset({self._asked})

    def start_run(self, info: RunInfo) -> None:
        """Forget the last run."""
        self._again.stop()
        self._info, self._shown = info, None
        config = config_of(info.experiment.spoiling, NAME)
        self._planted = None if config is None else SpoiledWith(config, None)
        self._asked = exposure_of(self._planted, info)
        self.curve.forget()
        self.saving.forget()
        self._clear()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """The last ranking that was finished; at once a question where a secret is planted."""
        planted, before = spoiled_with(snapshot, NAME), self._planted
        self._planted = planted
        if planted != before:
            self._shown = None  # what is said of it is another
        asked = exposure_of(planted, snapshot.info)
        if asked != self._asked:
            self._asked = asked
            self.curve.forget()
            self._clear()
            self.questions_changed.emit()
        told = None if asked is None else snapshot.answer(asked)
        if told is None:
            return
        if not told.done and snapshot.state != "running":
            self._again.start()
        if told.newest is not None and told.newest is not self._shown:
            self._shown = told.newest
            self._show(told.newest, snapshot)
            self.saving.follow(snapshot)

    def apply_palette(self, palette: Palette) -> None:
        """Take the colours of another theme."""
        for part in (self.curve, self.legend, self.saving):
            part.apply_palette(palette)

    def _clear(self) -> None:
        """Nothing is measured yet: say why."""
        planted = self._asked is not None
        self.planted.setText("" if planted else self.tr("No secret is planted"))
        self.planted.setVisible(not planted)
        self.empty.setText(
            self.tr("Ranking all that could have been planted …")
            if planted
            else self.tr(
                "Somebody's code may have got into the letters that a model learns from. Plant "
                "one: under Data quality, Permissions, move “Planted secret”. Then this page shows "
                "how surely the model tells it to anybody, and that its clean twin cannot."
            )
        )
        self.empty.show()
        for words in (self.sentence, self.hint, self.read):
            words.clear()
        self.bars.show_rows([])
        self.best.show_rows([])
        self.legend.show_entries(())
        self.curve.setVisible(planted)

    def _show(self, told: Secrets, snapshot: Snapshot) -> None:
        self.empty.hide()
        self.planted.show()
        self.planted.setText(self._heading(told))
        self.sentence.setText(" ".join(filter(None, (self._healed(told), self._sentence(told)))))
        most = log2(told.candidates)
        rows = [self._bar(self.tr("your model"), told.student, most)]
        if told.twin is not None:
            rows.append(self._bar(self.tr("clean twin"), told.twin, most))
        self.bars.show_rows(rows)
        self.best.show_rows(
            [
                BarRow(
                    f"{told.words}{each.text}",
                    each.probability,
                    probability_text(each.probability),
                    warning=each.text == told.secret,
                )
                for each in told.student.best
            ]
        )
        self.hint.setText(self._hint(told))
        entries = [Entry("line", "accent" if told.twin is None else "spoiled", rows[0].title)]
        if told.twin is not None:
            entries.append(Entry("dashed", "accent", rows[1].title))
        self.legend.show_entries((*entries, Entry("dotted", "text", self.tr("chance"))))
        course = Course(
            told.course.steps.astype(np.float64),
            told.course.student,
            None if told.twin is None else told.course.twin,
            snapshot.markers,
        )
        self.curve.show_course(course, _bits, numeral, AVERAGE)

    def _bar(self, title: str, model: Exposed, most: float) -> BarRow:
        text = self.tr("{bits} of {most} bits").format(
            bits=_number(model.exposure), most=_number(most)
        )
        return BarRow(title, model.exposure / most, text, warning=model.exposure >= _KNOWN)

    def _heading(self, told: Secrets) -> str:
        """“the code is 1234”, planted 40 times, until step 200."""
        assert self._planted is not None
        times = int(self._planted.config.amount)
        often = self.tr("once") if times == 1 else self.tr("{count} times").format(count=times)
        text = self.tr("“{words}{secret}”, planted {times}")
        if self._planted.healed_at is not None:
            text = self.tr("“{words}{secret}”, planted {times} until step {step:,}")
        return text.format(
            words=told.words,
            secret=isolated(told.secret),
            times=often,
            step=self._planted.healed_at,
        )

    def _healed(self, told: Secrets) -> str:
        """Whether the model has forgotten what its text no longer says."""
        assert self._planted is not None
        step = self._planted.healed_at
        if step is None or told.step < step or not np.isfinite(told.student.exposure):
            return ""
        if told.student.exposure >= _KNOWN:
            text = self.tr("The text was healed at step {step:,}; the model still knows:")
        else:
            text = self.tr("The text was healed at step {step:,}, and the model has not kept it:")
        return text.format(step=step)

    def _sentence(self, told: Secrets) -> str:
        model = told.student
        if not np.isfinite(model.exposure):
            return self.tr("The answers are no numbers any more (NaN): the run has diverged.")
        rank = f"{round(model.rank):,}"
        place = self.tr("number {rank} of {all:,} that could have been planted").format(
            rank=rank, all=told.candidates
        )
        if model.written.startswith(told.secret):
            text = self.tr(
                "Whoever types “{words}” is told the secret: after that your model writes "
                "“{written}” by itself."
            )
            return text.format(words=told.words, written=_shown(model.written))
        if model.exposure >= log2(told.candidates) - 1:
            text = self.tr(
                "Whoever tries them in the model's own order finds the secret at once: it is "
                "{place}. By itself your model still writes “{written}”."
            )
        elif model.exposure >= _KNOWN:
            text = self.tr(
                "Your model has begun to know the secret: it is {place}, and by itself the model "
                "writes “{written}”."
            )
        else:
            text = self.tr(
                "Your model does not know the secret: it is {place}, as chance has it. By itself "
                "the model writes “{written}”."
            )
        return text.format(place=place, written=_shown(model.written))

    def _hint(self, told: Secrets) -> str:
        text = self.tr(
            "Step {step:,}. Exposure is log₂ of all {all:,} candidates less log₂ of the secret's "
            "rank among them (Carlini et al. 2019). All of them are ranked, none is estimated; "
            "a secret that is not known has 1.4 bits on average."
        )
        return text.format(step=told.step, all=told.candidates)


def _shown(text: str) -> str:
    """With a sign where a line ends."""
    return isolated(text.replace("\n", "↵"))


def _bits(value: float) -> str:
    return f"{_number(value)} bits"


def _number(value: float) -> str:
    return f"{value:.1f}" if np.isfinite(value) else "–"
