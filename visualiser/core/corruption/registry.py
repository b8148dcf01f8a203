"""The ways of spoiling on offer, one line each, and their application in order."""

import zlib

import numpy as np

from visualiser.core.corruption import (
    background_noise,
    best_sellers,
    class_conditional_label_noise,
    class_imbalance,
    duplicates,
    feature_noise,
    group_label_bias,
    image_corruption,
    instance_dependent_label_noise,
    missing_values,
    mistaken_purchases,
    outliers,
    pair_flip,
    symmetric_label_noise,
    target_noise,
    typos,
    under_representation,
    word_noise,
)
from visualiser.core.corruption.spec import Change, Context, Corruption, Touches
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Spoiling, check_options

CORRUPTIONS: dict[str, Corruption] = {
    corruption.name: corruption
    for corruption in (
        symmetric_label_noise.CORRUPTION,
        pair_flip.CORRUPTION,
        class_conditional_label_noise.CORRUPTION,
        instance_dependent_label_noise.CORRUPTION,
        target_noise.CORRUPTION,
        mistaken_purchases.CORRUPTION,
        feature_noise.CORRUPTION,
        image_corruption.CORRUPTION,
        word_noise.CORRUPTION,
        typos.CORRUPTION,
        background_noise.CORRUPTION,
        outliers.CORRUPTION,
        missing_values.CORRUPTION,
        duplicates.CORRUPTION,
        class_imbalance.CORRUPTION,
        best_sellers.CORRUPTION,
        group_label_bias.CORRUPTION,
        under_representation.CORRUPTION,
    )
}


def corruption_named(name: str) -> Corruption:
    """The corruption called `name`.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    if name not in CORRUPTIONS:
        raise UserError(
            f"There is no way of spoiling called “{name}”.",
            f"Choose one of: {', '.join(CORRUPTIONS)}.",
        )
    return CORRUPTIONS[name]


def touched_by(change: Change) -> Touches:
    """What a change touched: labels, features, or which rows there are."""
    return change.touches or corruption_named(change.name).touches


def change_text(change: Change) -> str:
    """What a way of spoiling did, with its name: “Wrong labels: 37 of 250 labels changed”."""
    return f"{corruption_named(change.name).title}: {change.sentence()}"


def check_spoiling(spoiling: Spoiling, dataset: Dataset) -> None:
    """Refuse what cannot be done to this data set, before anything is done.

    Raises:
        UserError: unknown name, amount out of range, an option that does not fit, or a
            corruption that makes no sense for such data.
    """
    for config in spoiling.corruptions:
        corruption = corruption_named(config.name)
        amount = corruption.amount
        if not amount.contains(config.amount):
            raise UserError(
                f"{corruption.title}: {config.amount:g} is out of range.",
                f"It takes {amount.range_text}.",
            )
        reason = corruption.refuses(dataset)
        if reason is not None and config.amount != amount.identity:
            raise UserError(f"{corruption.title} cannot be used here: {reason}.")
        check_options(corruption.options, config.options, corruption.title)


def spoil(
    clean: Part, spoiling: Spoiling, seed: int, dataset: Dataset, reference: Part | None = None
) -> tuple[Part, tuple[Change, ...]]:
    """Apply the corruptions in order to a clean part; the clean part stays as it is.

    `reference` is the clean training part whose statistics are the unit of noise; None means
    that `clean` is the training part. Without corruptions the clean part itself comes back.

    Raises:
        UserError: as check_spoiling.
    """
    check_spoiling(spoiling, dataset)
    context = Context(dataset, clean, clean if reference is None else reference)
    part, changes = clean, []
    for config in spoiling.corruptions:
        corruption = CORRUPTIONS[config.name]
        if config.amount == corruption.amount.identity:
            continue
        options = check_options(corruption.options, config.options, corruption.title)
        part, change = corruption.corrupt(
            part, config.amount, options, context, _generator(seed, config, context)
        )
        changes.append(change)
    return part, tuple(changes)


def _generator(seed: int, config: CorruptionConfig, context: Context) -> np.random.Generator:
    """Depends on the seed and the name, never on the amount: a slider keeps its pattern.

    Validation rows get draws of their own, not those of the training rows at the same places.
    """
    held_out = context.clean is not context.reference
    return np.random.default_rng([seed, zlib.crc32(config.name.encode()), held_out])
