"""What does a model of 2-D points answer all over the plane?"""

from dataclasses import dataclass

from visualiser.core.data.dataset import FloatArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class Responses:
    """Answers on a grid.

    Attributes:
        extent: (x_min, x_max, y_min, y_max) in data units.
        output: (G, G, K) class probabilities, [row of y][column of x].
        twin_output: the same of the twin, or None without one.
        neurons: for each hidden Dense layer with its activation, (units, g, g).
    """

    extent: tuple[float, float, float, float]
    output: FloatArray
    twin_output: FloatArray | None
    neurons: tuple[FloatArray, ...]


@dataclass(frozen=True)
class Plane(Question[Responses]):
    """Of both models, and of the student's neurons; of data with classes, seen as it is."""


PLANE = Plane()
