"""An example of a data set in words: a message, a row of a table, a point."""

from math import isnan

import numpy as np

from visualiser.core.data.dataset import Dataset, Features, Table

MISSING = "–"


def number_text(value: float) -> str:
    """A number as the user reads it: “1,240”, “−0.42”; “–” where it is missing."""
    if isnan(value):
        return MISSING
    if value == round(value) and abs(value) < 1e9:
        text = f"{value:,.0f}"
    else:
        text = f"{value:,.1f}" if abs(value) >= 100 else f"{value:.3g}"
    return text.replace("-", "−")


def share_text(share: float) -> str:
    """In per cent, without rounding a few to none or most to all: “8 %”, “0.4 %”, “99.9 %”."""
    percent = 100 * share
    exact = 0 < percent < 1 or 99 < percent < 100
    return f"{min(max(percent, 0.1), 99.9):.1f} %" if exact else f"{percent:.0f} %"


def category_text(names: tuple[str, ...], code: int) -> str:
    """A category as the user reads it."""
    return names[code] if code >= 0 else MISSING


def example_text(dataset: Dataset, features: Features, position: int) -> str:
    """The example at `position` of `features` in one line; empty for a picture."""
    if isinstance(features, Table):
        numbers = (
            f"{name} {number_text(float(value))}"
            for name, value in zip(features.numeric_names, features.numeric[position], strict=True)
        )
        categories = (
            f"{name}: {category_text(names, int(code))}"
            for name, names, code in zip(
                features.categorical_names,
                features.categories,
                features.categorical[position],
                strict=True,
            )
        )
        return " · ".join((*numbers, *categories))
    if dataset.modality == "text":
        return " ".join(str(features[position]).split())
    if dataset.modality == "images":
        return ""
    point = np.asarray(features[position], dtype=float)
    names = dataset.feature_names or tuple(f"x{i + 1}" for i in range(len(point)))
    return " · ".join(
        f"{name} {number_text(value)}" for name, value in zip(names, point.tolist(), strict=True)
    )
