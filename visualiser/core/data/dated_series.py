"""From a dated series to examples: what was known before a day, and the value of that day.

A row for each day that can be foretold: the values of the days before as `past` columns, what is
known of the day itself beforehand (calendar, forecast weather), and its value as the label. So a
straight line through these columns is a linear autoregression with extras.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.data.dataset import (
    DataCard,
    Dataset,
    FloatArray,
    IntArray,
    Seasons,
    Table,
    read_only,
)
from visualiser.core.data.source import Source
from visualiser.core.experiment import Value

Days = NDArray[np.datetime64]
Known = tuple[NDArray[np.int32], tuple[str, ...]]
"""What is known of each day: codes (T,) and what they mean."""
NO_YES = ("no", "yes")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, eq=False)
class DatedSeries:
    """One value a day, without gaps.

    Attributes:
        days: (T,) datetime64[D], one after the other.
        values: (T,) in the unit of the target.
        numeric: title → (T,) what is known of a day beforehand.
        categorical: title → (codes (T,), categories).
        name: which series this is where there are several; empty otherwise.
    """

    days: Days
    values: NDArray[np.float64]
    numeric: Mapping[str, NDArray[np.float64]]
    categorical: Mapping[str, Known]
    name: str = ""


@dataclass(frozen=True, eq=False)
class Examples:
    """Rows of one or more series, day by day.

    Attributes:
        features: the past, oldest first, then what is known of the day.
        labels: (N,) values of the days foretold.
        days: (N,) datetime64[D] of the days foretold.
    """

    features: Table
    labels: NDArray[np.float64]
    days: Days
    seasons: Seasons


def weekday_codes(days: Days) -> NDArray[np.int32]:
    """(T,) 0 for Monday … 6 for Sunday."""
    # 1 January 1970 was a Thursday.
    return ((days.astype("datetime64[D]").astype(np.int64) + 3) % 7).astype(np.int32)


def month_codes(days: Days) -> NDArray[np.int32]:
    """(T,) 0 for January … 11 for December."""
    return (days.astype("datetime64[M]").astype(np.int64) % 12).astype(np.int32)


def examples_of(
    series: tuple[DatedSeries, ...], past: int, ahead: int = 1, season: int = 7
) -> Examples:
    """Examples of all series together, each with `past` values up to `ahead` days before.

    All series have the same columns. Weekday and month are added, and which series it is where
    there are several.

    Raises:
        ValueError: the past does not reach back one season, or a series is too short for it.
    """
    back = season * -(-ahead // season)
    if not ahead <= back < ahead + past:
        raise ValueError("the past must reach back one season at least")
    parts = [_examples(one, past, ahead) for one in series]
    first = series[0]
    numeric = np.concatenate([part[0] for part in parts])
    codes = np.concatenate([part[1] for part in parts])
    names, categories = ("weekday", "month", *first.categorical), [WEEKDAYS, MONTHS]
    categories += [texts for _, texts in first.categorical.values()]
    if len(series) > 1:
        which = np.repeat(np.arange(len(series)), [len(part[0]) for part in parts])
        codes = np.column_stack([codes, which.astype(np.int32)])
        names, categories = (*names, "series"), [*categories, tuple(one.name for one in series)]
    skipped = past + ahead - 1
    labels = np.concatenate([one.values[skipped:] for one in series])
    days = np.concatenate([one.days[skipped:] for one in series])
    order = np.argsort(days, kind="stable")
    table = Table(
        numeric=read_only(numeric[order]),
        numeric_names=(*_past_names(past, ahead), *first.numeric),
        categorical=read_only(codes[order]),
        categorical_names=names,
        categories=tuple(categories),
    )
    seasons = Seasons(past=past, naive=past - 1 - (back - ahead), length=season, ahead=ahead)
    return Examples(table, labels[order], days[order], seasons)


def _examples(one: DatedSeries, past: int, ahead: int) -> tuple[FloatArray, IntArray]:
    """Numbers and codes of the days of one series that have a whole past."""
    skipped = past + ahead - 1
    if len(one.values) <= skipped:
        raise ValueError(f"a series of {len(one.values)} days has no day with {skipped} before it")
    windows = np.lib.stride_tricks.sliding_window_view(one.values, past)
    before = windows[: len(one.values) - skipped]
    known = [values[skipped:] for values in one.numeric.values()]
    numbers = np.column_stack([before, *known]).astype(np.float32)
    codes = [weekday_codes(one.days), month_codes(one.days)]
    codes += [column for column, _ in one.categorical.values()]
    return numbers, np.column_stack([column[skipped:] for column in codes]).astype(np.int32)


def _past_names(past: int, ahead: int) -> tuple[str, ...]:
    return tuple(_before(days) for days in range(past + ahead - 1, ahead - 1, -1))


def _before(days: int) -> str:
    return "the day before" if days == 1 else f"{days} days before"


def with_last_known(
    numeric: Mapping[str, NDArray[np.float64]], categorical: Mapping[str, Known], ahead: int
) -> tuple[dict[str, NDArray[np.float64]], dict[str, Known]]:
    """The columns, each followed by its value on the last day whose target is known.

    A day after rain has few hires before it: what changed since then says more than the past
    alone. The first `ahead` days, which are never foretold, have their own value.
    """
    earlier = np.maximum(np.arange(len(next(iter(numeric.values())))) - ahead, 0)
    numbers, codes = dict(numeric), dict(categorical)
    numbers |= {f"{title}, {_before(ahead)}": values[earlier] for title, values in numeric.items()}
    codes |= {
        f"{title}, {_before(ahead)}": (column[earlier], texts)
        for title, (column, texts) in categorical.items()
    }
    return numbers, codes


def levels(features: Table, seasons: Seasons) -> NDArray[np.float64]:
    """(N,) mean of the past of each day, in the unit of the target."""
    means: NDArray[np.float64] = features.numeric[:, : seasons.past].mean(axis=1, dtype=np.float64)
    return means


def without_level(features: Table, seasons: Seasons) -> Table:
    """The same days with their past as differences from its mean."""
    numeric = features.numeric.copy()
    numeric[:, : seasons.past] -= levels(features, seasons)[:, None].astype(np.float32)
    return features.with_values(numeric, features.categorical)


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
    options: PastOptions,
    unit: str = "",
) -> Dataset:
    """The data set of a source: a row for each day of each series that can be foretold.

    `unit` is that of the target, where it is known.
    """
    past, ahead = options.past, options.ahead
    found = examples_of(series, max(past, ahead), ahead)
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
        times=found.days,
        seasons=found.seasons,
        notes=(
            f"A day is foretold from {found.seasons.past} days that end with {_before(ahead)}.",
            "The oldest days are trained on; the newest are the test.",
        ),
    )
