import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from visualiser.core.data.dataset import DataCard, Dataset
from visualiser.core.data.split import FEWEST_ROWS, split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import SplitConfig

CARD = DataCard("made for a test", "this file", "none", "small")


def labelled(labels: np.ndarray, classes: int) -> Dataset:
    points = np.arange(2 * len(labels), dtype=np.float32).reshape(-1, 2)
    names = tuple("abcdefgh"[:classes])
    return Dataset("d", "D", CARD, "points", "classification", points, labels, "y", names)


@st.composite
def shares(draw: st.DrawFn) -> SplitConfig:
    train = draw(st.integers(1, 98))
    validation = draw(st.integers(1, 99 - train))
    test = 100 - train - validation
    return SplitConfig(train=train / 100, validation=validation / 100, test=test / 100)


@settings(max_examples=60)
@given(
    rows=st.integers(10, 200), classes=st.integers(2, 8), config=shares(), seed=st.integers(0, 9)
)
def test_each_row_is_in_exactly_one_part(
    rows: int, classes: int, config: SplitConfig, seed: int
) -> None:
    labels = np.random.default_rng(seed).integers(0, classes, rows)
    split = split_dataset(labelled(labels, classes), config, seed)
    parts = (split.train, split.validation, split.test)
    assert all(len(part) >= 1 for part in parts)
    assert sorted(np.concatenate([part.rows for part in parts])) == list(range(rows))
    for part in parts:
        assert np.array_equal(part.labels, labels[part.rows])
        assert np.array_equal(part.features[:, 0], 2 * part.rows)
        assert np.array_equal(part.origin, np.arange(len(part)))


def test_parts_have_their_shares_of_the_rows_and_of_each_class() -> None:
    labels = np.repeat([0, 1, 2], [600, 300, 100])
    config = SplitConfig(train=0.6, validation=0.3, test=0.1)
    split = split_dataset(labelled(labels, 3), config, 0)
    assert [len(p) for p in (split.train, split.validation, split.test)] == [600, 300, 100]
    for part, share in ((split.train, 0.6), (split.validation, 0.3), (split.test, 0.1)):
        assert np.abs(np.bincount(part.labels) - share * np.array([600, 300, 100])).max() <= 1


def test_the_seed_decides_the_cut() -> None:
    dataset = labelled(np.arange(100) % 2, 2)
    first, again, other = (split_dataset(dataset, SplitConfig(), seed) for seed in (1, 1, 2))
    assert np.array_equal(first.train.rows, again.train.rows)
    assert not np.array_equal(first.train.rows, other.train.rows)


def test_a_class_with_a_single_row_does_not_stand_in_the_way() -> None:
    labels = np.zeros(50, dtype=np.int64)
    labels[7] = 1
    assert len(split_dataset(labelled(labels, 2), SplitConfig(), 0).train) == 34


def test_too_few_rows_are_refused_with_a_sentence() -> None:
    with pytest.raises(UserError, match="9 usable points"):
        split_dataset(labelled(np.arange(9) % 2, 2), SplitConfig(), 0)


def test_shares_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(ValidationError, match="add up to 1"):
        SplitConfig(train=0.7, validation=0.2, test=0.2)


@settings(max_examples=40)
@given(
    sizes=st.lists(st.integers(1, 12), min_size=8, max_size=30),
    config=shares(),
    seed=st.integers(0, 9),
)
def test_a_block_is_never_torn_apart(sizes: list[int], config: SplitConfig, seed: int) -> None:
    blocks = np.repeat(np.arange(len(sizes)), sizes)
    labels = np.arange(len(blocks)) % 2
    if len(blocks) < FEWEST_ROWS:
        return
    dataset = dataclasses.replace(labelled(labels, 2), blocks=blocks)
    split = split_dataset(dataset, config, seed)
    parts = (split.train, split.validation, split.test)
    assert all(len(part) for part in parts)
    assert sorted(np.concatenate([part.rows for part in parts])) == list(range(len(blocks)))
    found = [set(blocks[part.rows]) for part in parts]
    assert sum(map(len, found)) == len(sizes)


def test_blocks_meet_the_shares_of_rows_and_classes_about() -> None:
    rng = np.random.default_rng(3)
    blocks = np.repeat(np.arange(60), rng.integers(3, 12, 60))
    labels = rng.integers(0, 3, 60)[blocks]
    split = split_dataset(dataclasses.replace(labelled(labels, 3), blocks=blocks), SplitConfig(), 0)
    for part, share in ((split.train, 0.7), (split.validation, 0.15), (split.test, 0.15)):
        assert abs(len(part) / len(blocks) - share) < 0.03
        assert (
            np.abs(np.bincount(part.labels) / len(part) - np.bincount(labels) / len(labels)).max()
            < 0.12
        )


def test_a_few_blocks_of_many_sizes_meet_their_shares_too() -> None:
    sizes = [85, 85, 76, 44, 32, 23, 23, 13, 12, 11]
    blocks = np.repeat(np.arange(10), sizes)
    dataset = dataclasses.replace(labelled(np.arange(len(blocks)) % 2, 2), blocks=blocks)
    for seed in range(5):
        split = split_dataset(dataset, SplitConfig(), seed)
        for part, share in ((split.train, 0.7), (split.validation, 0.15), (split.test, 0.15)):
            assert abs(len(part) / len(blocks) - share) < 0.05


def test_two_blocks_are_too_few_for_three_parts() -> None:
    dataset = dataclasses.replace(labelled(np.arange(40) % 2, 2), blocks=np.arange(40) // 20)
    with pytest.raises(UserError, match="fewer than 3 blocks"):
        split_dataset(dataset, SplitConfig(), 0)


def test_rows_with_times_train_on_the_old_and_test_on_the_new() -> None:
    times = np.random.default_rng(0).permutation(100)
    dataset = dataclasses.replace(labelled(np.arange(100) % 2, 2), times=times)
    split = split_dataset(dataset, SplitConfig(), seed=5)
    assert times[split.train.rows].tolist() == list(range(70))
    assert times[split.validation.rows].tolist() == list(range(70, 85))
    assert times[split.test.rows].tolist() == list(range(85, 100))
