"""Decisions about suspects: their way back, the repairs that they make, and their score."""

import numpy as np
from hypothesis import given as each
from hypothesis import strategies as st

from tests.core.findings.made_rows import searched, spoiled
from visualiser.core.experiment import Repair
from visualiser.core.findings.review import (
    Decision,
    Review,
    as_proposed,
    review_score,
    rows_of,
)
from visualiser.core.findings.spec import suspects
from visualiser.core.findings.truth import truth_of
from visualiser.core.repair import repair

DECISIONS = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.sampled_from([Decision("accept"), Decision("drop"), Decision("skip"),
                         Decision("relabel", 1.0), Decision("relabel", 2.0)]),
    )
)  # fmt: skip


@each(DECISIONS)
def test_every_decision_can_be_taken_back(made: list[tuple[int, Decision]]) -> None:
    reviews = [Review()]
    for row, decision in made:
        reviews.append(reviews[-1].decide({(row, 0): decision}))
    back = reviews[-1]
    for earlier in reversed(reviews):
        assert back.decisions == earlier.decisions
        back = back.undone()
    assert back == Review()


@each(DECISIONS)
def test_repairs_are_what_changes_rows_and_come_back_as_decisions(
    made: list[tuple[int, Decision]],
) -> None:
    review = Review().decide({(row, 0): decision for row, decision in made})
    assert Review.of(review.repairs).repairs == review.repairs
    assert len(review.repairs) == review.counts()["relabel"] + review.counts()["drop"]


def test_of_copies_the_one_that_was_meant_is_repaired() -> None:
    _, split, _ = spoiled("penguins", "symmetric_label_noise", 0.0)
    part = split.train.take(np.array([4, 7, 7, 7]))
    found = suspects(np.array([0.0, 0.1, 0.9, 0.5]), np.array([0, 0, 1, 1], bool), str)
    review = Review().decide(as_proposed(part, found, 1))
    row = int(part.rows[1])
    assert review.repairs == (Repair(row=row, copy_number=1),)
    mended, done = repair(part, review.repairs)
    assert (done.dropped, len(mended)) == (1, 3)


def test_what_is_proposed_for_all_suspects_is_a_review_with_a_score() -> None:
    findings, split = searched("penguins", "symmetric_label_noise", 0.2)
    dataset, part = findings.search.dataset, findings.part
    truth, found = truth_of(dataset, part, split.train), findings.suspects["confident"]
    count = int(found.flagged.sum())
    review = Review().decide(as_proposed(part, found, count))
    score = review_score(review, part, truth, found)
    assert score.changed == count == score.relabelled + int((found.flagged & ~truth.label).sum())
    assert score.hits == score.finder_hits and score.precision > 0.8
    mended, _ = repair(part, review.repairs)
    assert np.mean(mended.labels == dataset.labels[mended.rows]) > 0.95


def test_a_person_is_scored_by_what_was_changed_and_what_was_called_right() -> None:
    dataset, split, part = spoiled("penguins", "symmetric_label_noise", 0.3)
    truth = truth_of(dataset, part, split.train)
    rows = rows_of(part)
    wrong, right = np.flatnonzero(truth.label), np.flatnonzero(~truth.label)
    first, second, third, fourth = wrong[:4].tolist()
    review = Review().decide(
        {
            rows[first]: Decision("relabel", float(truth.true_labels[first])),
            rows[second]: Decision("relabel", float(part.labels[second])),
            rows[third]: Decision("drop"),
            rows[fourth]: Decision("accept"),
            rows[int(right[0])]: Decision("drop"),
            rows[int(right[1])]: Decision("accept"),
            rows[int(right[2])]: Decision("skip"),
        }
    )
    blind = suspects(np.zeros(len(part)), np.zeros(len(part), bool), str)
    score = review_score(review, part, truth, blind)
    assert (score.changed, score.hits, score.wrong) == (4, 3, len(wrong))
    assert (score.relabelled, score.rightly) == (2, 1)
    assert (score.accepted, score.missed) == (2, 1)
