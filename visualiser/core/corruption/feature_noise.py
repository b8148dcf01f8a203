"""Noise in the features: a bad sensor, a grainy camera."""

from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import (
    Dataset,
    Features,
    FloatArray,
    IntArray,
    Modality,
    Table,
    read_only,
)
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class FeatureNoiseOptions(Value):
    """`fraction` of the rows that get noise; the others stay clean."""

    fraction: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] = 1.0


def corrupt(
    part: Part,
    amount: float,
    options: FeatureNoiseOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Add normal noise of `amount` standard deviations to the numeric features.

    The standard deviation is that of each column of the clean training rows; for pictures that of
    all their pixels, and the result is clipped to 0 … 1 as in Hendrycks & Dietterich, “Benchmarking
    Neural Network Robustness to Common Corruptions” (2019). Missing values stay missing.
    """
    rows = len(context.clean)
    chosen = np.flatnonzero((generator.random(rows) < options.fraction)[part.origin])
    values = numbers_of(part.features)
    # Drawn for all rows of the clean part, so that a row's noise does not depend on what other
    # corruptions removed; float32 because pictures have millions of pixels.
    noise = generator.standard_normal((rows, *values.shape[1:]), dtype=np.float32)
    if not np.array_equal(part.origin[chosen], np.arange(rows)):
        noise = noise[part.origin[chosen]]
    noise *= (amount * column_spread(context)).astype(np.float32)
    old = values if len(chosen) == len(values) else values[chosen]
    noise += old
    if context.dataset.modality == "images":
        np.clip(noise, 0, 1, out=noise)
    differs = (noise != old) & ~np.isnan(noise)
    hit = chosen[differs.any(axis=tuple(range(1, differs.ndim)))]
    noun = noun_of(context.dataset).many
    change = Change("feature_noise", amount, len(hit), len(part), noun, "changed", part.origin[hit])
    return part.with_values(features=with_numbers(part.features, chosen, noise)), change


def numbers_of(features: Features) -> FloatArray:
    """(n, …) what is measured of the examples: of a table its numeric columns."""
    return features.numeric if isinstance(features, Table) else features


def with_numbers(features: Features, rows: IntArray, new: FloatArray) -> Features:
    """`features` with the numbers of `rows` replaced by `new`."""
    if len(rows) < len(features):
        values = numbers_of(features).copy()
        values[rows] = new
    else:
        values = new
    if isinstance(features, Table):
        return features.with_values(values, features.categorical)
    return read_only(values)


def column_spread(context: Context) -> NDArray[Any]:
    """Standard deviation of each column, (D,), or of all pixels, (); 0 where nothing is known."""
    values = numbers_of(context.reference.features)
    if context.dataset.modality == "images":
        return np.asarray(values.std())
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0).sum(axis=0, dtype=np.float64) / count
    squares = np.where(known, values - mean, 0) ** 2
    return np.asarray(np.sqrt(squares.sum(axis=0) / count))


_NO_NUMBERS: dict[Modality, str] = {
    "text": "messages are no numbers; there are lost and misspelt words instead",
    "characters": "characters are no numbers; there are wrong characters instead",
    "purchases": "customers and products are no numbers; there are mistaken purchases instead",
    "sound": "for sound there is background noise instead, in decibels",
}
"""Where there is no feature to be measured badly, and what there is instead."""


def refuse_without_numbers(dataset: Dataset) -> str | None:
    """Why no feature of `dataset` can be measured badly, and what there is; None where one can."""
    if dataset.modality in _NO_NUMBERS:
        return _NO_NUMBERS[dataset.modality]
    if isinstance(dataset.features, Table) and not dataset.features.numeric_names:
        return "no column holds numbers"
    return None


CORRUPTION = Corruption(
    name="feature_noise",
    flag="feature-noise",
    title="Noisy features",
    dimension="Noise",
    touches="features",
    story="A cheap sensor, a grainy camera: what is measured is blurred by chance. 1 sd is how far "
    "values usually lie from their mean (standard deviation).",
    source="Gaussian noise, in standard deviations of the feature; Hendrycks & Dietterich, 2019",
    amount=Amount("feature_noise_std", 0.0, 2.0, "sd"),
    options=FeatureNoiseOptions,
    refuses=refuse_without_numbers,
    corrupt=corrupt,
)
