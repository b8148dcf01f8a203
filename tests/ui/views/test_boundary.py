from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.boundary_contour import boundaries, contour

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def view(open_view: Callable[..., BoundaryView], spoiled_moons: Snapshot) -> BoundaryView:
    return open_view(BoundaryView, spoiled_moons)


def point_at(qtbot: QtBot, view: BoundaryView, x: float, y: float) -> str:
    qtbot.mouseMove(view.plot, QPoint(0, 0))
    qtbot.mouseMove(view.plot, view.plot.place_of(x, y).toPoint())
    return view.plot.hover.text


def test_the_zero_line_of_a_circle_is_one_closed_line_at_its_radius() -> None:
    x, y = np.meshgrid(np.arange(41.0), np.arange(41.0))
    lines = contour(12 - np.hypot(x - 20, y - 20), np.ones((40, 40), dtype=bool))
    assert len(lines) == 1
    assert np.allclose(lines[0][0], lines[0][-1])
    assert np.allclose(np.hypot(*(lines[0] - 20).T), 12, atol=0.05)


def test_lines_cross_the_grid_where_two_classes_are_equally_probable() -> None:
    share = np.tile(np.linspace(0, 1, 33), (33, 1))
    lines = boundaries(np.stack([share, 1 - share], axis=2))
    assert len(lines) == 1
    assert np.allclose(lines[0][:, 0], 16)
    assert np.ptp(lines[0][:, 1]) == pytest.approx(32)


def test_each_boundary_between_three_classes_is_drawn_once() -> None:
    angle = np.array([0, 2 * np.pi / 3, 4 * np.pi / 3])
    x, y = np.meshgrid(np.linspace(-1, 1, 65), np.linspace(-1, 1, 65))
    scores = np.exp(4 * (x[..., None] * np.cos(angle) + y[..., None] * np.sin(angle)))
    lines = boundaries(scores / scores.sum(axis=2, keepdims=True))
    length = sum(np.hypot(*np.diff(line, axis=0).T).sum() for line in lines)
    # Three rays from the middle: one along −x, two at ±60° up to the upper and lower edge.
    assert length == pytest.approx(32 + 2 * 32 / np.sin(np.pi / 3), abs=4)


def test_no_line_where_answers_are_no_numbers() -> None:
    assert boundaries(np.full((9, 9, 2), np.nan)) == []


def test_pointing_reads_coordinates_and_probabilities(
    qtbot: QtBot, view: BoundaryView, spoiled_moons: Snapshot
) -> None:
    responses = spoiled_moons.answer(PLANE)
    assert responses is not None
    left, right, bottom, top = responses.extent
    row, column = 60, 3
    x = left + column / 63 * (right - left)
    y = bottom + row / 63 * (top - bottom)
    last = point_at(qtbot, view, x, y).split("\n")
    best = responses.output[row, column].argmax()
    assert last[0].startswith("x1 −")
    assert f"{'AB'[best]} " in last[0]
    assert last[1].startswith("clean twin: ")


def test_pointing_at_a_wrong_label_says_what_it_truly_is(
    qtbot: QtBot, view: BoundaryView, spoiled_moons: Snapshot
) -> None:
    part, clean = spoiled_moons.spoiled_train, spoiled_moons.info.split.train
    points, true = np.asarray(part.features), clean.labels[part.origin]
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    np.fill_diagonal(apart, np.inf)
    lonely = np.where(part.labels != true, apart.min(axis=0), 0).argmax()
    text = point_at(qtbot, view, *points[lonely].tolist())
    given, truly = "AB"[part.labels[lonely]], "AB"[true[lonely]]
    assert text.startswith(f"training point with a wrong label: {given}, truly {truly}\n")


def test_the_legend_counts_wrong_labels_and_names_the_twin(
    view: BoundaryView, spoiled_moons: Snapshot
) -> None:
    texts = [entry.text for entry in view.legend.entries]
    (noise,) = spoiled_moons.changes
    assert f"wrong label ({noise.changed})" in texts
    assert "clean twin" in texts


def test_without_spoiling_there_is_neither_twin_nor_wrong_label(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    clean = snapshot_of("shapes", (("points", 100),), 10)
    view = BoundaryView()
    qtbot.addWidget(view)
    view.start_run(clean.info)
    view.show_snapshot(clean)
    marks = {entry.mark for entry in view.legend.entries}
    assert marks == {"dot", "hollow", "line"}


def test_validation_points_can_be_left_out(qtbot: QtBot, view: BoundaryView) -> None:
    before = view.plot.grab().toImage()
    qtbot.mouseClick(view.validation, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert view.plot.grab().toImage() != before


def test_axes_have_equal_units(view: BoundaryView) -> None:
    origin, unit = view.plot.place_of(0, 0), view.plot.place_of(1, 1)
    assert unit.x() - origin.x() == pytest.approx(origin.y() - unit.y())


@pytest.mark.parametrize("size", [(670, 290), (414, 190), (1400, 700)])
def test_a_wide_plane_takes_the_width_and_leaves_the_words_no_more_than_they_need(
    view: BoundaryView, size: tuple[int, int]
) -> None:
    view.resize(*size)
    assert view.plot.width() > 0.59 * view.width()
    assert view.plot.width() == pytest.approx(view.plot.filled(view.plot.size()).width(), abs=2)


@pytest.mark.parametrize("size", [(330, 260), (260, 190), (300, 600), (470, 300), (900, 300)])
def test_the_plane_is_as_large_as_any_place_of_the_legend_allows(
    view: BoundaryView, size: tuple[int, int]
) -> None:
    view.resize(*size)
    plane = view.plot.filled(view.plot.size())
    assert plane.width() > 0.58 * view.width() or plane.height() > 0.95 * view.height()


def test_in_a_narrow_place_the_legend_stands_below_the_plane(view: BoundaryView) -> None:
    view.resize(330, 260)
    top = view.legend.mapTo(view, QPoint()).y()
    assert top > view.plot.geometry().bottom()
    assert view.plot.width() == view.width()
    assert top + view.legend.height() <= view.height()
    view.resize(900, 260)
    assert view.legend.mapTo(view, QPoint()).x() > view.plot.geometry().right()


def test_words_that_have_no_room_below_the_plane_are_left_out(
    view: BoundaryView, spoiled_moons: Snapshot
) -> None:
    view.resize(330, 600)
    assert view.words.isVisible()
    view.resize(260, 190)
    assert not view.words.isVisible()
    view.resize(900, 260)
    assert view.words.isVisible()


def test_a_diverged_run_is_said_to_be_one(view: BoundaryView, spoiled_moons: Snapshot) -> None:
    responses = spoiled_moons.answer(PLANE)
    assert responses is not None
    lost = replace(responses, output=np.full_like(responses.output, np.nan))
    view.show_snapshot(replace(spoiled_moons, answers={PLANE: lost}))
    assert "NaN" in view.words.text()
    view.resize(260, 190)
    assert view.words.isVisible()
    view.apply_palette(DARK)
    assert not view.grab().isNull()
