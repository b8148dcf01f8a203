"""What becomes of wrong labels and changed targets, as it crosses to the window."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Memorised:
    """How many wrong training labels are answered as given, at a step (Arpit et al. 2017).

    Attributes:
        learnt: wrong labels answered as (wrongly) given.
        resisted: wrong labels answered with the true label.
        total: wrong labels looked at.
        sampled: those are a fixed sample, since there are very many.
    """

    learnt: int
    resisted: int
    total: int
    sampled: bool = False


@dataclass(frozen=True)
class ChangedErrors:
    """How far answers to training rows with a changed target are off on average, at a step.

    Attributes:
        given: mean absolute error against the targets as they were (wrongly) given, in their unit.
        true: the same against the true targets.
        change: mean absolute difference of the two targets: as far is a model off the given ones
            that answers all truly.
        total: changed targets looked at.
        sampled: those are a fixed sample, since there are very many.
    """

    given: float
    true: float
    change: float
    total: int
    sampled: bool = False


@dataclass(frozen=True, eq=False)
class WrongLabels:
    """Training rows with a wrong label or a changed target, as last measured. (n,) each.

    A fixed sample where there are very many.

    Attributes:
        position: in the spoiled training part.
        rows: row numbers in the data set.
        given, true: codes of the wrong label and of the right one; of a number, both in its unit.
        answered: what the student answers; before the first measurement −1, of a number NaN.
        since: the step since which it is answered as wrongly given, −1 where it is not.
        first: the step at which it was looked at first, −1 before: one that was answered as wrongly
            given even then is a mistake that the label did not teach.
        resisted: whether it is answered truly. A number is answered as given, or truly, where the
            answer is off by no more than a quarter of what the target was changed by.
    """

    position: NDArray[np.int64]
    rows: NDArray[np.int64]
    given: NDArray[Any]
    true: NDArray[Any]
    answered: NDArray[Any]
    since: NDArray[np.int64]
    first: NDArray[np.int64]
    resisted: NDArray[np.bool_]
