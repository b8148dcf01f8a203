"""What can be measured of a row in words that a user understands: a column, brightness, length."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.spec import Context
from visualiser.core.data.dataset import Dataset, Features, Modality, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.errors import UserError

Values = NDArray[np.float64]


@dataclass(frozen=True)
class _Ends:
    """The measure of a kind of data that has no columns, and what its two ends are called."""

    name: str
    high: str
    low: str


_OF_KIND: dict[Modality, _Ends] = {
    "images": _Ends("brightness", "bright", "dark"),
    "sound": _Ends("loudness", "loud", "quiet"),
    "text": _Ends("length", "long", "short"),
}
_OF_AXES = (("right", "left"), ("upper", "lower"))
"""Of points, whose two measures are their axes."""
_SILENCE = 1e-12
_ENOUGH_CLASSES = 3
"""With fewer, a class that is missing would leave nothing to tell apart."""


def measure_names(dataset: Dataset) -> tuple[str, ...]:
    """What can be measured of the rows of a data set; nothing where there are no numbers."""
    if isinstance(dataset.features, Table):
        names = dataset.features.numeric_names
        return names[: len(names) - len(dataset.spare_columns)]
    if dataset.modality == "points":
        return dataset.feature_names[:2] if len(dataset.feature_names) >= 2 else ("x1", "x2")
    ends = _OF_KIND.get(dataset.modality)
    return () if ends is None else (ends.name,)


def refuse_unmeasured(dataset: Dataset) -> str | None:
    """Why nothing can be measured of the rows of `dataset`, or None where something can."""
    if measure_names(dataset):
        return None
    if isinstance(dataset.features, Table):
        return "no column holds numbers"
    if dataset.modality == "purchases":
        return "customers and products have no numbers; there is only best sellers shown instead"
    return "a text to learn writing from has no columns"


def measured(dataset: Dataset, features: Features, name: str) -> Values:
    """(N,) the measure called `name` of each row; NaN where it is missing.

    Loudness is in decibels of full scale, length in characters, brightness from 0 to 1.

    Raises:
        UserError: nothing of that name is measured here.
    """
    names = measure_names(dataset)
    if name not in names:
        raise UserError(
            f"Nothing called “{isolated(name)}” is measured of {isolated(dataset.title)}.",
            f"Choose one of: {', '.join(map(isolated, names[:12]))}." if names else "",
        )
    if isinstance(features, Table):
        column = features.numeric[:, features.numeric_names.index(name)]
        return np.asarray(column, dtype=np.float64)
    if dataset.modality == "text":
        return np.array([len(message) for message in features], dtype=np.float64)
    numbers = np.asarray(features)
    if dataset.modality == "points":
        return np.asarray(numbers[:, names.index(name)], dtype=np.float64)
    flat = numbers.reshape(len(numbers), -1)
    if dataset.modality == "images":
        return np.asarray(flat.mean(axis=1, dtype=np.float64))
    power = np.einsum("ij,ij->i", flat, flat, dtype=np.float64) / flat.shape[1]
    return np.asarray(10 * np.log10(np.maximum(power, _SILENCE)))


def automatic_measure(context: Context) -> str:
    """The measure that tells most of the target, among the clean training rows.

    For numbers the squared correlation with the target, for classes the share of the variance that
    lies between them (the correlation ratio).
    """
    names = measure_names(context.dataset)
    if len(names) == 1:
        return names[0]
    told = [_told(context, name) for name in names]
    return names[int(np.argmax(told))]


def automatic_region(context: Context) -> str:
    """What is missing where nothing is named: the rarest of three classes or more, or a measure."""
    dataset = context.dataset
    if dataset.class_count >= _ENOUGH_CLASSES or not measure_names(dataset):
        counts = np.bincount(context.reference.labels, minlength=dataset.class_count)
        present = np.flatnonzero(counts)
        return dataset.class_names[int(present[np.argmin(counts[present])])]
    return automatic_measure(context)


def region_noun(dataset: Dataset, name: str, high: bool, many: str) -> str:
    """“bright pictures”, “points at the left”, “rows with a low “area””."""
    if dataset.modality == "points":
        return f"{many} in the {_OF_AXES[measure_names(dataset).index(name)][not high]} part"
    ends = _OF_KIND.get(dataset.modality)
    if ends is not None:
        return f"{ends.high if high else ends.low} {many}"
    return f"{many} with a {'high' if high else 'low'} “{isolated(name)}”"


def _told(context: Context, name: str) -> float:
    """From 0 to 1; rows without a value are left out."""
    values = measured(context.dataset, context.reference.features, name)
    known = np.isfinite(values)
    values, labels = values[known], context.reference.labels[known]
    total = float(values.var()) if len(values) else 0.0
    if total == 0:
        return 0.0
    if not context.dataset.predicts_classes:
        spread = float(np.std(labels))
        if spread == 0:
            return 0.0
        both = float(np.mean((values - values.mean()) * (labels - labels.mean())))
        return both**2 / (total * spread**2)
    rows = np.bincount(labels)
    means = np.bincount(labels, values) / np.maximum(rows, 1)
    return float((rows * (means - values.mean()) ** 2).sum() / (len(values) * total))
