"""Targets in their unit, and as a model learns them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualiser.core.data.dataset import FloatArray


@dataclass(frozen=True)
class TargetScale:
    """Standardises a regression target, so that one learning rate suits all units.

    Attributes:
        mean, std: of the clean training labels, in the target's unit; `std` is never zero.
    """

    mean: float
    std: float

    @classmethod
    def fit(cls, labels: ArrayLike) -> "TargetScale":
        """Mean and standard deviation of (n,) labels; a constant target keeps its unit."""
        values = np.asarray(labels, dtype=np.float64)
        std = float(values.std()) if len(values) else 0.0
        return cls(float(values.mean()) if len(values) else 0.0, std or 1.0)

    def to_model(self, labels: ArrayLike) -> FloatArray:
        """Labels in their unit → float32 in standard deviations from the mean."""
        scaled = (np.asarray(labels, dtype=np.float64) - self.mean) / self.std
        return scaled.astype(np.float32)

    def to_unit(self, values: ArrayLike) -> NDArray[np.float64]:
        """Answers of the model → float64 in the target's unit."""
        return np.asarray(values, dtype=np.float64) * self.std + self.mean
