from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from visualiser.core.metrics.exposure import exposure, rank_of


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.data())
def test_ties_share_their_ranks(losses: list[int], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(losses) - 1))
    expected = rankdata(losses)[place]
    assert rank_of(np.array(losses, dtype=float), place) == expected


def test_the_first_has_all_bits_the_last_none_and_the_average_is_that_of_chance() -> None:
    assert exposure(1, 10_000) == log2(10_000)
    assert exposure(10_000, 10_000) == 0
    mean = np.mean([exposure(rank, 10_000) for rank in range(1, 10_001)])
    assert mean == pytest.approx(1 / np.log(2), abs=1e-3)


def test_what_is_no_number_has_no_rank() -> None:
    assert np.isnan(rank_of(np.array([1.0, np.nan]), 0))
    assert np.isnan(exposure(float("nan"), 10))
