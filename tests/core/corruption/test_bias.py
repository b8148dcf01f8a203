"""Bias: groups with labels against them, and groups with few rows."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from tests.core.corruption.examples import DATASETS
from tests.core.corruption.spoiling import SURE, spoilt
from visualiser.core.corruption.registry import spoil
from visualiser.core.data.split import part_of
from visualiser.core.errors import UserError
from visualiser.core.experiment import CorruptionConfig, Spoiling


def test_label_bias_turns_only_the_groups_favourable_labels():
    dataset = DATASETS["decisions"]
    clean, part, change = spoilt(dataset, "group_label_bias", 0.6)
    wrong = part.labels != clean.labels
    assert set(clean.groups[wrong]) == {1}, "the smaller group where none is named"
    assert set(clean.labels[wrong]) == {1}
    eligible = int(((clean.labels == 1) & (clean.groups == 1)).sum())
    assert stats.binomtest(change.changed, eligible, 0.6).pvalue > SURE
    assert change.sentence() == (f"{wrong.sum()} of {eligible} “approved” labels of “few” changed")


def test_label_bias_can_hit_another_group_and_another_class():
    clean, part, _ = spoilt(
        DATASETS["decisions"], "group_label_bias", 1.0, group="many", positive="denied"
    )
    hit = (clean.groups == 0) & (clean.labels == 0)
    np.testing.assert_array_equal(part.labels, np.where(hit, 1, clean.labels))


def test_a_group_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(UserError, match=r"no group called “martians”.*many, few"):
        spoilt(DATASETS["decisions"], "group_label_bias", 0.5, group="martians")


def test_rows_of_an_unknown_group_belong_to_none():
    data = DATASETS["decisions"]
    groups = np.where(np.arange(len(data)) % 2 == 0, -1, data.groups)
    dataset = replace(data, groups=groups)
    clean, part, _ = spoilt(dataset, "under_representation", 0.0)
    np.testing.assert_array_equal(part.origin, np.flatnonzero(clean.groups != 1))
    one_group = replace(data, groups=np.where(groups == 1, -1, groups))
    with pytest.raises(UserError, match="only one group"):
        spoilt(one_group, "under_representation", 0.5)


@pytest.mark.parametrize("share", [0.7, 0.25, 0.0])
def test_under_representation_keeps_the_share_of_the_group_and_all_others(share):
    clean, part, change = spoilt(DATASETS["decisions"], "under_representation", share)
    before, after = np.bincount(clean.groups), np.bincount(part.groups, minlength=2)
    assert after[0] == before[0]
    assert after[1] == round(share * before[1])
    assert change.eligible == before[1]


def test_under_representation_can_be_of_one_label():
    clean, part, _ = spoilt(
        DATASETS["decisions"], "under_representation", 0.0, group="many", label="denied"
    )
    gone = (clean.groups == 0) & (clean.labels == 0)
    np.testing.assert_array_equal(part.origin, np.flatnonzero(~gone))


def test_a_label_makes_no_sense_for_a_regression():
    with pytest.raises(UserError, match="Missing group"):
        spoilt(DATASETS["prices"], "under_representation", 0.5, label="cheap")


def test_some_rows_are_left_to_train_on_even_where_the_group_is_nearly_all_there_is():
    dataset = DATASETS["decisions"]
    rows = np.concatenate(
        [np.flatnonzero(dataset.groups == 0), np.flatnonzero(dataset.groups == 1)[:4]]
    )
    config = CorruptionConfig(name="under_representation", amount=0.0, options={"group": "many"})
    clean = part_of(dataset, rows)
    part, (change,) = spoil(clean, Spoiling(corruptions=(config,)), 0, dataset)
    assert len(part) == 10
    assert (part.groups == 1).sum() == 4
    assert change.changed == len(rows) - 10
    assert change.sentence().endswith("removed (training needs 10 rows)")
