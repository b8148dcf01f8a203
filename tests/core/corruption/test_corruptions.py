"""What every way of spoiling promises, checked for each on each kind of data it is meant for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.corruption.every_way import EVERY
from tests.core.corruption.examples import (
    DATASETS,
    clean_part,
    exam_part,
    same_features,
    same_part,
)
from tests.core.corruption.plans import SEEDS, between, spoil, spoiling
from visualiser.core.corruption import registry
from visualiser.core.corruption.lookup import automatic_name
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.spec import Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import part_of
from visualiser.core.experiment import Spoiling

NOT_ROWS = frozenset({"words", "characters", "columns", "values", "measured values"})
"""What is counted where it is not rows or their labels."""


NOT_DRAWN = frozenset({"stale_data"})
"""What leaves nothing to chance: no seed makes a difference."""


def test_the_ways_of_spoiling_have_the_names_and_ranges_of_the_literature():
    assert {
        c.flag: (c.name, c.amount.parameter, c.amount.identity, c.amount.extreme)
        for c in CORRUPTIONS.values()
    } == {
        "label-noise": ("symmetric_label_noise", "label_noise_rate", 0, 0.8),
        "pair-flip": ("pair_flip", "pair_flip_rate", 0, 0.45),
        "class-noise": ("class_conditional_label_noise", "class_noise_rate", 0, 0.8),
        "hard-case-noise": ("instance_dependent_label_noise", "instance_noise_rate", 0, 0.5),
        "target-noise": ("target_noise", "target_noise_std", 0, 2),
        "mistaken-purchases": ("mistaken_purchases", "mistake_rate", 0, 0.8),
        "feature-noise": ("feature_noise", "feature_noise_std", 0, 2),
        "image-corruption": ("image_corruption", "severity", 0, 5),
        "word-noise": ("word_noise", "word_noise_rate", 0, 0.5),
        "typos": ("typos", "typo_rate", 0, 0.5),
        "background-noise": ("background_noise", "snr_db", 40, -5),
        "outliers": ("outliers", "outlier_share", 0, 0.2),
        "missing-values": ("missing_values", "missing_share", 0, 0.8),
        "duplicates": ("duplicates", "duplicate_share", 0, 1),
        "imbalance": ("class_imbalance", "imbalance_factor", 1, 0.01),
        "best-sellers": ("best_sellers", "retained_share", 1, 0),
        "group-bias": ("group_label_bias", "group_label_bias", 0, 1),
        "fewer-examples": ("fewer_examples", "training_share", 1, 0.01),
        "under-representation": ("under_representation", "retained_share", 1, 0),
        "missing-region": ("missing_region", "retained_share", 1, 0),
        "selection-bias": ("covariate_shift", "shift_std", 0, 2),
        "stale": ("stale_data", "oldest_share", 1, 0.05),
        "drift": ("concept_drift", "drift_strength", 0, 1),
        "noise-columns": ("irrelevant_features", "noise_columns", 0, 50),
        "leak": ("target_leakage", "leak_correlation", 0, 1),
        "shortcut": ("spurious_shortcut", "shortcut_share", 0, 1),
        "withdrawn": ("withdrawn_consent", "withdrawn_share", 0, 0.95),
        "secret": ("planted_secret", "secret_times", 0, 64),
        "contamination": ("test_contamination", "contaminated_share", 0, 1),
    }


@EVERY
def test_nothing_of_it_is_the_clean_part_itself(corruption, dataset, options):
    clean = clean_part(dataset)
    part, changes = spoil(
        clean, spoiling(corruption, corruption.amount.identity, **options), 0, dataset
    )
    assert part is clean
    assert changes == ()


@EVERY
def test_the_function_itself_changes_nothing_at_zero(corruption, dataset, options):
    """The registry leaves out what does nothing; the corruption would do nothing anyway."""
    clean = clean_part(dataset)
    part, change = corruption.corrupt(
        clean,
        corruption.amount.identity,
        corruption.options(**options),
        Context(dataset, clean, clean, exam_part(dataset)),
        np.random.default_rng(0),
    )
    assert same_part(part, clean)
    assert change.changed == 0
    assert len(change.rows) == 0


@EVERY
def test_healing_brings_back_the_clean_part(corruption, dataset, options):
    clean = clean_part(dataset)
    spoil(clean, spoiling(corruption, corruption.amount.extreme, **options), 0, dataset)
    assert spoil(clean, Spoiling(), 0, dataset) == (clean, ())


@EVERY
def test_the_clean_part_and_the_test_part_are_left_as_they_were(corruption, dataset, options):
    clean, exam = clean_part(dataset), exam_part(dataset)
    plan = spoiling(corruption, corruption.amount.extreme, **options)
    registry.spoil(clean, plan, 0, dataset, test=exam)
    assert same_part(clean, clean_part(dataset))
    assert same_part(exam, exam_part(dataset))


@EVERY
def test_a_spoiled_part_cannot_be_written_to(corruption, dataset, options):
    part, _ = spoil(
        clean_part(dataset), spoiling(corruption, corruption.amount.extreme, **options), 0, dataset
    )
    assert not part.labels.flags.writeable
    values = part.features if isinstance(part.features, np.ndarray) else part.features.numeric
    assert not values.flags.writeable


@EVERY
def test_the_same_seed_spoils_the_same_and_another_one_differently(corruption, dataset, options):
    # Not all rows, so that what has no draws of its own has that of the rows.
    some = {"fraction": 0.5} if "fraction" in corruption.options.model_fields else {}
    clean = clean_part(dataset)
    plan = spoiling(corruption, between(corruption, 0.5), **options, **some)
    first, first_changes = spoil(clean, plan, 3, dataset)
    again, again_changes = spoil(clean, plan, 3, dataset)
    other, _ = spoil(clean, plan, 4, dataset)
    assert same_part(first, again)
    assert first_changes[0].changed == again_changes[0].changed
    assert same_part(first, other) == (corruption.name in NOT_DRAWN)


@EVERY
@settings(max_examples=8, deadline=None)
@given(shares=st.tuples(st.floats(0.02, 1), st.floats(0.02, 1)), seed=SEEDS)
def test_more_of_it_touches_the_same_rows_and_others_besides(
    corruption, dataset, options, shares, seed
):
    clean = clean_part(dataset)
    (less, few), (more, many) = (
        spoil(clean, spoiling(corruption, between(corruption, share), **options), seed, dataset)
        for share in sorted(shares)
    )
    assert set(few[0].rows) <= set(many[0].rows)
    assert few[0].changed <= many[0].changed
    assert set(few[0].added) <= set(many[0].added)
    less, more = (part.take(np.flatnonzero(~part.foreign_to(clean))) for part in (less, more))
    assert set(more.origin) <= set(less.origin)
    if dataset.task == "classification":
        # A label that is wrong with the smaller amount is wrong in the same way with the larger.
        place = np.searchsorted(less.origin, more.origin)
        wrong = less.labels[place] != clean.labels[more.origin]
        np.testing.assert_array_equal(more.labels[wrong], less.labels[place][wrong])


@EVERY
def test_the_change_reports_what_was_really_done(corruption, dataset, options):
    clean = clean_part(dataset)
    plan = spoiling(corruption, corruption.amount.extreme, **options)
    part, (change,) = spoil(clean, plan, 0, dataset)
    copied = part.foreign_to(clean)
    np.testing.assert_array_equal(change.added, part.rows[copied])
    part = part.take(np.flatnonzero(~copied))
    removed = np.setdiff1d(clean.origin, part.origin)
    if change.verb.startswith("removed"):
        np.testing.assert_array_equal(change.rows, removed)
        assert change.changed == len(removed)
    else:
        assert len(removed) == 0
        before = clean.take(part.origin)
        again = np.bincount(part.origin, minlength=len(clean)) > 1
        differs = (before.labels != part.labels) | ~same_features(before, part)
        done = np.union1d(part.origin[differs], np.flatnonzero(again))
        np.testing.assert_array_equal(np.unique(change.rows), done)
        counts_rows = change.noun not in NOT_ROWS and not copied.any()
        if counts_rows:
            assert change.changed == len(change.rows) == len(done)
    assert 0 < change.changed <= change.eligible
    assert change.sentence().startswith(f"{change.changed:,} of {change.eligible:,} ")


def test_validation_rows_get_draws_of_their_own_in_units_of_the_training_rows():
    dataset = DATASETS["pictures"]
    clean = clean_part(dataset)
    held_out = clean_part(dataset)
    plan = spoiling(CORRUPTIONS["symmetric_label_noise"], 0.4)
    train, _ = spoil(clean, plan, 0, dataset)
    validation, _ = spoil(held_out, plan, 0, dataset, reference=clean)
    both_wrong = (train.labels != clean.labels) & (validation.labels != clean.labels)
    assert 0.1 < both_wrong.mean() < 0.22, "0.4 × 0.4 where the draws are independent"


@EVERY
def test_validation_rows_are_left_alone_by_what_makes_sense_of_training_only(
    corruption: Corruption, dataset: Dataset, options: dict[str, object]
) -> None:
    clean, held_out = clean_part(dataset), clean_part(dataset)
    plan = spoiling(corruption, corruption.amount.extreme, **options)
    part, changes = spoil(held_out, plan, 0, dataset, reference=clean)
    assert (part is held_out) == corruption.training_only == (changes == ())


@pytest.mark.parametrize("fraction", [0.0, 0.005])
@pytest.mark.parametrize("name", ["points", "pictures", "decisions"])
def test_noise_in_so_few_rows_that_none_is_hit_changes_nothing(name, fraction):
    dataset = DATASETS[name]
    clean = part_of(dataset, np.arange(100))
    noise = spoiling(CORRUPTIONS["feature_noise"], 1.0, fraction=fraction)
    counts = []
    for seed in range(5):
        part, (change,) = spoil(clean, noise, seed, dataset)
        counts.append(change.changed)
        assert change.changed == len(change.rows) == np.count_nonzero(~same_features(part, clean))
        assert change.eligible == 100
        assert same_part(part, clean) == (change.changed == 0)
    assert 0 in counts
    assert fraction > 0 or not any(counts)


@EVERY
def test_an_option_left_empty_does_what_its_automatic_name_does(
    corruption: Corruption, dataset: Dataset, options: dict[str, object]
) -> None:
    clean = clean_part(dataset)
    context = Context(dataset, clean, clean)
    fields = corruption.options.model_fields
    names = {option: automatic_name(option, context) for option in fields}
    meant = {option: name for option, name in names.items() if name is not None}
    left_empty, named = (
        spoil(clean, spoiling(corruption, between(corruption, 0.5), **chosen), 3, dataset)[0]
        for chosen in (options, options | meant)
    )
    assert same_part(left_empty, named)
