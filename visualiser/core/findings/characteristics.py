"""Any example in a few named columns: those of a table, the length of a text."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import category_text, number_text
from visualiser.core.data.dataset import Dataset, Features, Modality, Table
from visualiser.core.data.isolated_name import isolated

Values = NDArray[np.float64]
_COLUMNS: tuple[Modality, ...] = ("points", "table", "series")
"""Kinds of data whose examples have columns with names of their own."""


@dataclass(frozen=True, eq=False)
class Characteristic:
    """A column of a table, or something simple about pictures, texts or clips.

    Attributes:
        name: as it stands in a sentence.
        values: (n,) numbers, NaN where missing; of categories their codes, −1 where missing.
        categories: what the codes stand for; None of numbers.
        is_described: whether the name describes what it is, “length in characters”, instead of
            being a name from the data.
    """

    name: str
    values: Values
    categories: tuple[str, ...] | None = None
    is_described: bool = False

    @property
    def named(self) -> str:
        """As it stands in a sentence: in quotes where it is a name from the data."""
        name = isolated(self.name)
        return name if self.is_described or "“" in name else f"“{name}”"

    @property
    def title(self) -> str:
        """The same at the beginning of a sentence."""
        return f"{self.named[:1].upper()}{self.named[1:]}"

    def text(self, value: float) -> str:
        """A value as the user reads it."""
        if self.categories is not None:
            return f"“{category_text(self.categories, int(value))}”"
        return number_text(value) if np.isfinite(value) else "missing"


def characteristics(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    """The same columns in the same order for any rows of a data set."""
    found = _OF[dataset.modality](dataset, features)
    if dataset.modality in _COLUMNS:
        return found
    return tuple(replace(one, is_described=True) for one in found)


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
        Characteristic("the brightness", _mean(pictures)),
        Characteristic("the contrast", pictures.std(axis=(1, 2, 3)).astype(np.float64)),
        Characteristic("the brightness of the edge", _mean(pictures[:, :, rim])),
    ]
    if pictures.shape[1] == 3:
        for channel, name in enumerate(("red", "green", "blue")):
            share = _mean(pictures[:, channel]) - found[0].values
            found.append(Characteristic(f"the share of {name}", share))
            edge = _mean(pictures[:, channel][:, rim]) - found[2].values
            found.append(Characteristic(f"the {name} of the edge", edge))
    return tuple(found)


def _mean(values: NDArray[Any]) -> Values:
    return np.asarray(values.reshape(len(values), -1).mean(axis=1), dtype=np.float64)


def _of_texts(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    texts = [str(text) for text in np.asarray(features)]

    def share(counts: Callable[[str], bool]) -> Values:
        return np.array([sum(map(counts, text)) / max(len(text), 1) for text in texts])

    return (
        Characteristic("the length in characters", np.array([len(text) for text in texts], float)),
        Characteristic(
            "the number of words", np.array([len(text.split()) for text in texts], float)
        ),
        Characteristic("the share of capitals", share(str.isupper)),
        Characteristic("the share of digits", share(str.isdigit)),
    )


def _of_clips(dataset: Dataset, features: Features) -> tuple[Characteristic, ...]:
    clips = np.asarray(features, dtype=np.float32)
    loudness = np.sqrt((clips**2).mean(axis=1, dtype=np.float64))
    silent = (np.abs(clips) < 0.01).mean(axis=1, dtype=np.float64)
    crossings = (np.diff(np.signbit(clips), axis=1) != 0).mean(axis=1, dtype=np.float64)
    return (
        Characteristic("the loudness", loudness),
        Characteristic("the share of silence", silent),
        Characteristic("the rate of sign changes (how bright it sounds)", crossings),
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
