"""Rows with a wrong label or a changed target: what has become of each, and in which order."""

import csv
import io
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from visualiser.core.data.dataset import Dataset, Features, IntArray, take
from visualiser.core.data.split import Part
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.wrong_labels import WrongLabels
from visualiser.ui.views.tile import Tile, Words

Fate = Literal["learnt", "neither", "resisted"]
Kind = Literal["all", "learnt", "resisted", "neither"]
KINDS: tuple[Kind, ...] = ("all", "learnt", "resisted", "neither")

_ORDER: tuple[Fate, ...] = ("learnt", "neither", "resisted")
_UNANSWERED = -1


@dataclass(frozen=True, eq=False)
class WrongRows:
    """The wrong labels that are watched, as they were answered last.

    Attributes:
        part: the training part as the model sees it.
        labels: the rows of it that are watched, n of them.
        sampled: they are a sample of all that there are.
    """

    dataset: Dataset
    part: Part
    labels: WrongLabels
    sampled: bool

    @classmethod
    def of(cls, snapshot: Snapshot) -> "WrongRows | None":
        """Those of a snapshot; None where no label is wrong."""
        if snapshot.wrong_labels is None:
            return None
        told = snapshot.memorised or snapshot.changed_errors
        sampled = told is not None and told.sampled
        return cls(snapshot.info.dataset, snapshot.spoiled_train, snapshot.wrong_labels, sampled)

    def __len__(self) -> int:
        return len(self.labels.rows)

    @cached_property
    def fates(self) -> NDArray[np.int64]:
        """(n,) places in the order of fates: learnt, neither, resisted."""
        other = np.where(self.labels.resisted, 2, 1)
        return np.where(self.labels.since >= 0, 0, other).astype(np.int64)

    def fate(self, row: int) -> Fate:
        """What has become of one of the n rows."""
        return _ORDER[int(self.fates[row])]

    def chosen(self, kind: Kind) -> IntArray:
        """Rows of that fate, or all; the ones learnt first on top, of others as in the data."""
        order = np.lexsort((self.labels.since, self.fates))
        if kind == "all":
            return np.asarray(order, dtype=np.int64)
        return np.asarray(order[self.fates[order] == _ORDER.index(kind)], dtype=np.int64)

    def count(self, kind: Kind) -> int:
        """How many `chosen` would give."""
        return len(self) if kind == "all" else int((self.fates == _ORDER.index(kind)).sum())

    def share(self, fate: Fate) -> float:
        """Of all watched rows, 0 … 1."""
        return self.count(fate) / len(self)

    @property
    def half_learnt_by(self) -> int | None:
        """The step since which half of them are answered as given; None where fewer are."""
        steps = np.sort(self.labels.since[self.labels.since >= 0])
        half = -(-len(self) // 2)
        return int(steps[half - 1]) if len(steps) >= half else None

    def features(self, rows: IntArray) -> Features:
        """The examples as the model sees them."""
        return take(self.part.features, self.labels.position[rows])

    def identity(self, row: int) -> tuple[int, float]:
        """Tells a row and its wrong label from all others, also after another measurement."""
        return int(self.labels.rows[row]), float(self.labels.given[row])

    def tile(self, row: int) -> Tile:
        """Both labels, the answer and what has become of a row."""
        fate, answer = self.fate(row), self._answer(row)
        given, true = (
            self.dataset.label_text(label[row]) for label in (self.labels.given, self.labels.true)
        )
        texts = {"given": given, "true": true, "answer": answer}
        if self.dataset.predicts_classes:
            labels = [_tr("labelled {given}, is {true}")]
        else:
            labels = [_tr("given {given}"), _tr("truly {true}")]
        lines = [Words(text.format(**texts), "muted") for text in labels]
        if answer:
            tone: Literal["wrong", "strong"] = "wrong" if fate == "learnt" else "strong"
            lines.append(Words(_tr("answers {answer}").format(**texts), tone))
        lines.append(Words(self._status(row, fate)))
        return Tile(tuple(lines), self._tip(row, fate, texts))

    def _answered(self, row: int) -> bool:
        answer = self.labels.answered[row]
        return bool(np.isfinite(answer) and (self.dataset.predicts_amounts or answer >= 0))

    def _answer(self, row: int) -> str:
        return self.dataset.label_text(self.labels.answered[row]) if self._answered(row) else ""

    def _from_the_start(self, row: int) -> bool:
        """Whether it was answered as wrongly given at the first look: no label taught that."""
        return bool(self.labels.since[row] == self.labels.first[row])

    def _status(self, row: int, fate: Fate) -> str:
        classes = self.dataset.predicts_classes
        if fate == "learnt":
            if self._from_the_start(row):
                return _tr("so from the start")
            # A number near another may be there by chance, so that “learnt” would be too much.
            text = _tr("learnt at step {step:,}") if classes else _tr("near it since step {step:,}")
            return text.format(step=int(self.labels.since[row]))
        if not self._answered(row):
            looked_at = self.labels.first[row] >= 0
            return _tr("the answer is no number") if looked_at else _tr("not answered yet")
        if fate == "resisted":
            return _tr("resisted so far") if classes else _tr("near the true one")
        return _tr("neither") if classes else _tr("near neither")

    def _tip(self, row: int, fate: Fate, texts: dict[str, str]) -> str:
        if self.dataset.predicts_classes:
            text = _tr("Truly {true}, wrongly labelled {given} in the training data.")
        else:
            text = _tr("Truly {true}, given to the model as {given}.")
        told = [text.format(**texts), self._told(row, fate).format(**texts)]
        position = int(self.labels.rows[row])
        if self.dataset.captions:
            told.append(self.dataset.captions[position])
        return "\n".join(filter(None, told))

    def _told(self, row: int, fate: Fate) -> str:
        """A sentence on the answer."""
        if not self._answered(row):
            return ""
        classes = self.dataset.predicts_classes
        if fate == "learnt" and self._from_the_start(row):
            return _tr("The model answered so before the wrong {what} could teach it.").replace(
                "{what}", _tr("label") if classes else _tr("target")
            )
        if fate == "learnt":
            text = (
                _tr("The model answers as wrongly labelled, at every look since step {step:,}.")
                if classes
                else _tr("The answer, {answer}, is near the wrong target since step {step:,}.")
            )
            return text.replace("{step:,}", f"{int(self.labels.since[row]):,}")
        if fate == "resisted":
            return (
                _tr("The model sees through the wrong label and answers truly.")
                if classes
                else _tr("The answer, {answer}, is near the true target.")
            )
        return (
            _tr("The model answers {answer}, which is neither.")
            if classes
            else _tr("The answer, {answer}, is near neither of the two.")
        )

    def csv_text(self, kind: Kind) -> str:
        """A table of the rows of that fate: their labels and what has become of them."""
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerow(("row", "given", "true", "answered", "learnt_since_step", "seen_through"))
        for row in self.chosen(kind).tolist():
            since, seen = int(self.labels.since[row]), bool(self.labels.resisted[row])
            labels = (self.labels.given, self.labels.true, self.labels.answered)
            table.writerow(
                (
                    int(self.labels.rows[row]) + 1,
                    *(self._plain(label[row]) for label in labels),
                    since if since >= 0 else "",
                    int(seen),
                )
            )
        return text.getvalue()

    def _plain(self, label: Any) -> str:
        """A label for other programs: the name of a class, or a number with all its digits."""
        if self.dataset.predicts_classes:
            return self.dataset.class_names[int(label)] if label != _UNANSWERED else ""
        return repr(float(label)) if np.isfinite(label) else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("WrongRows", text)
