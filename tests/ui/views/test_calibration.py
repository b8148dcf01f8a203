from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot
from sklearn.calibration import calibration_curve

from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.metrics.calibration import calibration_error
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.calibration import CalibrationView
from visualiser.ui.views.offers.trust import CALIBRATION


@pytest.fixture
def view(open_view: Callable[..., CalibrationView], spoiled_digits: Snapshot) -> CalibrationView:
    return open_view(CalibrationView, spoiled_digits)


def said_and_right(snapshot: Snapshot, *, twin: bool = False) -> tuple[np.ndarray, np.ndarray]:
    assert snapshot.predictions is not None
    output = snapshot.predictions.twin_output if twin else snapshot.predictions.output
    assert output is not None
    true = snapshot.info.split.validation.labels[snapshot.info.watched]
    return output.max(axis=1), output.argmax(axis=1) == true


def test_the_dots_are_those_of_scikit_learn_for_student_and_twin(
    view: CalibrationView, spoiled_digits: Snapshot
) -> None:
    shown = view.plot.shown
    assert shown is not None and shown.twin is not None
    for bins, twin in ((shown.student, False), (shown.twin, True)):
        confidence, right = said_and_right(spoiled_digits, twin=twin)
        share, mean = calibration_curve(right, confidence, n_bins=15)
        filled = bins.count > 0
        np.testing.assert_allclose(bins.right.value[filled], share, atol=1e-6)
        np.testing.assert_allclose(bins.confidence[filled], mean, atol=1e-6)
    assert view.plot.places == np.count_nonzero(shown.student.count + shown.twin.count)


def test_the_error_of_both_stands_large_with_its_interval_and_as_a_curve(
    view: CalibrationView, spoiled_digits: Snapshot
) -> None:
    for figure, twin in ((view.error.student, False), (view.error.twin, True)):
        error = calibration_error(*said_and_right(spoiled_digits, twin=twin))
        assert figure.figure.text() == f"{100 * error:.1f}{NO_BREAK}%"
        assert " to " in figure.note.text()
    assert view.curve.course is not None and view.curve.course.twin is not None
    assert np.array_equal(view.curve.course.student, spoiled_digits.history["ece"])


@pytest.mark.parametrize(
    ("sure", "right", "words"),
    [(0.95, 0.7, "It boasts"), (0.6, 0.9, "It is too modest"), (0.8, 0.8, "It is right as often")],
)
def test_the_sentence_says_in_which_way_the_model_errs(
    open_view: Callable[..., CalibrationView], spoiled_digits: Snapshot,
    sure: float, right: float, words: str,
) -> None:  # fmt: skip
    true = spoiled_digits.info.split.validation.labels[spoiled_digits.info.watched]
    answer = true.copy()
    answer[: round(len(true) * (1 - right))] = (true[: round(len(true) * (1 - right))] + 1) % 10
    output = np.full((len(true), 10), (1 - sure) / 9)
    output[np.arange(len(true)), answer] = sure
    view = open_view(CalibrationView)
    view.start_run(spoiled_digits.info)
    view.show_snapshot(replace(spoiled_digits, predictions=Predictions(output, None)))
    assert view.words.text().startswith(words)
    assert view.error.twin.isHidden()


def test_pointing_at_a_bin_reads_it_and_arrow_keys_go_on(
    qtbot: QtBot, view: CalibrationView
) -> None:
    shown = view.plot.shown
    assert shown is not None
    qtbot.keyClick(view.plot, Qt.Key.Key_Right)
    assert "your model: " in view.row.text() and "clean twin: " in view.row.text()
    first = view.row.text()
    qtbot.keyClick(view.plot, Qt.Key.Key_Right)
    assert view.row.text() != first
    assert view.plot.read(QPointF(1, 1)) == ""


def test_of_two_classes_the_axis_begins_at_the_least_confidence(
    open_view: Callable[..., CalibrationView], spoiled_moons: Snapshot
) -> None:
    view = open_view(CalibrationView, spoiled_moons)
    assert view.plot.shown is not None and view.plot.shown.least == 0.5
    assert view.plot._frame().x[0] == pytest.approx(7 / 15)


def test_answers_that_are_no_numbers_are_said_to_be(
    view: CalibrationView, spoiled_digits: Snapshot
) -> None:
    assert spoiled_digits.predictions is not None
    lost = Predictions(np.full_like(spoiled_digits.predictions.output, np.nan), None)
    view.show_snapshot(replace(spoiled_digits, predictions=lost))
    assert view.plot.places == 0 and view.error.student.figure.text() == "–"


def test_of_a_run_that_goes_on_not_every_frame_is_drawn_and_at_rest_each_one_is(
    view: CalibrationView, spoiled_digits: Snapshot
) -> None:
    going, drawn = replace(spoiled_digits, state="running"), []
    view.start_run(spoiled_digits.info)
    for snapshot in (going, going, replace(going, state="paused")):
        view.show_snapshot(snapshot)
        drawn.append(view.plot.shown)
    assert drawn[0] is not None and drawn[1] is drawn[0] and drawn[2] is not drawn[1]


@pytest.mark.parametrize("size", [(420, 120), (300, 600)])
def test_it_draws_in_any_size_and_theme(view: CalibrationView, size: tuple[int, int]) -> None:
    before = view.grab().toImage()
    view.apply_palette(DARK)
    assert view.grab().toImage() != before
    view.resize(*size)
    assert not view.grab().isNull()


def test_answers_without_a_probability_are_refused(snapshot_of: Callable[..., Snapshot]) -> None:
    reason = CALIBRATION.refuses(snapshot_of("sacramento", (), 2).info)
    assert reason is not None and reason.endswith(".")
