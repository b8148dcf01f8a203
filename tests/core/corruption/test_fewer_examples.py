from itertools import pairwise

import numpy as np
import pytest

from tests.core.corruption.examples import DATASETS, clean_part
from visualiser.core.corruption.registry import spoil
from visualiser.core.corruption.retained import FEWEST_ROWS
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import Part
from visualiser.core.experiment import CorruptionConfig, Spoiling


def kept(dataset: Dataset, share: float, seed: int = 0) -> Part:
    config = CorruptionConfig(name="fewer_examples", amount=share)
    return spoil(clean_part(dataset), Spoiling(corruptions=(config,)), seed, dataset)[0]


@pytest.mark.parametrize("name", DATASETS)
def test_the_share_is_exact_and_a_smaller_one_is_among_a_larger(name: str) -> None:
    dataset = DATASETS[name]
    rows = len(clean_part(dataset))
    parts = [kept(dataset, share) for share in (0.1, 0.3, 0.9)]
    assert [len(part) for part in parts] == [round(share * rows) for share in (0.1, 0.3, 0.9)]
    for fewer, more in pairwise(parts):
        assert set(fewer.origin) < set(more.origin)


def test_other_seeds_keep_other_examples_in_their_order() -> None:
    first, second = (kept(DATASETS["points"], 0.3, seed) for seed in (0, 1))
    assert not np.array_equal(first.origin, second.origin)
    assert (np.diff(first.origin) > 0).all()


def test_some_rows_are_left_however_small_the_share() -> None:
    assert len(kept(DATASETS["points"], 0.01)) == FEWEST_ROWS
