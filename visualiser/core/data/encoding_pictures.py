"""Pictures: grey or colour values as they are."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, FloatArray
from visualiser.core.data.encoding_spec import Encoding
from visualiser.core.data.source import NoOptions
from visualiser.core.data.split import Part


@dataclass(frozen=True)
class PictureEncoder:
    """Nothing is fitted: pixels already lie between 0 and 1."""

    shape: tuple[int, ...]
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ("Pixels are used as they are, from 0 to 1.",)

    def transform(self, features: Features) -> FloatArray:
        """(N, C, H, W) pictures → the same as float32."""
        return np.asarray(features, dtype=np.float32)


def fit(dataset: Dataset, train: Part, options: NoOptions) -> PictureEncoder:
    """An encoder for (n, C, H, W) pictures."""
    return PictureEncoder(np.asarray(train.features).shape[1:])


ENCODING = Encoding("images", "grid", NoOptions, fit)
