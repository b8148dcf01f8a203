"""The strong references: one line each. Of those that suit a data set the best is taken."""

from visualiser.bench.quality.references import (
    boosting,
    four_gram,
    kernel,
    linear,
    messages,
    purchases,
)
from visualiser.bench.quality.references.spec import Reference
from visualiser.core.data.dataset import Dataset

REFERENCES: tuple[Reference, ...] = (
    linear.LOGISTIC,
    linear.RIDGE,
    boosting.CLASSES,
    boosting.AMOUNTS,
    kernel.REFERENCE,
    messages.REFERENCE,
    purchases.DIRECTIONS,
    purchases.NEIGHBOURS,
    four_gram.REFERENCE,
)


def references_for(dataset: Dataset) -> tuple[Reference, ...]:
    """Those that suit a data set; none where nobody brought one yet."""
    return tuple(reference for reference in REFERENCES if reference.suits(dataset))
