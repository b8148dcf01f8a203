"""What every way of spoiling promises, checked for each on each kind of data it is meant for."""

import math
import re
from typing import Literal, get_args, get_origin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.corruption.examples import DATASETS, clean_part, same_features, same_part
from visualiser.core.corruption.lookup import automatic_name
from visualiser.core.corruption.registry import CORRUPTIONS, check_spoiling, spoil
from visualiser.core.corruption.spec import Context, Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import part_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Spoiling


def ways(corruption: Corruption) -> list[dict[str, object]]:
    """Its usual options, and each other choice of an option that has a few."""
    found: list[dict[str, object]] = [{}]
    for name, field in corruption.options.model_fields.items():
        if get_origin(field.annotation) is Literal:
            choices = (choice for choice in get_args(field.annotation) if choice != field.default)
            found += [{name: choice} for choice in choices]
    return found


def makes_sense(corruption: Corruption, dataset: Dataset, options: dict[str, object]) -> bool:
    """Whether it can be done to the data; an option may ask for what there is not."""
    if corruption.refuses(dataset) is not None:
        return False
    try:
        spoil(
            clean_part(dataset),
            spoiling(corruption, corruption.amount.extreme, **options),
            0,
            dataset,
        )
    except UserError:
        return not options
    return True


def spoiling(corruption: Corruption, amount: float, **options) -> Spoiling:
    config = CorruptionConfig(name=corruption.name, amount=amount, options=options)
    return Spoiling(corruptions=(config,))


def between(corruption: Corruption, share: float) -> float:
    """The amount at `share` of the way from nothing to the slider's right end."""
    amount = corruption.amount
    value = amount.identity + share * (amount.extreme - amount.identity)
    return float(math.ceil(value)) if amount.whole else value


FITTING = [
    pytest.param(
        corruption,
        dataset,
        options,
        id="-".join((corruption.name, dataset.name, *map(str, options.values()))),
    )
    for corruption in CORRUPTIONS.values()
    for dataset in DATASETS.values()
    for options in ways(corruption)
    if makes_sense(corruption, dataset, options)
]
UNFITTING = [
    pytest.param(corruption, dataset, id=f"{corruption.name}-{dataset.name}")
    for corruption in CORRUPTIONS.values()
    for dataset in DATASETS.values()
    if corruption.refuses(dataset) is not None
]
EVERY = pytest.mark.parametrize(("corruption", "dataset", "options"), FITTING)


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
        "under-representation": ("under_representation", "retained_share", 1, 0),
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
        Context(dataset, clean, clean),
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
def test_the_clean_part_is_left_as_it_was(corruption, dataset, options):
    clean, kept = clean_part(dataset), clean_part(dataset)
    spoil(clean, spoiling(corruption, corruption.amount.extreme, **options), 0, dataset)
    assert same_part(clean, kept)


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
    assert not same_part(first, other)


@EVERY
@settings(max_examples=8, deadline=None)
@given(shares=st.tuples(st.floats(0.02, 1), st.floats(0.02, 1)), seed=st.integers(0, 2**31 - 1))
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
    assert set(more.origin) <= set(less.origin)
    if dataset.task == "classification":
        # A label that is wrong with the smaller amount is wrong in the same way with the larger.
        place = np.searchsorted(less.origin, more.origin)
        wrong = less.labels[place] != clean.labels[more.origin]
        np.testing.assert_array_equal(more.labels[wrong], less.labels[place][wrong])


@EVERY
def test_the_change_reports_what_was_really_done(corruption, dataset, options):
    clean = clean_part(dataset)
    part, (change,) = spoil(
        clean, spoiling(corruption, corruption.amount.extreme, **options), 0, dataset
    )
    removed = np.setdiff1d(clean.origin, part.origin)
    if change.verb.startswith("removed"):
        np.testing.assert_array_equal(change.rows, removed)
        assert change.changed == len(removed)
    else:
        assert len(removed) == 0
        before = clean.take(part.origin)
        copied = np.bincount(part.origin, minlength=len(clean)) > 1
        differs = (before.labels != part.labels) | ~same_features(before, part)
        done = np.union1d(part.origin[differs], np.flatnonzero(copied))
        np.testing.assert_array_equal(np.unique(change.rows), done)
        if change.noun not in ("words", "characters", "values", "measured values"):
            assert change.changed == len(change.rows) == len(done)
    assert 0 < change.changed <= change.eligible
    assert change.sentence().startswith(f"{change.changed:,} of {change.eligible:,} ")


@EVERY
def test_amounts_outside_the_range_are_refused(corruption, dataset, options):
    low, high = sorted((corruption.amount.identity, corruption.amount.extreme))
    for amount in (low - 0.001, high + 0.001, -50.0, 1e9):
        with pytest.raises(UserError, match="out of range"):
            check_spoiling(spoiling(corruption, amount), dataset)
    check_spoiling(spoiling(corruption, low), dataset)
    check_spoiling(spoiling(corruption, high), dataset)


@EVERY
def test_unknown_options_are_refused(corruption, dataset, options):
    with pytest.raises(UserError, match="sauce"):
        check_spoiling(spoiling(corruption, corruption.amount.extreme, sauce="hot"), dataset)


@pytest.mark.parametrize(("corruption", "dataset"), UNFITTING)
def test_it_is_refused_with_a_reason_where_it_makes_no_sense(corruption, dataset):
    with pytest.raises(UserError, match="cannot be used here"):
        check_spoiling(spoiling(corruption, corruption.amount.extreme), dataset)
    check_spoiling(spoiling(corruption, corruption.amount.identity), dataset)


@pytest.mark.parametrize(("corruption", "dataset"), UNFITTING)
def test_what_a_refusal_offers_instead_can_be_used(corruption, dataset):
    reason = corruption.refuses(dataset)
    offered = re.search(r"there (?:are|is) (.+) instead", reason)
    if offered is not None:
        (other,) = (c for c in CORRUPTIONS.values() if c.title.lower() == offered[1])
        assert other.refuses(dataset) is None


CLASSES = {"points", "pictures", "messages", "clips", "decisions"}


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("symmetric_label_noise", CLASSES),
        ("pair_flip", CLASSES),
        ("class_conditional_label_noise", CLASSES),
        ("instance_dependent_label_noise", CLASSES),
        ("target_noise", {"prices", "colours", "days"}),
        ("feature_noise", {"points", "pictures", "prices", "decisions", "days"}),
        ("image_corruption", {"pictures"}),
        ("outliers", {"points", "prices", "decisions", "days"}),
        ("missing_values", {"prices", "decisions", "colours"}),
        ("duplicates", {*DATASETS} - {"purchases"}),
        ("word_noise", {"messages"}),
        ("background_noise", {"clips"}),
        ("class_imbalance", CLASSES),
        ("group_label_bias", {"decisions"}),
        ("under_representation", {"prices", "decisions"}),
    ],
)
def test_it_fits_the_data_it_is_meant_for(name, fits):
    corruption = CORRUPTIONS[name]
    assert {d.name for d in DATASETS.values() if corruption.refuses(d) is None} == fits


def test_an_unknown_name_is_refused_with_those_there_are():
    plan = Spoiling(corruptions=(CorruptionConfig(name="rust", amount=0.1),))
    with pytest.raises(UserError, match="pair_flip"):
        check_spoiling(plan, DATASETS["points"])


REMOVING = ("class_imbalance", "under_representation")


@settings(max_examples=15, deadline=None)
@given(
    rate=st.floats(0.05, 0.8),
    share=st.floats(0.05, 0.95),
    remover=st.sampled_from(REMOVING),
    changer=st.sampled_from(("symmetric_label_noise", "feature_noise")),
    seed=st.integers(0, 2**31 - 1),
)
def test_removing_rows_leaves_the_pattern_of_the_others_as_it_is(
    rate, share, remover, changer, seed
):
    dataset = DATASETS["decisions"]
    clean = clean_part(dataset)
    change = CorruptionConfig(name=changer, amount=rate)
    remove = CorruptionConfig(name=remover, amount=share)
    one, _ = spoil(clean, Spoiling(corruptions=(change, remove)), seed, dataset)
    other, _ = spoil(clean, Spoiling(corruptions=(remove, change)), seed, dataset)
    alone, _ = spoil(clean, Spoiling(corruptions=(change,)), seed, dataset)
    assert same_part(one, other)
    assert same_part(one, alone.take(one.origin))


CHANGING = [
    c
    for c in CORRUPTIONS.values()
    if c.touches != "rows" and c.refuses(DATASETS["decisions"]) is None
]


@pytest.mark.parametrize("changer", CHANGING, ids=lambda c: c.name)
def test_copies_are_spoiled_as_the_rows_they_are_copies_of(changer: Corruption) -> None:
    """So that it does not matter whether rows were repeated before or after."""
    dataset = DATASETS["decisions"]
    clean = clean_part(dataset)
    change = CorruptionConfig(name=changer.name, amount=between(changer, 0.6))
    repeat = CorruptionConfig(name="duplicates", amount=0.4, options={"times": 3})
    one, _ = spoil(clean, Spoiling(corruptions=(change, repeat)), 5, dataset)
    other, _ = spoil(clean, Spoiling(corruptions=(repeat, change)), 5, dataset)
    assert len(one) > len(clean)
    assert same_part(one, other)


@settings(max_examples=15, deadline=None)
@given(data=st.data(), seed=st.integers(0, 2**31 - 1))
def test_any_corruptions_in_any_order_leave_a_part_to_train_on(data, seed):
    dataset: Dataset = DATASETS["decisions"]
    clean = clean_part(dataset)
    fitting = [c for c in CORRUPTIONS.values() if c.refuses(dataset) is None]
    chosen = data.draw(st.lists(st.sampled_from(fitting), unique_by=lambda c: c.name))
    plan = Spoiling(
        corruptions=tuple(
            CorruptionConfig(name=c.name, amount=between(c, data.draw(st.floats(0.01, 1))))
            for c in chosen
        )
    )
    part, changes = spoil(clean, plan, seed, dataset)
    assert [change.name for change in changes] == [c.name for c in chosen]
    assert len(part) >= 10
    assert set(np.unique(part.labels)) <= set(range(dataset.class_count))
    np.testing.assert_array_equal(part.rows, clean.rows[part.origin])
    np.testing.assert_array_equal(part.groups, clean.groups[part.origin])
    assert all(0 <= change.changed <= change.eligible for change in changes)


def test_validation_rows_get_draws_of_their_own_in_units_of_the_training_rows():
    dataset = DATASETS["pictures"]
    clean = clean_part(dataset)
    held_out = clean_part(dataset)
    plan = spoiling(CORRUPTIONS["symmetric_label_noise"], 0.4)
    train, _ = spoil(clean, plan, 0, dataset)
    validation, _ = spoil(held_out, plan, 0, dataset, reference=clean)
    both_wrong = (train.labels != clean.labels) & (validation.labels != clean.labels)
    assert 0.1 < both_wrong.mean() < 0.22, "0.4 × 0.4 where the draws are independent"


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
