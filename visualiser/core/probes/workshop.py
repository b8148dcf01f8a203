"""Answers that take longer than a look: a few milliseconds at a time, of one step's weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Generic, Protocol, TypeVar

import torch
from torch import nn

from visualiser.core.models.layers import Layers
from visualiser.core.network.build import build_network
from visualiser.core.probes.patience import Patience
from visualiser.core.questions.spec import Question
from visualiser.core.training.learner import Learner, move_to

Networks = tuple[nn.Sequential | None, ...]
"""Copies of the student, of its twin and of further models, None for those that there are not."""

_MOST_KEPT = 2
"""Questions worked on at a time: two views may ask differently."""
_SECONDS = 0.004
"""At a look of a run that goes on, 16 times a second: a twentieth of the time."""
_MULTIPLY_ADDS = 30_000_000
"""A piece of work costs about this, a few milliseconds; less at a time would be mostly overhead."""


class Work(Protocol):
    """Something under way."""

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""

    def advance(self) -> None:
        """Do a piece of it, of a few milliseconds where that can be; called until done."""


AskedAs = TypeVar("AskedAs", bound=Question[Any])
Done = TypeVar("Done", bound=Work)


class Workshop(Generic[AskedAs, Done]):
    """Begins anew with later weights when it is done, and holds what was done until then.

    The weights are copied when work begins: all of it is of that step, whatever is learnt
    meanwhile, and neither weights, gradients nor mode of the models are ever touched.
    """

    def __init__(
        self, layers: Layers, begin: Callable[[AskedAs, Networks, int], Done], again: bool = True
    ) -> None:
        """`begin` makes the work for a question; `again` is False where it is done only once."""
        self._layers, self._begin, self._again = layers, begin, again
        self._kept: dict[AskedAs, _Place[Done]] = {}

    def look(
        self, question: AskedAs, models: Sequence[Learner | None], step: int
    ) -> tuple[Done | None, bool]:
        """What was done last, if anything, and whether nothing more will come at this step."""
        place = self._kept.pop(question, None) or _Place(self._layers)
        self._kept[question] = place
        while len(self._kept) > _MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        until = perf_counter() + place.patience.look(step)
        state = (step, *(model is None for model in models))
        stale = place.state != state and self._again
        if place.work is None or (place.work.done and stale):
            place.state = state
            place.work = self._begin(question, place.copies_of(models), step)
        while not place.work.done:
            place.work.advance()
            if perf_counter() > until:
                break
        if place.work.done:
            place.finished = place.work
        return place.finished, place.work.done and (place.state == state or not self._again)

    def under_way(self, question: AskedAs) -> Done:
        """The work for a question that was just looked at."""
        work = self._kept[question].work
        assert work is not None
        return work


@dataclass
class _Place(Generic[Done]):
    """Where one question is worked on.

    Attributes:
        state: the step of the weights in use, and which models there are not.
        finished: the last work that was done.
    """

    layers: Layers
    patience: Patience = field(default_factory=lambda: Patience(_SECONDS))
    work: Done | None = None
    finished: Done | None = None
    state: tuple[Any, ...] = ()
    copies: dict[int, nn.Sequential] = field(default_factory=dict)

    def copies_of(self, models: Sequence[Learner | None]) -> Networks:
        """With the weights of now, in eval mode and without gradients of weights; on the CPU."""
        return tuple(
            None if model is None else self._copy(number, model)
            for number, model in enumerate(models)
        )

    def _copy(self, number: int, model: Learner) -> nn.Sequential:
        if number not in self.copies:
            network = build_network(self.layers, seed=0).eval().requires_grad_(False)
            move_to(network, torch.device("cpu"))
            self.copies[number] = network
        self.copies[number].load_state_dict(model.model.state_dict())
        return self.copies[number]


def at_once(multiply_adds: float, most: int) -> int:
    """How many examples that cost so much each make a piece of work; one at least."""
    return max(1, min(most, int(_MULTIPLY_ADDS / max(multiply_adds, 1.0))))


def cost_of(layers: Layers) -> int:
    """Multiplications with addition for one example, forward."""
    return sum(layer.multiply_adds for layer in layers)
