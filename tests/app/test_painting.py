"""Points painted with the mouse in the real window, at rest and while a run goes on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from visualiser.app.driver import Driver
from visualiser.core.data.painted_points import first_points
from visualiser.core.experiment import DatasetConfig
from visualiser.core.starting_point import starting_point
from visualiser.ui.views.boundary import BoundaryView
from visualiser.ui.views.paint_box import PaintBox, points_of

FEW = len(first_points(2))


class Painter:
    """Drags over the plane of the boundary view."""

    def __init__(self, driver: Driver) -> None:
        self.driver, self.window = driver, driver.window

    def open(self, name: str) -> None:
        self.window.resize(1280, 800)
        self.driver.open(starting_point(DatasetConfig(name=name)))
        self.window.stage.choose("boundary")
        self.driver.wait_until(lambda: self.points() > 0)

    @property
    def box(self) -> PaintBox:
        (view,) = self.window.stage.first.findChildren(BoundaryView)
        return view.paints

    def drag(self, along: float) -> None:
        """From left to right at a share of the plane's height."""
        layer = self.box.layer
        row = round(along * layer.height())
        places = [QPoint(100 + 12 * i, row) for i in range(8)]
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
