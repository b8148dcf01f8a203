"""What repairs are said to be worth."""

import numpy as np
import pytest

from tests.core.made_snapshots import accuracy, answers, dataset, snapshot, watched
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.outcome import describe
from visualiser.core.training.snapshot import Predictions, Snapshot

LABELS = watched(dataset())


def run(student: int, twin: int, repaired: int) -> Snapshot:
    """So many of the 50 pictures of class 0 are taken for class 1 by each model."""
    outputs = [answers(LABELS, 10, {0: (wrong, 1)}) for wrong in (student, twin, repaired)]
    figures = [accuracy(float(np.mean(o.argmax(axis=1) == LABELS))) for o in outputs]
    return snapshot(
        figures[0], figures[1], cleaned_validation=figures[2], predictions=Predictions(*outputs)
    )


@pytest.mark.parametrize(
    ("student", "twin", "repaired", "words"),
    [
        (
            40,
            0,
            10,
            "98.0 % on 500 validation points: the repairs win back 6.0 points of 8.0 points.",
        ),
        (40, 0, 39, "comes to 92.2 % on 500 validation points: no clear difference so far."),
        (10, 0, 40, "the repairs took 6.0 points more than they gave."),
        (40, 40, 10, "the repairs win 6.0 points."),
    ],
)
def test_the_worth_of_repairs_is_told(student: int, twin: int, repaired: int, words: str) -> None:
    told = " ".join(describe(run(student, twin, repaired)).sentences).replace(NO_BREAK, " ")
    assert words in told


def test_without_repairs_nothing_is_said_of_them() -> None:
    outcome = describe(snapshot(accuracy(0.8), accuracy(0.9)))
    assert outcome.repaired is None and outcome.mended == ""
    assert not any("repair" in sentence for sentence in outcome.sentences)
