"""Balance: classes that get rare, and by how much."""

import numpy as np
import pytest
from imblearn.datasets import make_imbalance
from scipy import stats

from tests.core.corruption.spoiling import SURE, many_labels, spoilt
from visualiser.core.corruption.registry import CORRUPTIONS, spoil
from visualiser.core.data.split import part_of
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.numerals import numeral


@pytest.mark.parametrize("factor", [0.5, 0.1, 0.02, 0.01])
def test_class_counts_are_those_of_ldam(factor):
    """`get_img_num_per_cls` of Cao et al.: int(n · μ^(c / (K − 1))), and half of them n · μ."""
    dataset = many_labels((500,) * 10)
    whole = part_of(dataset, np.arange(len(dataset)))
    for profile, shares in (
        ("exponential", [factor ** (c / 9) for c in range(10)]),
        ("step", [1.0] * 5 + [factor] * 5),
    ):
        config = CorruptionConfig(
            name="class_imbalance", amount=factor, options={"profile": profile}
        )
        part, (change,) = spoil(whole, Spoiling(corruptions=(config,)), 0, dataset)
        expected = [int(500 * share + 1e-9) for share in shares]
        assert np.bincount(part.labels).tolist() == expected
        assert change.changed == 5000 - sum(expected)


@pytest.mark.parametrize("factor", [0.5, 0.1, 0.02])
def test_imbalance_leaves_what_imbalanced_learn_draws_for_the_same_counts(factor):
    """As many of each class, drawn from all of it alike: which ones are left is no matter."""
    dataset = many_labels((400,) * 5)
    clean, part, _ = spoilt(dataset, "class_imbalance", factor)
    wanted = {code: int(count) for code, count in enumerate(np.bincount(part.labels))}
    theirs, labels = make_imbalance(
        clean.features, clean.labels, sampling_strategy=wanted, random_state=0
    )
    np.testing.assert_array_equal(np.bincount(part.labels), np.bincount(labels))
    for code in range(4):
        ours = part.features[part.labels == code]
        for column in range(2):
            pair = ours[:, column], theirs[labels == code][:, column]
            assert stats.ks_2samp(*pair, method="asymp").pvalue > SURE


def test_the_rare_class_gets_rarer_where_classes_differ_from_the_start():
    clean, part, _ = spoilt(many_labels((100, 1005, 400)), "class_imbalance", 0.04)
    before, after = np.bincount(clean.labels), np.bincount(part.labels)
    assert after[1] == before[1]
    assert after[2] == int(before[2] * 0.2)
    assert after[0] == int(before[0] * 0.04)


def test_every_class_keeps_an_example():
    _, part, _ = spoilt(many_labels((45, 40, 35)), "class_imbalance", 0.01)
    assert np.bincount(part.labels).min() == 1


def test_rare_classes_name_the_class_that_lost_most():
    _, _, change = spoilt(many_labels((90, 60, 30)), "class_imbalance", 0.1)
    assert "points removed, “b” lost most;" in change.sentence()
    _, _, two = spoilt(many_labels((90, 60)), "class_imbalance", 0.1)
    assert "points removed, all from “b”;" in two.sentence()
    _, _, step = spoilt(many_labels((55, 50, 50, 50)), "class_imbalance", 0.1, profile="step")
    assert "points removed;" in step.sentence()


@pytest.mark.parametrize("sizes", [(100, 100), (180, 20)])
def test_rare_classes_say_the_ratio_that_was_made_whatever_it_was_before(sizes):
    _, part, change = spoilt(many_labels(sizes), "class_imbalance", 0.25)
    left = np.bincount(part.labels)
    ratio = numeral(left.max() / left.min(), 3)
    assert change.sentence().endswith(f"smallest to largest class 1 : {ratio}")
    assert CORRUPTIONS["class_imbalance"].amount.text(0.25) == "1 in 4 kept"
