"""What do the models answer where the clue is that of another class?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from numpy.typing import NDArray

from visualiser.core.clues import Clue, Way
from visualiser.core.data.split import Part
from visualiser.core.questions.spec import Question

TestedPart = Literal["validation", "test"]


@dataclass(frozen=True, eq=False)
class ClueAnswers:
    """Answers with the weights of one step.

    Attributes:
        step: whose weights these are.
        parts: the rows with their clue put in each way, clean otherwise.
        output: (n, K) class probabilities of the student for each way.
        twin_output: the same of the twin, or None without one.
    """

    step: int
    parts: Mapping[Way, Part]
    output: Mapping[Way, NDArray[Any]]
    twin_output: Mapping[Way, NDArray[Any]] | None


@dataclass(frozen=True, eq=False)
class ClueTested:
    """The answers once they are there, and until then the share of the work that is done."""

    answers: ClueAnswers | None
    share: float


@dataclass(frozen=True)
class ClueTest(Question[ClueTested]):
    """Asked on purpose, as an exam is: each time it is asked anew has a number of its own.

    Attributes:
        part: rows of which part; those of the test are opened on purpose.
        number: of the asking.
    """

    clue: Clue
    part: TestedPart = "validation"
    number: int = 0
