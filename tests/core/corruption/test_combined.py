"""What ways of spoiling promise of each other: in any order, a pattern stays and rows are left."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.corruption.examples import DATASETS, clean_part, exam_part, same_part, with_room
from tests.core.corruption.plans import ADDING, SEEDS, SHARES, between, spoil, spoiling
from visualiser.core.corruption.registry import CORRUPTIONS
from visualiser.core.corruption.retained import FEWEST_ROWS
from visualiser.core.corruption.spec import Corruption
from visualiser.core.data.dataset import Dataset
from visualiser.core.data.split import part_of
from visualiser.core.experiment import CorruptionConfig, Spoiling

REMOVING = ("class_imbalance", "under_representation")


@settings(max_examples=15, deadline=None)
@given(
    rate=st.floats(0.05, 0.8),
    share=st.floats(0.05, 0.95),
    remover=st.sampled_from(REMOVING),
    changer=st.sampled_from(("symmetric_label_noise", "feature_noise")),
    seed=SEEDS,
)
def test_removing_rows_leaves_the_pattern_of_the_others_as_it_is(
    rate, share, remover, changer, seed
):
    dataset = DATASETS["decisions"]
    clean = clean_part(dataset)
    change = CorruptionConfig(name=changer, amount=rate)
    remove = CorruptionConfig(name=remover, amount=share)
    one, _ = spoil(clean, Spoiling(corruptions=(change, remove)), seed, dataset)
    other, _ = spoil(clean, Spoiling(corruptions=(remove, change)), seed, dataset)
    alone, _ = spoil(clean, Spoiling(corruptions=(change,)), seed, dataset)
    assert same_part(one, other)
    assert same_part(one, alone.take(one.origin))


CHANGING = [
    c
    for c in CORRUPTIONS.values()
    if c.touches != "rows" and c.refuses(DATASETS["decisions"]) is None
]


@pytest.mark.parametrize("changer", CHANGING, ids=lambda c: c.name)
def test_copies_are_spoiled_as_the_rows_they_are_copies_of(changer: Corruption) -> None:
    """So that it does not matter whether rows were repeated before or after."""
    dataset = with_room(DATASETS["decisions"], changer)
    clean = clean_part(dataset)
    change = CorruptionConfig(name=changer.name, amount=between(changer, 0.6))
    repeat = CorruptionConfig(name="duplicates", amount=0.4, options={"times": 3})
    one, _ = spoil(clean, Spoiling(corruptions=(change, repeat)), 5, dataset)
    other, _ = spoil(clean, Spoiling(corruptions=(repeat, change)), 5, dataset)
    assert len(one) > len(clean)
    assert same_part(one, other)


REMOVERS = [c for c in CORRUPTIONS.values() if c.touches == "rows" and c.name not in ADDING]


@pytest.mark.parametrize("corruption", REMOVERS, ids=lambda c: c.name)
@settings(max_examples=20, deadline=None)
@given(shares=st.tuples(SHARES, SHARES, SHARES), rows=st.integers(10, 40), seed=SEEDS)
def test_of_few_rows_more_takes_the_same_and_others_besides_and_leaves_enough(
    corruption, shares, rows, seed
):
    dataset = next(
        DATASETS[name]
        for name in ("pictures", "decisions", "diary", "purchases")
        if corruption.refuses(DATASETS[name]) is None
    )
    clean = part_of(dataset, np.arange(0, rows * 7, 7))
    plans = [spoiling(corruption, between(corruption, share)) for share in sorted(shares)]
    left = [set(spoil(clean, plan, seed, dataset)[0].origin.tolist()) for plan in plans]
    assert left[2] <= left[1] <= left[0]
    assert len(left[2]) >= FEWEST_ROWS


@pytest.mark.parametrize("name", ["decisions", "purchases", "diary", "pictures"])
@settings(max_examples=10, deadline=None)
@given(data=st.data(), seed=SEEDS)
def test_all_that_removes_rows_together_leaves_enough_of_them_in_any_order(name, data, seed):
    dataset = DATASETS[name]
    clean = clean_part(dataset)
    removers = [
        c.name for c in CORRUPTIONS.values() if c.touches == "rows" and c.refuses(dataset) is None
    ]
    order = data.draw(st.permutations(removers))
    plan = Spoiling(
        corruptions=tuple(
            CorruptionConfig(name=name, amount=between(CORRUPTIONS[name], data.draw(SHARES)))
            for name in order
        )
    )
    part, changes = spoil(clean, plan, seed, dataset)
    assert len(changes) == len(removers)
    assert len(np.unique(part.origin)) >= FEWEST_ROWS
    assert all(0 <= change.changed <= change.eligible for change in changes)


@settings(max_examples=15, deadline=None)
@given(data=st.data(), seed=SEEDS)
def test_any_corruptions_in_any_order_leave_a_part_to_train_on(data, seed):
    fitting = [c for c in CORRUPTIONS.values() if c.refuses(DATASETS["decisions"]) is None]
    dataset: Dataset = with_room(DATASETS["decisions"], *fitting)
    clean = clean_part(dataset)
    chosen = data.draw(st.lists(st.sampled_from(fitting), unique_by=lambda c: c.name))
    plan = Spoiling(
        corruptions=tuple(
            CorruptionConfig(name=c.name, amount=between(c, data.draw(st.floats(0.01, 1))))
            for c in chosen
        )
    )
    part, changes = spoil(clean, plan, seed, dataset)
    assert [change.name for change in changes] == [c.name for c in chosen]
    assert len(np.unique(part.origin)) >= FEWEST_ROWS
    assert set(np.unique(part.labels)) <= set(range(dataset.class_count))
    np.testing.assert_array_equal(part.groups, dataset.groups[part.rows])
    own = ~part.foreign_to(clean)
    np.testing.assert_array_equal(part.rows[own], clean.rows[part.origin[own]])
    assert set(part.rows[~own]) <= set(exam_part(dataset).rows)
    assert all(0 <= change.changed <= change.eligible for change in changes)
