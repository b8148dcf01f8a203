"""What a report asks of the models besides a snapshot: clues swapped, a planted secret ranked."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from visualiser.core.clue_outcome import ClueOutcome, outcome_of
from visualiser.core.clues import clues_of_run
from visualiser.core.questions.clue_test import ClueTest, ClueTested
from visualiser.core.questions.exposure import Exposure, Secrets, SecretsTold
from visualiser.core.questions.spec import Question
from visualiser.core.spoiled_before import secret_question
from visualiser.core.training.snapshot import Snapshot

Asked = frozenset[Question[Any]]


def questions_of(snapshot: Snapshot, number: int) -> Asked:
    """For a run as it stands; `number` tells one asking from the next, as in ClueTest.

    Test rows are asked about where the test part is open already.
    """
    dataset = snapshot.info.dataset
    asked: set[Question[Any]] = set()
    if dataset.predicts_classes and dataset.modality in ("images", "text", "sound"):
        for offered in clues_of_run(snapshot):
            asked.add(ClueTest(offered.clue, "validation", number))
            if snapshot.exam is not None:
                asked.add(ClueTest(offered.clue, "test", number))
    secret = secret_question(snapshot)
    if secret is not None:
        asked.add(secret)
    return frozenset(asked)


def answered(snapshot: Snapshot, asked: Asked) -> tuple[tuple[ClueOutcome, ...], Secrets | None]:
    """The answers that a snapshot has, as a report takes them."""
    tests = sorted(_tests(asked), key=lambda test: (test.clue, test.part != "validation"))
    outcomes = []
    for test in tests:
        told: ClueTested | None = snapshot.answer(test)
        if told is None or told.answers is None:
            continue
        if all(np.isfinite(output).all() for output in told.answers.output.values()):
            outcomes.append(outcome_of(told.answers, test, snapshot.info.dataset))
    ranked = (snapshot.answer(question) for question in asked if isinstance(question, Exposure))
    secret = next((told.newest for told in ranked if told is not None), None)
    return tuple(outcomes), secret


def whole(snapshot: Snapshot, asked: Asked) -> bool:
    """Whether nothing is left to be answered."""
    return all(_done(snapshot.answer(question)) for question in asked)


def _done(told: Any) -> bool:
    if isinstance(told, ClueTested):
        return told.answers is not None
    return isinstance(told, SecretsTold) and told.newest is not None and told.done


def _tests(asked: Asked) -> Iterable[ClueTest]:
    return (question for question in asked if isinstance(question, ClueTest))
