"""Breast tumours, benign or malignant, by the shape of their cells' nuclei."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import ClassTarget, TableDescription, table_source
from visualiser.core.data.source import Defaults

MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)
NUMERIC = {
    **{f"mean {name}": f"{name}, mean" for name in MEASURES},
    **{f"{name} error": f"{name}, standard error" for name in MEASURES},
    **{f"worst {name}": f"{name}, largest" for name in MEASURES},
}

CARD = DataCard(
    what="Samples of breast tumours under the microscope: the shape of the nuclei of their cells, "
    "and whether the tumour was malignant.",
    source="William Wolberg, Nick Street and Olvi Mangasarian, University of Wisconsin (1995); the "
    "copy that comes with scikit-learn.",
    licence="BSD-3-Clause (scikit-learn)",
    size="569 tumours: 212 malignant and 357 benign",
    weaknesses=(
        "For lessons, not for medicine: the pictures come from one hospital in the early 1990s.",
        "Both mistakes count alike in the accuracy, but a malignant tumour that is overlooked is "
        "far worse than a false alarm.",
        "Many columns say nearly the same: radius, perimeter and area grow together, so single "
        "weights mean little.",
        "37 % are malignant here, far more than among women who are examined.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="breast_cancer",
        title="Breast tumours",
        summary="569 breast tumours, malignant or benign, by the nuclei of their cells.",
        job="Classics",
        card=CARD,
        read=partial(read_columns, "breast_cancer.csv.gz"),
        target=ClassTarget(
            "target", "diagnosis", {"malignant": "malignant", "benign": "benign"}, positive="benign"
        ),
        numeric=NUMERIC,
        defaults=Defaults(
            model_options=(("hidden", (8,)),), batch_size=16, learning_rate=0.003, epochs=10
        ),
    )
)
