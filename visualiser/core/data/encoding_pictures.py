"""Pictures: grey or colour values as they are."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class PictureOptions(Value):
    """Pictures have nothing to set."""


@dataclass(frozen=True)
class PictureEncoder:
    """Nothing is fitted: pixels already lie between 0 and 1."""

    shape: tuple[int, ...]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ("Pixels are used as they are, from 0 to 1.",)

    def transform(self, features: Features) -> FloatArray:
        """(N, C, H, W) pictures → the same as float32."""
        return np.asarray(features, dtype=np.float32)


def fit(dataset: Dataset, train: Part, options: PictureOptions) -> PictureEncoder:
    """An encoder for (n, C, H, W) pictures."""
    return PictureEncoder(np.asarray(train.features).shape[1:])


ENCODING = Encoding("images", "grid", PictureOptions, fit)
