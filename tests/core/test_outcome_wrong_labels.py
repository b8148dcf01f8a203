"""Wrong labels: learnt by heart, learnt as a rule, or answered truly."""

import numpy as np
import pytest

from tests.core.made_snapshots import accuracy, answers, change, dataset, snapshot, told, watched
from visualiser.core.data.split import Part
from visualiser.core.outcome import describe
from visualiser.core.outcome_wrong_labels import same_mistakes
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.core.training.wrong_labels import Memorised


def wrong_by_one(part: Part) -> Part:
    """Two of five labels are those of the next class."""
    labels = part.labels.copy()
    hit = np.arange(len(part)) % 5 < 2
    labels[hit] = (labels[hit] + 1) % 10
    return part.with_values(labels=labels)


def run(mistaken: int, memorised: Memorised) -> Snapshot:
    """So many of the 50 watched rows of each class are answered with the next class."""
    labels = watched(dataset())
    output = answers(labels, 10, {c: (mistaken, (c + 1) % 10) for c in range(10)})
    right = accuracy(1 - mistaken / 50)
    made = snapshot(right, accuracy(1.0), predictions=Predictions(output, None))
    fields = {"changes": (change("pair_flip"),), "memorised": memorised}
    part = wrong_by_one(made.info.split.train)
    return snapshot(
        right, accuracy(1.0), predictions=made.predictions, spoiled_train=part, **fields
    )


def test_labels_repeated_oftener_than_new_examples_are_mistaken_are_learnt_by_heart():
    made = run(5, Memorised(120, 60, 200))
    assert describe(made).learning == "by heart"
    text = told(made)
    assert "repeats 60 % of the wrong labels, but makes such mistakes on 10 % of new" in text


def test_labels_repeated_as_often_as_new_examples_are_mistaken_are_a_rule():
    made = run(20, Memorised(80, 120, 200))
    assert describe(made).learning == "as a rule"
    text = told(made)
    assert "repeats 40 % of the wrong labels" in text
    assert "as a rule" in text
    assert "heart" not in text


@pytest.mark.parametrize("learnt", [92, 100])
def test_a_lead_over_new_examples_that_chance_explains_is_not_told_as_learning_by_heart(learnt):
    assert describe(run(20, Memorised(learnt, 100, 200))).learning in ("as a rule", "")


def test_the_error_of_mistakes_on_new_examples_is_as_large_as_chance_makes_it():
    made = run(20, Memorised(80, 120, 200))
    found = same_mistakes(made)
    assert found is not None and found.share == pytest.approx(0.4)
    clean = made.info.split.train.labels
    spoiled = len(np.unique(clean[clean != made.spoiled_train.labels]))
    drawn = np.random.default_rng(0).binomial(50, 0.4, size=(20_000, spoiled)).mean(axis=1) / 50
    assert found.standard_error == pytest.approx(drawn.std(), rel=0.1)


def test_labels_answered_truly_are_resisted():
    assert describe(run(1, Memorised(4, 190, 200))).learning == "resisted"


def test_without_wrong_labels_nothing_is_said_of_them():
    assert describe(snapshot(accuracy(0.8), accuracy(0.9))).learning == ""
