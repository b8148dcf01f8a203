"""The curves show the history of a run, where and when things happened, and other runs behind."""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from visualiser.core.experiment import (
    CorruptionConfig,
    DatasetConfig,
    Edit,
    Experiment,
    Spoiling,
    TrainingConfig,
)
from visualiser.core.training.history import History
from visualiser.core.training.runs import RunRecord
from visualiser.core.training.snapshot import Marker, Snapshot
from visualiser.ui.message_bar import Message
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_content import Choices
from visualiser.ui.views.curves_overlay import CurvesOverlay
from visualiser.ui.views.curves_series import POINTS, Line

NOISE = Spoiling(corruptions=(CorruptionConfig(name="symmetric_label_noise", amount=0.4),))
CLEAN = Experiment()
SPOILED = Experiment(edits=(Edit(step=40, spoiling=NOISE),))
HOUSES = Experiment(dataset=DatasetConfig(name="sacramento"))

Show = Callable[..., CurvesView]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(snapshot: Snapshot, width: int = 800, height: int = 300) -> CurvesView:
        view = CurvesView()
        qtbot.addWidget(view)
        view.resize(width, height)
        view.start_run(snapshot.info)
        view.show()
        qtbot.waitExposed(view)
        view.show_snapshot(snapshot)
        QApplication.processEvents()
        return view

    return make


def loss_lines(view: CurvesView) -> dict[str, Line]:
    return {line.name: line for line in view.loss_chart.layer.content.lines}


def metric_lines(view: CurvesView) -> dict[str, Line]:
    return {line.name: line for line in view.metric_chart.layer.content.lines}


def with_rows(snapshot: Snapshot, rows: list[dict[str, float]]) -> Snapshot:
    history = History()
    for row in rows:
        history.append(row)
    last = int(rows[-1]["step"])
    return replace(
        snapshot, history=history.view(), step=last, epoch=rows[-1]["epoch"], measured_at=last
    )


def long_run(snapshot: Snapshot, rows: int) -> Snapshot:
    rng = np.random.default_rng(0)
    figures = 1 + 0.1 * rng.normal(size=(rows, 4))
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    return with_rows(
        snapshot,
        [
            {"step": 5 * i, "epoch": i / 10, **dict(zip(names, figures[i], strict=True))}
            for i in range(rows)
        ],
    )


# -- curves ---------------------------------------------------------------------------------------


def test_curves_are_the_history(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view, history = show(snapshot), snapshot.history
    for name in ("train", "validation"):
        line = loss_lines(view)[name]
        assert np.array_equal(line.x[: len(history)], history["step"])
        assert np.array_equal(line.y[: len(history)], history[f"{name}_loss"])
        accuracy = metric_lines(view)[name]
        assert np.allclose(accuracy.y[: len(history)], 100 * history[f"{name}_metric"])


def test_a_measurement_that_is_not_recorded_is_the_end_of_the_curve(trained, show) -> None:
    snapshot = trained(CLEAN, 61)
    assert snapshot.history["step"][-1] < snapshot.measured_at == 61
    line = loss_lines(show(snapshot))["validation"]
    assert (line.x[-1], line.y[-1]) == (61, snapshot.validation.loss)


def test_the_twin_appears_when_the_data_is_spoiled(trained, show) -> None:
    clean, spoiled = show(trained(CLEAN, 60)), show(trained(SPOILED, 80))
    assert "twin_validation" not in loss_lines(clean)
    assert loss_lines(clean)["validation"].look.colour == "accent"
    lines = loss_lines(spoiled)
    assert lines["twin_validation"].look.stroke == "dashed"
    assert lines["twin_validation"].look.colour == "accent"
    assert lines["validation"].look.colour == "spoiled"


def test_regression_is_measured_in_the_unit_of_the_target(trained, show) -> None:
    snapshot = trained(HOUSES, 30)
    view = show(snapshot)
    rows = len(snapshot.history)
    assert np.array_equal(
        metric_lines(view)["train"].y[:rows], snapshot.history["train_metric"][:rows]
    )
    assert "$" in view.metric_chart.layer.title
    assert view.metric_chart.y_range[1] > 1000


def test_a_long_run_is_drawn_with_few_points_that_keep_its_peaks(trained, show) -> None:
    snapshot = long_run(trained(CLEAN, 20), 5000)
    line = loss_lines(show(snapshot))["train"]
    column = snapshot.history["train_loss"]
    assert len(line.x) <= POINTS + 3
    assert line.y.max() == column.max()
    assert line.y.min() == column.min()
    assert (line.x[0], line.x[-1]) == (0, 5 * 4999)


def test_axes_hold_all_curves_and_rarely_move(trained, show) -> None:
    base = trained(CLEAN, 20)
    view = show(base)
    ranges = set()
    for rows in range(20, 400, 5):
        snapshot = long_run(base, rows)
        view.show_snapshot(snapshot)
        assert view.loss_chart.x_range[1] >= snapshot.step
        assert view.loss_chart.y_range[1] >= np.nanmax(snapshot.history["train_loss"])
        ranges.add((view.loss_chart.x_range, view.loss_chart.y_range))
    assert len(ranges) <= 16  # of 76 frames


def test_both_charts_show_the_same_steps(trained, show) -> None:
    view = show(trained(CLEAN, 60))
    view.zoom_to(10, 30)
    assert view.loss_chart.x_range == view.metric_chart.x_range == (10, 30)
    boxes = [chart.box.sceneBoundingRect() for chart in (view.loss_chart, view.metric_chart)]
    assert boxes[0].left() == boxes[1].left()
    assert boxes[0].right() == boxes[1].right()


# -- markers, divergence, emptiness ---------------------------------------------------------------


def test_an_edit_leaves_a_marker_where_it_happened(trained, show) -> None:
    snapshot = trained(SPOILED, 80)
    view = show(snapshot)
    events = view.loss_chart.layer.content.events
    assert [(event.x, event.text) for event in events] == [(40, snapshot.markers[0].text)]
    assert [event.x for event in view.metric_chart.layer.content.events] == [40]
    view.set_choices(Choices(epochs=True))
    assert view.loss_chart.layer.content.events[0].x == snapshot.markers[0].epoch


def test_curves_make_room_for_the_texts_of_markers(trained, show) -> None:
    view = show(trained(SPOILED, 80), 800, 500)
    chart = view.loss_chart
    highest = chart.box.mapViewToScene(QPointF(0, chart.y_range[1])).y()
    text = chart.layer.texts.height
    assert highest - chart.box.sceneBoundingRect().top() >= text


def test_a_diverged_run_shows_where_it_broke_off(trained, show) -> None:
    figures = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [
        {"step": i, "epoch": i / 10, **dict.fromkeys(figures, np.nan if i == 6 else 2.0**i)}
        for i in range(7)
    ]
    snapshot = replace(with_rows(trained(CLEAN, 20), rows), state="diverged")
    view = show(snapshot)
    content = view.loss_chart.layer.content
    assert content.broken_at == 6
    assert "step 6" in content.broken_text and "not a number" in content.broken_text
    assert not view.grab().isNull()


def test_an_exploding_loss_does_not_flatten_what_came_before(trained, show) -> None:
    figures = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [
        {"step": i, "epoch": i / 10, **dict.fromkeys(figures, 10.0 ** (3 * i))} for i in range(9)
    ]
    view = show(with_rows(trained(CLEAN, 20), rows))
    assert view.loss_chart.y_range == (0, 100)
    assert not view.grab().isNull()


def test_before_the_first_step_the_view_says_what_to_do(trained, show) -> None:
    view = show(trained(CLEAN, 0, state="ready"))
    assert "Press Play" in view.loss_chart.layer.content.empty_text
    assert view.loss_chart.layer.content.lines == ()


def test_a_new_run_forgets_the_old_one(trained, show) -> None:
    view = show(trained(SPOILED, 80))
    view.zoom_to(10, 20)
    other = trained(HOUSES, 30)
    view.show_snapshot(other)
    assert view.zoom is None
    line = loss_lines(view)["train"]
    rows = len(other.history)
    assert np.array_equal(line.y[:rows], other.history["train_loss"])


# -- choices --------------------------------------------------------------------------------------


def test_epochs_can_run_along_the_bottom(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    view.toolbar.epochs.click()
    line = loss_lines(view)["train"]
    assert np.array_equal(line.x[: len(snapshot.history)], snapshot.history["epoch"])
    assert "epochs" in view.metric_chart.layer.title


def test_a_logarithmic_loss_is_drawn_by_its_exponent(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    accuracy = metric_lines(view)["train"].y
    view.toolbar.log_loss.click()
    line = loss_lines(view)["train"]
    rows = len(snapshot.history)
    assert np.allclose(10 ** line.y[:rows], snapshot.history["train_loss"])
    assert np.array_equal(metric_lines(view)["train"].y, accuracy)
    low, high = view.loss_chart.y_range
    assert low <= line.y.min() and line.y.max() <= high


def test_the_loss_of_every_batch_is_drawn_when_asked_for(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    assert "batch" not in loss_lines(view)
    view.toolbar.batches.click()
    line = loss_lines(view)["batch"]
    assert np.array_equal(line.x, np.arange(1, 61))
    assert np.allclose(line.y, snapshot.history.batch_loss)
    assert "batch" not in metric_lines(view)


def test_smoothing_keeps_the_raw_curve_under_the_smooth_one(trained, show) -> None:
    snapshot = long_run(trained(CLEAN, 20), 500)
    view = show(snapshot)
    raw = loss_lines(view)["train"].y
    view.toolbar.smooth.click()
    faint, smooth = [line for line in view.loss_chart.layer.content.lines if line.name == "train"]
    assert np.array_equal(faint.y, raw)
    assert faint.look.opacity < 1
    assert smooth.y.std() < 0.5 * raw.std()
    assert smooth.y[-1] == pytest.approx(raw[-1])


def test_choosing_tells_the_settings_but_being_set_does_not(qtbot, trained, show) -> None:
    view = show(trained(CLEAN, 60))
    chosen = Choices(epochs=True, log_loss=True, batches=True, smooth=True)
    with qtbot.assertNotEmitted(view.choices_changed):
        view.set_choices(chosen)
    assert view.choices == view.toolbar.choices == chosen
    with qtbot.waitSignal(view.choices_changed):
        view.toolbar.smooth.click()
    assert not view.choices.smooth


# -- zoom and reading -----------------------------------------------------------------------------


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
    words = dict(text.rsplit("  ", 1) for _, text in read.rows)
    assert words["validation"] == f"{history['validation_loss'][row]:.3f}"
    accuracy = view.metric_chart.layer.read_out
    assert accuracy is not None and all(text.endswith("%") for _, text in accuracy.rows)


# -- overlays, saving, looks ----------------------------------------------------------------------


def test_earlier_runs_are_drawn_behind_and_can_be_taken_away(trained, show) -> None:
    view, earlier = show(trained(SPOILED, 80)), trained(CLEAN, 60)
    view.set_overlays((RunRecord(3, "clean", earlier),))
    first = view.loss_chart.layer.content.lines[0]
    assert first.label == "run 3"
    rows = len(earlier.history)
    assert np.array_equal(first.y[:rows], earlier.history["validation_loss"])
    view.set_overlays(())
    assert all(not line.label.startswith("run") for line in view.loss_chart.layer.content.lines)


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


# -- what happened at a step ----------------------------------------------------------------------


def edited(snapshot: Snapshot, rows: int, twice: bool) -> Snapshot:
    """A loss of 1 up to the edit at step 500 and of 2 from there on."""
    steps = sorted([*range(1, rows + 1), *([500] if twice else [])])
    losses = [1.0 if step < 500 or (step == 500 and i < 500) else 2.0
              for i, step in enumerate(steps)]  # fmt: skip
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    made = with_rows(
        snapshot,
        [
            {"step": step, "epoch": step / 100, **dict.fromkeys(names, loss)}
            for step, loss in zip(steps, losses, strict=True)
        ],
    )
    return replace(made, markers=(Marker(500, 5.0, "wrong labels 40 %"),))


@pytest.mark.parametrize("epochs", [False, True])
@pytest.mark.parametrize("twice", [False, True])
@pytest.mark.parametrize("rows", [600, 5000])
def test_no_curve_shows_an_effect_before_its_cause(
    trained, show, rows: int, twice: bool, epochs: bool
) -> None:
    view = show(edited(trained(CLEAN, 20), rows, twice))
    view.set_choices(Choices(smooth=True, epochs=epochs))
    marker = 5.0 if epochs else 500.0
    faint, smooth = [line for line in view.loss_chart.layer.content.lines if line.name == "train"]
    for line in (faint, smooth):
        assert set(line.y[line.x < marker]) == {1.0}
        assert set(line.y[line.x > marker]) == {2.0}
        at_marker = line.y[line.x == marker]
        assert at_marker.tolist() == ([1.0, 2.0] if twice else [1.0])


def test_pointing_beside_an_edit_reads_the_figures_of_that_side(trained, show) -> None:
    view = show(edited(trained(CLEAN, 20), 600, twice=True))
    words = view._words
    before = words.read_outs(view.snapshot, 499.9, view.choices)["loss"]
    after = words.read_outs(view.snapshot, 500.1, view.choices)["loss"]
    assert (before.x, after.x) == (500, 500)
    assert before.heading.endswith("before the change")
    assert after.heading.endswith("after the change")
    assert any("1.000" in text for _, text in before.rows)
    assert any("2.000" in text for _, text in after.rows)


def test_a_zoom_that_ends_at_an_edit_shows_both_its_sides(trained, show) -> None:
    view = show(edited(trained(CLEAN, 20), 600, twice=True))
    view.zoom_to(400, 500)
    line = loss_lines(view)["train"]
    assert line.y[line.x == 500].tolist() == [1.0, 2.0]


# -- large text and little room -------------------------------------------------------------------


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_each_chart_is_at_least_six_lines_high(trained, show, theme, scale: float) -> None:
    theme.set_scale(scale)
    view = show(trained(CLEAN, 60))
    view.resize(view.minimumSizeHint())
    QApplication.processEvents()
    line = view.loss_chart.layer.texts.height
    for chart in (view.loss_chart, view.metric_chart):
        assert chart.box.height() > 5 * line


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
