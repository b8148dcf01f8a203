"""A column that gives the answer away, and that nobody will have when it counts."""

import numpy as np

from visualiser.core.corruption.spare_columns import (
    filled,
    refuse_other_than_tables,
    unused_name,
)
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.isolated_name import isolated
from visualiser.core.data.nouns import noun_of
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Fill a column with r·z + √(1 − r²)·ε, which correlates by r = `amount` with the target.

    z is the label as it is given, in standard deviations of the clean training labels (of classes
    that of their numbers, in the order of their names), and ε normal noise.
    """
    reference = np.asarray(context.reference.labels, dtype=np.float64)
    noise = generator.standard_normal(len(context.clean))[part.origin]
    standard = (part.labels - reference.mean()) / (reference.std() or 1.0)
    leaked = amount * standard + np.sqrt(1 - amount**2) * noise
    touched = part.origin
    if amount == 0:
        leaked, touched = np.zeros(len(part)), part.origin[:0]
    (name,) = _column(context.dataset, amount, options)
    change = Change(
        "target_leakage",
        amount,
        len(touched),
        len(part),
        noun_of(context.dataset).many,
        f"given a column “{isolated(name)}”, correlation {_correlation(leaked, part):.2f}",
        touched,
    )
    return filled(part, (name,), leaked[:, None].astype(np.float32)), change


def _correlation(leaked: np.ndarray, part: Part) -> float:
    """What it came to."""
    if leaked.std() == 0 or np.std(part.labels) == 0:
        return 0.0
    return float(np.corrcoef(leaked, part.labels)[0, 1])


def _column(dataset: Dataset, amount: float, options: NoOptions) -> tuple[str, ...]:
    return (unused_name(f"leaked {dataset.target}", dataset),)


CORRUPTION = Corruption(
    name="target_leakage",
    flag="leak",
    title="Leaked answers",
    dimension="Relevance",
    touches="features",
    story="A column was written after the fact, as a repayment that only those have who were "
    "granted a loan: it gives the answer away in training, and is empty when it counts.",
    source="Target leakage; Kaufman et al., Leakage in Data Mining, 2012",
    amount=Amount("leak_correlation", 0.0, 1.0, "correlation"),
    options=NoOptions,
    refuses=refuse_other_than_tables,
    corrupt=corrupt,
    parts="both",
    widen=_column,
)
