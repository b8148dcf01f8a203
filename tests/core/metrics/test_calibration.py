import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve

from visualiser.core.metrics import calibration
from visualiser.core.metrics.calibration import BINS


@st.composite
def said_and_right(draw):
    """Confidences of N answers and which are right, (N,) each; some confidences are whole."""
    random = np.random.default_rng(draw(st.integers(0, 2**31 - 1)))
    confidence = random.random(draw(st.integers(1, 300))) ** draw(st.floats(0.2, 3))
    confidence[random.random(len(confidence)) < 0.1] = 1.0
    return confidence, random.random(len(confidence)) < confidence


def plainly(confidence, right):
    """ECE and MCE by the words of Guo et al.: weighted mean and largest of |acc − conf|."""
    error, largest = 0.0, 0.0
    for m in range(1, BINS + 1):
        inside = [i for i, said in enumerate(confidence) if (m - 1) / BINS < said <= m / BINS]
        if inside:
            accuracy = sum(bool(right[i]) for i in inside) / len(inside)
            gap = abs(accuracy - sum(confidence[i] for i in inside) / len(inside))
            error += len(inside) / len(confidence) * gap
            largest = max(largest, gap)
    return error, largest


@settings(max_examples=60, deadline=None)
@given(said_and_right())
def test_the_error_is_that_of_guo_et_al(answers):
    confidence, right = answers
    bins = calibration.reliability(confidence, right)
    error, largest = plainly(confidence, right)
    assert bins.expected_error == pytest.approx(error, abs=1e-9)
    assert bins.largest_error == pytest.approx(largest, abs=1e-9)
    assert calibration.calibration_error(confidence, right) == pytest.approx(error, abs=1e-9)
    assert bins.count.sum() == len(confidence)
    assert bins.mean_confidence == pytest.approx(confidence.mean(), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(said_and_right())
def test_the_bins_are_those_of_scikit_learn(answers):
    confidence, right = answers
    bins = calibration.reliability(confidence, right)
    share, mean = calibration_curve(right, confidence, n_bins=BINS, strategy="uniform")
    filled = bins.count > 0
    np.testing.assert_allclose(bins.right.value[filled], share, rtol=1e-9)
    np.testing.assert_allclose(bins.confidence[filled], mean, rtol=1e-9)
    assert np.isnan(bins.right.value[~filled]).all() and np.isnan(bins.confidence[~filled]).all()


def test_a_confidence_on_an_edge_belongs_to_the_bin_below():
    assert calibration.bins_of(calibration.bin_edges()[1:]).tolist() == list(range(BINS))


def test_nothing_is_known_of_no_answers():
    none = np.zeros(0)
    assert np.isnan(calibration.calibration_error(none, none.astype(bool)))
    assert np.isnan(calibration.reliability(none, none.astype(bool)).expected_error)
    estimate, chance = calibration.calibration_estimate(none, none.astype(bool))
    assert np.isnan(estimate.low) and np.isnan(chance)


def test_a_calibrated_model_is_within_chance_and_a_boasting_one_is_not():
    within, beyond = 0, 0
    for seed in range(60):
        random = np.random.default_rng(seed)
        confidence = 0.5 + random.random(400) / 2
        draws = random.random(400)
        fair, chance = calibration.calibration_estimate(confidence, draws < confidence)
        within += fair.value <= chance
        boasting, chance = calibration.calibration_estimate(confidence, draws < confidence - 0.15)
        beyond += boasting.value > chance and boasting.contains(0.15)
    assert 53 <= within <= 60
    assert beyond >= 53


def test_the_interval_is_always_the_same_and_around_the_figure():
    random = np.random.default_rng(0)
    confidence = random.random(5000)
    first, second = (
        calibration.calibration_estimate(confidence, confidence > 0.6) for _ in range(2)
    )
    assert first == second
    assert 0 < first[0].low < first[0].value < first[0].high < 1
