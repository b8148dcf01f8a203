"""Confidence against accuracy, in closed form and by resampling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.diagnosis.overconfidence import confidence_of
from visualiser.core.metrics.intervals import wilson


def sure(share: float, rows: int) -> np.ndarray:
    """Answers of class 0 out of two, each so certain."""
    return np.tile([share, 1 - share], (rows, 1))


def test_answers_that_are_as_often_right_as_they_are_sure_leave_no_gap():
    labels = (np.arange(1000) >= 800).astype(np.int64)
    found = confidence_of(sure(0.8, 1000), labels)
    assert found.gap == pytest.approx(0, abs=1e-9)
    assert found.ece == pytest.approx(0, abs=1e-9)
    assert found.low < 0 < found.high


def test_the_gap_is_mean_confidence_less_the_share_that_is_right():
    labels = (np.arange(1000) >= 600).astype(np.int64)
    found = confidence_of(sure(0.9, 1000), labels)
    assert found.gap == pytest.approx(0.3)
    assert found.ece == pytest.approx(0.3)
    assert found.right.tolist() == pytest.approx([0.6])
    assert found.counts.tolist() == [1000]


def test_the_interval_is_that_of_the_mean():
    random = np.random.default_rng(0)
    labels = (random.random(900) < 0.4).astype(np.int64)
    found = confidence_of(sure(0.9, 900), labels)
    error = np.sqrt(0.4 * 0.6 / 900)
    assert found.high - found.low == pytest.approx(2 * 2.576 * error, rel=0.1)
    assert found.low < found.gap < found.high


@given(st.integers(2, 60), st.integers(2, 5), st.integers(0, 1000))
def test_the_calibration_error_is_never_less_than_the_gap(rows, classes, seed):
    random = np.random.default_rng(seed)
    output = random.dirichlet(np.ones(classes), size=rows)
    found = confidence_of(output, random.integers(0, classes, rows))
    assert found.ece >= abs(found.gap) - 1e-9
    assert found.counts.sum() == rows
    said = float(found.said @ found.counts / rows)
    assert said == pytest.approx(output.max(axis=1).mean())


@given(st.integers(1, 500), st.data())
def test_wilsons_interval_holds_the_share_and_stays_within_all_and_none(rows, data):
    share = data.draw(st.integers(0, rows)) / rows
    known = wilson(np.array([share * rows]), np.array([rows]))[0]
    low, high = known.low, known.high
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1


def test_wilsons_interval_is_that_of_statistics_books():
    """Brown, Cai & DasGupta 2001: 8 of 10 lie in 0.4902 … 0.9433."""
    known = wilson(np.array([8]), np.array([10]))[0]
    assert (known.low, known.high) == pytest.approx((0.4902, 0.9433), abs=1e-3)
