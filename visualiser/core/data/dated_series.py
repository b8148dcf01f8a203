"""From a dated series to examples: what was known before a period, and its value.

A row for each period (a day, a month) that can be foretold: earlier values as `past` columns, what
is known of the period itself beforehand (calendar, forecast weather), and its value as the label.
So a straight line through these columns is a linear autoregression with extras.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.cadence import Cadence, Codes, Times
from visualiser.core.data.dataset import (
    DataCard,
    Dataset,
    FloatArray,
    Seasons,
    Table,
    read_only,
)
from visualiser.core.data.source import Source
from visualiser.core.experiment import Value

Known = tuple[NDArray[np.int32], tuple[str, ...]]
"""What is known of each period: codes (T,) and what they mean."""
NO_YES = ("no", "yes")
SERIES_COLUMN = "series"
"""The last categorical column where there are several series: which one a row belongs to."""


@dataclass(frozen=True, eq=False)
class DatedSeries:
    """One value a period, without gaps.

    Attributes:
        times: (T,) when each period begins, one after the other, in the unit of the cadence.
        values: (T,) in the unit of the target.
        numeric: title → (T,) what is known of a period beforehand.
        categorical: title → (codes (T,), categories).
        name: which series this is where there are several; empty otherwise.
    """

    cadence: Cadence
    times: Times
    values: NDArray[np.float64]
    numeric: Mapping[str, NDArray[np.float64]]
    categorical: Mapping[str, Known]
    name: str = ""


@dataclass(frozen=True, eq=False)
class Examples:
    """Rows of one or more series, period by period.

    Attributes:
        features: the past, oldest first, then what is known of the period.
        labels: (N,) values of the periods foretold.
        times: (N,) when they begin.
    """

    features: Table
    labels: NDArray[np.float64]
    times: Times
    seasons: Seasons


def examples_of(series: tuple[DatedSeries, ...], past: int, ahead: int = 1) -> Examples:
    """Examples of all series together, each with `past` values up to `ahead` periods before.

    All series have the same columns and cadence, which adds the value of a season before where
    the past does not reach it, and what the calendar says. Which series it is becomes a column
    where there are several.

    Raises:
        ValueError: a series is too short for its past.
    """
    first = series[0]
    cadence = first.cadence
    seasons = seasons_of(cadence, past, ahead, min(len(one.values) for one in series))
    skipped = max(seasons.lags)
    parts = [_examples(one, seasons.lags) for one in series]
    numeric = np.concatenate([part[0] for part in parts])
    codes = np.concatenate([part[1] for part in parts])
    names = (*(column.title for column in cadence.calendar), *first.categorical)
    categories = [column.texts for column in cadence.calendar]
    categories += [texts for _, texts in first.categorical.values()]
    if len(series) > 1:
        which = np.repeat(np.arange(len(series)), [len(part[0]) for part in parts])
        codes = np.column_stack([codes, which.astype(np.int32)])
        names = (*names, SERIES_COLUMN)
        categories.append(tuple(one.name for one in series))
    labels = np.concatenate([one.values[skipped:] for one in series])
    times = np.concatenate([one.times[skipped:] for one in series])
    order = np.argsort(times, kind="stable")
    table = Table(
        numeric=read_only(numeric[order]),
        numeric_names=(*map(cadence.before, seasons.lags), *first.numeric),
        categorical=read_only(codes[order]),
        categorical_names=names,
        categories=tuple(categories),
    )
    return Examples(table, labels[order], times[order], seasons)


def past_seen(past: int, ahead: int) -> int:
    """Periods of the past that are inputs: who looks far ahead sees as far back."""
    return max(past, ahead)


def seasons_of(cadence: Cadence, past: int, ahead: int, periods: int) -> Seasons:
    """Which earlier values are inputs, for a series of so many periods."""
    lags = cadence.lags(past, ahead, periods)
    return Seasons(cadence, ahead, lags, apart=len(lags) - past)


def _examples(one: DatedSeries, lags: tuple[int, ...]) -> tuple[FloatArray, Codes]:
    """Numbers and codes of the periods of one series that have a whole past."""
    skipped, periods = max(lags), len(one.values)
    if periods <= skipped:
        many = one.cadence.count(periods)
        raise ValueError(f"a series of {many} has none with {skipped} before it")
    before = [one.values[skipped - lag : periods - lag] for lag in lags]
    known = [values[skipped:] for values in one.numeric.values()]
    numbers = np.column_stack([*before, *known]).astype(np.float32)
    codes = [column.codes(one.times) for column in one.cadence.calendar]
    codes += [column for column, _ in one.categorical.values()]
    table = np.empty((periods - skipped, len(codes)), dtype=np.int32)
    for place, column in enumerate(codes):
        table[:, place] = column[skipped:]
    return numbers, table


def with_last_known(
    numeric: Mapping[str, NDArray[np.float64]],
    categorical: Mapping[str, Known],
    ahead: int,
    cadence: Cadence,
) -> tuple[dict[str, NDArray[np.float64]], dict[str, Known]]:
    """The columns, each followed by its value in the last period whose target is known.

    A day after rain has few hires before it: what changed since then says more than the past
    alone. The first `ahead` periods, which are never foretold, have their own value.
    """
    earlier = np.maximum(np.arange(len(next(iter(numeric.values())))) - ahead, 0)
    numbers, codes, when = dict(numeric), dict(categorical), cadence.before(ahead)
    numbers |= {f"{title}, {when}": values[earlier] for title, values in numeric.items()}
    codes |= {
        f"{title}, {when}": (column[earlier], texts)
        for title, (column, texts) in categorical.items()
    }
    return numbers, codes


def levels(features: Table, seasons: Seasons) -> NDArray[np.float64]:
    """(N,) mean of the unbroken past of each period, in the unit of the target."""
    past = features.numeric[:, seasons.apart : seasons.past]
    means: NDArray[np.float64] = past.mean(axis=1, dtype=np.float64)
    # Spoiled values may average to nothing, of which no share can be told.
    return means if seasons.lowest_level is None else np.maximum(means, seasons.lowest_level)


def without_level(features: Table, seasons: Seasons) -> Table:
    """The same periods with their earlier values as changes from the level."""
    numeric = features.numeric.copy()
    level = levels(features, seasons)[:, None].astype(np.float32)
    numeric[:, : seasons.past] -= level
    if seasons.lowest_level is not None:
        numeric[:, : seasons.past] /= level
    return features.with_values(numeric, features.categorical)


def changes(values: NDArray[np.float64], features: Table, seasons: Seasons) -> NDArray[np.float64]:
    """(N,) values in their unit → what they differ from the level, or that as a share of it."""
    level = levels(features, seasons)
    return values - level if seasons.lowest_level is None else values / level - 1


def values_of(
    changed: NDArray[np.float64], features: Table, seasons: Seasons
) -> NDArray[np.float64]:
    """(N,) changes → values in their unit; the inverse of `changes`."""
    level = levels(features, seasons)
    return level + changed if seasons.lowest_level is None else level * (1 + changed)


def as_shares(found: Examples) -> Examples:
    """The same examples, of which values are learnt as shares of their level.

    As suits a business that grows: weekends and rain then weigh in hires what they weigh in a
    larger one, and not what they weighed when it was small.

    Raises:
        ValueError: a level is not above zero.
    """
    lowest = float(levels(found.features, found.seasons).min())
    if not lowest > 0:
        raise ValueError("shares need levels above zero")
    return replace(found, seasons=replace(found.seasons, lowest_level=lowest))


class PastOptions(Value):
    """How many days before are seen, and how far ahead is foretold."""

    past: Annotated[int, Field(ge=7, le=56)] = 14
    ahead: Annotated[int, Field(ge=1, le=28)] = 1


class WeatherOptions(PastOptions):
    """How many days before are seen, how far ahead is foretold, and whether weather is known.

    The weather is that of the day itself, as if the forecast of the day before were always right.
    """

    weather: bool = True


def series_dataset(
    source: Source,
    card: DataCard,
    series: tuple[DatedSeries, ...],
    target: str,
    past: int,
    ahead: int,
    unit: str = "",
    shares: bool = False,
) -> Dataset:
    """The data set of a source: a row for each period of each series that can be foretold.

    Args:
        unit: of the target, where it is known.
        shares: values are learnt as shares of their level, all of which are above zero.
    """
    found = examples_of(series, past_seen(past, ahead), ahead)
    found = as_shares(found) if shares else found
    cadence = found.seasons.cadence
    return Dataset(
        name=source.name,
        title=source.title,
        card=card,
        modality="series",
        task="forecasting",
        features=found.features,
        labels=found.labels,
        target=target,
        unit=unit,
        feature_names=(*found.features.numeric_names, *found.features.categorical_names),
        times=found.times,
        seasons=found.seasons,
        notes=(
            past_note(found.seasons),
            f"The oldest {cadence.many} are trained on; the newest are the test.",
        ),
    )


def past_note(seasons: Seasons) -> str:
    """What a value is foretold from: “A month is foretold from 12 months that end with …”."""
    cadence = seasons.cadence
    recent = cadence.count(seasons.unbroken)
    named = f"{recent} that end with {cadence.before(seasons.ahead)}"
    if seasons.unbroken == 1:
        named = cadence.before(seasons.ahead)
    alone = [cadence.before(lag) for lag in seasons.lags[: seasons.apart]]
    also = f", and from the value {' and '.join(alone)}" if alone else ""
    return f"{cadence.a.capitalize()} is foretold from {named}{also}."
