"""Points painted with the mouse in the real window, at rest and while a run goes on."""

from pathlib import Path

import numpy as np
import pytest
from pydantic import JsonValue
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from visualiser.app.driver import Driver
from visualiser.core.data.painted_points import first_points, painted_point
from visualiser.core.experiment import DatasetConfig, Edit, Stroke
from visualiser.core.experiment_file import load_experiment
from visualiser.core.starting_point import starting_point
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.paint_box import MOST_PAINTED, NO_BRUSH, PaintBox, points_of

FEW = len(first_points(2))


class Painter:
    """Drags over the plane of the boundary view."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.window = driver, driver.window

    def open(self, name: str, **options: JsonValue) -> None:
        self.window.resize(1280, 800)
        self.driver.open(starting_point(DatasetConfig(name=name, options=options)))
        self.window.stage.choose("boundary")
        self.driver.wait_until(lambda: self.points() > 0)

    @property
    def box(self) -> PaintBox:
        (view,) = self.window.stage.first.findChildren(BoundaryView)
        return view.paints

    def drag(self, along: float, places_across: range = range(100, 190, 12)) -> None:
        """From left to right at a share of the plane's height."""
        layer = self.box.layer
        row = round(along * layer.height())
        places = [QPoint(x, row) for x in places_across]
        QTest.mousePress(layer, Qt.MouseButton.LeftButton, pos=places[0])
        for place in places:
            QTest.mouseMove(layer, place)
        QTest.mouseRelease(layer, Qt.MouseButton.LeftButton, pos=places[-1])

    def points(self) -> int:
        snapshot = self.window.snapshot
        return 0 if snapshot is None else len(snapshot.info.dataset)


@pytest.fixture
def painter(driver: Driver) -> Painter:
    return Painter(driver)


def test_points_painted_during_a_run_are_learnt_at_once(painter: Painter) -> None:
    painter.open("painted")
    driver, window = painter.driver, painter.window
    driver.play()
    driver.wait_until(lambda: driver.step > 5)
    painter.box.brushes[1].click()
    painter.drag(0.1)
    driver.wait_until(lambda: painter.points() > FEW)
    added = painter.points() - FEW
    driver.pause()
    snapshot = window.snapshot
    assert snapshot is not None and snapshot.step > 5
    assert snapshot.markers[-1].text == f"+{added} points"
    assert window.experiment.dataset == snapshot.info.experiment.dataset
    painter.box.rubber.click()
    painter.drag(0.1)
    driver.wait_until(lambda: painter.points() == FEW)


def test_painting_on_another_data_set_begins_with_its_points(painter: Painter) -> None:
    painter.open("shapes")
    before = painter.points()
    painter.box.brushes[0].click()
    painter.drag(0.05)
    painter.driver.wait_until(lambda: painter.points() > before)
    assert painter.window.experiment.dataset.name == "painted"
    assert painter.window.snapshot is not None
    assert len(points_of(painter.window.snapshot.info)) == painter.points()


def test_what_would_leave_too_little_is_refused_and_the_run_goes_on(painter: Painter) -> None:
    painter.open("painted")
    window = painter.window
    few = [list(point) for point in first_points(2)[:4]]
    options = {"classes": 2, "points": few}
    window.column.take_painted(window.experiment.dataset.replace(options=options))
    painter.driver.wait_until(lambda: bool(window.messages.messages))
    assert "too few" in window.messages.messages[0].text
    assert painter.points() == FEW

    assert window.snapshot is not None
    assert window.experiment.dataset == window.snapshot.info.experiment.dataset


def plenty(count: int) -> list[JsonValue]:
    """Points everywhere in the plane, of both classes."""
    dice = np.random.default_rng(0)
    places = dice.uniform(-4, 4, (count, 2)).round(3).tolist()
    return [[x, y, label % 2] for label, (x, y) in enumerate(places)]


@pytest.mark.parametrize(
    ("name", "options", "count"),
    [
        ("painted", {"points": plenty(MOST_PAINTED)}, MOST_PAINTED),
        ("shapes", {"points": 5_000}, 5_000),
    ],
)
def test_where_there_are_points_enough_brushes_say_so_and_the_rubber_still_erases(
    painter: Painter, name: str, options: dict[str, JsonValue], count: int
) -> None:
    painter.open(name, **options)
    box = painter.box
    for brush in box.brushes:
        assert not brush.isEnabled()
        assert brush.toolTip() == (
            f"There are {count:,} points, and brushes stop at 3,000: erase some first."
        )
    assert box.rubber.isEnabled()
    box.rubber.click()
    painter.drag(0.5)
    painter.driver.wait_until(lambda: 0 < painter.points() < count)
    assert box.brushes[0].isEnabled() == (painter.points() < MOST_PAINTED)


def test_a_brush_that_has_painted_the_last_point_there_may_be_is_laid_down(
    painter: Painter,
) -> None:
    painter.open("painted", points=plenty(MOST_PAINTED - 3))
    box = painter.box
    box.brushes[1].click()
    painter.drag(0.1)
    painter.driver.wait_until(lambda: painter.points() == MOST_PAINTED)
    assert box.brush == NO_BRUSH and not box.layer.isVisible()
    assert "brushes stop" in box.brushes[1].toolTip()


def test_a_plane_that_was_emptied_is_refused_and_can_be_painted_anew(painter: Painter) -> None:
    painter.open("painted")
    box, window = painter.box, painter.window
    box.rubber.click()
    across = range(2, box.layer.width() - 2, 9)
    for share in np.arange(0.02, 1, 0.04).tolist():
        painter.drag(share, across)
    painter.driver.wait_until(lambda: bool(window.messages.messages))
    painter.driver.wait_until(lambda: "0 painted points" in window.messages.messages[0].text)
    for label, along in enumerate((0.2, 0.8)):
        box.brushes[label].click()
        painter.drag(along, range(100, 220, 12))
    painter.driver.wait_until(lambda: 10 <= painter.points() <= 30)
    assert window.snapshot is not None
    assert set(window.snapshot.info.dataset.labels.tolist()) == {0, 1}


def test_a_stroke_begun_while_the_run_takes_another_is_not_lost(painter: Painter) -> None:
    painter.open("painted")
    box, layer = painter.box, painter.box.layer
    box.brushes[0].click()
    painter.drag(0.1)
    QTest.mousePress(layer, Qt.MouseButton.LeftButton, pos=QPoint(100, layer.height() // 2))
    painter.driver.wait_until(lambda: painter.points() > FEW)
    first = painter.points()
    QTest.mouseRelease(layer, Qt.MouseButton.LeftButton, pos=QPoint(100, layer.height() // 2))
    painter.driver.wait_until(lambda: painter.points() == first + 1)


def test_a_stroke_that_touches_nothing_changes_nothing(painter: Painter) -> None:
    painter.open("shapes")
    box = painter.box
    box.rubber.click()
    emitted: list[object] = []
    box.painted.connect(emitted.append)
    corner = painter.window.snapshot
    assert corner is not None
    painter.drag(0.01, range(60, 70, 9))
    assert not emitted


def test_a_run_painted_on_is_saved_and_opened_as_it_was(painter: Painter, tmp_path: Path) -> None:
    painter.open("painted")
    driver, window = painter.driver, painter.window
    driver.play()
    driver.wait_until(lambda: driver.step > 3)
    painter.box.brushes[1].click()
    for along in np.linspace(0.05, 0.8, 8).tolist():
        before = painter.points()
        painter.drag(along)
        driver.wait_until(lambda before=before: painter.points() > before)
    driver.pause()
    path = tmp_path / "painted.experiment.json"
    window.desk._save_to(str(path))
    assert path.stat().st_size < 10_000
    assert load_experiment(path) == window.run_experiment()
    assert [edit.stroke is not None for edit in load_experiment(path).edits] == [True] * 8


def test_a_refused_stroke_leaves_a_plan_of_strokes_as_it_was(painter: Painter) -> None:
    stroke = Stroke(erased=(0,), added=tuple(painted_point(0.1 * n, 3, 1) for n in range(5)))
    plan = (Edit(step=3, stroke=stroke), Edit(step=1_000_000, stroke=stroke))
    planned = starting_point(DatasetConfig(name="painted")).replace(edits=plan)
    driver, window = painter.driver, painter.window
    driver.open(planned)
    driver.play()
    driver.wait_until(lambda: painter.points() == FEW + 4)
    few = [list(point) for point in first_points(2)[:4]]
    dataset = window.experiment.dataset
    window.column.take_painted(dataset.replace(options={"classes": 2, "points": few}))
    driver.wait_until(lambda: bool(window.messages.messages))
    assert window.experiment == planned


def test_strokes_that_a_plan_has_made_stay_where_the_rest_of_it_is_dropped(
    painter: Painter,
) -> None:
    stroke = Stroke(added=tuple(painted_point(0.1 * n, 3, 1) for n in range(5)))
    plan = (Edit(step=3, stroke=stroke), Edit(step=1_000_000, stroke=stroke))
    driver, window = painter.driver, painter.window
    driver.open(starting_point(DatasetConfig(name="painted")).replace(edits=plan))
    driver.play()
    driver.wait_until(lambda: painter.points() == FEW + 5)
    window.column.quality.plan.drop_wanted.emit()
    window.transport.reset.click()
    driver.wait_until(lambda: driver.step == 0 and painter.points() == FEW + 5)
    assert not window.experiment.edits
