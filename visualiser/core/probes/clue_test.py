"""Rows with the clue of their class, and with that of another one, answered by both models."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from visualiser.core.clues import WAYS, Way, with_clue
from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import FloatArray, read_only
from visualiser.core.data.split import Part
from visualiser.core.probes.spec import Probe
from visualiser.core.probes.workshop import Networks, Workshop, at_once, cost_of
from visualiser.core.questions.clue_test import ClueAnswers, ClueTest, ClueTested
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MOST_AT_ONCE = 64


def clue_test_probe(preparation: Preparation) -> "Probe[ClueTest] | None":
    """For examples with classes that can have a clue."""
    dataset = preparation.dataset
    able = dataset.modality in ("images", "text", "sound") and dataset.predicts_classes
    return ClueTestProbe(preparation) if able else None


class ClueTestProbe:
    """One test each time it is asked for, with the weights of then."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._workshop: Workshop[ClueTest, _Testing] = Workshop(
            preparation.layers, self._begin, again=False
        )

    def answer(
        self, question: ClueTest, student: Learner, twin: Learner | None, step: int
    ) -> ClueTested:
        """Of both models."""
        finished, _ = self._workshop.look(question, (student, twin), step)
        if finished is None:
            return ClueTested(None, self._workshop.under_way(question).share)
        return ClueTested(finished.answers, 1.0)

    def _begin(self, question: ClueTest, networks: Networks, step: int) -> "_Testing":
        return _Testing(self._preparation, question, networks, step)


class _Testing:
    """All rows in all ways through all models, some rows at a time."""

    def __init__(
        self, preparation: Preparation, question: ClueTest, networks: Networks, step: int
    ) -> None:
        self._preparation, self._question, self._step = preparation, question, step
        split = preparation.split
        self._clean = split.test if question.part == "test" else split.validation
        self._context = Context(preparation.dataset, self._clean, split.train)
        self._networks = [network for network in networks if network is not None]
        self._rows = at_once(cost_of(preparation.layers) * len(self._networks), _MOST_AT_ONCE)
        self._parts: dict[Way, Part] = {}
        self._outputs: dict[Way, list[list[FloatArray]]] = {}
        self._left: list[Tensor] = []
        self._pieces = max(1, -(-len(self._clean) // self._rows))
        self._answers: ClueAnswers | None = None

    @property
    def done(self) -> bool:
        """Whether all rows are answered."""
        return len(self._parts) == len(WAYS) and not self._left

    @property
    def share(self) -> float:
        """Of the work that is done."""
        ways = len(self._parts) - len(self._left) / self._pieces
        return ways / len(WAYS)

    def advance(self) -> None:
        """Lay out the rows in one way, or have some of them answered."""
        if not self._left:
            way = WAYS[len(self._parts)]
            part = with_clue(self._clean, self._question.clue, way, self._context)
            encoded = torch.tensor(self._preparation.encoder.transform(part.features))
            self._parts[way], self._outputs[way] = part, [[] for _ in self._networks]
            self._left = list(torch.split(encoded, self._rows))
            return
        way, piece = WAYS[len(self._parts) - 1], self._left.pop(0)
        with torch.inference_mode():
            for network, outputs in zip(self._networks, self._outputs[way], strict=True):
                outputs.append(network(piece).float().numpy())

    @property
    def answers(self) -> ClueAnswers:
        """Once it is done."""
        if self._answers is None:
            each = [self._of(number) for number in range(len(self._networks))]
            twin = each[1] if len(each) > 1 else None
            self._answers = ClueAnswers(self._step, self._parts, each[0], twin)
        return self._answers

    def _of(self, number: int) -> dict[Way, NDArray[Any]]:
        """Of one model."""
        judge, answers = self._preparation.judge, {}
        for way, outputs in self._outputs.items():
            joined = np.concatenate(outputs[number])
            answers[way] = read_only(judge.answers(joined, self._parts[way].features))
        return answers
