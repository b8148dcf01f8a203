"""Single values of a table that are far out, with the column named."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.cell_text import date_text, number_text
from visualiser.core.data.dataset import Dataset, Features, Table
from visualiser.core.data.isolated_name import isolated
from visualiser.core.findings.spec import Evidence, RowFinder, Suspects, squashed, suspects

_SIGMAS = 3.0
_CLIPPED, _MOST_CLIPPED = 5.0, 0.01
"""Values further out than this do not count for the spread by which the others are judged, unless
there are more of them than that share."""


def find(evidence: Evidence) -> Suspects:
    """The 3σ rule, column by column; the row goes by its worst value.

    Mean and standard deviation are taken again without what is more than 5σ out (sigma clipping):
    gross errors would otherwise hide behind the spread that they make. Where many values are so
    far out, the column is like that.
    """
    numbers, names = _numbers(evidence.dataset, evidence.part.features)
    columns = len(names)
    far = np.zeros(numbers.shape)
    middle, spread = np.zeros(columns), np.zeros(columns)
    for column in range(columns):
        middle[column], spread[column] = _clipped(numbers[:, column])
        if spread[column] > 0:
            off = np.abs(numbers[:, column] - middle[column]) / spread[column]
            far[:, column] = np.nan_to_num(off, nan=0.0)
    worst = far.argmax(axis=1) if columns else np.zeros(len(far), dtype=np.int64)
    size = far[np.arange(len(far)), worst] if columns else np.zeros(len(far))
    dates = evidence.part.features.dates if isinstance(evidence.part.features, Table) else ()

    def reason(row: int) -> str:
        column = int(worst[row])
        name, value = names[column], float(numbers[row, column])
        text = date_text if name in dates else number_text
        return (
            f"{isolated(name)} is {text(value)}: {size[row]:.1f} standard deviations from the "
            f"mean, {text(middle[column])}."
        )

    return suspects(squashed(size, _SIGMAS), size > _SIGMAS, reason)


def _clipped(values: NDArray[np.float64]) -> tuple[float, float]:
    """Mean and standard deviation, of those that are there and not far out; 0 without a spread."""
    known = values[np.isfinite(values)]
    if len(known) < 3:
        return 0.0, 0.0
    inside = known[np.abs(known - known.mean()) <= _CLIPPED * known.std()]
    errors = len(inside) >= (1 - _MOST_CLIPPED) * len(known) and len(inside) >= 3
    used = inside if errors else known
    return float(used.mean()), float(used.std())


def _numbers(dataset: Dataset, features: Features) -> tuple[NDArray[np.float64], tuple[str, ...]]:
    if isinstance(features, Table):
        return features.numeric.astype(np.float64), features.numeric_names
    numbers = np.asarray(features, dtype=np.float64)
    names = dataset.feature_names or tuple(f"x{i + 1}" for i in range(numbers.shape[1]))
    return numbers, names


def _refuses(dataset: Dataset) -> str | None:
    if dataset.modality in ("table", "series", "points"):
        return None
    return "columns of numbers are looked at, and there are none"


FINDER = RowFinder(
    name="values",
    title="Values far out",
    story="A number more than three standard deviations from the mean of its column: a typing "
    "error, another unit, or a rare case.",
    source="The 3σ rule, with sigma clipping",
    looks_for="values",
    needs=frozenset(),
    refuses=_refuses,
    find=find,
)
