"""Imprecise targets for regression."""

import numpy as np

from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Add normal noise of `amount` standard deviations of the clean training target."""
    noise = generator.standard_normal(len(context.clean))[part.origin]
    labels = part.labels + amount * np.std(context.reference.labels) * noise
    hit = labels != part.labels
    change = Change(
        "target_noise",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        "targets",
        "changed",
        part.origin[hit],
    )
    return part.with_values(labels=labels), change


def _refuse(dataset: Dataset) -> str | None:
    if dataset.predicts_amounts:
        return None
    what = {"ranking": "a product", "language": "a character"}.get(dataset.task, "a class")
    return f"the target is {what}, not a number"


CORRUPTION = Corruption(
    name="target_noise",
    flag="target-noise",
    title="Imprecise targets",
    dimension="Labels",
    touches="labels",
    story="The answers were estimated rather than measured, and are off by chance.",
    source="Additive normal noise, in standard deviations of the target",
    amount=Amount("target_noise_std", 0.0, 2.0, "sd"),
    options=NoOptions,
    refuses=_refuse,
    corrupt=corrupt,
)
