"""Every way of spoiling on every bundled data set where it makes sense."""

import numpy as np
import pytest

from tests.core.corruption.examples import same_part
from tests.core.corruption.test_corruptions import between
from visualiser.core.corruption.registry import CORRUPTIONS, spoil
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.split import Part, Split, split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling

ROWS = 200
"""Of each part so many are spoiled: what is done to a row does not depend on how many there are."""


@pytest.fixture(scope="module", params=[n for n in SOURCES if not n.startswith("own_")])
def data(request: pytest.FixtureRequest) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig(name=request.param), 0)
    return dataset, split_dataset(dataset, SplitConfig(), 0)


def some(part: Part) -> Part:
    taken = part.take(np.linspace(0, len(part) - 1, min(ROWS, len(part))).astype(np.int64))
    origin = np.arange(len(taken))
    return Part(taken.features, taken.labels, taken.groups, taken.rows, origin)


def test_nothing_is_nothing_more_is_more_and_the_test_part_is_left_alone(
    data: tuple[Dataset, Split],
) -> None:
    dataset, split = data
    clean, test = some(split.train), some(split.test)
    for corruption in CORRUPTIONS.values():
        if corruption.refuses(dataset) is not None:
            continue
        configs = [
            CorruptionConfig(name=corruption.name, amount=between(corruption, share))
            for share in (0.0, 0.3, 1.0)
        ]
        none, (less, few), (more, many) = (
            spoil(clean, Spoiling(corruptions=(config,)), 1, dataset) for config in configs
        )
        assert none == (clean, ()), corruption.name
        assert set(few[0].rows) <= set(many[0].rows), corruption.name
        assert 0 < many[0].changed <= many[0].eligible, corruption.name
        assert not same_part(more, clean), corruption.name
        assert set(more.origin) <= set(less.origin), corruption.name
        again, _ = spoil(clean, Spoiling(corruptions=configs[2:]), 1, dataset)
        assert same_part(again, more), corruption.name
    assert same_part(clean, some(split.train)) and same_part(test, some(split.test))


def test_what_makes_no_sense_is_refused_with_a_reason(data: tuple[Dataset, Split]) -> None:
    dataset, split = data
    for corruption in CORRUPTIONS.values():
        reason = corruption.refuses(dataset)
        if reason is not None:
            config = CorruptionConfig(name=corruption.name, amount=corruption.amount.extreme)
            with pytest.raises(UserError, match="cannot be used here"):
                spoil(some(split.train), Spoiling(corruptions=(config,)), 1, dataset)
            assert reason[0].islower() and not reason.endswith("."), corruption.name
