"""Rows that are there more than once."""

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS, same_part
from tests.core.corruption.spoiling import SURE, spoilt
from visualiser.core.corruption.duplicates import DuplicatesOptions
from visualiser.core.corruption.extent import extent
from visualiser.core.errors import UserError
from visualiser.core.experiment import check_options


@pytest.mark.parametrize("times", [1, 7, 20])
@pytest.mark.parametrize("share", [0.1, 0.6])
def test_so_many_copies_stand_right_behind_each_row_that_is_repeated(
    times: int, share: float
) -> None:
    dataset = DATASETS["decisions"]
    clean, part, change = spoilt(dataset, "duplicates", share, times=times)
    counts = np.bincount(part.origin, minlength=len(clean))
    assert set(counts) == {1, 1 + times}
    np.testing.assert_array_equal(change.rows, np.flatnonzero(counts > 1))
    assert stats.binomtest(change.changed, len(clean), share).pvalue > SURE
    assert (np.diff(part.origin) >= 0).all()
    assert same_part(part, clean.take(part.origin))
    copies = len(part) - len(clean)
    assert change.sentence().endswith(f"rows repeated, {copies:,} rows more")
    assert extent(dataset, clean, part, (change,)).repeated_rows == copies


def test_all_rows_can_be_repeated_which_leaves_their_proportions() -> None:
    clean, part, _ = spoilt(DATASETS["points"], "duplicates", 1.0, times=4)
    assert len(part) == 5 * len(clean)
    np.testing.assert_array_equal(np.bincount(part.labels), 5 * np.bincount(clean.labels))


@pytest.mark.parametrize("times", [0, 21])
def test_copies_are_from_one_to_twenty(times: int) -> None:
    with pytest.raises(UserError, match="from 1 to 20"):
        check_options(DuplicatesOptions, {"times": times}, "Duplicates")


def test_one_and_the_same_rows_are_repeated_however_often() -> None:
    _, once, _ = spoilt(DATASETS["points"], "duplicates", 0.3, times=1)
    _, often, _ = spoilt(DATASETS["points"], "duplicates", 0.3, times=9)
    counts = [np.bincount(part.origin) > 1 for part in (once, often)]
    np.testing.assert_array_equal(*counts)
