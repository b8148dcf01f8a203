"""Ranks a planted secret among all that could have been planted, some candidates a look."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from visualiser.core.corruption.planted_secret import Canary, canary_of
from visualiser.core.data.dataset import IntArray, read_only
from visualiser.core.metrics.exposure import exposure, rank_of
from visualiser.core.probes.language import Reader, reader_of
from visualiser.core.probes.workshop import Networks, Workshop, at_once, cost_of
from visualiser.core.questions.exposure import (
    MOST_BEST,
    Candidate,
    Course,
    Exposed,
    Exposure,
    Secrets,
    SecretsTold,
)
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MOST_AT_ONCE = 256
_WRITTEN = 12
"""Characters that are written after the words: one sees whether it goes on after the secret."""
_MOST_KEPT = 2000
"""Measurements of a run; of more every second one is dropped."""


def exposure_probe(preparation: Preparation) -> "ExposureProbe | None":
    """For runs on text."""
    reader = reader_of(preparation)
    return None if reader is None else ExposureProbe(preparation, reader)


class ExposureProbe:
    """Exact, not estimated from a sample, since candidates begin alike.

    What four characters after each other are worth is told by the beginnings of none, one, two
    and three of them: 1,111 short texts for ten thousand candidates.
    """

    def __init__(self, preparation: Preparation, reader: Reader) -> None:
        self._preparation, self._reader = preparation, reader
        self._workshop: Workshop[Exposure, _Ranking] = Workshop(preparation.layers, self._begin)
        self._courses: dict[Exposure, _Record] = {}

    def answer(
        self, question: Exposure, student: Learner, twin: Learner | None, step: int
    ) -> SecretsTold:
        """Of both models."""
        finished, done = self._workshop.look(question, (student, twin), step)
        if finished is None:
            return SecretsTold(None, done)
        return SecretsTold(self._courses.setdefault(question, _Record()).up_to(finished), done)

    def _begin(self, question: Exposure, networks: Networks, step: int) -> "_Ranking":
        canary = canary_of(self._preparation.dataset, question.seed)
        trees = [
            None if network is None else _Tree(self._preparation, self._reader, canary, network)
            for network in networks
        ]
        return _Ranking(canary, self._reader, trees, step)


class _Ranking:
    """Of all models with the weights of one step."""

    def __init__(
        self, canary: Canary, reader: Reader, trees: "list[_Tree | None]", step: int
    ) -> None:
        self.step = step
        self._canary, self._reader, self._trees = canary, reader, trees

    @property
    def done(self) -> bool:
        """Whether all are."""
        return all(tree is None or tree.done for tree in self._trees)

    def advance(self) -> None:
        """Some beginnings of the first that is not done."""
        next(tree for tree in self._trees if tree is not None and not tree.done).advance()

    def told(self, course: Course) -> Secrets:
        """Once it is done."""
        student, twin = self.exposed
        assert student is not None
        text, canary = self._reader.text, self._canary
        return Secrets(
            step=self.step,
            words=text(canary.words.tolist()),
            secret=text(canary.secret.tolist()),
            candidates=len(canary.symbols) ** len(canary.secret),
            student=student,
            twin=twin,
            course=course,
        )

    @property
    def exposed(self) -> list[Exposed | None]:
        """Of student and twin."""
        return [None if tree is None else tree.exposed() for tree in self._trees]


class _Record:
    """What was measured of one secret in a run."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, float, float]] = []
        self._last: tuple[_Ranking, Secrets] | None = None

    def up_to(self, finished: _Ranking) -> Secrets:
        """With this ranking as the last one."""
        if self._last is None or self._last[0] is not finished:
            student, twin = (float("nan") if e is None else e.exposure for e in finished.exposed)
            self._rows = [row for row in self._rows if row[0] != finished.step]
            self._rows.append((finished.step, student, twin))
            if len(self._rows) > _MOST_KEPT:
                del self._rows[1:-1:2]
            self._last = finished, finished.told(self._course())
        return self._last[1]

    def _course(self) -> Course:
        steps, student, twin = (np.array(column) for column in zip(*self._rows, strict=True))
        return Course(read_only(steps), read_only(student), read_only(twin))


class _Tree:
    """One model's log-probabilities of all candidates, from one character to the next.

    Candidates and their beginnings are in the order of Canary.candidates().
    """

    def __init__(
        self, preparation: Preparation, reader: Reader, canary: Canary, network: nn.Sequential
    ) -> None:
        self._reader, self._canary, self._network = reader, canary, network
        length = len(canary.codes)
        cost = cost_of(preparation.layers) * min(1.0, length / preparation.encoder.shape[0])
        self._rows = at_once(cost, _MOST_AT_ONCE)
        self._logs: NDArray[np.float64] = np.zeros(1)
        self._ahead = self._pieces(np.zeros((1, 0), dtype=np.int64))
        self._found: list[NDArray[np.float64]] = []
        self._characters = 0
        self._written: list[int] = []

    @property
    def done(self) -> bool:
        """Whether all candidates are measured and the model has written."""
        return not self._ahead and len(self._written) >= _WRITTEN

    def advance(self) -> None:
        """Some beginnings, or in the end a character."""
        if not self._ahead:
            self._written.append(int(self._last(self._texts_of([self._written])).argmax()))
            return
        beginnings = self._ahead.pop(0)
        logs = self._last(self._texts_of(beginnings)).double().log_softmax(dim=1).numpy()
        self._found.append(logs[:, self._canary.symbols])
        if not self._ahead:
            self._go_deeper()

    def exposed(self) -> Exposed:
        """Once it is done."""
        canary = self._canary
        candidates = canary.candidates()
        place = int(np.flatnonzero((candidates == canary.secret).all(axis=1))[0])
        rank = rank_of(-self._logs, place)
        best = np.argsort(-self._logs, kind="stable")[:MOST_BEST]
        shares = np.exp(self._logs)
        return Exposed(
            exposure(rank, len(candidates)),
            rank,
            float(shares[place]),
            tuple(
                Candidate(self._reader.text(candidates[at].tolist()), float(shares[at]))
                for at in best.tolist()
            ),
            self._reader.text(self._written),
        )

    def _go_deeper(self) -> None:
        """All beginnings are measured: each goes on with every symbol."""
        self._logs = (self._logs[:, None] + np.concatenate(self._found)).ravel()
        self._found, self._characters = [], self._characters + 1
        if self._characters < len(self._canary.secret):
            grid = np.meshgrid(*[self._canary.symbols] * self._characters, indexing="ij")
            self._ahead = self._pieces(np.stack([axis.ravel() for axis in grid], axis=1))

    def _pieces(self, beginnings: IntArray) -> list[IntArray]:
        return [
            beginnings[start : start + self._rows]
            for start in range(0, len(beginnings), self._rows)
        ]

    def _texts_of(self, beginnings: "IntArray | list[list[int]]") -> Tensor:
        """(n, length) float32: the words, and how the secret begins; no more than is read."""
        after = np.asarray(beginnings, dtype=np.int64).reshape(len(beginnings), -1)
        words = np.repeat(self._canary.words[None], len(after), axis=0)
        texts = np.concatenate((words, after), axis=1)[:, -self._reader.context :]
        return torch.from_numpy(texts.astype(np.float32))

    def _last(self, texts: Tensor) -> Tensor:
        """(n, codes) logits of what comes after each text."""
        with torch.inference_mode():
            outputs: Tensor = self._network(texts)
        return outputs[:, -1].float()
