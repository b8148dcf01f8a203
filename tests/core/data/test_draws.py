"""Draws are those of scikit-learn, so that splits stay what they were."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.model_selection import GroupShuffleSplit, train_test_split

from visualiser.core.data.draws import draw, draw_blocks, draw_from_each

SEEDS = st.integers(0, 2**31 - 1)


@given(count=st.integers(2, 300), data=st.data(), seed=SEEDS)
def test_a_draw_is_that_of_scikit_learn(count: int, data: st.DataObject, seed: int) -> None:
    held_out = data.draw(st.integers(1, count - 1))
    expected = train_test_split(np.arange(count), test_size=held_out, random_state=seed)
    for found, wanted in zip(draw(count, held_out, seed), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


@given(counts=st.lists(st.integers(2, 40), min_size=1, max_size=12), data=st.data(), seed=SEEDS)
def test_a_stratified_draw_is_that_of_scikit_learn(
    counts: list[int], data: st.DataObject, seed: int
) -> None:
    labels = np.repeat(np.arange(len(counts)) * 3, counts)
    np.random.default_rng(seed).shuffle(labels)
    rows, classes = len(labels), len(counts)
    held_out = data.draw(st.integers(classes, rows - classes))
    expected = train_test_split(
        np.arange(rows), test_size=held_out, random_state=seed, stratify=labels
    )
    for found, wanted in zip(draw_from_each(labels, held_out, seed), expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("seed", [0, 1, 99])
def test_draws_of_blocks_of_one_size_are_those_of_scikit_learn(seed: int) -> None:
    blocks = np.random.default_rng(seed).permutation(np.repeat(np.arange(30), 13)) * 7
    splits = GroupShuffleSplit(n_splits=20, test_size=6, random_state=seed)
    expected = list(splits.split(blocks, groups=blocks))
    found = list(draw_blocks(blocks, 6 * 13, 1, 20, seed))
    assert len(found) == len(expected)
    for (kept, off), (wanted_kept, wanted_off) in zip(found, expected, strict=True):
        np.testing.assert_array_equal(kept, wanted_kept)
        np.testing.assert_array_equal(off, wanted_off)


@given(
    sizes=st.lists(st.integers(1, 50), min_size=3, max_size=12),
    share=st.floats(0.05, 0.95),
    fewest=st.integers(1, 2),
    seed=SEEDS,
)
def test_as_many_blocks_are_drawn_as_hold_nearest_to_what_is_wanted(
    sizes: list[int], share: float, fewest: int, seed: int
) -> None:
    blocks = np.repeat(np.arange(len(sizes)), sizes)
    held_out = round(share * len(blocks))
    for kept, off in draw_blocks(blocks, held_out, fewest, 5, seed):
        assert sorted([*kept, *off]) == list(range(len(blocks)))
        drawn = {*blocks[off]}
        assert fewest <= len(drawn) < len(sizes) and not drawn & {*blocks[kept]}
        if fewest < len(drawn) < len(sizes) - 1:
            assert abs(len(off) - held_out) <= max(sizes) / 2
