"""A class, or a part of what there is to see, that hardly occurs in the data."""

from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from visualiser.core.corruption.lookup import class_code
from visualiser.core.corruption.measures import (
    automatic_region,
    measured,
    refuse_unmeasured,
    region_noun,
)
from visualiser.core.corruption.retained import without
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part
from visualiser.core.experiment import Value


class MissingRegionOptions(Value):
    """What is missing.

    `of`: the name of a class, or of what is measured of a row: a numeric column, the axis of
    points, “brightness” of pictures, “loudness” of clips, “length” of messages. Empty means the
    rarest of three classes or more, else the measure that tells most of the target. Of a measure it
    is the `side` that is missing, and `share` says how much of the clean data lies there.
    """

    of: Annotated[
        str,
        Field(title="What is missing", description="A class, or one side of what is measured."),
    ] = ""
    side: Annotated[
        Literal["high", "low"],
        Field(title="Side", description="Which side of what is measured; of a class no matter."),
    ] = "high"
    share: Annotated[
        float,
        Field(
            ge=0.05,
            le=0.95,
            allow_inf_nan=False,
            title="Share on that side",
            description="How much of the clean data lies on that side; of a class no matter.",
        ),
    ] = 0.5


def corrupt(
    part: Part,
    amount: float,
    options: MissingRegionOptions,
    context: Context,
    generator: np.random.Generator,
) -> tuple[Part, Change]:
    """Keep the share `amount` of a class, or of one side of a measure, drawn at random.

    Where the side begins is told by a quantile of the clean training rows. A row without a value
    is on neither side.

    Raises:
        UserError: there is no such class or measure.
    """
    many = noun_of(context.dataset).many
    of = options.of or automatic_region(context)
    if of in context.dataset.class_names:
        member = np.asarray(context.clean.labels == class_code(context.dataset, of))
        noun = f"{many} of “{isolated(of)}”"
    else:
        member = _region(of, options, context)
        noun = region_noun(context.dataset, of, options.side == "high", many)
    return without("missing_region", amount, part, member, noun, context, generator)


def _region(of: str, options: MissingRegionOptions, context: Context) -> NDArray[np.bool_]:
    """(N,) which rows of the clean part lie on that side; at least one row lies on the other."""
    seen = measured(context.dataset, context.reference.features, of)
    values = measured(context.dataset, context.clean.features, of)
    known = seen[np.isfinite(seen)]
    if not len(known):
        return np.zeros(len(values), dtype=np.bool_)
    # Of the low side the same as of the high one, upside down.
    sign = 1 if options.side == "high" else -1
    threshold = np.quantile(sign * known, 1 - options.share)
    beyond: NDArray[np.bool_] = sign * values >= threshold
    if (sign * known >= threshold).all():
        beyond = sign * values > threshold
    return beyond


def _refuse(dataset: Dataset) -> str | None:
    return None if dataset.predicts_classes else refuse_unmeasured(dataset)


CORRUPTION = Corruption(
    name="missing_region",
    flag="missing-region",
    title="Missing kind",
    dimension="Coverage",
    touches="rows",
    story="A shop photographs its goods on white, always in the same light: of one kind, or of one "
    "end of what there is, hardly anything was ever recorded.",
    source="Retained share of a class or of a region of the features; coverage as of Asudeh et "
    "al., 2019",
    amount=Amount("retained_share", 1.0, 0.0, "retained"),
    options=MissingRegionOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
