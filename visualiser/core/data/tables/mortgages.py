"""Mortgage decisions in Boston with the applicants' group: a history that may be biased."""

from functools import partial

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard
from visualiser.core.data.described_table import (
    Category,
    ClassTarget,
    GroupOptions,
    TableDescription,
    table_source,
)
from visualiser.core.data.source import Defaults

CARD = DataCard(
    what="Applications for a mortgage in Boston in 1990: income, debts, credit history, the "
    "applicant's group, and whether the bank approved or denied it.",
    source="Federal Reserve Bank of Boston under the Home Mortgage Disclosure Act (Munnell, "
    "Tootell, Browne and McEneaney 1996); the table “HMDA” of the R package AER 1.2-10.",
    licence="GPL-2 or later (AER); it lies beside the program in a folder of its own.",
    size="2,380 applications: 2,095 approved and 285 denied; 339 by Black applicants",
    weaknesses=(
        "A history of decisions, not of who paid back: a model repeats what the banks did.",
        "28 % of Black and 9 % of other applicants were denied; the table cannot say how much of "
        "that gap the other columns explain.",
        "One in eight is denied: always saying “approved” is right 88 % of the time.",
        "Boston in 1990; everybody else is one single group here.",
    ),
)

SOURCE = table_source(
    TableDescription(
        name="mortgage_hmda",
        title="Mortgage decisions",
        summary="2,380 applications for a mortgage, approved or denied, with the applicants' "
        "group.",
        job="Bias and decisions",
        card=CARD,
        read=partial(read_columns, "gpl/mortgage_hmda.csv.gz"),
        target=ClassTarget("deny", "decision", {"yes": "denied", "no": "approved"}, positive="no"),
        numeric={
            "pirat": "all payments / income",
            "hirat": "housing expense / income",
            "lvrat": "loan / value of the house",
            "chist": "consumer credit trouble (1 none … 6 defaults)",
            "mhist": "mortgage payment trouble (1 none … 4 often late)",
            "unemp": "unemployment in the industry (%)",
        },
        categorical={
            "phist": Category("public record of bad credit"),
            "selfemp": Category("self-employed"),
            "insurance": Category("denied mortgage insurance"),
            "condomin": Category("flat in a condominium"),
            "single": Category("single"),
            "hschool": Category("finished high school"),
        },
        groups={
            "afam": Category("applicant", {"no": "other applicants", "yes": "Black applicants"})
        },
        options=GroupOptions,
        defaults=Defaults(
            model_options=(("hidden", (16,)),), batch_size=32, learning_rate=0.003, epochs=30
        ),
    )
)
