"""House prices in the Sacramento area: a regression on a small table."""

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard, Dataset, Table, read_only
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.experiment import Value

MIN_SALES = 10
"""Places with fewer sales than this are taken together."""

NUMERIC = {
    "beds": "bedrooms",
    "baths": "bathrooms",
    "sqft": "living area (sq ft)",
    "latitude": "latitude",
    "longitude": "longitude",
}


class HousesOptions(Value):
    """The houses have nothing to set."""


CARD = DataCard(
    what="Houses sold in and around Sacramento, California: rooms, living area, kind and place, "
    "and the price paid.",
    source="Sales over five days in 2008 as reported by the Sacramento Bee; the table “Sacramento” "
    "of the R package modeldata 1.1.0.",
    licence="MIT (modeldata)",
    size="932 sales, 7 features",
    weaknesses=(
        "Five days in the middle of the housing crisis of 2008: prices of today are others.",
        "Nothing on age, state of repair or garden, so equal rows can have very unequal prices.",
        "Few expensive houses: the model sees little of what is above half a million dollars.",
    ),
)


def load(options: HousesOptions, seed: int, progress: Progress) -> Dataset:
    """A Table of rooms, area, place and kind; the price in dollars is the target.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("sacramento.csv.gz")
    numeric = np.column_stack([columns[name].astype(np.float32) for name in NUMERIC])
    cities, city_codes = _frequent(columns["city"])
    kinds, kind_codes = np.unique(columns["type"], return_inverse=True)
    kind_names = tuple(str(kind).replace("_", " ").lower() for kind in kinds)
    table = Table(
        numeric=read_only(numeric),
        numeric_names=tuple(NUMERIC.values()),
        categorical=read_only(np.column_stack([city_codes, kind_codes]).astype(np.int32)),
        categorical_names=("place", "kind of house"),
        categories=(cities, kind_names),
    )
    return Dataset(
        name=SOURCE.name,
        title=SOURCE.title,
        card=CARD,
        modality="table",
        task="regression",
        features=table,
        labels=columns["price"].astype(np.float64),
        target="price",
        unit="$",
        feature_names=(*table.numeric_names, *table.categorical_names),
        notes=(
            f"Places with fewer than {MIN_SALES} sales are taken together as “other”.",
            "The zip code is left out: 68 codes for 932 sales, and latitude and longitude say "
            "the same.",
        ),
    )


def _frequent(cities: NDArray[np.str_]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    names, counts = np.unique(cities, return_counts=True)
    kept = names[counts >= MIN_SALES]
    codes = np.searchsorted(kept, cities).clip(max=len(kept) - 1)
    codes = np.where(kept[codes] == cities, codes, len(kept)).astype(np.int64)
    return (*(_place_name(str(name)) for name in kept), "other"), codes


def _place_name(name: str) -> str:
    return name.replace("_", " ").title()


SOURCE = Source(
    name="sacramento",
    title="House prices",
    summary="932 house sales around Sacramento; the price is to be estimated.",
    modality="table",
    task="regression",
    options=HousesOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (16, 16)),), batch_size=32, learning_rate=0.003, epochs=20
    ),
)
