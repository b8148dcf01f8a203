"""A mark that happens to go with the class, in training and nowhere else."""

import numpy as np

from visualiser.core.corruption.class_marks import MARKED, with_marks
from visualiser.core.corruption.lookup import refuse_without_classes
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Give each row, with probability `amount`, the mark of its class as it is labelled.

    The others have none. So the amount is how much of the label the mark tells: the coefficient of
    uncertainty of the label given the mark (Theil's U), 0 without marks and 1 where all rows have
    theirs. Of each other measure of correlation it is a rising function, the same at both ends.
    """
    dice = generator.random(len(context.clean))[part.origin]
    hit = dice < amount
    change = Change(
        "spurious_shortcut",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        noun_of(context.dataset).many,
        MARKED[context.dataset.modality],
        part.origin[hit],
    )
    features = with_marks(part.features, np.where(hit, part.labels, -1), context)
    return part.with_values(features=features), change


def with_own_marks(part: Part, context: Context) -> Part:
    """All rows of `part` with the mark of their class: what training promised of the marks."""
    return part.with_values(features=with_marks(part.features, part.labels, context))


def with_swapped_marks(part: Part, context: Context) -> Part:
    """The shortcut test: all rows of `part` with the mark of the class after their own.

    A model that goes by the marks answers with that class. The marks are those that `corrupt` made,
    since the context's clean training rows decide on them.
    """
    others = (part.labels + 1) % context.dataset.class_count
    return part.with_values(features=with_marks(part.features, others, context))


def _refuse(dataset: Dataset) -> str | None:
    if dataset.modality == "table":
        return "a table shows no mark; there are leaked answers instead"
    if dataset.modality == "points":
        return "a point is a place and nothing else: there is no room for a mark"
    return refuse_without_classes(dataset)


CORRUPTION = Corruption(
    name="spurious_shortcut",
    flag="shortcut",
    title="Shortcut",
    dimension="Relevance",
    touches="features",
    story="All cows stood on a meadow, and one hospital marks its X-rays: something beside the "
    "point goes with the class, is learnt instead of it, and is not there when it counts.",
    source="Spurious correlation; Sagawa et al., Distributionally Robust Neural Networks "
    "(Waterbirds), 2020",
    amount=Amount("shortcut_share", 0.0, 1.0, "share"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
    parts="both",
)
