"""The curves show the history of a run, where and when things happened."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF

from tests.ui.views.drawn_curves import (
    CLEAN,
    HOUSES,
    NOISE,
    SPOILED,
    long_run,
    loss_lines,
    metric_lines,
    with_rows,
)
from visualiser.core.experiment import Edit, Experiment, Spoiling
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_series import POINTS


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


def test_the_curve_on_spoiled_data_says_until_when_once_the_data_is_healed(trained, show) -> None:
    spoiled = Experiment(spoiling=NOISE.done_to("both"))
    healed = spoiled.replace(edits=(Edit(step=40, spoiling=Spoiling()),))
    labels = [
        loss_lines(show(trained(experiment, 60)))["spoiled_validation"].label
        for experiment in (spoiled, healed)
    ]
    assert labels == ["spoiled validation", "spoiled until step 40"]


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
