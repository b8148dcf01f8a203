from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.training.schedule import (
    MOST_WATCHED_TARGETS,
    TRAIN_SAMPLE_ROWS,
    WATCHED_ROWS,
    evaluation_interval,
    next_evaluation,
    watched_rows,
)


@given(step=st.integers(0, 10**6), interval=st.integers(1, 10_000))
def test_the_next_evaluation_lies_ahead_and_not_too_far(step: int, interval: int) -> None:
    following = next_evaluation(step, interval)
    assert step < following <= step + interval


@given(interval=st.integers(1, 500))
def test_after_the_start_evaluations_are_multiples_of_the_interval(interval: int) -> None:
    step = next_evaluation(10 * interval, interval)
    assert step == 11 * interval


def test_the_first_step_is_evaluated_at_once() -> None:
    assert next_evaluation(0, 500) == 1


@given(rows=st.integers(1, 2000), batch=st.integers(1, 512))
def test_evaluations_take_about_a_tenth_of_the_work(rows: int, batch: int) -> None:
    interval = evaluation_interval(rows, batch)
    assert rows / (3 * batch * interval) <= 0.1 + 1e-9
    assert interval == 10 or rows / (3 * batch * (interval - 1)) > 0.1 - 1e-9


def test_of_rows_with_many_targets_fewer_are_looked_at() -> None:
    assert watched_rows(WATCHED_ROWS, 1) == WATCHED_ROWS
    assert watched_rows(TRAIN_SAMPLE_ROWS, 1) == TRAIN_SAMPLE_ROWS
    for targets in (24, 64, 256):
        assert watched_rows(WATCHED_ROWS, targets) * targets <= MOST_WATCHED_TARGETS
        assert watched_rows(TRAIN_SAMPLE_ROWS, targets) < watched_rows(WATCHED_ROWS, targets)
    assert watched_rows(WATCHED_ROWS, 10**6) == 1
