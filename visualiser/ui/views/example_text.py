"""An example of a data set in words: a message, a row of a table, a point."""

from collections.abc import Callable

import numpy as np

from visualiser.core.data.cell_text import number_text
from visualiser.core.data.dataset import Dataset, Features, Modality, Table


def example_text(dataset: Dataset, features: Features, position: int) -> str:
    """The example at `position` of `features` in one line; empty for a picture or a clip."""
    return EXAMPLE_TEXTS[dataset.modality](dataset, features, position)


def _point(dataset: Dataset, features: Features, position: int) -> str:
    assert isinstance(features, np.ndarray)
    point = np.asarray(features[position], dtype=float)
    names = dataset.feature_names or tuple(f"x{i + 1}" for i in range(len(point)))
    return " · ".join(
        f"{name} {number_text(value)}" for name, value in zip(names, point.tolist(), strict=True)
    )


def _no_text(dataset: Dataset, features: Features, position: int) -> str:
    """It is seen or heard."""
    return ""


def _message(dataset: Dataset, features: Features, position: int) -> str:
    assert isinstance(features, np.ndarray)
    return " ".join(str(features[position]).split())


def _row(dataset: Dataset, features: Features, position: int) -> str:
    assert isinstance(features, Table)
    numbers = len(features.numeric_names)
    return " · ".join(
        f"{name}{' ' if column < numbers else ': '}{features.text(position, column)}"
        for column, name in enumerate(features.names)
    )


def _customer(dataset: Dataset, features: Features, position: int) -> str:
    assert isinstance(features, np.ndarray) and dataset.catalogue is not None
    return dataset.catalogue.customer_text(int(features[position, 0]))


def _window(dataset: Dataset, features: Features, position: int) -> str:
    assert isinstance(features, np.ndarray)
    return dataset.text_of(np.asarray(features[position])).replace("\n", " ↵ ")


EXAMPLE_TEXTS: dict[Modality, Callable[[Dataset, Features, int], str]] = {
    "points": _point,
    "images": _no_text,
    "text": _message,
    "table": _row,
    "series": _row,
    "sound": _no_text,
    "purchases": _customer,
    "characters": _window,
}
"""Dataset, features and position → the words of one example."""
