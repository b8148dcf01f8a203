"""Curves that grow on a kept picture look as if they had been drawn at once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualiser.core.training.history import History, HistoryView
from visualiser.core.training.snapshot import Marker, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_choices import Choices

Open = Callable[..., CurvesView]
NAMES = ("train", "validation", "twin_train", "twin_validation")


def history_of(rows: int, hole: bool = False) -> HistoryView:
    """Loss falls and metric rises, with some noise, the same for the same rows."""
    noise = np.random.default_rng(0).normal(0, 0.05, (700, len(NAMES)))
    history = History()
    for row in range(rows):
        figures = {"step": 10.0 * row, "epoch": row / 10, "learning_rate": 0.003}
        for name, wobble in zip(NAMES, noise[row], strict=True):
            loss = 2 / (1 + row / 60) + abs(wobble) + 0.1
            figures[f"{name}_loss"] = np.nan if hole and 100 < row < 120 else loss
            figures[f"{name}_metric"] = 1 / (1 + loss)
        history.append(figures)
    return history.view()


def at(base: Snapshot, rows: int, hole: bool = False) -> Snapshot:
    step = 10 * (rows - 1)
    return replace(
        base,
        history=history_of(rows, hole),
        step=step,
        epoch=step / 100,
        measured_at=step,
        state="running",
        markers=(),
        twin_differs=True,
    )


def pixels(view: CurvesView) -> NDArray[np.int64]:
    """(H, W, 3) of the charts as they are on the screen."""
    QApplication.processEvents()
    image = view.charts.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    data = np.frombuffer(image.constBits(), dtype=np.uint8)
    rows = data.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3).astype(np.int64)


def share_that_differs(one: CurvesView, other: CurvesView) -> float:
    """Of the pixels; strokes that meet may have softer edges than one stroke."""
    difference = np.abs(pixels(one) - pixels(other)).max(axis=2)
    return float((difference > 80).mean())


@pytest.fixture
def base(snapshot_of) -> Snapshot:
    return snapshot_of("mnist_5k", (), 5)


@pytest.mark.parametrize("choices", [Choices(), Choices(smooth=True), Choices(log_loss=True)])
@pytest.mark.parametrize("hole", [False, True])
def test_grown_curves_look_like_those_drawn_at_once(
    open_view: Open, base: Snapshot, choices: Choices, hole: bool
) -> None:
    grown, at_once = open_view(CurvesView), open_view(CurvesView)
    for view in (grown, at_once):
        view.set_choices(choices)
        view.start_run(base.info)
    for rows in (*range(2, 600, 7), 600):
        grown.show_snapshot(at(base, rows, hole))
        QApplication.processEvents()
    at_once.show_snapshot(at(base, 600, hole))
    grown.fit()
    assert share_that_differs(grown, at_once) < 0.004


def test_nothing_of_the_last_run_is_left(open_view: Open, base: Snapshot) -> None:
    used, fresh = open_view(CurvesView), open_view(CurvesView)
    for rows in (100, 200, 300):
        used.show_snapshot(at(base, rows))
        QApplication.processEvents()
    for view in (used, fresh):
        view.start_run(base.info)
        view.show_snapshot(at(base, 30))
    assert share_that_differs(used, fresh) == 0


def test_a_new_marker_and_another_theme_are_seen_at_once(open_view: Open, base: Snapshot) -> None:
    grown, at_once = open_view(CurvesView), open_view(CurvesView)
    marked = replace(at(base, 201), markers=(Marker(1000, 10.0, "Wrong labels 20 %"),))
    grown.show_snapshot(at(base, 200))
    QApplication.processEvents()
    grown.show_snapshot(marked)
    at_once.show_snapshot(marked)
    for view in (grown, at_once):
        view.apply_palette(DARK)
    assert share_that_differs(grown, at_once) < 0.002


def test_the_read_out_leaves_nothing_behind(qtbot: QtBot, open_view: Open, base: Snapshot) -> None:
    view = open_view(CurvesView)
    view.show_snapshot(at(base, 200))
    before = pixels(view)
    place = view.charts.mapFromScene(view.loss_chart.box.sceneBoundingRect().center())
    qtbot.mouseMove(view.charts.viewport(), place)
    assert not np.array_equal(pixels(view), before)
    QApplication.sendEvent(view.charts.viewport(), QEvent(QEvent.Type.Leave))
    assert np.array_equal(pixels(view), before)


def test_a_larger_window_has_larger_charts(open_view: Open, base: Snapshot) -> None:
    resized, fresh = open_view(CurvesView), open_view(CurvesView)
    resized.show_snapshot(at(base, 200))
    QApplication.processEvents()
    for view in (resized, fresh):
        view.resize(900, 400)
        QApplication.processEvents()
    fresh.show_snapshot(at(base, 200))
    assert pixels(resized).shape == pixels(fresh).shape
    assert share_that_differs(resized, fresh) < 0.002


def test_the_pointer_reaches_the_charts_through_the_curves(
    qtbot: QtBot, open_view: Open, base: Snapshot
) -> None:
    view = open_view(CurvesView)
    view.show_snapshot(at(base, 200))
    QApplication.processEvents()
    place = view.charts.mapFromScene(view.loss_chart.box.sceneBoundingRect().center())
    view.zoom_to(100, 500)
    qtbot.mouseDClick(view.charts.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.zoom is None
