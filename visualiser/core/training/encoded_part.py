"""A part of the data as a model sees it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray


@dataclass(frozen=True, eq=False)
class EncodedPart:
    """A part as a model sees it.

    Attributes:
        inputs: (n, *shape) float32.
        targets: (n, …) as the task's judge gives them: class codes, standardised amounts.
        origin: (n,) as in Part.
    """

    inputs: FloatArray
    targets: NDArray[Any]
    origin: NDArray[np.int64]
