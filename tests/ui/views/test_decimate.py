"""Thinned curves against brute force: nothing high or low is lost, whatever the order of growth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from visualiser.ui.views.decimate import Decimator

Column = NDArray[np.float64]


def assert_extremes_kept(values: Column, drawn: NDArray[np.bool_], first: int, size: int) -> None:
    for start in range(first, len(values), size):
        bucket = values[start : start + size]
        finite = bucket[np.isfinite(bucket)]
        if len(finite):
            kept = bucket[drawn[start : start + size]]
            assert kept[np.isfinite(kept)].min() == finite.min()
            assert kept[np.isfinite(kept)].max() == finite.max()


@st.composite
def columns(draw: st.DrawFn) -> Column:
    """A column with holes and infinities, as a diverging run has them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    values = rng.normal(size=draw(st.integers(1, 3000))).cumsum()
    holes = rng.random(len(values)) < draw(st.sampled_from([0.0, 0.3, 0.99]))
    values[holes] = draw(st.sampled_from([np.nan, np.inf, -np.inf]))
    return values


@settings(max_examples=80)
@given(columns(), st.lists(st.integers(1, 900), max_size=8), st.integers(8, 200))
def test_every_bucket_keeps_its_lowest_and_highest_value(
    values: Column, growth: list[int], points: int
) -> None:
    decimator = Decimator(points, fine=256)
    for rows in np.cumsum(growth):
        decimator.rows(values[:rows])
    drawn = np.zeros(len(values), dtype=bool)
    drawn[decimator.rows(values)] = True
    size = decimator.bucket_size
    assert len(values) <= size * max(points // 2, 1) or len(values) <= points
    assert_extremes_kept(values, drawn, 0, size)


@settings(max_examples=100)
@given(columns(), st.data())
def test_a_visible_part_keeps_its_ends_and_its_extremes_and_stays_small(
    values: Column, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(values) - 1))
    last = data.draw(st.integers(first + 1, len(values)))
    rows = Decimator(points=40, fine=128).rows(values, first, last)
    assert rows[0] == first and rows[-1] == last - 1
    assert (np.diff(rows) > 0).all()
    assert len(rows) <= 40 + 8
    edge = 4 * -(-2 * (last - first) // 40)  # a stretch at the edge may reach outside
    inner, kept = values[first + edge : max(last - edge, first)], values[rows]
    inner, kept = inner[np.isfinite(inner)], kept[np.isfinite(kept)]
    if len(inner):
        assert kept.min() <= inner.min() and kept.max() >= inner.max()


@settings(max_examples=60)
@given(columns(), st.lists(st.integers(1, 900), max_size=8))
def test_the_way_of_growing_leaves_no_trace(values: Column, growth: list[int]) -> None:
    grown, at_once = Decimator(50, 128), Decimator(50, 128)
    for rows in np.cumsum(growth):
        grown.rows(values[:rows])
        grown.rows(values[:rows], rows // 3)
    assert np.array_equal(grown.rows(values), at_once.rows(values))
    part = len(values) // 3
    assert np.array_equal(grown.rows(values, part), at_once.rows(values, part))


def test_few_rows_are_drawn_as_they_are() -> None:
    values = np.array([3.0, np.nan, 1.0, 2.0])
    assert Decimator().rows(values).tolist() == [0, 1, 2, 3]


def test_a_long_gap_stays_a_gap() -> None:
    values = np.concatenate([np.ones(5000), np.full(5000, np.nan), np.ones(5000)])
    drawn = values[Decimator().rows(values)]
    gap = np.flatnonzero(np.isnan(drawn))
    assert gap[0] > 0 and gap[-1] < len(drawn) - 1


@pytest.mark.parametrize("spike", [0, 1, 123_456, 999_998, 999_999])
def test_one_spike_in_a_million_is_seen(spike: int) -> None:
    values = np.zeros(1_000_000, dtype=np.float32)
    values[spike] = 1
    rows = Decimator().rows(values)
    assert spike in rows
    assert len(rows) <= 1010
