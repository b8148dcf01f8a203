"""What is kept of the weights and gradients of a layer, with numpy.histogram as oracle."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from visualiser.core.training.distributions import COLUMNS, Distribution
from visualiser.core.training.spread import KEPT, Spread, ranks

Floats = NDArray[np.float32]


def spread_of(weights: Floats, gradients: Floats | None = None) -> tuple[Spread, Spread]:
    """What is kept of a layer at one moment: of its weights and of its gradients."""
    tensor = torch.from_numpy(weights)
    distribution = Distribution(tensor)
    gradient = None if gradients is None else torch.from_numpy(gradients)
    distribution.record(0, tensor, gradient, 0.0)
    view = distribution.view()
    return view.weights, view.gradients


def densities(spread: Spread, edges: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.diff(spread.below(0, edges)) / np.diff(edges)


@settings(max_examples=60)
@given(st.integers(0, 2**32), st.integers(1, KEPT), st.floats(1e-6, 1e6))
def test_densities_of_a_small_layer_are_those_of_numpy(seed: int, count: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    weights = (scale * rng.standard_normal((1, count))).astype(np.float32)
    edges = np.linspace(-5 * scale, 5 * scale, 38)
    inside = (np.abs(weights) < 5 * scale).mean()
    if not inside:
        return
    wanted, _ = np.histogram(weights, edges, density=True)
    assert np.allclose(densities(spread_of(weights)[0], edges), wanted * inside)


@pytest.mark.parametrize("kind", ["normal", "uniform", "two peaks", "heavy tails"])
def test_densities_of_a_large_layer_are_nearly_those_of_numpy(kind: str) -> None:
    rng = np.random.default_rng(3)
    shape = (60, 64)
    weights = {
        "normal": rng.standard_normal(shape),
        "uniform": rng.uniform(-3, 3, shape),
        "two peaks": rng.standard_normal(shape) / 4 + rng.choice([-2, 2], shape),
        "heavy tails": rng.standard_t(2, shape),
    }[kind].astype(np.float32)
    edges = np.linspace(-4, 4, 41)
    counts, _ = np.histogram(weights, edges)
    shares = np.diff(spread_of(weights)[0].below(0, edges))
    assert np.abs(shares - counts / weights.size).max() < 1 / 200


def test_a_gaussian_has_one_peak_and_equal_sides() -> None:
    weights = np.random.default_rng(0).normal(0, 0.05, (64, 64)).astype(np.float32)
    edges = np.linspace(-0.2, 0.2, 22)
    middles = (edges[1:] + edges[:-1]) / 2
    bell = np.exp(-0.5 * (middles / 0.05) ** 2) / (0.05 * np.sqrt(2 * np.pi))
    found = densities(spread_of(weights)[0], edges)
    assert np.abs(found - bell).max() < 0.1 * bell.max()
    assert abs(int(found.argmax()) - 10) <= 2


@pytest.mark.parametrize("size", [1e-38, 1e-6, 1.0, 1e6, 3e38])
def test_weights_of_any_size_keep_their_ends_and_their_share(size: float) -> None:
    weights = (size * np.linspace(-1, 1, 4000)).astype(np.float32).reshape(40, 100)
    spread, _ = spread_of(weights)
    low, high = spread.between(0.0)
    assert (low[0], high[0]) == (weights.min(), weights.max())
    assert spread.below(0, np.array([0.0, size / 2])) == pytest.approx([0.5, 0.75], abs=0.01)


def test_what_is_not_a_number_is_counted_and_left_out() -> None:
    weights = np.arange(100, dtype=np.float32).reshape(10, 10)
    weights[0, :3] = [np.nan, np.inf, -np.inf]
    spread, _ = spread_of(weights)
    assert spread.lost[0] == pytest.approx(0.03) and spread.numbers[0] == 97
    low, high = spread.between(0.0)
    assert (low[0], high[0]) == (3, 99)


def test_a_layer_without_any_number_has_no_densities() -> None:
    spread, _ = spread_of(np.full((3, 4), np.nan, dtype=np.float32))
    assert spread.lost[0] == 1
    assert np.isnan(spread.below(0, np.array([-1.0, 1.0]))).all()
    assert np.isnan(spread.between(0.1)).all()


def test_before_the_first_step_there_are_no_gradients_to_keep() -> None:
    spread = spread_of(np.ones((3, 4), dtype=np.float32))[1]
    assert np.isnan(spread.values).all() and np.isnan(spread.between(0.0)).all()


def test_gradients_are_kept_by_their_size_and_zeros_are_counted() -> None:
    weights = np.ones((10, 10), dtype=np.float32)
    gradients = np.zeros((10, 10), dtype=np.float32)
    gradients[0] = [-4, 3, 2, -1, 1, 2, 3, 4, np.nan, np.inf]
    spread = spread_of(weights, gradients)[1]
    assert spread.zeros[0] == pytest.approx(0.9) and spread.lost[0] == pytest.approx(0.02)
    assert spread.values[0, :8].tolist() == [1, 1, 2, 2, 3, 3, 4, 4]


def test_many_equal_weights_are_all_in_their_bin() -> None:
    weights = np.zeros((60, 60), dtype=np.float32)
    weights[:, :6] = np.linspace(1, 2, 360).reshape(60, 6)
    shares = np.diff(spread_of(weights)[0].below(0, np.array([-0.5, 0.5, 1.5, 2.5])))
    assert shares == pytest.approx([0.9, 0.05, 0.05], abs=1 / 200)


def test_a_sample_of_a_large_layer_has_weights_of_every_input() -> None:
    inputs = np.tile(np.arange(784, dtype=np.float32), (64, 1))
    spread, _ = spread_of(inputs)
    residues = np.unique(spread.values[0].astype(int) % 4)
    assert 2000 < spread.numbers[0] < 9000 and len(residues) == 4


def test_a_full_memory_halves_its_pace_and_what_was_seen_stays_as_it_was() -> None:
    weight = torch.zeros(2, 3)
    distribution = Distribution(weight)
    views = []
    for step in range(3 * COLUMNS):
        distribution.record(step, torch.full((2, 3), float(step)), None, step / 10)
        if step in (5, COLUMNS - 1, COLUMNS + 1):
            views.append(distribution.view())
    last = distribution.view()
    for view in (*views, last):
        assert len(view.steps) <= COLUMNS
        assert view.weights.values[:, 0].tolist() == view.steps.tolist()
        assert np.allclose(view.update_ratios, view.steps / 10)
        assert (np.diff(view.steps) > 0).all()
    assert last.steps.tolist() == list(range(0, 3 * COLUMNS, 4))
    with pytest.raises(ValueError, match="read-only"):
        last.weights.values[0, 0] = 1


@given(st.integers(0, 20_000))
def test_the_ranks_kept_rise_from_the_first_number_to_the_last(numbers: int) -> None:
    kept = ranks(numbers)
    assert len(kept) == min(numbers, KEPT)
    assert (np.diff(kept) > 0).all()
    if numbers:
        assert (kept[0], kept[-1]) == (0, numbers - 1)


@given(st.integers(1, 5000), st.floats(0, 0.5), st.integers(0, 2**32))
def test_the_values_with_a_share_below_and_above_are_quantiles(
    count: int, share: float, seed: int
) -> None:
    numbers = np.random.default_rng(seed).permutation(count).astype(np.float32)
    low, high = spread_of(numbers.reshape(-1, 1))[0].between(share)
    exact = share * (count - 1)
    assert low[0] == pytest.approx(exact, abs=0.51 + count / 200)
    assert high[0] == pytest.approx(count - 1 - exact, abs=0.51 + count / 200)
