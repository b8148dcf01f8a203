import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from visualiser.core.metrics.membership import membership_auc, membership_estimate


@st.composite
def losses(draw):
    """Of members and of other rows, with ties."""
    random = np.random.default_rng(draw(st.integers(0, 2**31 - 1)))
    members, others = draw(st.integers(2, 120)), draw(st.integers(2, 120))
    digits, lead = draw(st.integers(0, 6)), draw(st.floats(0, 2))
    return (
        random.exponential(size=members).round(digits),
        (random.exponential(size=others) + lead).round(digits),
    )


def by_scikit_learn(members, others):
    is_member = np.repeat([1, 0], [len(members), len(others)])
    return roc_auc_score(is_member, -np.concatenate([members, others]))


@settings(max_examples=100, deadline=None)
@given(losses())
def test_it_is_the_area_under_the_curve_of_the_negative_loss(given_losses):
    expected = by_scikit_learn(*given_losses)
    assert membership_auc(*given_losses) == pytest.approx(expected, abs=1e-12)
    estimate = membership_estimate(*given_losses)
    assert estimate.value == pytest.approx(expected, abs=1e-12)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


@settings(max_examples=30, deadline=None)
@given(losses())
def test_the_interval_is_delongs(given_losses):
    members, others = given_losses
    wins = (members[:, None] < others) + 0.5 * (members[:, None] == others)
    variance = wins.mean(axis=1).var(ddof=1) / len(members)
    variance += wins.mean(axis=0).var(ddof=1) / len(others)
    estimate = membership_estimate(members, others)
    reach = 1.959963984540054 * np.sqrt(variance)
    assert estimate.low == pytest.approx(max(wins.mean() - reach, 0), abs=1e-9)
    assert estimate.high == pytest.approx(min(wins.mean() + reach, 1), abs=1e-9)


def test_the_interval_contains_what_is_true_about_19_times_in_20():
    right = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        members, others = random.normal(size=150), random.normal(0.5, 1, 150)
        right += membership_estimate(members, others).contains(0.6381632)  # Φ(0.5 / √2)
    assert 180 <= right <= 199


@pytest.mark.parametrize("members", [[], [1.0, np.nan]])
def test_without_losses_nothing_is_known(members):
    assert np.isnan(membership_auc(np.array(members), np.ones(3)))
    assert np.isnan(membership_estimate(np.array(members), np.ones(3)).low)


def test_losses_without_end_are_the_largest():
    assert membership_auc(np.array([0.0, 1.0]), np.array([np.inf])) == 1
