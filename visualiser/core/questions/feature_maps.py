"""What the filters of a convolutional network find in one example."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class Stage:
    """One convolution.

    Attributes:
        filters: (F, kernel, kernel) weights, the mean of all channels that come in.
        channels: how many those are.
        maps: (F, H, W) answers of the filters, after the activation.
        pooled: (F, h, w) what pooling leaves of them, or None where there is none.
    """

    filters: FloatArray
    channels: int
    maps: FloatArray
    pooled: FloatArray | None


@dataclass(frozen=True, eq=False)
class Way:
    """An example's way through one model.

    Attributes:
        output: (K,) class probabilities, or () the predicted target in its unit.
    """

    stages: tuple[Stage, ...]
    output: NDArray[Any]


@dataclass(frozen=True, eq=False)
class Ways:
    """Through the student and its twin; the twin's is None without one."""

    student: Way
    twin: Way | None


@dataclass(frozen=True)
class FeatureMaps(Question[Ways]):
    """Of a network with convolutions.

    Attributes:
        row: position in the clean validation part.
    """

    row: int
