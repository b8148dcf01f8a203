"""Any kind of example as a row of numbers that distances and quick models can work with."""

from dataclasses import dataclass

import numpy as np

from visualiser.core.data.dataset import Dataset, FloatArray, read_only
from visualiser.core.data.encoding import encoding_for, fit_encoder
from visualiser.core.data.split import Part
from visualiser.core.experiment import Options

_MOST_NUMBERS = 1_024
"""Of a picture or a spectrogram; a larger one is averaged over squares of pixels first."""
_WORDS = 512
"""Of texts, the most frequent: on short messages as good as 2,048, in a third of the time."""


@dataclass(frozen=True, eq=False)
class Vectors:
    """Parts of a data set in the same terms.

    Attributes:
        names: what each of D numbers is; empty of pictures and sounds.
        parts: (n, D) of each part.
    """

    names: tuple[str, ...]
    parts: tuple[FloatArray, ...]


def vectors_of(dataset: Dataset, part: Part, *others: Part) -> Vectors:
    """The part, and the others in its terms.

    Fitted on the part as it is given, spoiled or not: who looks for mistakes knows no clean rows.
    """
    encoding = encoding_for(dataset.modality, ("vector", "grid", "series"))
    if encoding is None:
        raise ValueError(f"{dataset.modality} cannot be laid out as rows of numbers")
    options: Options = {"size": _WORDS} if dataset.modality == "text" else {}
    encoder = fit_encoder(encoding, dataset, part, options)
    parts = (read_only(_flat(encoder.transform(rows.features))) for rows in (part, *others))
    names = encoder.names if len(encoder.shape) == 1 else ()
    return Vectors(names, tuple(parts))


def _flat(encoded: FloatArray) -> FloatArray:
    """(n, *shape) → (n, D) numbers, of large pictures averaged over squares."""
    if encoded.ndim == 4:
        while encoded[0].size > _MOST_NUMBERS and min(encoded.shape[2:]) > 1:
            encoded = _halved(encoded)
    return np.ascontiguousarray(encoded.reshape(len(encoded), -1), dtype=np.float32)


def _halved(pictures: FloatArray) -> FloatArray:
    """(n, C, H, W) → half as high and half as wide, a last odd line left out."""
    height, width = (size - size % 2 for size in pictures.shape[2:])
    even = pictures[:, :, :height, :width]
    return np.asarray(
        (even[:, :, ::2, ::2] + even[:, :, 1::2, ::2] + even[:, :, ::2, 1::2]
         + even[:, :, 1::2, 1::2]) / 4,
        dtype=np.float32,
    )  # fmt: skip
