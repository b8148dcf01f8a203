"""Zooming into the curves, and reading values under the pointer."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.ui.views.drawn_curves import CLEAN, SPOILED, long_run, loss_lines


def test_the_wheel_zooms_around_the_pointer_and_a_double_click_fits(qtbot, trained, show) -> None:
    view = show(trained(CLEAN, 60))
    low, high = view.loss_chart.x_range
    place = view.charts.mapFromScene(view.loss_chart.box.sceneBoundingRect().center())
    turn = QWheelEvent(
        QPointF(place),
        QPointF(view.charts.viewport().mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.charts.viewport(), turn)
    zoomed = view.loss_chart.x_range
    assert zoomed[1] - zoomed[0] == pytest.approx(0.8 * (high - low))
    assert sum(zoomed) == pytest.approx(low + high, rel=0.01)
    assert view.toolbar.fit.isEnabled()
    qtbot.mouseDClick(view.charts.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.loss_chart.x_range == (low, high)
    assert view.zoom is None


def test_zooming_shows_every_row_of_a_short_stretch(trained, show) -> None:
    snapshot = long_run(trained(CLEAN, 20), 5000)
    view = show(snapshot)
    view.zoom_to(10_000, 11_000)
    line = loss_lines(view)["train"]
    steps = snapshot.history["step"]
    inside = (steps >= 10_000) & (steps <= 11_000)
    assert set(steps[inside]) <= set(line.x)
    assert len(line.x) <= inside.sum() + 2


def test_zoom_by_keyboard(qtbot, trained, show) -> None:
    view = show(trained(CLEAN, 60))
    whole = view.loss_chart.x_range
    qtbot.keyClick(view.charts, Qt.Key.Key_Plus)
    assert view.loss_chart.x_range[1] - view.loss_chart.x_range[0] < whole[1] - whole[0]
    qtbot.keyClick(view.charts, Qt.Key.Key_0)
    assert view.loss_chart.x_range == whole


def test_pointing_reads_all_figures_of_the_nearest_evaluation(qtbot, trained, show) -> None:
    snapshot = trained(SPOILED, 80)
    view, history = show(snapshot), snapshot.history
    row = len(history) // 2
    x = float(history["step"][row])
    place = view.loss_chart.box.mapViewToScene(QPointF(x, 0)).toPoint()
    place.setY(round(view.loss_chart.box.sceneBoundingRect().center().y()))
    qtbot.mouseMove(view.charts.viewport(), view.charts.mapFromScene(QPointF(place)))
    read = view.loss_chart.layer.read_out
    assert read is not None and read.x == x
    assert f"step {int(x):,}" in read.heading
    words = dict(text.rsplit("  ", 1) for colour, text in read.rows if colour != "text")
    assert words["validation"] == f"{history['validation_loss'][row]:.3f}"
    accuracy = view.metric_chart.layer.read_out
    assert accuracy is not None and all(text.endswith("%") for _, text in accuracy.rows)
