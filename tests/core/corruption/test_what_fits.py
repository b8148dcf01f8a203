"""What is refused: amounts, options and data that a way of spoiling is not meant for."""

import re

import pytest

from tests.core.corruption.every_way import EVERY, UNFITTING
from tests.core.corruption.examples import (
    DATASETS,
)
from tests.core.corruption.plans import spoiling
from visualiser.core.corruption.registry import CORRUPTIONS, check_spoiling
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Spoiling


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


TABLES = {"prices", "decisions", "colours", "diary"}


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("symmetric_label_noise", CLASSES),
        ("pair_flip", CLASSES),
        ("class_conditional_label_noise", CLASSES),
        ("instance_dependent_label_noise", CLASSES),
        ("target_noise", {"prices", "colours", "diary", "days"}),
        ("feature_noise", {"points", "pictures", "prices", "decisions", "diary", "days"}),
        ("image_corruption", {"pictures"}),
        ("outliers", {"points", "prices", "decisions", "diary", "days"}),
        ("missing_values", TABLES),
        ("duplicates", {*DATASETS} - {"purchases"}),
        ("word_noise", {"messages"}),
        ("background_noise", {"clips"}),
        ("class_imbalance", CLASSES),
        ("group_label_bias", {"decisions"}),
        ("under_representation", {"prices", "decisions"}),
        ("missing_region", {*CLASSES, "prices", "diary", "days"}),
        ("covariate_shift", {*CLASSES, "prices", "diary", "days"}),
        ("stale_data", {"diary", "days"}),
        ("concept_drift", {*CLASSES, *TABLES, "days"}),
        ("irrelevant_features", TABLES),
        ("target_leakage", TABLES),
        ("spurious_shortcut", {"pictures", "messages", "clips"}),
        ("withdrawn_consent", set(DATASETS)),
        ("planted_secret", {"text"}),
        ("test_contamination", set(DATASETS)),
    ],
)
def test_it_fits_the_data_it_is_meant_for(name, fits):
    corruption = CORRUPTIONS[name]
    assert {d.name for d in DATASETS.values() if corruption.refuses(d) is None} == fits


def test_an_unknown_name_is_refused_with_those_there_are():
    plan = Spoiling(corruptions=(CorruptionConfig(name="rust", amount=0.1),))
    with pytest.raises(UserError, match="pair_flip"):
        check_spoiling(plan, DATASETS["points"])


@pytest.mark.parametrize("name", ["irrelevant_features", "planted_secret"])
def test_what_is_counted_comes_in_whole_numbers(name: str) -> None:
    corruption = CORRUPTIONS[name]
    dataset = next(d for d in DATASETS.values() if corruption.refuses(d) is None)
    with pytest.raises(UserError, match=r"2\.5 is out of range"):
        check_spoiling(spoiling(corruption, 2.5), dataset)
    assert corruption.amount.range_text.startswith("a whole number of ")
    assert not corruption.amount.text(1).endswith("s")
