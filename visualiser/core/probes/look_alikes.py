"""Answers by the nearest training rows, made once for each training part: no model takes part."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray, read_only
from visualiser.core.probes.spec import Probe
from visualiser.core.questions.look_alikes import NEIGHBOURS, AskLookAlikes, LookAlikes
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MULTIPLY_ADDS = 300_000_000
"""Some ten milliseconds, once a training part."""
_MOST_ROWS, _MOST_ANSWERED = 4000, 400
_FEWEST_ROWS = 4 * NEIGHBOURS
_UNSEEN = 0.01
"""Share of the votes that a class without any is given, so that its logarithm is a number."""


def look_alikes_probe(preparation: Preparation) -> "Probe[AskLookAlikes] | None":
    """For points, tables and pictures: of messages and sounds, near is not alike."""
    dataset = preparation.dataset
    suits = dataset.modality in ("points", "table", "images")
    judged = dataset.predicts_classes or dataset.task == "regression"
    enough = len(preparation.split.train) >= _FEWEST_ROWS and len(preparation.watched) > 0
    return LookAlikesProbe(preparation) if suits and judged and enough else None


class LookAlikesProbe:
    """Distances are Euclidean, of examples as the model sees them."""

    def __init__(self, preparation: Preparation) -> None:
        self._judge, self._dataset = preparation.judge, preparation.dataset
        places = np.arange(len(preparation.watched))
        self._places = spread(len(places), _MOST_ANSWERED)
        self._rows = preparation.split.validation.take(preparation.watched[self._places])
        encoded = preparation.encoder.transform(self._rows.features)
        self._inputs = encoded.reshape(len(encoded), -1)
        self._part: EncodedPart | None = None
        self._answer: LookAlikes | None = None

    def answer(
        self, question: AskLookAlikes, student: Learner, twin: Learner | None, step: int
    ) -> LookAlikes:
        """The same until the student is given other data."""
        if self._answer is None or student.part is not self._part:
            self._part = student.part
            self._answer = self._look_up(student.part)
        return self._answer

    def _look_up(self, part: EncodedPart) -> LookAlikes:
        width = max(1, self._inputs.shape[1])
        most = int(np.clip(_MULTIPLY_ADDS / (width * len(self._inputs)), 500, _MOST_ROWS))
        known = spread(len(part.inputs), most)
        rows = part.inputs[known].reshape(len(known), -1)
        near = nearest(self._inputs, rows, NEIGHBOURS)
        targets = np.asarray(part.targets)[known][near]
        outputs: FloatArray
        if self._dataset.predicts_classes:
            votes = np.eye(self._dataset.class_count)[targets].mean(axis=1)
            outputs = np.log(votes + _UNSEEN).astype(np.float32)
        else:
            outputs = targets.mean(axis=1, dtype=np.float32)[:, None]
        answers = self._judge.answers(outputs, self._rows.features)
        return LookAlikes(self._places, read_only(np.asarray(answers)), len(known))


def nearest(rows: FloatArray, known: FloatArray, count: int) -> NDArray[np.int64]:
    """(n, count) positions in `known` (m, D) of those nearest to each of `rows` (n, D).

    All m of them, where there are no more.
    """
    if len(known) <= count:
        return np.tile(np.arange(len(known), dtype=np.int64), (len(rows), 1))
    distances = (known**2).sum(axis=1) - 2 * rows @ known.T  # the rows' own length is left out
    return np.argpartition(distances, count - 1, axis=1)[:, :count].astype(np.int64)


def spread(rows: int, most: int) -> IntArray:
    """Positions of at most so many of the rows, evenly spread."""
    places = np.linspace(0, max(rows - 1, 0), min(rows, most)).astype(np.int64)
    return read_only(np.unique(places))
