"""True labels of the watched validation rows beside what the models answer."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Features, IntArray, take
from visualiser.core.data.isolated_name import isolated
from visualiser.core.numerals import probability_text
from visualiser.core.training.snapshot import RunInfo, Snapshot
from visualiser.ui.views.tile import Tile, Words

_SECONDS_BETWEEN = 0.5
"""Lists that change faster cannot be read."""


@dataclass(frozen=True, eq=False)
class Answers:
    """Answers of classifiers for V validation rows.

    Attributes:
        info: the run.
        true: (V,) class codes.
        output: (V, K) class probabilities of the student.
        twin_output: the same of the clean twin; None while it is the same model.
    """

    info: RunInfo
    true: IntArray
    output: NDArray[Any]
    twin_output: NDArray[Any] | None

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Answers | None":
        """The answers in a snapshot; None without any, or where they are no numbers."""
        predictions = snapshot.predictions
        if predictions is None or not np.isfinite(predictions.output).all():
            return None
        info = snapshot.info
        true = info.split.validation.labels[info.watched]
        twin = predictions.twin_output if snapshot.twin_differs else None
        return cls(info, true, predictions.output, twin)

    @property
    def predicted(self) -> IntArray:
        """(V,) class codes the student answers."""
        return np.asarray(self.output.argmax(axis=1), dtype=np.int64)

    @property
    def twin_predicted(self) -> IntArray | None:
        """(V,) class codes the twin answers, or None."""
        if self.twin_output is None:
            return None
        return np.asarray(self.twin_output.argmax(axis=1), dtype=np.int64)

    def features(self, positions: IntArray) -> Features:
        """The examples at `positions` of the V rows."""
        info = self.info
        return take(info.split.validation.features, info.watched[positions])

    def caption(self, position: int) -> str:
        """What is known of one of the V rows besides its label, as what is said in a clip."""
        captions = self.info.dataset.captions
        rows = self.info.split.validation.rows
        return captions[int(rows[self.info.watched[position]])] if captions else ""


class Pace:
    """Lets something follow a running training slowly enough to be read, or cheaply enough."""

    def __init__(self, seconds: float = _SECONDS_BETWEEN) -> None:
        """`seconds` pass between two that are shown, at least."""
        self._seconds = seconds
        self._last = 0.0

    def lets(self, snapshot: Snapshot) -> bool:
        """Whether to show this one: every one at rest, and while it runs one now and then."""
        now = monotonic()
        if snapshot.state == "running" and now - self._last < self._seconds:
            return False
        self._last = now
        return True

    def reset(self) -> None:
        """Let the next one pass."""
        self._last = 0.0


def answer_tile(answers: Answers, position: int) -> Tile:
    """The true label, the answer with its probability, and the twin's, of one row."""
    names = answers.info.dataset.class_names
    true = int(answers.true[position])
    answer = int(answers.output[position].argmax())
    given = probability_text(answers.output[position, true])
    truth = _tr("true {name}") if answer == true else _tr("true {name} · {share}")
    lines = [
        Words(truth.format(name=isolated(names[true]), share=given), "muted"),
        Words(
            _tr("{name} · {share}").format(
                name=isolated(names[answer]),
                share=probability_text(answers.output[position, answer]),
            ),
            "strong" if answer == true else "wrong",
        ),
    ]
    tip = _tr("Truly {true}; the model says {answer}, {share} sure.").format(
        true=isolated(names[true]),
        answer=isolated(names[answer]),
        share=probability_text(answers.output[position, answer]),
    )
    if answer != true:
        tip += " " + _tr("It gives the truth {share}.").format(share=given)
    if answers.twin_output is not None:
        twin = int(answers.twin_output[position].argmax())
        share = probability_text(answers.twin_output[position, twin])
        right = twin == true != answer
        text = _tr("twin {name} · {share} ✓") if right else _tr("twin {name} · {share}")
        lines.append(Words(text.format(name=isolated(names[twin]), share=share), "muted"))
        if right:
            tip += " " + _tr("The clean twin gets it right.")
    tip = f"{tip}\n{answers.caption(position)}".rstrip()
    return Tile(tuple(lines), tip)


def _tr(text: str) -> str:
    return QCoreApplication.translate("answer_tile", text)
