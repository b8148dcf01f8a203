from hypothesis import given
from hypothesis import strategies as st

from visualiser.core.training.schedule import evaluation_interval, next_evaluation


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
