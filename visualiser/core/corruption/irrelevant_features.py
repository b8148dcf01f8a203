"""Columns that have nothing to do with the answer."""

import numpy as np

from visualiser.core.corruption.spare_columns import (
    columns_without,
    filled,
    refuse_other_than_tables,
    unused_name,
)
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part

MOST_COLUMNS = 50


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Fill `amount` columns with independent draws of the standard normal distribution.

    Clean rows have 0 there, which is the mean of what is drawn: on them a model errs by what it
    took noise for, but noise disturbs none of its answers. Spoiled validation rows tell both.
    """
    names = _columns(context.dataset, amount, options)
    # A column after the other, so that the first ones are the same however many there are.
    noise = generator.standard_normal((MOST_COLUMNS, len(context.clean)), dtype=np.float32)
    change = Change(
        "irrelevant_features",
        amount,
        len(names),
        len(names) + len(columns_without(context.dataset)),
        "columns",
        "made of nothing but noise",
        part.origin if names else part.origin[:0],
    )
    return filled(part, names, noise[: len(names), part.origin].T), change


def _columns(dataset: Dataset, amount: float, options: NoOptions) -> tuple[str, ...]:
    """The same names whatever spare columns there are already."""
    return tuple(unused_name(f"noise {number + 1}", dataset) for number in range(int(amount)))


CORRUPTION = Corruption(
    name="irrelevant_features",
    flag="noise-columns",
    title="Irrelevant columns",
    dimension="Relevance",
    touches="features",
    story="Everything that could be recorded was, as the weekday on which somebody applied: "
    "columns that have nothing to do with the answer, and chance makes some look as if they had.",
    source="Independent normal noise as further features; as in Guyon & Elisseeff, An Introduction "
    "to Variable and Feature Selection, 2003",
    amount=Amount("noise_columns", 0, MOST_COLUMNS, "columns"),
    options=NoOptions,
    refuses=refuse_other_than_tables,
    corrupt=corrupt,
    parts="both",
    widen=_columns,
)
