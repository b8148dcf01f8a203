"""Labels: whether they are wrong as often, and in the way, that the name of a way promises."""

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import SURE, many_labels, spoilt
from visualiser.core.errors import UserError


@pytest.mark.parametrize("rate", [0.1, 0.4, 0.8])
def test_symmetric_noise_flips_at_its_rate_and_evenly_to_the_other_classes(rate):
    clean, part, change = spoilt(many_labels((2000,) * 5), "symmetric_label_noise", rate)
    wrong = part.labels != clean.labels
    assert stats.binomtest(int(wrong.sum()), len(clean), rate).pvalue > SURE
    assert change.changed == wrong.sum()
    step = (part.labels - clean.labels)[wrong] % 5
    assert stats.chisquare(np.bincount(step, minlength=5)[1:]).pvalue > SURE


def test_symmetric_noise_hits_every_class_alike():
    clean, part, _ = spoilt(many_labels((3000, 1000, 500)), "symmetric_label_noise", 0.3)
    table = np.histogram2d(clean.labels, part.labels != clean.labels, bins=(3, 2))[0]
    assert stats.chi2_contingency(table).pvalue > SURE


def test_pair_flip_takes_each_class_for_the_next_one():
    clean, part, change = spoilt(many_labels((2000,) * 4), "pair_flip", 0.35)
    wrong = part.labels != clean.labels
    assert set((part.labels - clean.labels)[wrong] % 4) == {1}
    assert stats.binomtest(int(wrong.sum()), len(clean), 0.35).pvalue > SURE
    assert change.eligible == len(clean)


@pytest.mark.parametrize(
    ("options", "sources", "target"),
    [
        ({"from_class": "b", "to_class": "d"}, {1}, 3),
        ({"from_class": "d"}, {3}, 0),
        ({"to_class": "c"}, {0, 1, 3}, 2),
    ],
)
def test_pair_flip_takes_the_classes_it_is_told(options, sources, target):
    clean, part, change = spoilt(many_labels((500,) * 4), "pair_flip", 0.45, **options)
    wrong = part.labels != clean.labels
    assert set(clean.labels[wrong]) == sources
    assert set(part.labels[wrong]) == {target}
    assert change.eligible == np.isin(clean.labels, list(sources)).sum()


def test_a_class_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(UserError, match=r"no class called “z”.*a, b"):
        spoilt(many_labels((50, 50)), "pair_flip", 0.2, from_class="z")


def test_target_noise_is_normal_with_the_spread_asked_for():
    clean, part, change = spoilt(DATASETS["prices"], "target_noise", 0.5)
    noise = (part.labels - clean.labels) / (0.5 * clean.labels.std())
    assert stats.kstest(noise, "norm").pvalue > SURE
    assert change.sentence().startswith("595 of 595 targets changed, off by $\u00a020,")


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({}, "labels changed to the next class"),
        ({"from_class": "c"}, "“c” labels changed to “a”"),
        ({"from_class": "a", "to_class": "c"}, "“a” labels changed to “c”"),
        ({"to_class": "b"}, "labels changed to “b”"),
    ],
)
def test_confused_labels_say_what_they_were_changed_to(options, text):
    _, _, change = spoilt(many_labels((50, 50, 50)), "pair_flip", 0.4, **options)
    assert change.sentence().endswith(text)


def test_of_two_classes_a_confused_label_can_be_the_other_one_only():
    _, _, change = spoilt(many_labels((50, 50)), "pair_flip", 0.4)
    assert change.sentence().endswith(" labels changed")
