"""A part spoiled in one way, with room for the columns that are filled and a test part in reach."""

from typing import Any

from tests.core.corruption.examples import clean_part, exam_part
from visualiser.core.corruption.registry import spare_columns, spoil
from visualiser.core.corruption.spare_columns import with_columns
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, Spoiling


def spoilt(
    dataset: Dataset, name: str, amount: float, seed: int = 0, **options: Any
) -> tuple[Part, Part, Change]:
    """The clean part, the spoiled one, and what was done."""
    config = CorruptionConfig(name=name, amount=amount, options=options)
    plan = Spoiling(corruptions=(config,))
    roomy = with_columns(dataset, spare_columns(plan, dataset))
    clean = clean_part(roomy)
    part, (change,) = spoil(clean, plan, seed, roomy, test=exam_part(roomy))
    return clean, part, change
