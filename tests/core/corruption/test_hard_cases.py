"""Instance-dependent label noise, against Algorithm 2 of Xia et al. (2020)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.spatial.distance import cdist

from tests.core.corruption.examples import DATASETS, clean_part
from tests.core.corruption.spoiling import SURE, bundled, spoilt
from visualiser.core.corruption.instance_dependent_label_noise import (
    CORRUPTION,
    InstanceDependentOptions,
    rates,
)
from visualiser.core.corruption.simple_features import class_scores, simple_features
from visualiser.core.corruption.spec import Context

CLASSES = ("points", "pictures", "messages", "clips", "decisions")
EVENLY = (np.arange(20_000) + 0.5) / 20_000


@pytest.mark.parametrize("mean", [0.02, 0.1, 0.25, 0.5])
def test_the_mean_of_the_rates_is_the_amount(mean: float) -> None:
    assert rates(mean, EVENLY).mean() == pytest.approx(mean, abs=1e-5)


@pytest.mark.parametrize("mean", [0.1, 0.3, 0.5])
def test_rates_are_normal_around_their_middle_cut_off_at_zero_and_one(mean: float) -> None:
    drawn = rates(mean, EVENLY)
    low, high = drawn.min(), drawn.max()
    assert low >= 0 and high <= 1
    # Xia et al. take the mean for the middle, whose cut-off distribution has a higher mean.
    middle, _ = stats.fit(
        stats.truncnorm,
        drawn[::50],
        {"a": (-6, 6), "b": (2, 12), "loc": (-0.2, 0.6), "scale": (0.1, 0.1)},
    ).params[2:4]
    expected = stats.truncnorm(-middle / 0.1, (1 - middle) / 0.1, middle, 0.1)
    assert stats.kstest(drawn[::20], expected.cdf).pvalue > 0.5
    assert middle <= mean + 0.005


@settings(max_examples=50, deadline=None)
@given(st.floats(0, 0.5), st.floats(0, 0.5))
def test_every_rate_rises_with_the_mean(one: float, other: float) -> None:
    less, more = (rates(mean, EVENLY[::200]) for mean in sorted((one, other)))
    assert (less <= more + 1e-12).all()


@pytest.mark.parametrize("hardness", ["margin", "chance"])
@pytest.mark.parametrize("amount", [0.1, 0.3, 0.5])
@pytest.mark.parametrize("name", ["pictures", "messages", "decisions"])
def test_as_many_labels_are_wrong_as_asked_for(name: str, amount: float, hardness: str) -> None:
    _, part, change = spoilt(
        DATASETS[name], "instance_dependent_label_noise", amount, hardness=hardness
    )
    # Rates differ from row to row, which makes the count vary less than with one rate for all.
    assert stats.binomtest(change.changed, len(part), amount).pvalue > SURE


def test_harder_digits_are_mislabelled_more_often_and_by_lot_they_are_not() -> None:
    _, context = bundled("mnist_5k")
    scores, _ = class_scores(simple_features(context), context)
    wrong = scores.argmax(axis=1) != context.clean.labels  # by the nearest mean: hard to tell
    hit = {}
    for hardness in ("margin", "chance"):
        options = InstanceDependentOptions(hardness=hardness)
        part, change = CORRUPTION.corrupt(
            context.clean, 0.3, options, context, np.random.default_rng(0)
        )
        hit[hardness] = part.labels != context.clean.labels
        assert abs(change.changed - 1500) < 3 * np.sqrt(5000 * 0.21)
    tables = {k: np.histogram2d(wrong, mask, bins=2)[0] for k, mask in hit.items()}
    assert hit["margin"][wrong].mean() > 1.4 * hit["margin"][~wrong].mean()
    assert stats.chi2_contingency(tables["chance"]).pvalue > SURE


def test_what_it_looks_like_decides_which_wrong_label_an_example_gets() -> None:
    """One of like pictures gets the label that the other gets, far oftener than by chance."""
    _, context = bundled("mnist_5k")
    part, _ = CORRUPTION.corrupt(
        context.clean, 0.5, InstanceDependentOptions(), context, np.random.default_rng(0)
    )
    features, _ = simple_features(context)
    labels, given_label = context.clean.labels, part.labels
    ones = np.flatnonzero((labels == 1) & (given_label != labels))
    distance = ((features[ones][:, None] - features[ones][None]) ** 2).sum(axis=2)
    np.fill_diagonal(distance, np.inf)
    same = given_label[ones] == given_label[ones[distance.argmin(axis=1)]]
    by_chance = (np.bincount(given_label[ones], minlength=10) / len(ones)) ** 2
    assert same.mean() > 1.5 * by_chance.sum()


@pytest.mark.parametrize("name", CLASSES)
def test_scores_name_the_class_whose_mean_is_nearest(name: str) -> None:
    dataset = DATASETS[name]
    clean = clean_part(dataset)
    described = simple_features(context := Context(dataset, clean, clean))
    scores, _ = class_scores(described, context)
    codes = range(dataset.class_count)
    means = [described[1][clean.labels == code].mean(axis=0) for code in codes]
    distances = cdist(described[0], means, "sqeuclidean")
    # Half of |x|² − |x − μ|².
    expected = ((described[0] ** 2).sum(axis=1, keepdims=True) - distances) / 2
    np.testing.assert_allclose(scores, expected, atol=2e-3)


@pytest.mark.parametrize("name", CLASSES)
def test_simple_features_are_standardised_by_the_training_rows(name: str) -> None:
    dataset = DATASETS[name]
    clean = clean_part(dataset)
    held_out = clean.take(np.arange(50))
    features, reference = simple_features(Context(dataset, held_out, clean))
    assert features.dtype == np.float32 and np.isfinite(reference).all()
    assert features.shape == (50, reference.shape[1])
    np.testing.assert_allclose(features, reference[:50], atol=1e-5)
    spread = reference.std(axis=0) if name != "pictures" else np.sqrt((reference**2).mean())
    known = np.asarray(spread) > 0
    if not isinstance(clean.features, np.ndarray):
        known &= np.arange(len(spread)) >= len(clean.features.numeric_names)  # some are missing
    np.testing.assert_allclose(np.asarray(spread)[known], 1, atol=1e-3)
    np.testing.assert_allclose(reference.mean(axis=0), 0, atol=1e-4)
