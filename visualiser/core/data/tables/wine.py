"""Wines of three growers, told apart by a chemical analysis."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import ClassTarget, TableDescription, table_source
from visualiser.core.data.source import Defaults

CARD = DataCard(
    what="Chemical analyses of wines from one region of Italy, made from three varieties of grape.",
    source="Michele Forina and others, 1988, as UCI “Wine recognition”; the copy that comes with "
    "scikit-learn.",
    licence="BSD-3-Clause (scikit-learn)",
    size="178 wines: 59, 71 and 48 of the three varieties",
    weaknesses=(
        "Tiny: the test part has 27 wines, so one wine more or less is 4 %.",
        "Easy: a straight line in the thirteen measurements is nearly always right.",
        "The varieties have no names in this copy, and it is about origin, not about how good a "
        "wine is.",
        "All wines are of one region and one time.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="wine",
        title="Wines",
        summary="178 Italian wines of three varieties, told apart by their chemistry.",
        job="Classics",
        card=CARD,
        read=partial(read_columns, "wine.csv"),
        target=ClassTarget(
            "target", "variety", {f"class_{code}": f"variety {code + 1}" for code in range(3)}
        ),
        numeric={
            "alcohol": "alcohol (%)",
            "malic_acid": "malic acid",
            "ash": "ash",
            "alcalinity_of_ash": "alkalinity of the ash",
            "magnesium": "magnesium",
            "total_phenols": "phenols",
            "flavanoids": "flavonoids",
            "nonflavanoid_phenols": "other phenols",
            "proanthocyanins": "proanthocyanins",
            "color_intensity": "strength of colour",
            "hue": "hue",
            "od280/od315_of_diluted_wines": "OD280/OD315 of diluted wine",
            "proline": "proline",
        },
        defaults=Defaults(
            model_options=(("hidden", (8,)),), batch_size=8, learning_rate=0.01, epochs=20
        ),
    )
)
