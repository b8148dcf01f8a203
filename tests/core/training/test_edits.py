"""The log of a run's edits: what it records, and how many."""

import pytest

from tests.core.training.conftest import wrong_labels
from visualiser.core.errors import UserError
from visualiser.core.experiment import MOST_EDITS, Edit, Experiment, Spoiling
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
    with pytest.raises(UserError, match=f"changed {MOST_EDITS:,} times") as caught:
        full.check_room(Edit(step=MOST_EDITS + 1, learning_rate=0.1))
    assert "Reset" in caught.value.hint


def test_a_change_at_the_step_of_the_last_one_has_room(full: EditLog) -> None:
    full.check_room(Edit(step=MOST_EDITS, learning_rate=0.1))
    full.check_room(Edit(step=MOST_EDITS, spoiling=wrong_labels(0.2)))


def test_changes_at_one_step_are_one_edit() -> None:
    log = EditLog(Experiment())
    for number in range(3):
        log.note_learning_rate(0.1 + number, Moment(4, 0.0, 0.0))
        log.note_spoiling(Spoiling(), wrong_labels(0.2), Moment(4, 0.0, 0.0))
    (edit,) = log.experiment().edits
    assert edit == Edit(step=4, learning_rate=2.1, spoiling=wrong_labels(0.2))


def test_planned_edits_that_change_both_things_are_recorded_as_they_were_planned() -> None:
    steps = range(1, MOST_EDITS + 1)
    planned = Experiment(
        edits=tuple(Edit(step=n, learning_rate=n, spoiling=wrong_labels(0.2)) for n in steps[:1000])
        + tuple(Edit(step=n, learning_rate=0.5) for n in steps[1000:])
    )
    log = EditLog(planned)
    for step in steps:
        edit = log.take_planned(step, epochs_done=0)
        assert edit is not None and edit.learning_rate is not None
        now = Moment(step, 0.0, step / 100, planned=True)
        log.note_learning_rate(edit.learning_rate, now)
        if edit.spoiling is not None:
            log.note_spoiling(wrong_labels(0.1), edit.spoiling, now)
    assert log.experiment() == planned


def test_before_the_first_step_a_change_is_none_of_the_log(full: EditLog) -> None:
    full.check_room(Edit(step=0, spoiling=wrong_labels(0.2)))


def test_only_the_ends_of_a_drag_are_marked_and_each_says_what_was_true_there() -> None:
    log, before = EditLog(Experiment()), Spoiling()
    for step, share in ((5, 0.1), (8, 0.6), (12, 0.1), (12, 0.3)):
        after = wrong_labels(share)
        log.note_spoiling(before, after, Moment(step, 0.0, step / 100))
        before = after
    log.note_learning_rate(3e-5, Moment(13, 0.0, 0.13))
    log.note_spoiling(before, wrong_labels(0.5), Moment(90, 0.0, 0.9))
    assert [(marker.step, marker.text) for marker in log.markers()] == [
        (5, "Wrong labels 10 %"),
        (12, "Wrong labels 30 %"),
        (13, "learning rate 0.00003"),
        (90, "Wrong labels 50 %"),
    ]


def test_a_drag_that_ends_where_it_began_still_is_marked_with_both_ends() -> None:
    log = EditLog(Experiment())
    shares = (0.3, 0.6, 0.3)
    for step, (old, new) in enumerate(zip((0.0, *shares), shares, strict=False), start=5):
        log.note_spoiling(wrong_labels(old), wrong_labels(new), Moment(step, 0.0, step / 100))
    assert [(marker.step, marker.text) for marker in log.markers()] == [
        (5, "Wrong labels 30 %"),
        (7, "Wrong labels 30 %"),
    ]
