"""Rows of the test that got into the training: an exam whose questions were known."""

import numpy as np

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Copy the share `amount` of the test rows, with their labels, into the training rows.

    Each comes in an epoch where a copy of a training row drawn at random would. Its row in the data
    set stays known (`Part.rows`), and with it the truth. Of a dated series the copies are from the
    future, of purchases they are those held out.
    """
    test = context.test
    rows = 0 if test is None else len(test)
    order = generator.permutation(rows)[: round(amount * rows)]
    beside = generator.integers(0, len(context.clean), rows)
    noun = noun_of(context.dataset).many
    copies = part.take(np.zeros(0, dtype=np.int64)) if test is None else test.take(np.sort(order))
    change = Change(
        "test_contamination",
        amount,
        len(order),
        rows,
        f"test {noun}",
        "copied into training",
        np.zeros(0, dtype=np.int64),
        copies.rows,
    )
    return part.with_rows(copies, beside[np.sort(order)]), change


def _refuse(dataset: Dataset) -> str | None:
    return None


CORRUPTION = Corruption(
    name="test_contamination",
    flag="contamination",
    title="Test data in training",
    dimension="Relevance",
    touches="rows",
    story="The same pages were scraped twice: questions of the exam were among the exercises, and "
    "the mark says nothing about new ones.",
    source="Train-test contamination; Brown et al., Language Models are Few-Shot Learners, 2020, "
    "appendix C",
    amount=Amount("contaminated_share", 0.0, 1.0, "share"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
    training_only=True,
)
