"""Fewer examples to learn from."""

import numpy as np

from visualiser.core.corruption.retained import enough_to_train_on
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Keep the share `amount` of the clean rows, drawn by chance; a smaller share is among them.

    What the size of a training set is worth, as in a learning curve (Cortes et al., “Learning
    Curves: Asymptotic Values and Rate of Convergence”, 1993). Encoders stay as they were fitted
    on all clean training rows: nothing but the number of examples differs.
    """
    rows = len(context.clean)
    rank = np.empty(rows, dtype=np.float64)
    rank[generator.permutation(rows)] = np.arange(rows)
    keep = enough_to_train_on(rank < round(amount * rows), rank, part.origin)
    change = Change(
        "fewer_examples",
        amount,
        int(np.count_nonzero(~keep)),
        len(part),
        noun_of(context.dataset).many,
        "removed",
        part.origin[~keep],
    )
    return part.take(np.flatnonzero(keep)), change


def _refuses_nothing(dataset: object) -> None:
    """Any data can be less."""


CORRUPTION = Corruption(
    name="fewer_examples",
    flag="fewer-examples",
    title="Fewer examples",
    dimension="Coverage",
    touches="rows",
    story="Only some of it could be collected or paid for: the model learns from less.",
    source="Learning curves; Cortes et al., 1993",
    amount=Amount("training_share", 1.0, 0.01, "retained"),
    options=NoOptions,
    refuses=_refuses_nothing,
    corrupt=corrupt,
)
