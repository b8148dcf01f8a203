from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from fairlearn import metrics as fairlearn
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.core.made_snapshots import error, prices, run_info, snapshot
from visualiser.core.data.cell_text import NO_BREAK
from visualiser.core.training.snapshot import Predictions, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.groups import GroupsView
from visualiser.ui.views.offers.trust import GROUPS


@pytest.fixture(scope="module")
def mortgages(snapshot_of: Callable[..., Snapshot]) -> Snapshot:
    return snapshot_of("mortgage_hmda", (), 200, 0.4)


@pytest.fixture
def view(open_view: Callable[..., GroupsView], mortgages: Snapshot) -> GroupsView:
    return open_view(GroupsView, mortgages)


def by_fairlearn(snapshot: Snapshot, output: np.ndarray, rate: Callable) -> np.ndarray:
    rows = snapshot.info.split.validation.take(snapshot.info.watched)
    frame = fairlearn.MetricFrame(
        metrics=rate,
        y_true=rows.labels,
        y_pred=output.argmax(axis=1),
        sensitive_features=rows.groups,
    )
    return frame.by_group.to_numpy(dtype=float)


@pytest.mark.parametrize(
    ("name", "rate"),
    [
        ("selection_rate", fairlearn.selection_rate),
        ("true_positive_rate", fairlearn.true_positive_rate),
        ("false_positive_rate", fairlearn.false_positive_rate),
    ],
)
def test_bars_and_gap_are_those_of_the_chosen_rate(
    view: GroupsView, mortgages: Snapshot, name: str, rate: Callable
) -> None:
    view.figure.put(name)
    view.figure.edited.emit()
    shown, predictions = view.bars.shown, mortgages.predictions
    assert shown is not None and shown.twin is not None and predictions is not None
    student = by_fairlearn(mortgages, predictions.output, rate)
    np.testing.assert_allclose(shown.student.value, student, atol=1e-9)
    assert predictions.twin_output is not None
    twin = by_fairlearn(mortgages, predictions.twin_output, rate)
    np.testing.assert_allclose(shown.twin.value, twin, atol=1e-9)
    gap = f"{100 * (student.max() - student.min()):.1f}{NO_BREAK}points"
    assert view.gap.student.figure.text() == gap
    assert (shown.student.low <= student).all() and (student <= shown.student.high).all()
    assert view.curve.course is not None
    assert view.curve.course.student[-1] == pytest.approx(student.max() - student.min(), abs=0.2)


def test_the_words_say_whether_chance_explains_the_gap(view: GroupsView) -> None:
    words = view.words.text()
    assert words.startswith(("More than chance explains", "Within chance"))
    assert "clean twin" in words
    assert "Equalised-odds difference" in view.further.text()
    assert "357 clean validation rows" in view.further.text()


def test_without_a_twin_there_is_one_bar_a_group(
    open_view: Callable[..., GroupsView], snapshot_of: Callable[..., Snapshot]
) -> None:
    view = open_view(GroupsView, snapshot_of("mortgage_hmda", (), 30))
    assert view.bars.shown is not None and view.bars.shown.twin is None
    assert view.gap.twin.isHidden()
    assert "clean twin" not in view.words.text()


def test_arrow_keys_and_the_pointer_read_a_group_with_its_interval(
    qtbot: QtBot, view: GroupsView
) -> None:
    qtbot.keyClick(view.bars, Qt.Key.Key_Down)
    first = view.row.text()
    assert first.startswith("other applicants: ") and "your model: " in first
    assert " to " in first and "clean twin: " in first
    qtbot.keyClick(view.bars, Qt.Key.Key_Down)
    assert view.row.text().startswith("Black applicants: ")
    assert view.bars.read(QPointF(5, 5)).startswith("other applicants")
    qtbot.keyClick(view.curve, Qt.Key.Key_Right)
    assert view.row.text().startswith("step 0: ")


def test_the_curve_has_the_marker_of_what_was_done(view: GroupsView, mortgages: Snapshot) -> None:
    course = view.curve.course
    assert course is not None and course.markers == mortgages.markers
    at = int(np.flatnonzero(course.steps == mortgages.markers[0].step)[0])
    assert mortgages.markers[0].text in view.curve.told(at)


def test_groups_of_a_regression_have_mean_errors_in_its_unit(
    open_view: Callable[..., GroupsView],
) -> None:
    data = prices(groups=True)
    part = run_info(data).split.validation
    off = np.where(part.groups == 1, 30_000.0, 10_000.0)
    run = snapshot(
        error(15_000), error(10_000), data,
        predictions=Predictions(part.labels + off, part.labels + 10_000.0),
    )  # fmt: skip
    view = open_view(GroupsView, run)
    assert view.figure.isHidden()
    assert view.gap.student.figure.text() == f"${NO_BREAK}20,000"
    assert view.words.text().startswith("More than chance explains")
    assert f"larger by ${NO_BREAK}20,000" not in view.words.text()
    assert f"smaller by ${NO_BREAK}20,000" in view.words.text()


def test_answers_that_are_no_numbers_are_said_to_be(view: GroupsView, mortgages: Snapshot) -> None:
    assert mortgages.predictions is not None
    lost = Predictions(np.full_like(mortgages.predictions.output, np.nan), None)
    view.show_snapshot(replace(mortgages, predictions=lost))
    assert view.bars.shown is None and view.gap.student.figure.text() == "–"


@pytest.mark.parametrize("size", [(420, 150), (780, 330), (300, 600)])
def test_in_any_size_nothing_lies_on_another(view: GroupsView, size: tuple[int, int]) -> None:
    view.apply_palette(DARK)
    view.resize(*size)
    assert not view.grab().isNull()
    shown = [view.what, view.bars, view.curve, view.gap]
    places = [_place(part, view) for part in shown if part.isVisible()]
    for number, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[:number])


def _place(part: QWidget, view: GroupsView):
    """What is seen of a part, in the view."""
    seen = part.visibleRegion().boundingRect()
    return seen.translated(part.mapTo(view, seen.topLeft()) - seen.topLeft())


def test_data_without_groups_is_refused(snapshot_of: Callable[..., Snapshot]) -> None:
    reason = GROUPS.refuses(snapshot_of("shapes", (), 2).info)
    assert reason is not None and reason.endswith(".")
    assert GROUPS.refuses(snapshot_of("mortgage_hmda", (), 30).info) is None


def test_a_model_of_repaired_data_has_a_bar_of_its_own(
    view: GroupsView, mortgages: Snapshot
) -> None:
    assert view.bars.shown is not None and view.bars.shown.mended is None
    low = view.bars.minimumSizeHint().height()
    predictions = mortgages.predictions
    assert predictions is not None and predictions.twin_output is not None
    cleaned = predictions.twin_output[:, ::-1].copy()
    repaired = replace(predictions, cleaned_output=cleaned)
    view.start_run(mortgages.info)
    view.show_snapshot(replace(mortgages, predictions=repaired))
    shown = view.bars.shown
    assert shown is not None and shown.mended is not None
    view.figure.put("selection_rate")
    expected = by_fairlearn(mortgages, cleaned, fairlearn.selection_rate)
    np.testing.assert_allclose(shown.mended.value, expected, atol=1e-9)
    assert "repaired" in [entry.text for entry in view.legend.entries]
    assert "repaired: " in view.bars.told(0)
    assert view.bars.minimumSizeHint().height() > low
    assert not view.grab().isNull()
