"""What ways of spoiling come to together, counted anew row by row."""

import numpy as np
import pytest

from tests.core.corruption.examples import DATASETS, clean_part, exam_part, same_features
from visualiser.core.corruption.extent import Extent, extent
from visualiser.core.corruption.registry import spoil
from visualiser.core.experiment import CorruptionConfig, Spoiling

NOISE, REMOVAL = ("symmetric_label_noise", 0.4), ("class_imbalance", 0.01)
PLANS = [
    ("pictures", (NOISE, REMOVAL)),
    ("pictures", (REMOVAL, NOISE)),
    ("pictures", (("feature_noise", 0.5), NOISE, REMOVAL)),
    ("points", (NOISE, ("pair_flip", 0.45))),
    ("points", (NOISE, ("duplicates", 0.3))),
    ("pictures", (("duplicates", 0.3), ("image_corruption", 3.0), REMOVAL)),
    ("prices", (("missing_values", 0.1), ("outliers", 0.1))),
    ("messages", (("word_noise", 0.1), REMOVAL)),
    ("prices", (("target_noise", 0.3), ("under_representation", 0.2))),
    ("decisions", (("group_label_bias", 0.7), NOISE, ("under_representation", 0.2))),
]


@pytest.mark.parametrize(("name", "plan"), PLANS)
def test_the_counts_are_those_of_the_rows_that_are_left(name, plan):
    dataset = DATASETS[name]
    clean = clean_part(dataset)
    configs = tuple(CorruptionConfig(name=way, amount=amount) for way, amount in plan)
    part, changes = spoil(clean, Spoiling(corruptions=configs), 0, dataset)
    wrong = sum(
        label != dataset.labels[row]
        for row, label in zip(part.rows.tolist(), part.labels.tolist(), strict=True)
    )
    noisy = (~same_features(part, clean.take(part.origin))).sum()
    gone = len({*clean.rows.tolist()} - {*part.rows.tolist()})
    copies = len(part) - len({*part.rows.tolist()})
    whole = extent(dataset, clean, part, changes)
    assert whole == Extent(len(part), wrong, noisy, gone, repeated_rows=copies)
    assert whole.rows == len(clean) - whole.removed_rows + whole.repeated_rows


@pytest.mark.parametrize(
    ("name", "counts", "sentence"),
    [
        (
            "pictures",
            Extent(864, 316, 0, 2636),
            "In all, 316 of 864 training labels are wrong and 2,636 pictures are gone",
        ),
        (
            "messages",
            Extent(10, 1, 2, 1),
            "In all, 1 of 10 training labels is wrong, 2 of 10 training messages are noisy "
            "and 1 message is gone",
        ),
        ("points", Extent(10, 0, 0, 5), "In all, 5 points are gone"),
        ("decisions", Extent(10, 0, 0, 0), "In all, 0 of 10 training labels are wrong"),
        ("prices", Extent(10, 9, 0, 0), "In all, 9 of 10 training targets are imprecise"),
        (
            "decisions",
            Extent(20, 0, 0, 0, 10, 20),
            "In all, 20 of 20 training rows are altered and 10 rows are copied from the test",
        ),
        (
            "points",
            Extent(10, 0, 0, 0, repeated_rows=4),
            "In all, 4 of 10 training points are copies",
        ),
        (
            "messages",
            Extent(10, 2, 0, 3, 1, repeated_rows=1),
            "In all, 2 of 10 training labels are wrong, 3 messages are gone, "
            "1 message is copied from the test and 1 of 10 training messages is a copy",
        ),
        ("purchases", Extent(10, 1, 0, 0), "In all, 1 of 10 training purchases is mistaken"),
    ],
)
def test_what_there_is_is_told_in_the_words_of_the_data(name, counts, sentence):
    assert counts.sentence(DATASETS[name]) == sentence


def test_rows_of_the_test_are_copied_and_their_labels_are_right() -> None:
    dataset = DATASETS["pictures"]
    clean, exam = clean_part(dataset), exam_part(dataset)
    plan = (("spurious_shortcut", 1.0), REMOVAL, ("test_contamination", 1.0), NOISE)
    configs = tuple(CorruptionConfig(name=way, amount=amount) for way, amount in plan)
    part, changes = spoil(clean, Spoiling(corruptions=configs), 0, dataset, test=exam)
    whole = extent(dataset, clean, part, changes)
    copied = np.isin(part.rows, exam.rows)
    assert whole.copied_rows == copied.sum() == len(exam)
    assert whole.altered_rows == len(part) - len(exam)
    assert whole.removed_rows == len(clean) - whole.altered_rows
    assert whole.wrong_labels == (part.labels != dataset.labels[part.rows]).sum()


@pytest.mark.parametrize("first", ["duplicates", "test_contamination"])
def test_rows_repeated_removed_and_copied_from_the_test_add_up(first: str) -> None:
    dataset = DATASETS["pictures"]
    clean, exam = clean_part(dataset), exam_part(dataset)
    amounts = {"duplicates": 0.5, "test_contamination": 1.0}
    order = sorted(amounts, key=lambda name: name != first)
    plan = (NOISE, *((name, amounts[name]) for name in order), REMOVAL)
    configs = tuple(CorruptionConfig(name=way, amount=amount) for way, amount in plan)
    part, changes = spoil(clean, Spoiling(corruptions=configs), 0, dataset, test=exam)
    whole = extent(dataset, clean, part, changes)
    assert min(whole.removed_rows, whole.copied_rows, whole.repeated_rows) > 0
    left = len(clean) - whole.removed_rows
    assert whole.rows == len(part) == left + whole.copied_rows + whole.repeated_rows


def test_outliers_in_the_target_are_wrong_targets_and_leave_the_features_alone():
    dataset = DATASETS["prices"]
    clean = clean_part(dataset)
    config = CorruptionConfig(name="outliers", amount=0.2, options={"where": "target"})
    part, changes = spoil(clean, Spoiling(corruptions=(config,)), 0, dataset)
    found = extent(dataset, clean, part, changes)
    assert (found.wrong_labels, found.noisy_rows) == (changes[0].changed, 0)
