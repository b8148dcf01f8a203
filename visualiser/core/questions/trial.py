"""What do the models answer to an example that the user made?"""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from visualiser.core.data.dataset import Features
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class TrialAnswer:
    """Answers to the n examples of a Trial, with the weights of one step.

    Attributes:
        output: (n, K) class probabilities, or (n,) predicted targets in their unit.
        twin_output: the same of the clean twin, or None without one.
    """

    output: NDArray[Any]
    twin_output: NDArray[Any] | None


@dataclass(frozen=True, eq=False)
class Trial(Question[TrialAnswer]):
    """Two trials are the same only if they are one object: features may be of any size.

    Attributes:
        features: n examples of the kind that the run's data set has, before encoding.
    """

    features: Features
