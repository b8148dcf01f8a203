"""The ways of spoiling on offer, one line each, and their application in order."""

from visualiser.core.corruption import (
    background_noise,
    best_sellers,
    class_conditional_label_noise,
    class_imbalance,
    concept_drift,
    contamination,
    covariate_shift,
    duplicates,
    feature_noise,
    fewer_examples,
    group_label_bias,
    image_corruption,
    instance_dependent_label_noise,
    irrelevant_features,
    missing_region,
    missing_values,
    mistaken_purchases,
    outliers,
    pair_flip,
    planted_secret,
    spurious_shortcut,
    stale_data,
    symmetric_label_noise,
    target_leakage,
    target_noise,
    typos,
    under_representation,
    withdrawn_consent,
    word_noise,
)
from visualiser.core.corruption.spec import Change, Context, Corruption, Touches, generator_of
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.errors import UserError
from visualiser.core.experiment import Spoiling, check_options

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
        fewer_examples.CORRUPTION,
        missing_region.CORRUPTION,
        covariate_shift.CORRUPTION,
        group_label_bias.CORRUPTION,
        under_representation.CORRUPTION,
        stale_data.CORRUPTION,
        concept_drift.CORRUPTION,
        # After all that changes labels, since they give those away.
        irrelevant_features.CORRUPTION,
        target_leakage.CORRUPTION,
        spurious_shortcut.CORRUPTION,
        withdrawn_consent.CORRUPTION,
        planted_secret.CORRUPTION,
        # Last: rows of the test come as they are.
        contamination.CORRUPTION,
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


def spare_columns(spoiling: Spoiling, dataset: Dataset) -> tuple[str, ...]:
    """Names of the columns that the corruptions fill and that the data does not have of its own.

    Raises:
        UserError: as check_spoiling.
    """
    check_spoiling(spoiling, dataset)
    names: list[str] = []
    for config in spoiling.corruptions:
        corruption = CORRUPTIONS[config.name]
        if corruption.widen is not None and config.amount != corruption.amount.identity:
            options = check_options(corruption.options, config.options, corruption.title)
            names += corruption.widen(dataset, config.amount, options)
    return tuple(dict.fromkeys(names))


def spoil(
    clean: Part,
    spoiling: Spoiling,
    seed: int,
    dataset: Dataset,
    reference: Part | None = None,
    test: Part | None = None,
) -> tuple[Part, tuple[Change, ...]]:
    """Apply the corruptions in order to a clean part; the clean part stays as it is.

    `reference` is the clean training part whose statistics are the unit of noise; None means
    that `clean` is the training part. `test` is the test part, for what copies rows of it; it
    stays as it is too. The data has the spare columns that are to be filled (`spare_columns`).
    Without corruptions the clean part itself comes back.

    Raises:
        UserError: as check_spoiling.
    """
    check_spoiling(spoiling, dataset)
    context = Context(dataset, clean, clean if reference is None else reference, test)
    held_out = context.clean is not context.reference
    part, changes = clean, []
    for config in spoiling.corruptions:
        corruption = CORRUPTIONS[config.name]
        if config.amount == corruption.amount.identity or (held_out and corruption.training_only):
            continue
        options = check_options(corruption.options, config.options, corruption.title)
        pattern = seed if config.seed is None else config.seed
        part, change = corruption.corrupt(
            part, config.amount, options, context, generator_of(pattern, config.name, held_out)
        )
        changes.append(change)
    return part, tuple(changes)
