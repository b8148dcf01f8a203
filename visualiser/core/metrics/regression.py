"""Metrics of regressions, in the unit of the target."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Targets = NDArray[np.floating[Any]]


def mae(targets: Targets, predicted: Targets) -> float:
    """Mean absolute error of (N,) predictions; NaN without any."""
    return float(np.mean(np.abs(predicted - targets))) if len(targets) else float("nan")


def rmse(targets: Targets, predicted: Targets) -> float:
    """Root of the mean squared error of (N,) predictions; NaN without any."""
    return float(np.sqrt(np.mean((predicted - targets) ** 2))) if len(targets) else float("nan")


def r2(targets: Targets, predicted: Targets) -> float:
    """Share of the variance of the targets that is explained: 1 is perfect, 0 is their mean.

    NaN where the targets do not vary, since there is nothing to explain.
    """
    if len(targets) == 0:
        return float("nan")
    total = float(np.sum((targets - np.mean(targets)) ** 2))
    if total == 0:
        return float("nan")
    return 1 - float(np.sum((predicted - targets) ** 2)) / total
