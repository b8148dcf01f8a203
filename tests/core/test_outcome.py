"""What is counted of a run: changes, confusions, and labels learnt by heart."""

from dataclasses import replace

import numpy as np
import pytest

from tests.core.made_snapshots import (
    ROWS,
    accuracy,
    answers,
    change,
    dataset,
    error,
    prices,
    run_info,
    snapshot,
    watched,
)
from visualiser.core.corruption.registry import change_text
from visualiser.core.outcome import describe
from visualiser.core.training.snapshot import Predictions
from visualiser.core.training.wrong_labels import Memorised


def test_changes_are_told_by_name_with_their_counts():
    plan = (change(), change("class_imbalance", "rows", "removed"))
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), changes=plan))
    assert outcome.changed[:2] == (
        "Wrong labels: 200 of 500 labels changed",
        "Rare classes: 200 of 500 rows removed",
    )


def test_several_ways_of_spoiling_are_summed_up_by_what_is_left_of_each():
    clean = run_info(dataset()).split.train
    labels = clean.labels.copy()
    labels[:200] = (labels[:200] + 1) % 10
    part = clean.with_values(labels=labels).take(np.arange(150, 400))
    plan = (change(), change("class_imbalance", "rows", "removed"))
    fields = {"changes": plan, "spoiled_train": part}
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), **fields))
    whole = "In all, 50 of 250 training labels are wrong and 250 points are gone"
    assert outcome.changed == (change_text(plan[0]), change_text(plan[1]), whole)
    fields["changes"] = plan[:1]
    assert len(describe(snapshot(accuracy(0.8), accuracy(0.9), **fields)).changed) == 1


def test_the_worst_confusions_come_first_with_their_shares():
    data = dataset()
    labels = watched(data)
    predictions = Predictions(
        answers(labels, 10, {3: (20, 8), 4: (5, 9), 5: (10, 6)}), answers(labels, 10, {3: (4, 8)})
    )
    outcome = describe(snapshot(accuracy(0.93), accuracy(0.99), data, predictions=predictions))
    assert outcome.confusions is not None
    assert [(c.true, c.predicted, c.count) for c in outcome.confusions] == [
        ("d", "i", 20),
        ("f", "g", 10),
        ("e", "j", 5),
    ]
    assert outcome.confusions[0].share == pytest.approx(20 / 50)
    assert outcome.confusions[0].twin_share == pytest.approx(4 / 50)


def test_the_confusion_of_the_larger_share_is_worse_though_it_is_seldomer():
    labels = np.repeat([0, 1], [ROWS - 20, 20])
    data = replace(dataset(2), labels=np.tile(labels, 3))
    output = answers(labels, 2, {0: (30, 1), 1: (10, 0)})
    outcome = describe(snapshot(accuracy(0.9), None, data, predictions=Predictions(output, None)))
    assert outcome.confusions is not None
    assert [c.count for c in outcome.confusions] == [10, 30]
    assert outcome.confusions[0].share > outcome.confusions[1].share


def test_confusions_that_would_be_shown_as_nothing_are_left_out():
    labels = np.repeat([0, 1], [ROWS - 20, 20])
    data = replace(dataset(2), labels=np.tile(labels, 3))
    output = answers(labels, 2, {0: (2, 1), 1: (1, 0)})
    outcome = describe(
        snapshot(accuracy(0.99), accuracy(0.99), data, predictions=Predictions(output, output))
    )
    assert outcome.confusions is not None
    assert [(c.true, c.count) for c in outcome.confusions] == [("b", 1)]
    assert all(round(100 * c.share) > 0 for c in outcome.confusions)


def test_without_classes_there_are_no_confusions_to_tell_of():
    output = watched(prices())
    outcome = describe(snapshot(error(1), None, prices(), predictions=Predictions(output, None)))
    assert outcome.confusions is None


def test_a_perfect_model_confuses_nothing():
    data = dataset()
    right = answers(watched(data), 10, {})
    outcome = describe(
        snapshot(accuracy(1.0), accuracy(1.0), data, predictions=Predictions(right, right))
    )
    assert outcome.confusions == ()


def test_without_predictions_there_are_no_rows_of_classes_and_groups():
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), dataset(2, groups=True)))
    assert outcome.confusions is None
    assert outcome.groups is None


def test_learnt_wrong_labels_are_a_share():
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9), memorised=Memorised(124, 60, 200)))
    assert outcome.memorised_share == pytest.approx(0.62)
    assert outcome.memorised_text == "62\xa0%"
    assert describe(snapshot(accuracy(0.8), accuracy(0.9))).memorised_share is None


def test_ways_that_do_not_touch_each_other_are_not_summed_up():
    plan = (change(), change("feature_noise", "rows"))
    assert len(describe(snapshot(accuracy(0.8), accuracy(0.9), changes=plan)).changed) == 2
    twice = (change(), change("pair_flip"))
    assert len(describe(snapshot(accuracy(0.8), accuracy(0.9), changes=twice)).changed) == 3
