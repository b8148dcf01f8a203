"""What the models know of one person's rows, beside rows that none of them has seen."""

from itertools import chain

import numpy as np
import torch
from torch import Tensor, nn

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.data.people import people_of
from visualiser.core.data.split import Part
from visualiser.core.network.losses import CONDENSED, ROW_LOSSES
from visualiser.core.probes.spec import ThirdModelProbe
from visualiser.core.probes.workshop import Networks, Workshop, at_once, cost_of
from visualiser.core.questions.own_rows import Known, KnownOfPerson, OwnRows, OwnRowsTold
from visualiser.core.tasks.registry import task_of
from visualiser.core.training.learner import Learner
from visualiser.core.training.preparation import Preparation

_MOST_ROWS, _MOST_OTHERS = 200, 300
"""Of the person and of rows never seen: more would not tell more, and take longer."""
_MOST_AT_ONCE = 64


def own_rows_probe(preparation: Preparation) -> "ThirdModelProbe[OwnRows]":
    """For every run."""
    return OwnRowsProbe(preparation)


class OwnRowsProbe:
    """Rows as they were before anything was spoiled: what is known of a person, not of errors."""

    def __init__(self, preparation: Preparation) -> None:
        self._preparation = preparation
        self._others = preparation.split.validation.take(_spread(preparation.watched, _MOST_OTHERS))
        self._people = people_of(preparation.dataset, preparation.split.train.rows)
        self._workshop: Workshop[OwnRows, _Asking] = Workshop(preparation.layers, self._begin)

    def answer_of_three(
        self,
        question: OwnRows,
        student: Learner,
        twin: Learner | None,
        mended: Learner | None,
        step: int,
    ) -> OwnRowsTold:
        """Of all models."""
        finished, done = self._workshop.look(question, (student, twin, mended), step)
        return OwnRowsTold(None if finished is None else finished.answer, done)

    def _begin(self, question: OwnRows, networks: Networks, step: int) -> "_Asking":
        found = np.flatnonzero(self._people == question.person)
        rows = self._preparation.split.train.take(_spread(found, _MOST_ROWS))
        return _Asking(self._preparation, rows, self._others, len(found), networks, step)


def _spread(positions: IntArray, most: int) -> IntArray:
    """So many of them at most, evenly."""
    places = np.linspace(0, len(positions) - 1, min(len(positions), most)).astype(np.int64)
    return np.asarray(positions[np.unique(places)], dtype=np.int64)


class _Asking:
    """The person's rows and others through all models, some rows at a time."""

    def __init__(
        self,
        preparation: Preparation,
        rows: Part,
        others: Part,
        all_rows: int,
        networks: Networks,
        step: int,
    ) -> None:
        self._rows, self._others, self._all_rows, self._step = rows, others, all_rows, step
        once = at_once(cost_of(preparation.layers), _MOST_AT_ONCE)
        own, other = (_pieces(preparation, part, once) for part in (rows, others))
        self._asked = [
            None if network is None else _Asked(preparation, rows, network, own, other)
            for network in networks
        ]
        self._answer: KnownOfPerson | None = None

    @property
    def done(self) -> bool:
        """Whether all models are."""
        return all(asked is None or asked.done for asked in self._asked)

    def advance(self) -> None:
        """Some rows of the first that is not."""
        next(asked for asked in self._asked if asked is not None and not asked.done).advance()

    @property
    def answer(self) -> KnownOfPerson:
        """Once it is done."""
        if self._answer is None:
            student, twin, without = (
                None if asked is None else asked.known() for asked in self._asked
            )
            assert student is not None
            rows, others = len(self._rows), len(self._others)
            self._answer = KnownOfPerson(
                self._step, rows, self._all_rows, others, student, twin, without
            )
        return self._answer


def _pieces(preparation: Preparation, part: Part, rows: int) -> list[tuple[Tensor, Tensor]]:
    """Inputs and targets, so many rows at a time."""
    if not len(part):
        return []
    encoded = preparation.encode(part)
    inputs, targets = torch.tensor(encoded.inputs), torch.tensor(encoded.targets)
    return list(zip(torch.split(inputs, rows), torch.split(targets, rows), strict=True))


class _Asked:
    """One model."""

    def __init__(
        self,
        preparation: Preparation,
        rows: Part,
        network: nn.Sequential,
        own: list[tuple[Tensor, Tensor]],
        others: list[tuple[Tensor, Tensor]],
    ) -> None:
        self._preparation, self._part, self._network = preparation, rows, network
        self._own = len(own)
        self._ahead = list(chain(own, others))
        self._outputs: list[FloatArray] = []
        self._losses: tuple[list[FloatArray], list[FloatArray]] = ([], [])

    @property
    def done(self) -> bool:
        """Whether all rows are answered."""
        return not self._ahead

    def advance(self) -> None:
        """Some rows."""
        task = self._preparation.dataset.task
        inputs, targets = self._ahead.pop(0)
        with torch.inference_mode():
            outputs = self._network(inputs)
            if task in ROW_LOSSES:
                losses = ROW_LOSSES[task](outputs, targets).float().numpy()
                self._losses[self._own <= 0].append(losses)
            if self._own > 0:
                kept = CONDENSED[task](outputs, targets) if task in CONDENSED else outputs
                self._outputs.append(kept.float().numpy())
        self._own -= 1

    def known(self) -> Known:
        """Once it is done."""
        if not self._outputs:
            return Known(float("nan"), float("nan"), float("nan"))
        metric = task_of(self._preparation.dataset).metrics[0].name
        outputs = np.concatenate(self._outputs)
        figures = self._preparation.judge.figures(outputs, self._part)
        nothing = np.zeros(0, dtype=np.float32)
        own, others = (np.concatenate([nothing, *losses]) for losses in self._losses)
        return Known(figures.loss, figures.values[metric], _smaller(own, others))


def _smaller(own: FloatArray, others: FloatArray) -> float:
    """How often one of the first losses is below one of the others, ties counting half."""
    if not (len(own) and len(others)) or not np.isfinite([*own, *others]).all():
        return float("nan")
    ordered = np.sort(others)
    above = len(others) - np.searchsorted(ordered, own, side="right")
    not_below = len(others) - np.searchsorted(ordered, own, side="left")
    return float((above + not_below).mean() / (2 * len(others)))
