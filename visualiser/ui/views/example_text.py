"""An example of a data set in words: a message, a row of a table, a point."""

import numpy as np

from visualiser.core.data.cell_text import number_text
from visualiser.core.data.dataset import Dataset, Features, Table


def example_text(dataset: Dataset, features: Features, position: int) -> str:
    """The example at `position` of `features` in one line; empty for a picture."""
    if isinstance(features, Table):
        numbers = len(features.numeric_names)
        return " · ".join(
            f"{name}{' ' if column < numbers else ': '}{features.text(position, column)}"
            for column, name in enumerate(features.names)
        )
    if dataset.modality == "text":
        return " ".join(str(features[position]).split())
    if dataset.modality == "characters":
        return dataset.text_of(np.asarray(features[position])).replace("\n", " ↵ ")
    if dataset.modality in ("images", "sound"):
        return ""
    if dataset.catalogue is not None:
        return dataset.catalogue.customer_text(int(features[position, 0]))
    point = np.asarray(features[position], dtype=float)
    names = dataset.feature_names or tuple(f"x{i + 1}" for i in range(len(point)))
    return " · ".join(
        f"{name} {number_text(value)}" for name, value in zip(names, point.tolist(), strict=True)
    )
