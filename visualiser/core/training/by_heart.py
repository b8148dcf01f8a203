"""Wrong labels of the training part, and since when each is answered as given."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.dataset import IntArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.training.learner import EncodedPart, Learner
from visualiser.core.training.snapshot import Memorised, WrongLabels

_MOST_ROWS = 500
NOT_LEARNT = -1


@dataclass(frozen=True, eq=False)
class _Watched:
    """Rows with a wrong label that are looked at, (n,) each.

    Attributes:
        position: in the spoiled part. origin: in the clean part.
        sampled: they are a sample of all that there are.
    """

    inputs: Tensor
    position: IntArray
    origin: IntArray
    rows: IntArray
    given: IntArray
    true: IntArray
    sampled: bool


class ByHeart:
    """Watches a learner take in wrong labels, or resist them (Arpit et al. 2017)."""

    def __init__(self) -> None:
        self._watched: _Watched | None = None
        self._since: IntArray = np.zeros(0, dtype=np.int64)
        self._answers: IntArray = np.zeros(0, dtype=np.int64)

    def watch(self, encoded: EncodedPart, part: Part, true: NDArray[np.int64]) -> None:
        """Look at the rows of another spoiled part whose label is not the `true` one, (n,).

        A row that had the same wrong label before keeps the step since which it is learnt.
        """
        before, since = self._watched, self._since
        self._watched = watched = _wrong_rows(encoded, part, true)
        size = 0 if watched is None else len(watched.given)
        self._since = np.full(size, NOT_LEARNT, dtype=np.int64)
        self._answers = np.full(size, NOT_LEARNT, dtype=np.int64)
        if watched is None or before is None:
            return
        known = {
            key: step
            for key, step in zip(_keys(before), since.tolist(), strict=True)
            if step != NOT_LEARNT
        }
        self._since[:] = [known.get(key, NOT_LEARNT) for key in _keys(watched)]

    def count(self, learner: Learner, step: int) -> Memorised | None:
        """How many of them the learner answers as given, with the weights of `step`."""
        watched = self._watched
        if watched is None:
            return None
        answers = learner.outputs(watched.inputs).argmax(axis=1)
        learnt = answers == watched.given
        fresh = learnt & (self._since == NOT_LEARNT)
        self._since = np.where(learnt, np.where(fresh, step, self._since), NOT_LEARNT)
        self._answers = answers
        return Memorised(
            learnt=int(np.count_nonzero(learnt)),
            resisted=int(np.count_nonzero(answers == watched.true)),
            total=len(learnt),
            sampled=watched.sampled,
        )

    def view(self) -> WrongLabels | None:
        """The rows looked at, as they were answered last; None where no label is wrong."""
        watched = self._watched
        if watched is None:
            return None
        return WrongLabels(
            position=watched.position,
            rows=watched.rows,
            given=watched.given,
            true=watched.true,
            answered=read_only(self._answers),
            since=read_only(self._since),
        )


def _wrong_rows(encoded: EncodedPart, part: Part, true: NDArray[np.int64]) -> _Watched | None:
    """The rows whose class label differs from the true one, a fixed sample of many."""
    positions = np.flatnonzero(part.labels != true)
    if not len(positions):
        return None
    sampled = len(positions) > _MOST_ROWS
    if sampled:
        # By the row in the data set: of other amounts of one pattern much the same rows are seen.
        dice = np.random.default_rng(0).random(int(part.rows.max()) + 1)[part.rows[positions]]
        positions = np.sort(positions[np.argsort(dice, kind="stable")[:_MOST_ROWS]])
    return _Watched(
        inputs=torch.tensor(encoded.inputs[positions]),
        position=read_only(positions),
        origin=read_only(part.origin[positions]),
        rows=read_only(part.rows[positions]),
        given=read_only(part.labels[positions]),
        true=read_only(true[positions]),
        sampled=sampled,
    )


def _keys(watched: _Watched) -> list[tuple[int, int]]:
    return list(zip(watched.rows.tolist(), watched.given.tolist(), strict=True))
