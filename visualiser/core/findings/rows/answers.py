"""What the finders that look at labels have in common: the other answer, and words for both."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import Dataset, IntArray
from visualiser.core.numerals import probability_text


def best_other(output: NDArray[Any], given: IntArray) -> IntArray:
    """(n,) the most probable class that is not the given one, of (n, K) probabilities."""
    others = np.array(output, dtype=np.float64)
    others[np.arange(len(given)), given] = -np.inf
    return np.asarray(others.argmax(axis=1), dtype=np.int64)


def between(dataset: Dataset, other: int, there: float, given: int, here: float) -> str:
    """““7”, 93 % sure, and gives the label “1” 2 %”."""
    return (
        f"“{dataset.label_text(other)}” with {probability_text(float(there))}, "
        f"the label “{dataset.label_text(given)}” with {probability_text(float(here))}"
    )
