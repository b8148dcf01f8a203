"""Who survived the Titanic, by sex, age and class."""

from typing import Literal

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import (
    Category,
    ClassTarget,
    Columns,
    GroupOptions,
    TableDescription,
    table_source,
)
from visualiser.core.data.source import Defaults


class TitanicOptions(GroupOptions):
    """Which groups are compared, and whether the model sees them."""

    group_by: Literal["sex", "class"] = "sex"


CARD = DataCard(
    what="Passengers of the Titanic, which sank in 1912: sex, age, class, and who survived.",
    source="Compiled by Thomas Cason from the Encyclopedia Titanica; the table “TitanicSurvival” "
    "of the R package carData 3.0-5.",
    licence="GPL-2 or later (carData); it lies beside the program in a folder of its own.",
    size="1,309 passengers: 809 died and 500 survived; 466 women and 843 men",
    weaknesses=(
        "72.7 % of the women and 19.1 % of the men survived: sex alone is right 78 % of the "
        "time, and the rest of the table adds little.",
        "61.9 % survived in the first class, 43.0 % in the second and 25.5 % in the third.",
        "263 ages are not known, and they are missing more often among those who died (23 %) "
        "than among survivors (15 %): that an age is missing is a clue by itself.",
        "Three features only, so many passengers have equal rows and unequal fates; and one "
        "shipwreck says nothing about another.",
    ),
)


def read_titanic() -> Columns:
    """The bundled columns; “class” is the name of an option, so it is short.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("gpl/titanic.csv")
    return {**columns, "class": columns["passengerClass"]}


SOURCE = table_source(
    TableDescription(
        name="titanic",
        title="Titanic",
        summary="1,309 passengers of the Titanic: who survived?",
        job="Classics",
        card=CARD,
        read=read_titanic,
        target=ClassTarget("survived", "fate", {"no": "died", "yes": "survived"}, positive="yes"),
        numeric={"age": "age (years)"},
        groups={
            "sex": Category("sex", {"male": "men", "female": "women"}),
            "class": Category(
                "class", {"1st": "first class", "2nd": "second class", "3rd": "third class"}
            ),
        },
        options=TitanicOptions,
        notes=("The names of the passengers are left out.",),
        defaults=Defaults(
            model_options=(("hidden", (8,)),), batch_size=32, learning_rate=0.003, epochs=20
        ),
    )
)
