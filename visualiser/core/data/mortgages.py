"""Mortgage decisions in Boston with the applicants' group: a history that may be biased."""

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard, Dataset, Table, read_only
from visualiser.core.data.source import Defaults, Progress, Source
from visualiser.core.experiment import Value

GROUP_TITLE = "applicant"
GROUPS = ("other applicants", "Black applicants")

NUMERIC = {
    "pirat": "all payments / income",
    "hirat": "housing expense / income",
    "lvrat": "loan / value of the house",
    "chist": "consumer credit trouble (1 none … 6 defaults)",
    "mhist": "mortgage payment trouble (1 none … 4 often late)",
    "unemp": "unemployment in the industry (%)",
}
YES_NO = {
    "phist": "public record of bad credit",
    "selfemp": "self-employed",
    "insurance": "denied mortgage insurance",
    "condomin": "flat in a condominium",
    "single": "single",
    "hschool": "finished high school",
}


class MortgagesOptions(Value):
    """Whether the model may see the applicants' group."""

    use_group: bool = True


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


def load(options: MortgagesOptions, seed: int, progress: Progress) -> Dataset:
    """A Table of the application; approved (1) is the favourable class.

    Raises:
        UserError: the bundled file is missing or damaged.
    """
    columns = read_columns("gpl/mortgage_hmda.csv.gz")
    groups = (columns["afam"] == "yes").astype(np.int64)
    codes = [(columns[name] == "yes").astype(np.int32) for name in YES_NO]
    names, categories = tuple(YES_NO.values()), (("no", "yes"),) * len(YES_NO)
    if options.use_group:
        codes.append(groups.astype(np.int32))
        names, categories = (*names, GROUP_TITLE), (*categories, GROUPS)
    table = Table(
        numeric=read_only(np.column_stack([columns[n].astype(np.float32) for n in NUMERIC])),
        numeric_names=tuple(NUMERIC.values()),
        categorical=read_only(np.column_stack(codes)),
        categorical_names=names,
        categories=categories,
    )
    seen = "The model sees" if options.use_group else "The model does not see"
    return Dataset(
        name=SOURCE.name,
        title=SOURCE.title,
        card=CARD,
        modality="table",
        task="classification",
        features=table,
        labels=(columns["deny"] == "no").astype(np.int64),
        target="decision",
        class_names=("denied", "approved"),
        groups=groups,
        group_names=GROUPS,
        group_title=GROUP_TITLE,
        positive_class=1,
        feature_names=(*table.numeric_names, *table.categorical_names),
        notes=(f"{seen} which group an applicant belongs to.",),
    )


SOURCE = Source(
    name="mortgage_hmda",
    title="Mortgage decisions",
    summary="2,380 applications for a mortgage, approved or denied, with the applicants' group.",
    modality="table",
    task="classification",
    options=MortgagesOptions,
    load=load,
    defaults=Defaults(
        model_options=(("hidden", (16,)),), batch_size=32, learning_rate=0.003, epochs=30
    ),
)
