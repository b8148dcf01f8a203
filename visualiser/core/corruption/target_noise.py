"""Imprecise targets for regression and forecasts."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualiser.core.corruption.lookup import refuse_wrong_amounts
from visualiser.core.corruption.spec import Amount, Change, Context, Corruption, NoOptions
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part

_MOST_DECIMALS = 4
"""Targets with more are taken for measurements, which may have any value."""


def corrupt(
    part: Part, amount: float, options: NoOptions, context: Context, generator: np.random.Generator
) -> tuple[Part, Change]:
    """Add normal noise of `amount` standard deviations of the clean training target.

    What comes out is a target that could have been: of whole numbers a whole number (with
    decimals, no more of them than the clean ones have), and never below zero where no clean one
    is. The noise is rounded and then stops at zero, so that more of it never brings a target
    nearer to the clean one. It is less than asked for where many targets are near zero; the
    change says how far they really are off.
    """
    clean = context.dataset.labels
    noise = generator.standard_normal(len(context.clean))[part.origin]
    noise *= amount * np.std(context.reference.labels)
    decimals = decimals_of(clean)
    labels = part.labels + noise
    if decimals is not None:
        step = np.round(noise, decimals)
        labels = np.where(step == 0, part.labels, np.round(part.labels + step, decimals))
    held = np.zeros(len(part), dtype=np.bool_)
    if not context.dataset.target_is_date and clean.min() >= 0:
        held = labels < 0
        labels = np.maximum(labels, 0)
    hit = labels != part.labels
    off = float(np.mean(np.abs(labels - part.labels))) if len(part) else 0.0
    change = Change(
        "target_noise",
        amount,
        int(np.count_nonzero(hit)),
        len(part),
        "targets",
        _changed(off, int(np.count_nonzero(held)), context.dataset),
        part.origin[hit],
    )
    return part.with_values(labels=labels), change


def decimals_of(labels: NDArray[Any]) -> int | None:
    """With how many decimals all of (N,) labels can be written; None for more than a few."""
    for decimals in range(_MOST_DECIMALS + 1):
        if np.allclose(labels, np.round(labels, decimals), rtol=1e-9, atol=0):
            return decimals
    return None


def _changed(off: float, held: int, dataset: Dataset) -> str:
    """“changed, off by $ 41,300 on average, 12 stopped at 0”."""
    stopped = f", {held:,} stopped at 0" if held else ""
    return f"changed, off by {dataset.amount_text(off)} on average{stopped}"


CORRUPTION = Corruption(
    name="target_noise",
    flag="target-noise",
    title="Imprecise targets",
    dimension="Labels",
    touches="labels",
    story="The answers were estimated rather than measured, and are off by chance. Counts stay "
    "whole, and what is never below zero does not fall below it. 1 sd is how far targets usually "
    "lie from their mean (standard deviation).",
    source="Additive normal noise, in standard deviations of the target; rounded as the target is, "
    "and cut off at zero where that has nothing below it",
    amount=Amount("target_noise_std", 0.0, 2.0, "sd"),
    options=NoOptions,
    refuses=refuse_wrong_amounts,
    corrupt=corrupt,
)
