"""From examples to the numbers that a model sees; fitted on clean training rows only."""

from typing import Any, Protocol

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray, Modality
from visualiser.core.data.encoding_pictures import PictureOptions, fit_pictures
from visualiser.core.data.encoding_points import PointsOptions, fit_points
from visualiser.core.data.encoding_table import TableOptions, fit_table
from visualiser.core.data.encoding_text import TextOptions, fit_text
from visualiser.core.data.split import Part
from visualiser.core.experiment import Options, Value, check_options


class Encoder(Protocol):
    """A fitted encoder.

    Attributes:
        shape: shape of one encoded example.
        names: what each number of a flat example means; empty for pictures.
        notes: what was fitted, one sentence each, shown to the user.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """See above."""

    @property
    def names(self) -> tuple[str, ...]:
        """See above."""

    @property
    def notes(self) -> tuple[str, ...]:
        """See above."""

    def transform(self, features: Features) -> FloatArray:
        """(N, *shape) float32, without NaN."""


_OPTIONS: dict[Modality, type[Value]] = {
    "points": PointsOptions,
    "images": PictureOptions,
    "text": TextOptions,
    "table": TableOptions,
}


def encoding_options(modality: Modality) -> type[Value]:
    """The options that `DatasetConfig.encoding` takes for such data, all with defaults."""
    return _OPTIONS[modality]


def fit_encoder(dataset: Dataset, train: Part, options: Options) -> Encoder:
    """The encoder for this kind of data, fitted on `train` (clean training rows).

    Raises:
        UserError: an option does not fit.
    """
    checked: Any = check_options(_OPTIONS[dataset.modality], options, "Encoding")
    if isinstance(train.features, np.ndarray):
        if dataset.modality == "points":
            return fit_points(train.features, dataset.feature_names, checked)
        if dataset.modality == "images":
            return fit_pictures(train.features)
        return fit_text(train.features, len(dataset), checked)
    return fit_table(train.features, len(dataset), checked)
