"""Axes move in steps, and their numbers are round."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF

from visualiser.ui.palette import LIGHT
from visualiser.ui.views.axes import (
    NumberAxis,
    SteppedRange,
    linear_ticks,
    log_ticks,
    round_up,
)

positive = st.floats(1e-6, 1e9)


@given(positive)
def test_rounding_up_is_never_below_and_at_most_half_above(value: float) -> None:
    assert value * (1 - 1e-6) <= round_up(value) <= 1.5 * value


def test_what_has_no_size_rounds_to_zero() -> None:
    assert [round_up(v) for v in (0.0, -1.0, math.nan, math.inf)] == [0, 0, 0, 0]


def test_a_growing_curve_moves_its_axis_a_few_times_only() -> None:
    stepped = SteppedRange(10.0)
    ends = [stepped.fit(float(step)) for step in range(100_000)]
    assert all(end >= step for step, end in enumerate(ends))
    assert len(set(ends)) <= 11 * 4 + 1


def test_an_axis_shrinks_only_when_it_is_half_empty() -> None:
    stepped = SteppedRange(0.001)
    assert stepped.fit(2.3) == pytest.approx(2.5)
    assert stepped.fit(1.4) == pytest.approx(2.5)
    assert stepped.fit(0.9) == pytest.approx(1.0)


@given(st.floats(-1e6, 1e6), positive, st.integers(1, 20))
def test_ticks_lie_within_the_axis_and_are_evenly_spaced(
    low: float, span: float, count: int
) -> None:
    ticks = linear_ticks(low, low + span, count)
    slack = 1e-6 * (abs(low) + span)
    assert len(ticks) <= count + 1
    assert ((ticks >= low - slack) & (ticks <= low + span + slack)).all()
    assert np.allclose(np.diff(ticks, 2), 0, atol=slack)


@given(st.floats(-9, 5), st.floats(0.5, 12), st.integers(2, 12))
def test_ticks_of_a_logarithmic_axis_are_one_two_or_five(
    low: float, span: float, count: int
) -> None:
    ticks = log_ticks(low, low + span, count)
    first_digits = {f"{10.0**tick:.0e}"[0] for tick in ticks}
    assert first_digits <= {"1", "2", "5"}
    assert len(ticks) <= count + 3


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("side", ["left", "bottom"])
@pytest.mark.parametrize("logarithmic", [False, True])
@given(
    low=st.floats(-5, 5),
    span=st.floats(0.01, 2000),
    length=st.floats(10, 900),
    size=st.integers(10, 30),
)
def test_numbers_of_an_axis_never_overlap(
    side: str, logarithmic: bool, low: float, span: float, length: float, size: int
) -> None:
    span = min(span, 12) if logarithmic else span
    font = QFont()
    font.setPixelSize(size)
    axis = NumberAxis(side)
    axis.logarithmic = logarithmic
    axis.apply(LIGHT, font)
    ticks = axis.ticks(low, low + span, length)
    metrics = QFontMetricsF(font)
    texts = axis.tickStrings(ticks, 1.0, 1.0)
    places = (ticks - low) / span * length
    for (a, first), (b, second) in pairwise(zip(places, texts, strict=True)):
        across = metrics.horizontalAdvance(first) + metrics.horizontalAdvance(second)
        assert b - a >= (across / 2 if side == "bottom" else metrics.height()) - 1e-6
