import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from visualiser.core.training.snapshot import Marker
from visualiser.ui.views.run_curve import Course, RunCurve


def course(rows: int, *, twin: bool = True, gap: slice | None = None) -> Course:
    steps = 10.0 * np.arange(rows)
    values = 0.5 + 0.4 * np.sin(steps / 300)
    if gap is not None:
        values[gap] = np.nan
    markers = (Marker(100, 1.0, "Wrong labels 20 %"),)
    return Course(steps, values, 1 - values if twin else None, markers)


@pytest.fixture
def curve(qtbot: QtBot) -> RunCurve:
    curve = RunCurve("A figure over the run")
    qtbot.addWidget(curve)
    curve.resize(300, 120)
    curve.show()
    return curve


def show(curve: RunCurve, shown: Course, level: float | None = None) -> None:
    curve.show_course(shown, lambda value: f"{value:.2f}", lambda value: f"{value:g}", level)


def test_one_evaluation_is_no_curve_yet(curve: RunCurve) -> None:
    show(curve, course(1))
    assert curve.course is None and curve.places == 0
    show(curve, course(2))
    assert curve.places == 2


def test_what_is_pointed_at_is_read_with_what_was_done_there(curve: RunCurve) -> None:
    shown = course(50)
    show(curve, shown)
    frame = curve._frame()
    assert shown.twin is not None
    text = curve.read(frame.point(100, 0.5))
    assert text.splitlines() == [
        f"step 100: {shown.student[10]:.2f}, clean twin {shown.twin[10]:.2f}",
        "Wrong labels 20 %",
    ]
    assert curve.read(QPointF(0, 0)) == ""


def test_the_axis_holds_both_curves_and_the_level(curve: RunCurve) -> None:
    show(curve, course(50), level=-2.0)
    low, high = curve._frame().y
    assert low <= -2 and high >= 0.9


@pytest.mark.parametrize("rows", [2, 50, 20_000])
def test_long_runs_with_gaps_are_drawn(curve: RunCurve, rows: int) -> None:
    empty = curve.grab().toImage()
    show(curve, course(rows, gap=slice(rows // 2, rows // 2 + rows // 10)))
    assert curve.grab().toImage() != empty


def test_a_figure_that_never_changes_is_drawn_too(curve: RunCurve) -> None:
    still = Course(np.arange(5.0), np.zeros(5), None, ())
    show(curve, still)
    assert not curve.grab().isNull()
    assert curve.told(2) == "step 2: 0.00"


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    low=st.floats(-2, 2),
    span=st.one_of(st.just(0.0), st.floats(1e-12, 1e6)),
    size=st.tuples(st.integers(10, 400), st.integers(10, 200)),
    level=st.one_of(st.none(), st.just(0.5)),
)
def test_any_range_in_any_size_has_a_number_beside_it(
    curve: RunCurve, low: float, span: float, size: tuple[int, int], level: float | None
) -> None:
    curve.resize(*size)
    steps = np.arange(4.0)
    show(curve, Course(steps, low + span * steps / 3, None, ()), level)
    assert curve._ticks()
    assert all(np.isfinite(curve._frame().y))
    bottom, top = curve._frame().y
    assert bottom < top
    with capture_exceptions() as raised:
        curve.grab()
    assert not raised
