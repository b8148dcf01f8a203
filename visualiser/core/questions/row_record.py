"""How has the student answered each training row, epoch after epoch?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import FloatArray, IntArray
from visualiser.core.questions.spec import Question


@dataclass(frozen=True, eq=False)
class RowRecord:
    """What training itself has seen of each of the n rows since its data was last changed.

    Attributes:
        seen: (n,) how often a row was answered, which is once an epoch.
        loss: (n,) when it was answered last; NaN where it was not yet. In nats, or of an amount
            the squared error in squared standard deviations of the target.
        mean_loss: (n,) over all those times.
        probabilities: (n, K) mean probability of each class; None of amounts.
        margin: (n,) mean of how far the output for the given label was ahead of the largest other
            one (negative: behind); None of amounts.
        learnt: (n,) whether the given label was ever the answer; None of amounts.
        forgotten: (n,) how often it was the answer and the next time was not; None of amounts.
    """

    seen: IntArray
    loss: NDArray[np.float64]
    mean_loss: NDArray[np.float64]
    probabilities: FloatArray | None
    margin: NDArray[np.float64] | None
    learnt: NDArray[np.bool_] | None
    forgotten: IntArray | None

    @property
    def epochs(self) -> int:
        """How often every row was answered at least."""
        return int(self.seen.min(initial=np.iinfo(np.int64).max)) if len(self.seen) else 0


@dataclass(frozen=True)
class RowHistory(Question[RowRecord]):
    """Asked when suspects are looked for, not for every frame."""


ROW_HISTORY = RowHistory()
