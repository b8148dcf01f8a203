"""Every way of spoiling on the real data that it makes sense for."""

from collections.abc import Iterator

import numpy as np
import pytest

from visualiser.core.corruption.registry import CORRUPTIONS, spare_columns, spoil
from visualiser.core.corruption.spare_columns import split_with_columns, with_columns
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.split import Split, split_dataset
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling

BUNDLED = [name for name in SOURCES if not name.startswith("own_")]
SHARES = (0.1, 0.6)
ELSEWHERE = "background_noise"
"""Long clips full of noise take seconds; short ones tell as much (test_statistics.py)."""


def plans(corruption: Corruption) -> Iterator[Spoiling]:
    amount = corruption.amount
    for share in SHARES:
        between = amount.identity + share * (amount.extreme - amount.identity)
        asked = round(between) if amount.whole else between
        yield Spoiling(corruptions=(CorruptionConfig(name=corruption.name, amount=asked),))


@pytest.mark.parametrize("name", BUNDLED)
def test_bundled_data_is_spoiled_more_and_more(name: str) -> None:
    dataset = load_dataset(DatasetConfig(name=name), 0)
    split = split_dataset(dataset, SplitConfig(), 0)
    fitting = [way for way in CORRUPTIONS.values() if way.refuses(dataset) is None]
    assert len(fitting) >= 3
    fitting = [way for way in fitting if way.name != ELSEWHERE]
    for corruption in fitting:
        check(corruption, dataset, split)


def check(corruption: Corruption, dataset: Dataset, split: Split) -> None:
    less, more = plans(corruption)
    names = spare_columns(more, dataset)
    dataset, split = with_columns(dataset, names), split_with_columns(split, names)
    (_, (few,)), (part, (many,)) = (
        spoil(split.train, plan, 1, dataset, test=split.test) for plan in (less, more)
    )
    assert few.changed <= many.changed and 0 < many.changed <= many.eligible, corruption.name
    assert set(few.rows) <= set(many.rows), corruption.name
    assert len(part) >= 10 and part.rows.max() < len(dataset)
    copied = part.rows[part.foreign_to(split.train)]
    np.testing.assert_array_equal(copied, many.added)
