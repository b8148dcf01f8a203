"""What answering without a model is worth, as a dotted line in the chart of the metric."""

from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from PySide6.QtGui import QFont, QImage, QPainter

from tests.ui.views.drawn_curves import CLEAN, HOUSES, with_rows
from visualiser.core.tasks.spec import Baseline
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import LIGHT
from visualiser.ui.views.curves import CurvesView
from visualiser.ui.views.curves_choices import Choices
from visualiser.ui.views.curves_ground import paint_legend
from visualiser.ui.views.curves_shown import Ink


def with_baseline(snapshot: Snapshot, figure: float) -> Snapshot:
    """The same run, but answering without a model is worth `figure`."""
    info = replace(snapshot.info)
    info.__dict__["baseline"] = Baseline(figure, "always answering “A”")
    return replace(snapshot, info=info)


def with_metric(snapshot: Snapshot, low: float, high: float) -> Snapshot:
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    figures = np.linspace(low, high, 20)
    rows = [{"step": 5.0 * i, "epoch": i / 10, **dict.fromkeys(names, figures[i])}
            for i in range(20)]  # fmt: skip
    return with_rows(snapshot, rows)


def ground_of(view: CurvesView) -> object:
    return view.metric_chart.layer.ground_of()


def test_the_baseline_of_the_run_is_a_level_in_the_chart_of_the_metric(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    view = show(snapshot)
    level = view.metric_chart.layer.content.level
    assert level.y == pytest.approx(100 * snapshot.info.baseline.figure)
    assert level.text == f"{snapshot.info.baseline.words}  {level.y:.1f}\xa0%"
    assert view.loss_chart.layer.content.level is None


def test_the_baseline_of_amounts_is_in_their_unit(trained, show) -> None:
    snapshot = trained(HOUSES, 30)
    level = show(snapshot).metric_chart.layer.content.level
    assert level.y == snapshot.info.baseline.figure
    assert level.text.startswith("always answering the mean  $")


def test_where_its_words_have_no_room_the_figure_stands_with_shorter_ones(trained, show) -> None:
    snapshot = trained(CLEAN, 60)
    level = show(snapshot).metric_chart.layer.content.level
    assert level.short == f"no model {level.y:.1f}\xa0%"

    def legend(width: float) -> set[str]:
        ink = Ink(LIGHT, QFont())
        with patch.object(ink.plain, "draw", wraps=ink.plain.draw) as drawn:
            canvas = QImage(800, 100, QImage.Format.Format_RGB32)
            painter = QPainter(canvas)
            paint_legend(painter, level, 0.0, width, ink)
            painter.end()
        return {call.args[1] for call in drawn.call_args_list}

    assert legend(800) == {level.text}
    assert legend(200) == {level.short}
    assert legend(30) == set()


def test_the_baseline_can_be_switched_off_and_on_again(trained, show) -> None:
    view = show(trained(CLEAN, 60))
    assert view.toolbar.baseline.isChecked()
    drawn = ground_of(view)
    view.toolbar.baseline.click()
    assert view.metric_chart.layer.content.level is None
    assert "baseline" not in view.choices.chosen
    assert ground_of(view) != drawn
    view.toolbar.baseline.click()
    assert ground_of(view) == drawn


def test_what_was_chosen_is_taken_up_by_name() -> None:
    assert Choices().chosen == ("baseline",)
    assert Choices.of(("smooth",)) == Choices(smooth=True, baseline=False)
    assert Choices.of(Choices().chosen) == Choices()


@pytest.mark.parametrize(
    ("figure", "bottom"), [(0.55, 50.0), (0.42, 40.0), (0.10, 50.0), (float("nan"), 50.0)]
)
def test_an_axis_of_shares_reaches_down_to_a_baseline_near_the_curves(
    trained, show, figure: float, bottom: float
) -> None:
    view = show(with_baseline(with_metric(trained(CLEAN, 20), 0.65, 0.9), figure))
    assert view.metric_chart.y_range == (bottom, 100.0)


@pytest.mark.parametrize(
    ("highest", "baseline", "top"),
    [
        (0.09, 0.04, 10.0),
        (0.18, 0.08, 20.0),
        (0.18, 0.3, 50.0),
        (0.47, 0.1, 50.0),
        (0.51, 0.1, 100),
    ],
)
def test_small_shares_have_the_axis_end_at_the_next_round_share_above_them_and_their_baseline(
    trained, show, highest: float, baseline: float, top: float
) -> None:
    view = show(with_baseline(with_metric(trained(CLEAN, 20), 0.02, highest), baseline))
    assert view.metric_chart.y_range == (0.0, top)


def test_an_axis_of_amounts_reaches_up_to_a_baseline_near_the_curves(trained, show) -> None:
    run = with_metric(trained(HOUSES, 20), 100.0, 60.0)
    tops = {
        figure: show(with_baseline(run, figure)).metric_chart.y_range[1] for figure in (140, 900)
    }
    assert 140 <= tops[140] < 300
    assert tops[900] < 300


def test_pointing_reads_the_baseline_with_the_figures(trained, show) -> None:
    view = show(trained(CLEAN, 60))
    level = view.metric_chart.layer.content.level
    read = view._words.read_outs(view.snapshot, 30, view.choices)
    assert ("muted", level.text) == read["metric"].rows[-1]
    assert level.text not in [text for _, text in read["loss"].rows]
    without = view._words.read_outs(view.snapshot, 30, replace(view.choices, baseline=False))
    assert level.text not in [text for _, text in without["metric"].rows]


def test_the_words_of_the_baseline_stand_in_the_line_of_the_title_where_no_curve_is_named(
    trained, show
) -> None:
    view = show(trained(CLEAN, 60), 900, 400)
    images = []
    for shown in (True, False):
        view.set_choices(Choices(baseline=shown))
        images.append(view.charts.grab().toImage())
    box = view.metric_chart.box.sceneBoundingRect()
    rows = [
        y
        for y in range(images[0].height())
        if any(
            images[0].pixel(x, y) != images[1].pixel(x, y)
            for x in range(round(box.right()) + 2, images[0].width())
        )
    ]
    assert rows and max(rows) < box.top()


def test_the_line_of_the_baseline_does_not_go_through_the_names_of_curves(trained, show) -> None:
    run = trained(CLEAN, 20)
    names = ("train_loss", "validation_loss", "train_metric", "validation_metric")
    rows = [{"step": 5.0 * i, "epoch": i / 10, **dict.fromkeys(names, 0.75)} for i in range(22)]
    view = show(with_baseline(with_rows(run, rows), 0.75), 900, 400)
    box = view.metric_chart.box.sceneBoundingRect()
    images = []
    for shown in (True, False):
        view.set_choices(Choices(baseline=shown))
        images.append(view.charts.grab().toImage())
    end = box.left() + 105 / view.metric_chart.x_range[1] * box.width()
    row = range(round(box.top()), round(box.bottom()))
    drawn = [
        {y for y in row if images[0].pixel(x, y) != images[1].pixel(x, y)}
        for x in range(round(end) + 10, round(box.right()))
    ]
    assert len(drawn) > 40
    assert not any(drawn[:50]), "the name covers it"
