"""Call-backs on fictitious CVs: a field experiment on discrimination in hiring."""

from functools import partial
from typing import Literal

import numpy as np

from visualiser.core.data.bundled import read_columns
from visualiser.core.data.dataset import DataCard, IntArray
from visualiser.core.data.described_table import (
    Category,
    ClassTarget,
    Columns,
    GroupOptions,
    TableDescription,
    table_source,
)
from visualiser.core.data.source import Defaults


class ResumesOptions(GroupOptions):
    """Which groups are compared, whether the model sees them, and how many CVs there are.

    `balanced` takes all CVs with a call and as many without one, drawn by the seed.
    """

    group_by: Literal["ethnicity", "gender"] = "ethnicity"
    balanced: bool = True


CARD = DataCard(
    what="Fictitious CVs sent in answer to job advertisements in Boston and Chicago in 2001 and "
    "2002. The names on them were drawn by lot to sound white or Black; the table says whether "
    "the employer called back.",
    source="Marianne Bertrand and Sendhil Mullainathan, “Are Emily and Greg more employable than "
    "Lakisha and Jamal?” (2004); the table “ResumeNames” of the R package AER 1.2-10.",
    licence="GPL-2 or later (AER); it lies beside the program in a folder of its own.",
    size="4,870 CVs, 392 of them with a call; 784 where as many without a call are taken",
    weaknesses=(
        "CVs with a white-sounding name got a call in 9.7 % of the cases, those with a "
        "Black-sounding name in 6.4 %, although the names were drawn by lot: a model that learns "
        "from these calls learns the employers' choice.",
        "Women's names got a call in 8.2 % of the cases and men's in 7.4 %, but women's CVs went "
        "to other jobs, so that gap says little about gender.",
        "Eleven in twelve CVs got no call, so that “no call” is right 92 % of the time. That "
        "is why CVs without a call are drawn until there are as many as with one; shares of "
        "calls are then higher than they were.",
        "Whether an employer calls is mostly chance here: a good model is right about six times "
        "in ten where half would be guessing.",
    ),
)


def chosen_rows(columns: Columns, options: ResumesOptions, seed: int) -> IntArray:
    """All rows, or those with a call and as many without, in the order of the file."""
    called = columns["call"] == "yes"
    if not options.balanced:
        return np.arange(len(called))
    rest = np.random.default_rng(seed).choice(np.flatnonzero(~called), called.sum(), replace=False)
    return np.sort(np.concatenate([np.flatnonzero(called), rest]))


SOURCE = table_source(
    TableDescription(
        name="hiring_resumes",
        title="Call-backs on CVs",
        summary="Fictitious CVs that differ in the name on them: who is called back?",
        job="Bias and decisions",
        card=CARD,
        read=partial(read_columns, "gpl/hiring_resumes.csv.gz"),
        target=ClassTarget("call", "answer", {"no": "no call", "yes": "called"}, positive="yes"),
        numeric={"jobs": "jobs on the CV", "experience": "experience (years)"},
        categorical={
            "quality": Category("quality of the CV"),
            "city": Category("city", {"boston": "Boston", "chicago": "Chicago"}),
            "honors": Category("honours"),
            "volunteer": Category("volunteer work"),
            "military": Category("military experience"),
            "holes": Category("gaps between jobs"),
            "school": Category("worked while at school"),
            "email": Category("e-mail address"),
            "computer": Category("computer skills"),
            "special": Category("special skills"),
            "college": Category("college degree"),
            "minimum": Category(
                "experience asked for (years)",
                {"none": "none", "some": "some", "0.5": "half a year", "1": "1", "2": "2"}
                | {str(years): str(years) for years in range(3, 11)},
            ),
            "equal": Category("advertises equal opportunity"),
            "wanted": Category("job"),
            "requirements": Category("advertisement has requirements"),
            "reqexp": Category("asks for experience"),
            "reqcomm": Category("asks for communication skills"),
            "reqeduc": Category("asks for education"),
            "reqcomp": Category("asks for computer skills"),
            "reqorg": Category("asks for organisation skills"),
            "industry": Category("industry", {"unknown": "not known"}),
        },
        groups={
            "ethnicity": Category(
                "name on the CV", {"cauc": "white-sounding", "afam": "Black-sounding"}
            ),
            "gender": Category("gender", {"female": "women's names", "male": "men's names"}),
        },
        options=ResumesOptions,
        rows=chosen_rows,
        notes=("The first names themselves are left out; each stands for one of the groups.",),
        defaults=Defaults(model="linear", batch_size=32, learning_rate=0.003, epochs=20),
    )
)
