"""The log of a run's edits: what it records, and how many."""

import pytest

from tests.core.training.conftest import wrong_labels
from visualiser.core.errors import UserError
from visualiser.core.experiment import MOST_EDITS, Edit, Experiment
from visualiser.core.training.edits import EditLog, Moment


@pytest.fixture(scope="module")
def full() -> EditLog:
    """As many changes as an experiment may have, one at each step from 1 on."""
    log = EditLog(Experiment())
    for step in range(1, MOST_EDITS + 1):
        log.note_learning_rate(0.01 + step / 1e6, Moment(step, 0.0, float(step)))
    return log


def test_a_full_log_still_is_an_experiment(full: EditLog) -> None:
    assert len(full.experiment().edits) == MOST_EDITS


def test_one_change_more_is_refused_in_a_sentence(full: EditLog) -> None:
    for edit in (
        Edit(step=MOST_EDITS + 1, learning_rate=0.1),
        Edit(step=MOST_EDITS, spoiling=wrong_labels(0.2)),
    ):
        with pytest.raises(UserError, match=f"changed {MOST_EDITS:,} times") as caught:
            full.check_room(edit)
        assert "Reset" in caught.value.hint


def test_a_change_that_replaces_the_last_one_has_room(full: EditLog) -> None:
    full.check_room(Edit(step=MOST_EDITS, learning_rate=0.1))


def test_before_the_first_step_a_change_is_none_of_the_log(full: EditLog) -> None:
    full.check_room(Edit(step=0, spoiling=wrong_labels(0.2)))
