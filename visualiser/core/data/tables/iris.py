"""Fisher's irises: the oldest data set of the field."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import ClassTarget, TableDescription, table_source
from visualiser.core.data.source import Defaults

CARD = DataCard(
    what="Flowers of three species of iris: length and width of sepals and petals.",
    source="Edgar Anderson's measurements, published by Ronald Fisher (1936); the copy that comes "
    "with scikit-learn.",
    licence="BSD-3-Clause (scikit-learn)",
    size="150 flowers, 50 of each species",
    weaknesses=(
        "Tiny: the test part has 22 flowers, so one flower more or less is 5 %.",
        "Setosa is told apart by its petals alone; the two others overlap, so that even a good "
        "model takes a flower or two for the other.",
        "All flowers of a species come from few places, so it is not known how the rule fares "
        "elsewhere.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="iris",
        title="Iris flowers",
        summary="150 irises of three species, told apart by sepals and petals.",
        job="Classics",
        card=CARD,
        read=partial(read_columns, "iris.csv"),
        target=ClassTarget(
            "target", "species", {name: name for name in ("setosa", "versicolor", "virginica")}
        ),
        numeric={
            "sepal length (cm)": "sepal length (cm)",
            "sepal width (cm)": "sepal width (cm)",
            "petal length (cm)": "petal length (cm)",
            "petal width (cm)": "petal width (cm)",
        },
        defaults=Defaults(
            model_options=(("hidden", (8,)),), batch_size=8, learning_rate=0.01, epochs=40
        ),
    )
)
