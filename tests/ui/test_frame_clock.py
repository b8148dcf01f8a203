"""The pace of frames: a policy without a clock, and the clock that follows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from visualiser.ui.frame_clock import (
    LONGEST_ORDINARY,
    SHARE,
    FrameClock,
    frame_interval,
    wait_before_asking,
)

COSTS = st.floats(0, 2)


@given(COSTS)
def test_never_more_frames_than_the_screen_needs(cost: float) -> None:
    assert 1 / frame_interval(cost) <= 25 + 1e-9


@given(st.floats(0, 0.02))
def test_at_least_fifteen_frames_at_ordinary_costs(cost: float) -> None:
    assert 1 / frame_interval(cost) >= 15 - 1e-9


@given(st.floats(0, SHARE * LONGEST_ORDINARY))
def test_drawing_keeps_to_its_share_of_the_time_where_frames_are_cheap(cost: float) -> None:
    assert cost / frame_interval(cost) <= SHARE + 1e-9


@given(COSTS)
def test_drawing_never_takes_more_than_three_tenths(cost: float) -> None:
    assert cost / frame_interval(cost) <= 0.30 + 1e-9


@given(COSTS, COSTS)
def test_a_dearer_frame_is_never_drawn_more_often(one: float, other: float) -> None:
    assert frame_interval(min(one, other)) <= frame_interval(max(one, other))


@given(COSTS, COSTS, COSTS)
def test_waiting_is_never_negative_and_never_past_the_interval(
    cost: float, since: float, latency: float
) -> None:
    wait = wait_before_asking(cost, since, latency)
    assert 0 <= wait <= frame_interval(cost)
    if since + latency <= frame_interval(cost):
        assert since + latency + wait == pytest.approx(frame_interval(cost))


def test_paused_asks_at_once_and_then_no_more(qtbot: QtBot) -> None:
    clock = FrameClock()
    with qtbot.waitSignal(clock.frame_wanted, timeout=1000):
        clock.request_now()
    with clock.drawing():
        pass
    with qtbot.assertNotEmitted(clock.frame_wanted, wait=120):
        pass


def test_running_asks_again_after_each_frame_until_stopped(qtbot: QtBot) -> None:
    clock = FrameClock()
    with qtbot.waitSignal(clock.frame_wanted, timeout=1000):
        clock.start_running()
    for _ in range(3):
        with qtbot.waitSignal(clock.frame_wanted, timeout=1000), clock.drawing():
            pass
    clock.stop_running()
    with clock.drawing():
        pass
    with qtbot.assertNotEmitted(clock.frame_wanted, wait=120):
        pass


def test_stopping_asks_for_the_last_state(qtbot: QtBot) -> None:
    clock = FrameClock()
    clock.start_running()
    with qtbot.waitSignal(clock.frame_wanted, timeout=1000):
        clock.stop_running()


def test_a_failed_drawing_does_not_end_the_asking(qtbot: QtBot) -> None:
    clock = FrameClock()
    clock.start_running()
    with (
        qtbot.waitSignal(clock.frame_wanted, timeout=1000),
        pytest.raises(ZeroDivisionError),
        clock.drawing(),
    ):
        raise ZeroDivisionError
