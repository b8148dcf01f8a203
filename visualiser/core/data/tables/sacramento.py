"""House prices in the Sacramento area: a regression on a small table."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import (
    AmountTarget,
    Category,
    TableDescription,
    table_source,
)
from visualiser.core.data.source import Defaults

MIN_SALES = 10
"""Places with fewer sales than this are taken together."""

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


def _place_name(name: str) -> str:
    return name.replace("_", " ").title()


SOURCE = table_source(
    TableDescription(
        name="sacramento",
        title="Sacramento houses",
        summary="932 house sales around Sacramento; the price is to be estimated.",
        job="House prices",
        card=CARD,
        read=partial(read_columns, "sacramento.csv.gz"),
        target=AmountTarget("price", "price", unit="$"),
        numeric={
            "beds": "bedrooms",
            "baths": "bathrooms",
            "sqft": "living area (sq ft)",
            "latitude": "latitude",
            "longitude": "longitude",
        },
        categorical={
            "city": Category("place", text=_place_name, rarer_than=MIN_SALES),
            "type": Category("kind of house"),
        },
        notes=(
            f"Places with fewer than {MIN_SALES} sales are taken together as “other”.",
            "The zip code is left out: 68 codes for 932 sales, and latitude and longitude say "
            "the same.",
        ),
        defaults=Defaults(
            model_options=(("hidden", (16, 16)),), batch_size=32, learning_rate=0.003, epochs=20
        ),
    )
)
