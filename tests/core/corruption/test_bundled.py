"""Every way of spoiling on every bundled data set where it makes sense."""

import numpy as np
import pytest

from tests.core.corruption.examples import same_part, with_room
from tests.core.corruption.plans import between
from visualiser.core.corruption.registry import CORRUPTIONS, spoil
from visualiser.core.corruption.retained import FEWEST_ROWS
from visualiser.core.corruption.spare_columns import split_with_columns
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.registry import SOURCES, load_dataset
from visualiser.core.data.split import Part, Split, split_dataset
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, DatasetConfig, SplitConfig, Spoiling

ROWS = 200
"""Of each part so many are spoiled: what is done to a row does not depend on how many there are."""
CLIPS = 40
"""Noise behind a clip takes its time."""


@pytest.fixture(scope="module", params=[n for n in SOURCES if not n.startswith("own_")])
def data(request: pytest.FixtureRequest) -> tuple[Dataset, Split]:
    dataset = load_dataset(DatasetConfig(name=request.param), 0)
    split = split_dataset(dataset, SplitConfig(), 0)
    most = CLIPS if dataset.modality == "sound" else ROWS
    train, validation, test = (
        some(part, most) for part in (split.train, split.validation, split.test)
    )
    return dataset, Split(train, validation, test)


def some(part: Part, most: int) -> Part:
    taken = part.take(np.linspace(0, len(part) - 1, min(most, len(part))).astype(np.int64))
    origin = np.arange(len(taken))
    return Part(taken.features, taken.labels, taken.groups, taken.rows, origin)


def copy_of(part: Part) -> Part:
    return part.take(np.arange(len(part)))


def test_nothing_is_nothing_more_is_more_and_the_test_part_is_left_alone(
    data: tuple[Dataset, Split],
) -> None:
    dataset, split = data
    train, test = copy_of(split.train), copy_of(split.test)
    fitting = [way for way in CORRUPTIONS.values() if way.refuses(dataset) is None]
    assert len(fitting) >= 3
    for corruption in fitting:
        check(corruption, dataset, split)
    assert same_part(train, split.train) and same_part(test, split.test)


def check(corruption: Corruption, dataset: Dataset, split: Split) -> None:
    dataset = with_room(dataset, corruption)
    split = split_with_columns(split, dataset.spare_columns)
    clean = split.train
    plans = [
        Spoiling(corruptions=(CorruptionConfig(name=corruption.name, amount=amount),))
        for amount in (between(corruption, share) for share in (0.0, 0.3, 1.0))
    ]
    none, (less, few), (more, many), (again, _) = (
        spoil(clean, plan, 1, dataset, test=split.test) for plan in (*plans, plans[-1])
    )
    assert none == (clean, ()), corruption.name
    assert set(few[0].rows) <= set(many[0].rows), corruption.name
    assert set(few[0].added) <= set(many[0].added), corruption.name
    assert few[0].changed <= many[0].changed, corruption.name
    assert 0 < many[0].changed <= many[0].eligible, corruption.name
    assert not same_part(more, clean) and same_part(again, more), corruption.name
    less_own, foreign = ~less.foreign_to(clean), more.foreign_to(clean)
    assert set(more.origin[~foreign]) <= set(less.origin[less_own]), corruption.name
    np.testing.assert_array_equal(more.rows[foreign], many[0].added)
    assert len(np.unique(more.origin)) >= FEWEST_ROWS, corruption.name


def test_what_makes_no_sense_is_refused_with_a_reason(data: tuple[Dataset, Split]) -> None:
    dataset, split = data
    for corruption in CORRUPTIONS.values():
        reason = corruption.refuses(dataset)
        if reason is not None:
            config = CorruptionConfig(name=corruption.name, amount=corruption.amount.extreme)
            with pytest.raises(UserError, match="cannot be used here"):
                spoil(split.train, Spoiling(corruptions=(config,)), 1, dataset)
            assert reason[0].islower() and not reason.endswith("."), corruption.name
