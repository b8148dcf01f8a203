"""Any example in a few named columns: those of a table, the length of a text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import category_text, number_text
from visualiser.core.data.dataset import Dataset, Features, Modality, Table

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Characteristic:
    """A column of a table, or something simple about pictures, texts or clips.

    Attributes:
        name: as it stands in a sentence.
        values: (n,) numbers, NaN where missing; of categories their codes, −1 where missing.
        categories: what the codes stand for; None of numbers.
    """

    name: str
    values: Values
    categories: tuple[str, ...] | None = None

    def text(self, value: float) -> str:
        """A value as the user reads it."""
        if self.categories is not None:
            return f"“{category_text(self.categories, int(value))}”"
        return number_text(value) if np.isfinite(value) else "missing"


def characteristics(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    """The same columns in the same order for any rows of a data set."""
    return _OF[dataset.modality](dataset, features)


def _of_table(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    assert isinstance(features, Table)
    numbers = (
        Characteristic(name, features.numeric[:, i].astype(np.float64))
        for i, name in enumerate(features.numeric_names)
    )
    codes = (
        Characteristic(name, features.categorical[:, i].astype(np.float64), features.categories[i])
        for i, name in enumerate(features.categorical_names)
    )
    return (*numbers, *codes)


def _of_points(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    points = np.asarray(features, dtype=np.float64)
    names = dataset.feature_names or tuple(f"x{i + 1}" for i in range(points.shape[1]))
    return tuple(Characteristic(name, points[:, i]) for i, name in enumerate(names))


def _of_pictures(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    pictures = np.asarray(features, dtype=np.float32)
    rim = np.zeros(pictures.shape[2:], dtype=np.bool_)
    rim[[0, -1], :] = rim[:, [0, -1]] = True
    found = [
        Characteristic("brightness", _mean(pictures)),
        Characteristic("contrast", pictures.std(axis=(1, 2, 3)).astype(np.float64)),
        Characteristic("brightness of the edge", _mean(pictures[:, :, rim])),
    ]
    if pictures.shape[1] == 3:
        for channel, name in enumerate(("red", "green", "blue")):
            share = _mean(pictures[:, channel]) - found[0].values
            found.append(Characteristic(f"share of {name}", share))
            edge = _mean(pictures[:, channel][:, rim]) - found[2].values
            found.append(Characteristic(f"{name} of the edge", edge))
    return tuple(found)


def _mean(values: NDArray[Any]) -> Values:
    return np.asarray(values.reshape(len(values), -1).mean(axis=1), dtype=np.float64)


def _of_texts(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    texts = [str(text) for text in np.asarray(features)]

    def share(counts: Callable[[str], bool]) -> Values:
        return np.array([sum(map(counts, text)) / max(len(text), 1) for text in texts])

    return (
        Characteristic("length in characters", np.array([len(text) for text in texts], float)),
        Characteristic("number of words", np.array([len(text.split()) for text in texts], float)),
        Characteristic("share of capitals", share(str.isupper)),
        Characteristic("share of digits", share(str.isdigit)),
    )


def _of_clips(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    clips = np.asarray(features, dtype=np.float32)
    loudness = np.sqrt((clips**2).mean(axis=1, dtype=np.float64))
    silent = (np.abs(clips) < 0.01).mean(axis=1, dtype=np.float64)
    crossings = (np.diff(np.signbit(clips), axis=1) != 0).mean(axis=1, dtype=np.float64)
    return (
        Characteristic("loudness", loudness),
        Characteristic("share of silence", silent),
        Characteristic("sign changes (how bright it sounds)", crossings),
    )


def _nothing(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    return ()


_OF: dict[Modality, Callable[[Dataset, Features], tuple[Characteristic, ...]]] = {
    "points": _of_points,
    "images": _of_pictures,
    "text": _of_texts,
    "table": _of_table,
    "series": _of_table,
    "sound": _of_clips,
    "purchases": _nothing,
    "characters": _nothing,
}
