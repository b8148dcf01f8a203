"""Whether the noise is the noise that its name promises, by statistical tests of SciPy."""

from dataclasses import replace

import numpy as np
import pytest
from imblearn.datasets import make_imbalance
from scipy import stats

from tests.core.corruption.examples import CARD, DATASETS, clean_part
from visualiser.core.corruption.registry import CORRUPTIONS, spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part, part_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Spoiling
from visualiser.core.numerals import numeral

SURE = 1e-4
"""Level of the tests: seeds are fixed, so that they pass or fail for ever."""


def spoilt(
    dataset: Dataset, name: str, amount: float, seed: int = 0, **options
) -> tuple[Part, Part, Change]:
    clean = clean_part(dataset)
    config = CorruptionConfig(name=name, amount=amount, options=options)
    part, (change,) = spoil(clean, Spoiling(corruptions=(config,)), seed, dataset)
    return clean, part, change


def many_labels(counts: tuple[int, ...]) -> Dataset:
    labels = np.repeat(np.arange(len(counts)), counts)
    return Dataset(
        name="labels",
        title="Labels",
        card=CARD,
        modality="points",
        task="classification",
        features=np.random.default_rng(1).normal(size=(len(labels), 2)).astype(np.float32),
        labels=labels,
        target="class",
        class_names=tuple("abcdefghij"[: len(counts)]),
    )


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


@pytest.mark.parametrize("name", ["points", "decisions"])
def test_feature_noise_is_normal_with_the_spread_of_each_column(name):
    clean, part, _ = spoilt(DATASETS[name], "feature_noise", 1.5)
    old, new = (p.features if name == "points" else p.features.numeric for p in (clean, part))
    noise = (new - old) / (1.5 * np.nanstd(old, axis=0))
    for column in noise.T:
        assert stats.kstest(column[~np.isnan(column)], "norm").pvalue > SURE
    np.testing.assert_array_equal(np.isnan(old), np.isnan(new))


def test_noise_of_one_row_grows_in_proportion_to_the_amount():
    clean, some, _ = spoilt(DATASETS["points"], "feature_noise", 0.5)
    _, more, _ = spoilt(DATASETS["points"], "feature_noise", 2.0)
    np.testing.assert_allclose(
        4 * (some.features - clean.features), more.features - clean.features, atol=1e-5
    )


def test_noise_in_pictures_has_the_spread_of_all_pixels_and_stays_in_range():
    clean, part, _ = spoilt(DATASETS["pictures"], "feature_noise", 0.5)
    assert part.features.dtype == np.float32
    assert part.features.min() >= 0
    assert part.features.max() <= 1
    # Next to the middle of the range nothing is clipped: 0.5 is 3.5 standard deviations away.
    middle = np.abs(clean.features - 0.5) < 0.01
    noise = (part.features - clean.features)[middle] / (0.5 * clean.features.std())
    assert stats.kstest(noise, "norm").pvalue > SURE


def test_only_a_fraction_of_the_rows_gets_noise_where_asked_for():
    _, part, change = spoilt(DATASETS["pictures"], "feature_noise", 1.0, fraction=0.25)
    assert stats.binomtest(change.changed, len(part), 0.25).pvalue > SURE
    _, all_of_it, _ = spoilt(DATASETS["pictures"], "feature_noise", 1.0)
    np.testing.assert_array_equal(
        part.features[change.rows], all_of_it.features[change.rows], "the same noise for a row"
    )


def test_a_column_that_never_varies_gets_no_noise():
    dataset = many_labels((20, 20))
    flat = replace(dataset, features=np.ones((40, 2), dtype=np.float32))
    _, part, change = spoilt(flat, "feature_noise", 2.0)
    np.testing.assert_array_equal(part.features, 1)
    assert change.changed == 0


def test_word_noise_hits_words_at_its_rate_and_drops_half_of_them():
    clean, part, change = spoilt(DATASETS["messages"], "word_noise", 0.4)
    words = [sum(len(text.split()) for text in p.features) for p in (clean, part)]
    assert change.eligible == words[0]
    assert stats.binomtest(change.changed, words[0], 0.4).pvalue > SURE
    assert stats.binomtest(words[0] - words[1], change.changed, 0.5).pvalue > SURE


def test_misspelt_words_are_other_words_of_nearly_the_same_letters():
    clean, part, _ = spoilt(DATASETS["messages"], "word_noise", 0.5)
    known = {word for text in clean.features for word in text.split()}
    misspelt = {word for text in part.features for word in text.split()} - known
    assert len(misspelt) > 20
    for word in misspelt:
        assert any(abs(len(word) - len(true)) <= 1 and set(word) <= set(true) for true in known), (
            word
        )


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


def test_label_bias_turns_only_the_groups_favourable_labels():
    dataset = DATASETS["decisions"]
    clean, part, change = spoilt(dataset, "group_label_bias", 0.6)
    wrong = part.labels != clean.labels
    assert set(clean.groups[wrong]) == {1}, "the smaller group where none is named"
    assert set(clean.labels[wrong]) == {1}
    eligible = int(((clean.labels == 1) & (clean.groups == 1)).sum())
    assert stats.binomtest(change.changed, eligible, 0.6).pvalue > SURE
    assert change.sentence() == (f"{wrong.sum()} of {eligible} “approved” labels of “few” changed")


def test_label_bias_can_hit_another_group_and_another_class():
    clean, part, _ = spoilt(
        DATASETS["decisions"], "group_label_bias", 1.0, group="many", positive="denied"
    )
    hit = (clean.groups == 0) & (clean.labels == 0)
    np.testing.assert_array_equal(part.labels, np.where(hit, 1, clean.labels))


def test_a_group_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(UserError, match=r"no group called “martians”.*many, few"):
        spoilt(DATASETS["decisions"], "group_label_bias", 0.5, group="martians")


def test_rows_of_an_unknown_group_belong_to_none():
    data = DATASETS["decisions"]
    groups = np.where(np.arange(len(data)) % 2 == 0, -1, data.groups)
    dataset = replace(data, groups=groups)
    clean, part, _ = spoilt(dataset, "under_representation", 0.0)
    np.testing.assert_array_equal(part.origin, np.flatnonzero(clean.groups != 1))
    one_group = replace(data, groups=np.where(groups == 1, -1, groups))
    with pytest.raises(UserError, match="only one group"):
        spoilt(one_group, "under_representation", 0.5)


@pytest.mark.parametrize("share", [0.7, 0.25, 0.0])
def test_under_representation_keeps_the_share_of_the_group_and_all_others(share):
    clean, part, change = spoilt(DATASETS["decisions"], "under_representation", share)
    before, after = np.bincount(clean.groups), np.bincount(part.groups, minlength=2)
    assert after[0] == before[0]
    assert after[1] == round(share * before[1])
    assert change.eligible == before[1]


def test_under_representation_can_be_of_one_label():
    clean, part, _ = spoilt(
        DATASETS["decisions"], "under_representation", 0.0, group="many", label="denied"
    )
    gone = (clean.groups == 0) & (clean.labels == 0)
    np.testing.assert_array_equal(part.origin, np.flatnonzero(~gone))


def test_a_label_makes_no_sense_for_a_regression():
    with pytest.raises(UserError, match="Missing group"):
        spoilt(DATASETS["prices"], "under_representation", 0.5, label="cheap")


def test_some_rows_are_left_to_train_on_even_where_the_group_is_nearly_all_there_is():
    dataset = DATASETS["decisions"]
    rows = np.concatenate(
        [np.flatnonzero(dataset.groups == 0), np.flatnonzero(dataset.groups == 1)[:4]]
    )
    config = CorruptionConfig(name="under_representation", amount=0.0, options={"group": "many"})
    clean = part_of(dataset, rows)
    part, (change,) = spoil(clean, Spoiling(corruptions=(config,)), 0, dataset)
    assert len(part) == 10
    assert (part.groups == 1).sum() == 4
    assert change.changed == len(rows) - 10
    assert change.sentence().endswith("removed (training needs 10 rows)")


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


@pytest.mark.parametrize("decibels", [30.0, 10.0, 0.0, -5.0])
@pytest.mark.parametrize("colour", ["pink", "white"])
def test_background_noise_has_the_ratio_asked_for_in_every_clip(decibels, colour):
    clean, part, _ = spoilt(DATASETS["clips"], "background_noise", decibels, colour=colour)
    before = clean.features.astype(np.float64)
    # A clip may have been turned down: find by how much, from what is left of itself in it.
    scale = np.linalg.lstsq(before[0][:, None], part.features[0].astype(np.float64), rcond=None)[0]
    assert 0 < scale[0] <= 1.4
    after = part.features.astype(np.float64)
    quiet = np.abs(after).max(axis=1) < 0.9999  # these were not turned down
    noise = after[quiet] - before[quiet]
    ratio = (before[quiet] ** 2).mean(axis=1) / (noise**2).mean(axis=1)
    if quiet.any():
        np.testing.assert_allclose(10 * np.log10(ratio), decibels, atol=0.01)
    assert np.abs(after).max() <= 1


def test_pink_noise_loses_three_decibels_an_octave_and_white_noise_none():
    for colour, fall in (("pink", 3.01), ("white", 0.0)):
        clean, part, _ = spoilt(DATASETS["clips"], "background_noise", 20.0, colour=colour)
        noise = part.features.astype(np.float64) - clean.features
        power = (np.abs(np.fft.rfft(noise)) ** 2).mean(axis=0)
        octaves = [power[low : 2 * low].mean() for low in (25, 50, 100, 200)]
        np.testing.assert_allclose(-np.diff(10 * np.log10(octaves)), fall, atol=0.4)


def test_more_background_noise_is_the_same_noise_louder_and_silence_stays_silent():
    dataset = DATASETS["clips"]
    clips = dataset.features.copy()
    clips[7] = 0
    dataset = replace(dataset, features=clips)
    clean, some, change = spoilt(dataset, "background_noise", 30.0)
    _, more, _ = spoilt(dataset, "background_noise", 20.0)
    assert change.changed == len(clean) - 1
    assert not some.features[2].any()
    np.testing.assert_allclose(
        (more.features - clean.features)[5],
        (some.features - clean.features)[5] * np.sqrt(10),
        atol=1e-4,
    )
