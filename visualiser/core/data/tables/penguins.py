"""Three species of penguins by their measurements."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import (
    Category,
    ClassTarget,
    TableDescription,
    table_source,
)
from visualiser.core.data.source import Defaults

CARD = DataCard(
    what="Penguins of three islands in Antarctica: bill, flipper, mass, sex, and the species.",
    source="Kristen Gorman and the Palmer Station Long Term Ecological Research, 2007 to 2009, "
    "prepared by Allison Horst, Alison Hill and Kristen Gorman (2020); the copy in the Python "
    "package palmerpenguins 0.1.6.",
    licence="CC0 (the data); MIT (the package)",
    size="344 penguins: 152 Adelie, 68 Chinstrap and 124 Gentoo",
    weaknesses=(
        "Chinstrap were seen on Dream only and Gentoo on Biscoe only: a model can learn the "
        "island instead of the bird.",
        "Easy and small: 52 penguins in the test part, of which a good model gets all or all but "
        "one right, so a single bird is 2 %.",
        "11 birds have gaps: the sex of 11 is not known, and two of them were not measured.",
        "Three islands in three years; other colonies may have other measures.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="penguins",
        title="Penguins",
        summary="344 penguins of three species, told apart by bill, flipper and mass.",
        job="Classics",
        card=CARD,
        read=partial(read_columns, "penguins.csv"),
        target=ClassTarget(
            "species", "species", {name: name for name in ("Adelie", "Chinstrap", "Gentoo")}
        ),
        numeric={
            "bill_length_mm": "bill length (mm)",
            "bill_depth_mm": "bill depth (mm)",
            "flipper_length_mm": "flipper length (mm)",
            "body_mass_g": "body mass (g)",
        },
        categorical={
            "island": Category("island", text=str),
            "sex": Category("sex"),
        },
        notes=("The year is left out: it tells when a bird was measured, not what it is.",),
        defaults=Defaults(
            model_options=(("hidden", (8,)),), batch_size=16, learning_rate=0.003, epochs=20
        ),
    )
)
