"""Other runs behind the curves, saving them, themes, sizes and many frames."""

import gc
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QToolButton

from tests.ui.views.drawn_curves import CLEAN, HOUSES, SPOILED, long_run
from visualiser.core.experiment import (
    DatasetConfig,
    Experiment,
    TrainingConfig,
)
from visualiser.core.training.runs import RunRecord
from visualiser.ui.message_bar import Message
from visualiser.ui.palette import DARK, LIGHT, run_colour
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_overlay import CurvesOverlay


def test_earlier_runs_are_drawn_behind_and_can_be_taken_away(trained, show) -> None:
    view, earlier = show(trained(SPOILED, 80)), trained(CLEAN, 60)
    view.set_overlays((RunRecord(3, "clean", earlier),))
    first = view.loss_chart.layer.content.lines[0]
    assert first.label == "run 3"
    rows = len(earlier.history)
    assert np.array_equal(first.y[:rows], earlier.history["validation_loss"])
    view.set_overlays(())
    assert all(not line.label.startswith("run") for line in view.loss_chart.layer.content.lines)


def test_the_name_of_a_shorter_run_stands_with_the_others_and_not_over_curves(
    trained, show
) -> None:
    base = trained(CLEAN, 60)
    view = show(long_run(base, 400), 800, 500)
    view.set_overlays((RunRecord(3, "clean", long_run(base, 200)),))
    image, box = view.charts.grab().toImage(), view.loss_chart.box
    ends = [round(box.mapViewToScene(QPointF(5.0 * rows, 1.0)).x()) for rows in (200, 400)]
    in_its_colour = [
        x
        for y in range(round(box.sceneBoundingRect().bottom()))
        for x in range(ends[0] + 6, image.width())
        if image.pixelColor(x, y).name() == run_colour(3)
    ]
    assert in_its_colour and min(in_its_colour) > ends[1]


def test_every_curve_has_its_name_at_its_end_and_in_the_legend(trained, show) -> None:
    view = show(trained(SPOILED, 80))
    assert {line.name: line.label for line in view.loss_chart.layer.content.lines} == {
        "twin_train": "twin, training",
        "train": "training",
        "twin_validation": "clean twin",
        "validation": "validation",
    }


def test_an_earlier_run_that_cannot_be_compared_is_left_out(trained, show) -> None:
    view = show(trained(CLEAN, 60))
    x = view.loss_chart.x_range
    view.set_overlays((RunRecord(1, "houses", trained(HOUSES, 200)),))
    assert all(line.label != "run 1" for line in view.loss_chart.layer.content.lines)
    assert all(line.label != "run 1" for line in view.metric_chart.layer.content.lines)
    assert view.loss_chart.x_range == x


def test_pointing_reads_overlaid_runs_too(trained, show) -> None:
    view, earlier = show(trained(SPOILED, 80)), trained(CLEAN, 60)
    view.set_overlays((RunRecord(3, "clean", earlier),))
    read = view._words.read_outs(
        view.snapshot, 40, view.choices, view._curves.overlays_on(view.snapshot)
    )["loss"]
    row = np.abs(earlier.history["step"] - read.x).argmin()
    value = earlier.history["validation_loss"][row]
    assert read.rows[-1][1] == f"run 3  {value:.3f}"


@pytest.mark.parametrize("suffix", ["png", "svg", "csv"])
def test_curves_are_saved_from_their_menu(trained, show, tmp_path: Path, suffix: str) -> None:
    view = show(trained(SPOILED, 80))
    said: list[Message] = []
    view.message.connect(said.append)
    path = tmp_path / f"curves.{suffix}"
    view.saving.save(suffix, path)
    assert path.stat().st_size > 500
    assert [message.kind for message in said] == ["info"]
    view.saving.save(suffix, tmp_path / "nowhere" / f"curves.{suffix}")
    assert said[-1].kind == "error" and said[-1].hint


def test_the_theme_changes_the_ground_and_the_curves_stay(trained, show) -> None:
    view = show(trained(SPOILED, 80))
    for palette in (LIGHT, DARK):
        view.apply_palette(palette)
        image: QImage = view.charts.grab().toImage()
        assert image.pixelColor(1, 1).name() == palette.card


def test_every_button_is_explained_and_has_a_name(trained, show) -> None:
    view = show(trained(CLEAN, 60))
    for button in view.findChildren(QToolButton):
        if button.parent() is view.toolbar:
            assert button.toolTip().endswith(".") and button.accessibleName()


@pytest.mark.parametrize(("width", "height"), [(500, 250), (300, 120), (1600, 900)])
def test_any_size_can_be_drawn(trained, show, width: int, height: int) -> None:
    assert not show(trained(SPOILED, 80), width, height).grab().isNull()


def test_a_frame_without_a_new_measurement_draws_nothing(trained, show, monkeypatch) -> None:
    base = trained(SPOILED, 80)
    view = show(base)
    drawn: list[object] = []
    monkeypatch.setattr(view.loss_chart, "show_content", lambda *content: drawn.append(content))
    view.show_snapshot(replace(base, step=base.step + 3))
    assert drawn == []
    view.show_snapshot(replace(base, step=base.step + 3, measured_at=base.step + 3))
    assert len(drawn) == 1


def test_thousands_of_frames_leak_no_reference(trained, show) -> None:
    base = trained(SPOILED, 80)
    view = show(base)
    view.set_choices(Choices(batches=True))
    overlay = view.findChild(CurvesOverlay)
    assert isinstance(overlay, CurvesOverlay)

    def draw(frames: int) -> None:
        for i in range(frames):
            view.show_snapshot(replace(base, measured_at=base.measured_at + i % 7))
            overlay.repaint()

    draw(50)
    gc.collect()
    before = sys.getrefcount(None)
    draw(3000)
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 300


def test_a_training_that_diverges_at_once_can_be_shown(trained, show) -> None:
    wild = Experiment(
        dataset=DatasetConfig(name="sacramento"),
        training=TrainingConfig(optimizer="sgd", learning_rate=1000),
    )
    snapshot = trained(wild, 60)
    view = show(snapshot)
    assert not view.grab().isNull()
    if snapshot.state == "diverged":
        assert view.loss_chart.layer.content.broken_at is not None


@pytest.mark.parametrize(("scale", "lines"), [(1.0, 5.0), (2.0, 3.5)])
def test_each_chart_has_room_for_curves_with_letters_of_any_size(
    trained, show, theme, scale: float, lines: float
) -> None:
    theme.set_scale(scale)
    view = show(trained(CLEAN, 60))
    view.resize(view.minimumSizeHint())
    QApplication.processEvents()
    line = view.loss_chart.layer.texts.height
    for chart in (view.loss_chart, view.metric_chart):
        assert chart.box.height() > lines * line


def test_choices_that_do_not_fit_in_a_row_are_in_a_menu(trained, show) -> None:
    view = show(trained(CLEAN, 60), width=800)
    toolbar = view.toolbar
    assert toolbar.smooth.isVisible()
    assert not toolbar.more.isVisible()
    high = toolbar.height()
    view.resize(toolbar.sizeHint().width() - 10, 300)
    QApplication.processEvents()
    assert not toolbar.smooth.isVisible()
    assert toolbar.more.isVisible()
    assert toolbar.height() == high
    next(a for a in toolbar.more.menu().actions() if a.text() == "Smooth").trigger()
    assert view.choices == Choices(smooth=True)
    view.resize(800, 300)
    QApplication.processEvents()
    assert toolbar.smooth.isVisible()
    assert toolbar.smooth.isChecked()


def test_numbers_that_are_not_shown_leave_no_gap(trained, show) -> None:
    view = show(trained(CLEAN, 60), height=900)
    assert view.loss_chart.x_axis.isVisible()
    view.resize(800, view.minimumSizeHint().height())
    QApplication.processEvents()
    assert not view.loss_chart.x_axis.isVisible()
    box, plot = view.loss_chart.box.geometry(), view.loss_chart.plot.boundingRect()
    assert plot.bottom() - box.bottom() < 0.5 * view.loss_chart.layer.texts.height


def test_numbers_stand_where_the_grid_has_its_lines(trained, show) -> None:
    view = show(trained(CLEAN, 60), height=400)
    view.resize(800, 900)
    QApplication.processEvents()
    for chart in (view.loss_chart, view.metric_chart):
        for axis, ticks in zip(
            (chart.x_axis, chart.y_axis), chart.layer.content.ticks, strict=True
        ):
            (_, shown), *others = axis.tickValues(*axis.range, 1.0)
            assert not others
            assert np.array_equal(shown, ticks)
