"""Histograms over time: bins, places and axes, without a window."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ui.views.recorded_distributions import view_of
from visualiser.core.training.snapshot import DistributionView
from visualiser.ui.views.distributions_axes import (
    HEALTHY_DECADE,
    ratio_ticks,
)
from visualiser.ui.views.distributions_bins import (
    COLUMNS,
    Densities,
    Kind,
    Values,
    columns_of,
    over_time,
    stretches,
    visible_bins,
)

KINDS: tuple[Kind, Kind] = ("weights", "gradients")


@st.composite
def runs(draw: st.DrawFn) -> tuple[DistributionView, list[Values], list[Values]]:
    """A layer over time, of any size of numbers, and what it was made of."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    columns = draw(st.integers(1, 30))
    scale = 10.0 ** draw(st.integers(-6, 9))
    grows = draw(st.sampled_from([0.9, 1.0, 1.1]))
    weights = [scale * grows**i * rng.standard_normal((8, 25)) for i in range(columns)]
    gradients = [1e-3 * weight * rng.integers(0, 2, weight.shape) for weight in weights]
    steps = (np.cumsum(rng.integers(1, 30, size=columns)) - 1).tolist()
    return view_of(weights, gradients, steps), weights, gradients


def densities_of(view: DistributionView, kind: Kind) -> Densities:
    densities = Densities(visible_bins(view, kind))
    densities.follow(view.steps, getattr(view, kind))
    return densities


@settings(max_examples=40)
@given(runs())
def test_densities_are_those_of_numpy(
    run: tuple[DistributionView, list[Values], list[Values]],
) -> None:
    view, weights, gradients = run
    shown = densities_of(view, "weights")
    edges = shown.bins.edges()
    for row, numbers in zip(shown.table, weights, strict=True):
        wanted, _ = np.histogram(numbers.astype(np.float32), edges, density=True)
        assert np.allclose(row, wanted)
    sizes = densities_of(view, "gradients")
    decades = np.log10(sizes.bins.edges())
    for row, numbers in zip(sizes.table, gradients, strict=True):
        logs = np.log10(np.abs(numbers[numbers != 0]).astype(np.float32))
        wanted, _ = np.histogram(logs, decades)
        assert np.allclose(row, wanted / len(logs) / sizes.bins.width)


@settings(max_examples=40)
@given(runs(), st.sampled_from(KINDS))
def test_all_that_is_near_is_within_the_axis_in_a_bounded_number_of_bins(
    run: tuple[DistributionView, list[Values], list[Values]], kind: Kind
) -> None:
    shown = densities_of(run[0], kind)
    assert shown.below.max() < 0.02 and shown.above.max() < 0.02
    assert 8 <= shown.bins.count <= 70
    assert np.allclose(shown.table.sum(axis=1) * shown.bins.width, 1 - shown.below - shown.above)


@settings(max_examples=40)
@given(runs(), st.integers(0, 29), st.sampled_from(KINDS))
def test_a_picture_that_grows_is_the_one_drawn_at_once(
    run: tuple[DistributionView, list[Values], list[Values]], first: int, kind: Kind
) -> None:
    view = run[0]
    whole = densities_of(view, kind)
    growing = Densities(whole.bins)
    for count in (min(first, len(view.steps)), len(view.steps)):
        growing.follow(view.steps[:count], getattr(view, kind))
    assert np.array_equal(growing.table, whole.table, equal_nan=True)
    assert np.array_equal(growing.above, whole.above, equal_nan=True)


def test_a_few_weights_far_out_leave_the_axis_as_it_is_and_are_counted() -> None:
    weights = np.random.default_rng(0).normal(0, 0.1, (40, 50))
    weights[0, :2] = 40, -70
    shown = densities_of(view_of([weights]), "weights")
    assert shown.bins.ends[1] < 2
    assert (shown.below[0], shown.above[0]) == pytest.approx((1 / 2000, 1 / 2000))


def test_a_run_that_explodes_is_seen_in_its_own_size() -> None:
    rng = np.random.default_rng(0)
    small, large = rng.normal(0, 0.05, (64, 64)), rng.normal(0, 500, (64, 64))
    shown = densities_of(view_of([small, large]), "weights")
    assert shown.above.max() == shown.below.max() == 0
    assert np.count_nonzero(shown.table[0]) <= 2 and np.count_nonzero(shown.table[1]) > 15


def test_a_layer_of_equal_weights_has_one_full_bin() -> None:
    for value in (0.0, 0.5, -3e7):
        shown = densities_of(view_of([np.full((4, 4), value)]), "weights")
        assert shown.table[0].max() * shown.bins.width == pytest.approx(1)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=80), st.floats(1.0, 3.0))
def test_each_place_shows_the_latest_column_before_it(apart: list[int], room: float) -> None:
    steps = np.cumsum(apart) - 1
    last_step = room * float(steps[-1]) + 10
    columns = columns_of(steps, last_step)
    for column in (0, 50, 120, COLUMNS - 1):
        at = (column + 0.5) * last_step / COLUMNS
        earlier = np.flatnonzero(steps <= at)
        if at > steps[-1]:
            assert columns[column] == -1
        else:
            assert columns[column] == (earlier[-1] if len(earlier) else 0)


def test_the_darkest_colour_is_the_peak_of_most_columns_and_the_future_is_empty() -> None:
    table = np.ones((20, 4))
    table[0, 2] = 50
    drawn = over_time(table, np.append(np.arange(20), -1))
    assert np.nanmax(drawn[:, 1:]) == 1 and drawn[1, 0] == 50
    assert np.isnan(drawn[:, -1]).all()


@given(st.lists(st.booleans(), max_size=30))
def test_stretches_cover_what_is_marked_and_nothing_else(flags: list[bool]) -> None:
    covered = np.zeros(len(flags), dtype=bool)
    for first, last in stretches(np.array(flags, dtype=bool)):
        covered[first:last] = True
    assert covered.tolist() == flags


@settings(max_examples=40)
@given(runs(), st.sampled_from(KINDS), st.integers(2, 12))
def test_numbers_beside_the_axis_stand_where_their_values_are(
    run: tuple[DistributionView, list[Values], list[Values]], kind: Kind, most: int
) -> None:
    bins = visible_bins(run[0], kind)
    ticks = bins.ticks(most)
    places = [place for place, _ in ticks]
    assert ticks and places == sorted(places) and len(ticks) <= 2 * most + 1
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    for place, text in ticks:
        value = float(text.replace("−", "-").replace(",", ""))
        assert place == pytest.approx(bins.place(value), abs=0.02)


@given(st.integers(-12, -4), st.integers(-2, 4), st.integers(1, 8))
def test_the_healthy_ratio_stands_in_words_on_its_axis(low: int, high: int, most: int) -> None:
    ticks = ratio_ticks((low, high), most, "healthy")
    places = [place for place, _ in ticks]
    assert {text: place for place, text in ticks}["healthy"] == pytest.approx(
        (HEALTHY_DECADE - low) / (high - low)
    )
    assert all(0 <= place <= 1 for place in places)
    assert len(ticks) <= max(most, 2) + 1
    assert np.allclose(np.diff(places), np.diff(places)[:1] if len(places) > 1 else 0)
    for place, text in ticks:
        if text != "healthy":
            assert low + place * (high - low) == pytest.approx(
                np.log10(float(text.replace(",", "").replace("−", "-")))
            )
