"""A few values that are far off: a slipped decimal point, a sensor that failed for a moment."""

from dataclasses import replace
from typing import Annotated, Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.feature_noise import (
    column_spread,
    numbers_of,
    refuse_without_numbers,
    with_numbers,
)
from visualiser.core.corruption.lookup import refuse_wrong_amounts
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.corruption.target_noise import decimals_of
from visualiser.core.data.dataset import Dataset, FloatArray, IntArray, Seasons, Table
from visualiser.core.data.dated_series import SERIES_COLUMN
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Value

Mask = NDArray[np.bool_]


class OutliersOptions(Value):
    """How far off, and what.

    `deviations`: how far a value is moved, in standard deviations of its column. `numbers`: how
    many numbers of a row that is hit are moved; of a dated series it is always one measured value,
    in each row that looks back on it. `where`: the features, or the target where that is a number.
    """

    deviations: Annotated[
        float,
        Field(
            ge=3,
            le=20,
            allow_inf_nan=False,
            title="How far off (sd)",
            description="In standard deviations: by the rule of three, what is farther than 3 "
            "from the mean is an outlier.",
        ),
    ] = 8.0
    numbers: Annotated[
        int,
        Field(
            ge=1,
            le=20,
            title="Numbers a row",
            description="How many numbers of a row that is hit are off.",
        ),
    ] = 1
    where: Annotated[
        Literal["features", "target"],
        Field(title="Where", description="In the features, or in the target."),
    ] = "features"


def corrupt(
    part: Part,
    amount: float,
    options: OutliersOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Move one or a few numbers of each row by many standard deviations with probability `amount`.

    Up or down at random; a target, or a value of a series, that is never below zero goes up where
    it would fall below. The deviation is that of the clean training rows, by which the rule of
    three (Pukelsheim, “The Three Sigma Rule”, 1994) would find them.

    Raises:
        UserError: outliers are asked for in a target that is a class.
    """
    if options.where == "target":
        return _in_target(part, amount, options, context, generator)
    if context.dataset.seasons is not None:
        return _in_series(part, amount, options, context, generator)
    values = numbers_of(context.clean.features)
    hit = generator.random(len(values)) < amount
    order, sign = generator.random(values.shape), generator.random(values.shape)
    step = np.float32(options.deviations) * column_spread(context).astype(np.float32)
    # What is missing, or never varies, cannot be off.
    able = ~np.isnan(values) & (step > 0)
    order[~able] = np.inf
    rank = np.argsort(np.argsort(order, axis=1), axis=1)
    moved = able & hit[:, None] & (rank < options.numbers)
    shift = np.where(moved, np.where(sign < 0.5, -step, step), 0).astype(np.float32)
    return _moved(part, amount, shift, context.dataset)


def _moved(part: Part, amount: float, shift: FloatArray, dataset: Dataset) -> tuple[Part, Change]:
    """The part with (N, D) added to the numbers of the clean rows that it was made from."""
    old = numbers_of(part.features)
    new = old + shift[part.origin]
    hit = np.flatnonzero(((new != old) & ~np.isnan(new)).any(axis=1))
    noun = noun_of(dataset).many
    change = Change("outliers", amount, len(hit), len(part), noun, "far off", part.origin[hit])
    features = with_numbers(part.features, np.arange(len(part)), new)
    return part.with_values(features=features), change


def _in_series(
    part: Part,
    amount: float,
    options: OutliersOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """A value measured wrongly is wrong in each row that looks back on it."""
    seasons = context.dataset.seasons
    assert seasons is not None
    measured, deviation = _measured_values(context, seasons)
    dice, sign = generator.random((2, int(measured.max(initial=-1)) + 1))
    hit = dice[measured] < amount
    values = numbers_of(context.clean.features)
    step = _possible(options.deviations * deviation, context.dataset)[:, None]
    down = (sign[measured] < 0.5) & _may_fall(values[:, : seasons.past], step, context.dataset)
    shift = np.zeros_like(values)
    shift[:, : seasons.past] = np.where(hit, np.where(down, -step, step), 0)
    spoiled, change = _moved(part, amount, shift, context.dataset)
    shown, off = measured[part.origin], hit[part.origin] & (deviation > 0)[part.origin, None]
    return spoiled, replace(
        change,
        changed=len(np.unique(shown[off])),
        eligible=len(np.unique(shown)),
        noun="measured values",
        verb=f"far off, seen by {noun_of(context.dataset).counted(len(change.rows))}",
    )


def _measured_values(context: Context, seasons: Seasons) -> tuple[IntArray, NDArray[np.float64]]:
    """(n, past) which measured value stands in each past column, and (n,) the deviation of each.

    Two rows that look back on one period of one series have the same number there. The deviation
    is that of the series among the clean training rows.
    """
    dataset, clean, reference = context.dataset, context.clean, context.reference
    assert dataset.times is not None
    times = np.asarray(dataset.times).astype(np.int64)
    lags = np.array(seasons.lags, dtype=np.int64)
    periods = times[clean.rows][:, None] - lags
    series, others = _series(clean), _series(reference)
    first = int(periods.min(initial=0))
    span = int(periods.max(initial=0)) - first + 1
    known = np.asarray(reference.labels, dtype=np.float64)
    spread = np.array(
        [
            np.std(known[others == code]) if (others == code).any() else 0.0
            for code in range(int(series.max(initial=0)) + 1)
        ]
    )
    return series[:, None] * span + periods - first, spread[series]


def _series(part: Part) -> IntArray:
    """(n,) which series each row belongs to; 0 where there is one alone."""
    table = part.features
    assert isinstance(table, Table)
    if table.categorical_names[-1:] != (SERIES_COLUMN,):
        return np.zeros(len(part), dtype=np.int64)
    return table.categorical[:, -1].astype(np.int64)


def _in_target(
    part: Part,
    amount: float,
    options: OutliersOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Targets that are what they could have been, but for being so far off."""
    dataset = context.dataset
    reason = refuse_wrong_amounts(dataset)
    if reason is not None:
        raise UserError(
            f"Outliers cannot be put in this target: {reason}.", "Choose the features instead."
        )
    dice, sign = generator.random((2, len(context.clean)))[:, part.origin]
    step = float(_possible(options.deviations * np.std(context.reference.labels), dataset))
    down = (sign < 0.5) & _may_fall(part.labels, step, dataset)
    hit = (dice < amount) & (step > 0)
    labels = np.where(hit, part.labels + np.where(down, -step, step), part.labels)
    change = Change(
        "outliers",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        "targets",
        f"far off, by {dataset.amount_text(step)}",
        part.origin[hit],
        touches="labels",
    )
    return part.with_values(labels=labels), change


def _possible(step: Any, dataset: Dataset) -> Any:
    """The step, in whole numbers where all targets are (with decimals, no more than they have)."""
    decimals = decimals_of(dataset.labels)
    return step if decimals is None else np.round(step, decimals)


def _may_fall(values: NDArray[Any], step: Any, dataset: Dataset) -> Mask:
    """Where a value may lose `step`: not where it would be below zero, and no target is."""
    if dataset.target_is_date or dataset.labels.min() < 0:
        return np.ones(np.shape(values), dtype=np.bool_)
    return np.asarray(values >= step)


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "images":
        return "pictures have no columns; there are bad pictures instead"
    return refuse_without_numbers(dataset)


CORRUPTION = Corruption(
    name="outliers",
    flag="outliers",
    title="Outliers",
    dimension="Noise",
    touches="features",
    story="A slipped decimal point, a sensor that failed for a moment: a few values are far off.",
    source="Values moved by many standard deviations; the three-sigma rule, Pukelsheim, 1994",
    amount=Amount("outlier_share", 0.0, 0.2, "share"),
    options=OutliersOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
