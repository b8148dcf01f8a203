"""Noise: whether it is the noise that its name promises, by statistical tests of SciPy."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import SURE, many_labels, spoilt


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
