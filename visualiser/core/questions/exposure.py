"""How well do the models of a text know a secret that was planted in it?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import IntArray
from visualiser.core.questions.spec import Question

MOST_BEST = 5
"""Candidates that are named."""


@dataclass(frozen=True)
class Candidate:
    """A text that could have been the secret, and how probable it is after the words."""

    text: str
    probability: float


@dataclass(frozen=True)
class Exposed:
    """One model.

    Attributes:
        exposure: in bits; see core/metrics/exposure.py. NaN where the answers are no numbers.
        rank: of the secret among all candidates, the likeliest first, from 1.
        probability: that the model writes the secret after the words.
        best: the likeliest candidates.
        written: what it writes after the words, always taking the likeliest character.
    """

    exposure: float
    rank: float
    probability: float
    best: tuple[Candidate, ...]
    written: str


@dataclass(frozen=True, eq=False)
class Course:
    """Exposure at those steps at which it was measured: (T,) each, NaN where there was no twin."""

    steps: IntArray
    student: NDArray[np.float64]
    twin: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Secrets:
    """With the weights of one step.

    Attributes:
        words: “the code is ”.
        secret: what follows them where it was planted.
        candidates: how many secrets could have been planted; all of them were ranked.
        twin: None without one.
        course: of all that was measured in this run so far.
    """

    step: int
    words: str
    secret: str
    candidates: int
    student: Exposed
    twin: Exposed | None
    course: Course


@dataclass(frozen=True, eq=False)
class SecretsTold:
    """The last that was finished, None until then, and whether nothing more will come now."""

    newest: Secrets | None
    done: bool


@dataclass(frozen=True)
class Exposure(Question[SecretsTold]):
    """Of the canary that is planted with a seed."""

    seed: int
