"""House prices in Ames, Iowa, with much about each house."""

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

MIN_SALES = 20
"""Categories with fewer sales than this are taken together."""

NUMERIC = {
    "Gr_Liv_Area": "living area (sq ft)",
    "Second_Flr_SF": "second floor (sq ft)",
    "Total_Bsmt_SF": "basement (sq ft)",
    "Bsmt_Unf_SF": "unfinished basement (sq ft)",
    "Garage_Area": "garage (sq ft)",
    "Garage_Cars": "garage (cars)",
    "Lot_Area": "plot (sq ft)",
    "Lot_Frontage": "plot along the street (ft)",
    "Year_Built": "year built",
    "Year_Remod_Add": "year rebuilt",
    "Full_Bath": "bathrooms",
    "Half_Bath": "toilets without a bath",
    "Bsmt_Full_Bath": "bathrooms in the basement",
    "Bedroom_AbvGr": "bedrooms",
    "Kitchen_AbvGr": "kitchens",
    "TotRms_AbvGrd": "rooms",
    "Fireplaces": "fireplaces",
    "Mas_Vnr_Area": "masonry veneer (sq ft)",
    "Wood_Deck_SF": "wooden deck (sq ft)",
    "Open_Porch_SF": "open porch (sq ft)",
    "Enclosed_Porch": "enclosed porch (sq ft)",
    "Screen_Porch": "screened porch (sq ft)",
    "Latitude": "latitude",
    "Longitude": "longitude",
    "Year_Sold": "year sold",
}

_MARKS = {
    mark.replace(" ", "_").title(): mark
    for mark in (
        "very poor",
        "poor",
        "fair",
        "below average",
        "typical",
        "average",
        "above average",
        "good",
        "very good",
        "excellent",
    )
}
_BASEMENT = {
    "No_Basement": "no basement",
    "Unf": "unfinished",
    "LwQ": "low quality",
    "Rec": "recreation room, average",
    "BLQ": "living space, below average",
    "ALQ": "living space, average",
    "GLQ": "living space, good",
}
_WALLS = {
    "AsbShng": "asbestos shingles",
    "BrkFace": "brick",
    "CemntBd": "cement board",
    "HdBoard": "hardboard",
    "MetalSd": "metal",
    "Stucco": "stucco",
    "VinylSd": "vinyl",
    "Wd Sdng": "wood",
    "WdShing": "wooden shingles",
}
_STYLES = {
    "One_Story": "one storey",
    "One_and_Half_Fin": "one and a half storeys",
    "Two_Story": "two storeys",
    "Two_and_Half_Unf": "two and a half storeys, unfinished",
    "SFoyer": "split foyer",
    "SLvl": "split level",
}
_BUILDINGS = {
    "OneFam": "detached house",
    "TwoFmCon": "converted for two families",
    "Duplex": "duplex",
    "Twnhs": "terraced house",
    "TwnhsE": "terraced house at the end",
}
_SALES = {
    "Normal": "normal",
    "Abnorml": "forced or exchanged",
    "Alloca": "linked properties",
    "Family": "within a family",
    "Partial": "house not finished",
}


def _place_name(name: str) -> str:
    return name.replace("_", " ")


CATEGORICAL = {
    "Neighborhood": Category("neighbourhood", text=_place_name, rarer_than=MIN_SALES),
    "MS_Zoning": Category(
        "zone",
        {"C_all": "commercial", "Floating_Village_Residential": "floating village"},
        rarer_than=MIN_SALES,
    ),
    "Bldg_Type": Category("building", _BUILDINGS),
    "House_Style": Category("storeys", _STYLES, rarer_than=MIN_SALES),
    "Overall_Cond": Category("condition", _MARKS),
    "Exter_Cond": Category("condition of the walls", _MARKS),
    "Functional": Category(
        "deductions",
        {"Typ": "none", "Min1": "minor", "Min2": "minor, more", "Mod": "moderate"},
        rarer_than=MIN_SALES,
    ),
    "Foundation": Category(
        "foundation",
        {"BrkTil": "brick and tile", "CBlock": "cinder block", "PConc": "concrete"},
        rarer_than=MIN_SALES,
    ),
    "Bsmt_Exposure": Category(
        "basement looks out",
        {"No": "not", "Mn": "a little", "Av": "partly", "Gd": "well"},
    ),
    "BsmtFin_Type_1": Category("basement is", _BASEMENT),
    "Heating_QC": Category("heating", _MARKS),
    "Central_Air": Category("air conditioning", {"N": "no", "Y": "yes"}),
    "Exterior_1st": Category("walls", _WALLS, rarer_than=MIN_SALES),
    "Garage_Type": Category(
        "garage is",
        {"Attchd": "attached", "Detchd": "detached", "BuiltIn": "built in", "Basment": "basement"},
        rarer_than=MIN_SALES,
    ),
    "Garage_Finish": Category(
        "garage walls", {"Unf": "unfinished", "RFn": "roughly finished", "Fin": "finished"}
    ),
    "Paved_Drive": Category("drive"),
    "Lot_Shape": Category("shape of the plot"),
    "Land_Contour": Category(
        "land",
        {"Lvl": "level", "Bnk": "rises from the street", "HLS": "hillside", "Low": "hollow"},
    ),
    "Condition_1": Category(
        "nearby",
        {
            "Norm": "nothing special",
            "Artery": "main road",
            "Feedr": "feeder road",
            "PosA": "beside a park",
            "PosN": "near a park",
            "RRAe": "beside the east railway",
            "RRAn": "beside the north railway",
        },
        rarer_than=MIN_SALES,
    ),
    "Sale_Condition": Category("sale", _SALES, rarer_than=MIN_SALES),
}

CARD = DataCard(
    what="Houses sold in Ames, Iowa, from 2006 to 2010: size, age, fittings, condition and place, "
    "and the price paid.",
    source="Dean De Cock, “Ames, Iowa: Alternative to the Boston Housing Data” (2011), from the "
    "city's assessor; the table “ames” of the R package modeldata 1.1.0.",
    licence="MIT (modeldata)",
    size="2,930 sales, 45 features",
    weaknesses=(
        "One small university town, and years around the crisis of 2008: prices elsewhere and "
        "today are others.",
        "Five houses have more than 4,000 sq ft of living area, and three of them were sold "
        "unfinished at a low price: a few rows that pull on every model of the area.",
        "Only 17 houses cost more than half a million dollars: dear houses are guessed badly.",
        "The assessor's mark for the quality of a house is not in this table, and condition is "
        "an opinion of somebody too.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="ames",
        title="Ames houses",
        summary="2,930 house sales in Ames, Iowa, with much about each house; the price is to be "
        "estimated.",
        job="House prices",
        card=CARD,
        read=partial(read_columns, "ames.csv.gz"),
        target=AmountTarget("Sale_Price", "price", unit="$"),
        numeric=NUMERIC,
        categorical=CATEGORICAL,
        unknown={"Lot_Frontage": 0},
        notes=(
            "45 of 73 columns are used. Left out is what hardly varies (streets, utilities, "
            "roofs, pools, …) and what other columns say already (class of the house, first "
            "floor).",
            "The column “BsmtFin_SF_1” is left out: it should be an area, and holds the number "
            "of a kind of basement.",
            "A plot of 0 feet along the street stands for one that was not measured.",
            f"Categories with fewer than {MIN_SALES} sales are taken together as “other” where "
            "a column has many.",
        ),
        defaults=Defaults(
            model_options=(("hidden", (32,)),), batch_size=32, learning_rate=0.003, epochs=20
        ),
    )
)
