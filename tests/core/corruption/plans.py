"""One way of spoiling or several as a recipe, and what hypothesis draws for them."""

import math

from hypothesis import strategies as st

from tests.core.corruption.examples import exam_part
from visualiser.core.corruption import registry
from visualiser.core.corruption.spec import Change, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, Spoiling

SHARES = st.floats(0.7, 1)
"""Much of it."""
SEEDS = st.integers(0, 2**31 - 1)
ADDING = frozenset({"duplicates", "test_contamination"})
"""What makes rows more instead of fewer."""


def spoil(
    clean: Part, plan: Spoiling, seed: int, dataset: Dataset, reference: Part | None = None
) -> tuple[Part, tuple[Change, ...]]:
    """With a test part in reach."""
    return registry.spoil(clean, plan, seed, dataset, reference, exam_part(dataset))


def spoiling(corruption: Corruption, amount: float, **options) -> Spoiling:
    config = CorruptionConfig(name=corruption.name, amount=amount, options=options)
    return Spoiling(corruptions=(config,))


def between(corruption: Corruption, share: float) -> float:
    """The amount at `share` of the way from nothing to the slider's right end."""
    amount = corruption.amount
    value = amount.identity + share * (amount.extreme - amount.identity)
    return float(math.ceil(value)) if amount.whole else value
