"""A spoiled target is one that could have been, whatever the target is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.corruption.examples import DATASETS, clean_part
from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.spec import Change
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import load_dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, Spoiling

ROWS = len(DATASETS["colours"])
AMOUNTS = st.floats(0.01, 2)
SEEDS = st.integers(0, 2**31 - 1)


def of(labels: np.ndarray, **fields: object) -> Dataset:
    return replace(DATASETS["colours"], labels=labels, **fields)


@st.composite
def targets(draw: st.DrawFn, decimals: int, lowest: int) -> np.ndarray:
    """Skewed as sales are, with at most so many decimals, from `lowest` on."""
    random = np.random.default_rng(draw(SEEDS))
    spread = draw(st.sampled_from([0.7, 30.0, 50_000.0]))
    return np.round(lowest + random.exponential(spread, ROWS), decimals)


def spoilt(dataset: Dataset, amount: float, seed: int = 0) -> tuple[Part, Part, Change | None]:
    clean = clean_part(dataset)
    config = CorruptionConfig(name="target_noise", amount=amount)
    part, changes = spoil(clean, Spoiling(corruptions=(config,)), seed, dataset)
    return clean, part, changes[0] if changes else None


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 3).flatmap(lambda d: st.tuples(st.just(d), targets(d, 0))), AMOUNTS, SEEDS)
def test_counts_and_prices_stay_counts_and_prices(
    made: tuple[int, np.ndarray], amount: float, seed: int
) -> None:
    decimals, labels = made
    _, part, _ = spoilt(of(labels), amount, seed)
    assert (part.labels >= 0).all()
    np.testing.assert_allclose(part.labels, np.round(part.labels, decimals), rtol=1e-12)


@settings(max_examples=30, deadline=None)
@given(targets(0, 0), AMOUNTS, AMOUNTS, SEEDS)
def test_more_noise_touches_the_same_targets_and_takes_each_further(
    labels: np.ndarray, one: float, other: float, seed: int
) -> None:
    less, more = sorted((one, other))
    clean, small, few = spoilt(of(labels), less, seed)
    _, large, many = spoilt(of(labels), more, seed)
    assert few is not None and many is not None and set(few.rows) <= set(many.rows)
    near, far = small.labels - clean.labels, large.labels - clean.labels
    assert (np.abs(near) <= np.abs(far)).all()
    assert (near * far >= 0).all()


@settings(max_examples=20, deadline=None)
@given(targets(2, 0), AMOUNTS, SEEDS)
def test_the_change_says_how_far_targets_are_really_off(
    labels: np.ndarray, amount: float, seed: int
) -> None:
    dataset = of(labels, unit="$")
    clean, part, change = spoilt(dataset, amount, seed)
    assert change is not None
    off = np.abs(part.labels - clean.labels)
    assert change.changed == np.count_nonzero(off)
    assert f"off by {dataset.amount_text(off.mean())} on average" in change.verb


@settings(max_examples=20, deadline=None)
@given(targets(2, -5), AMOUNTS)
def test_a_target_that_may_be_negative_has_noise_on_both_sides(
    labels: np.ndarray, amount: float
) -> None:
    labels = np.append(labels[1:], -5.0)
    _, part, change = spoilt(of(labels), amount)
    assert (part.labels < 0).any()
    assert change is not None and "stopped" not in change.verb


def test_measurements_with_many_decimals_are_not_rounded() -> None:
    clean, part, _ = spoilt(DATASETS["colours"], 0.5)
    step = (part.labels - clean.labels) / (0.5 * clean.labels.std())
    assert abs(step.std() - 1) < 0.1
    assert len(np.unique(part.labels)) == len(part)


def test_targets_smaller_than_any_decimal_are_spoiled_all_the_same() -> None:
    _, _, change = spoilt(of(DATASETS["colours"].labels * 1e-12), 0.5)
    assert change is not None and change.changed == change.eligible


def test_days_stay_days_and_may_lie_before_1970() -> None:
    days = np.round(np.random.default_rng(0).exponential(400, ROWS))
    _, part, _ = spoilt(of(days, target_is_date=True, unit="days"), 1.0)
    assert (part.labels == np.round(part.labels)).all()
    assert (part.labels < 0).any()


@pytest.mark.parametrize(
    ("name", "decimals"),
    [("sacramento", 0), ("ames", 0), ("bike_daily", 0), ("retail_daily", 0), ("chicago_rail", 4)],
)
def test_bundled_targets_stay_possible(name: str, decimals: int) -> None:
    _, part, change = spoilt(load_dataset(DatasetConfig(name=name), 0), 2.0)
    assert part.labels.min() == 0
    np.testing.assert_allclose(part.labels, np.round(part.labels, decimals), rtol=1e-12)
    assert change is not None and " stopped at 0" in change.verb
