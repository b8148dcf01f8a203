"""Wrong labels and changed targets of the training part, and since when each is learnt."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.data.dataset import Dataset, IntArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.tasks.spec import Judge
from visualiser.core.training.encoded_part import EncodedPart
from visualiser.core.training.learner import Learner
from visualiser.core.training.wrong_labels import ChangedErrors, Memorised, WrongLabels

NEVER = -1
"""Stands for the step of what has not happened, and for a class that was not answered."""

_MOST_ROWS = 500
_NEAR = 0.25
"""An answer that is off by no more than this share of a change counts as hitting the target."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Watched:
    """Rows with a wrong label or a changed target that are looked at, n of them.

    Attributes:
        inputs: (n, *shape) what the model sees of them.
        position: (n,) in the spoiled part.
        part: the rows themselves, with the labels given.
        true: (n,) the labels that are right.
        judge: makes answers in the target's unit; None where labels are classes.
        sampled: they are a sample of all that there are.
    """

    inputs: Tensor
    position: IntArray
    part: Part
    true: NDArray[Any]
    judge: Judge | None
    sampled: bool

    def answers(self, learner: Learner) -> NDArray[Any]:
        """(n,) class codes, or numbers in the target's unit."""
        outputs = learner.outputs(self.inputs)
        if self.judge is None:
            return np.asarray(outputs.argmax(axis=1), dtype=np.int64)
        return self.judge.answers(outputs, self.part.features)

    def unanswered(self) -> NDArray[Any]:
        """(n,) what stands for answers before the first measurement."""
        if self.judge is None:
            return np.full(len(self.part), NEVER, dtype=np.int64)
        return np.full(len(self.part), np.nan)

    def hits(self, answers: NDArray[Any], targets: NDArray[Any]) -> Mask:
        """(n,) whether each answer is the target; of a number, near to it for such a change."""
        if self.judge is None:
            return np.asarray(answers == targets)
        change = np.abs(self.part.labels - self.true)
        return np.asarray(np.abs(answers - targets) <= _NEAR * change)

    def identities(self) -> list[tuple[int, float]]:
        """For each row what tells it and its wrong label from any other."""
        return list(zip(self.part.rows.tolist(), self.part.labels.tolist(), strict=True))


class ByHeart:
    """Watches a learner take in wrong labels, or resist them (Arpit et al. 2017)."""

    def __init__(self) -> None:
        self._watched: _Watched | None = None
        self._since: IntArray = np.zeros(0, dtype=np.int64)
        self._first = self._since
        self._answers: NDArray[Any] = np.zeros(0, dtype=np.int64)

    def watch(self, encoded: EncodedPart, part: Part, dataset: Dataset, judge: Judge) -> None:
        """Look at the rows of another spoiled part whose label is not that of the data set.

        A row that had the same wrong label before keeps the step since which it is learnt.
        """
        before = self._watched
        amounts = judge if dataset.predicts_amounts else None
        self._watched = watched = _wrong_rows(encoded, part, dataset.labels[part.rows], amounts)
        if watched is None:
            return
        known: dict[tuple[int, float], tuple[int, int]] = {}
        if before is not None:
            steps = zip(self._since.tolist(), self._first.tolist(), strict=True)
            known = dict(zip(before.identities(), steps, strict=True))
        kept = [known.get(identity, (NEVER, NEVER)) for identity in watched.identities()]
        self._since, self._first = np.array(kept, dtype=np.int64).T
        self._answers = watched.unanswered()

    def measure(self, learner: Learner, step: int) -> None:
        """Have the learner answer them with the weights of `step`."""
        watched = self._watched
        if watched is None:
            return
        self._answers = watched.answers(learner)
        learnt = watched.hits(self._answers, watched.part.labels)
        fresh = learnt & (self._since == NEVER)
        self._since = np.where(learnt, np.where(fresh, step, self._since), NEVER)
        self._first = np.where(self._first == NEVER, step, self._first)

    @property
    def memorised(self) -> Memorised | None:
        """How many wrong labels were answered as given; None where no class label is wrong."""
        watched = self._watched
        if watched is None or watched.judge is not None:
            return None
        return Memorised(
            learnt=int(np.count_nonzero(self._answers == watched.part.labels)),
            resisted=int(np.count_nonzero(self._answers == watched.true)),
            total=len(watched.part),
            sampled=watched.sampled,
        )

    @property
    def changed_errors(self) -> ChangedErrors | None:
        """How far answers were off from changed targets; None where no number was changed."""
        watched = self._watched
        if watched is None or watched.judge is None:
            return None
        return ChangedErrors(
            given=float(np.mean(np.abs(self._answers - watched.part.labels))),
            true=float(np.mean(np.abs(self._answers - watched.true))),
            change=float(np.mean(np.abs(watched.part.labels - watched.true))),
            total=len(watched.part),
            sampled=watched.sampled,
        )

    def view(self) -> WrongLabels | None:
        """The rows looked at, as they were answered last; None where no label is wrong."""
        watched = self._watched
        if watched is None:
            return None
        return WrongLabels(
            position=watched.position,
            rows=watched.part.rows,
            given=watched.part.labels,
            true=watched.true,
            answered=read_only(self._answers),
            since=read_only(self._since),
            first=read_only(self._first),
            resisted=read_only(watched.hits(self._answers, watched.true)),
        )


def _wrong_rows(
    encoded: EncodedPart, part: Part, true: NDArray[Any], judge: Judge | None
) -> _Watched | None:
    """The rows whose label differs from the true one, a fixed sample of many."""
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
        part=part.take(positions),
        true=read_only(true[positions]),
        judge=judge,
        sampled=sampled,
    )
