"""How well the training rows most like a new one tell its answer: what there is to be learnt."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.questions.spec import Question

NEIGHBOURS = 15
"""Enough that a few wrong labels among them are outvoted."""


@dataclass(frozen=True, eq=False)
class LookAlikes:
    """Answers of the nearest training rows (k nearest neighbours, Fix & Hodges 1951).

    Attributes:
        places: (n,) which of the watched validation rows were answered.
        output: (n, K) shares of the votes, or (n,) mean targets in their unit.
        looked_at: how many training rows, as the student is given them, were compared.
    """

    places: IntArray
    output: NDArray[Any]
    looked_at: int


@dataclass(frozen=True)
class AskLookAlikes(Question[LookAlikes]):
    """Of data whose examples lie near each other if they are alike."""


LOOK_ALIKES = AskLookAlikes()
