"""From examples to the numbers that a model sees; fitted on clean training rows only."""

from typing import Protocol

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.split import Part
from visualiser.core.experiment import Options


class Encoder(Protocol):
    """A fitted encoder.

    Attributes:
        shape: shape of one encoded example.
        names: what each number of a flat example means; empty for pictures.
        notes: what was fitted, one sentence each, shown to the user.
    """

    @property
    def shape(self) -> tuple[int, ...]: ...
    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def notes(self) -> tuple[str, ...]: ...
    def transform(self, features: Features) -> FloatArray:
        """(N, *shape) float32, without NaN."""


def fit_encoder(dataset: Dataset, train: Part, options: Options) -> Encoder:
    """The encoder for this kind of data, fitted on `train` (clean training rows).

    Raises:
        UserError: an option does not fit.
    """
