"""Points in the plane: standardised coordinates."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class PointsOptions(Value):
    """Whether coordinates are brought to mean 0 and standard deviation 1."""

    standardise: bool = True


@dataclass(frozen=True)
class PointsEncoder:
    """(x − mean) / std for each coordinate."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    std: tuple[float, ...]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """One number a coordinate."""
        return (len(self.names),)

    def transform(self, features: Features) -> FloatArray:
        """(N, D) points → (N, D) float32."""
        points = np.asarray(features, dtype=np.float64)
        return ((points - self.mean) / self.std).astype(np.float32)


def fit(dataset: Dataset, train: Part, options: PointsOptions) -> PointsEncoder:
    """Mean and standard deviation of (n, D) training points."""
    points, names = np.asarray(train.features), dataset.feature_names
    if not options.standardise:
        zeros, ones = (0.0,) * len(names), (1.0,) * len(names)
        return PointsEncoder(names, zeros, ones, ("Coordinates are used as they are.",))
    mean, std = points.mean(axis=0, dtype=np.float64), points.std(axis=0, dtype=np.float64)
    return PointsEncoder(
        names,
        tuple(mean.tolist()),
        tuple(np.where(std > 0, std, 1.0).tolist()),
        (
            "Each coordinate is shifted and scaled to mean 0 and standard deviation 1 of the "
            "training points.",
        ),
    )


ENCODING = Encoding("points", "vector", PointsOptions, fit)
