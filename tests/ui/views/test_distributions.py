"""Histograms over time in the window: what is drawn, marked and said of each step."""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.ui.views.recorded_distributions import view_of
from visualiser.core.training.snapshot import DistributionView, Snapshot
from visualiser.core.training.spread import Spread
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.distributions import DistributionsView
from visualiser.ui.views.distributions_axes import (
    AxesPainter,
    Panel,
)


def shown(qtbot: QtBot, snapshot: Snapshot) -> DistributionsView:
    view = DistributionsView()
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.start_run(snapshot.info)
    view.show()
    view.show_snapshot(snapshot)
    view.grab()
    return view


def test_a_button_for_each_layer_turns_to_it(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    buttons = view.findChildren(QToolButton)
    assert [b.text() for b in buttons][-1] == "Output"
    assert len(buttons) == len(spoiled_moons.layers)
    before = view.canvas.grab().toImage()
    buttons[-1].click()
    assert view.layer == len(buttons) - 1
    assert view.canvas.grab().toImage() != before


def test_pointing_reads_step_and_value(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    weights, gradients, ratios = (panel.area for panel in view.canvas._panels)
    assert "Layer 1 at step " in view._read(weights.center())
    assert "of the gradients with a size between" in view._read(gradients.center())
    assert "of their size" in view._read(ratios.center())
    assert view._read(QPointF(-1, -1)) == ""


def test_the_update_ratio_is_read_as_it_was_measured(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    history = spoiled_moons.distributions[0]
    area = view.canvas._panels[2].area
    reading = view.canvas.reading_at(area.center())
    assert reading is not None
    column = history.steps.tolist().index(reading.step)
    assert reading.share == history.update_ratios[column]


# Tooltips ask to be raised, which a display in memory cannot do.
@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_resting_pointer_outlives_the_start_of_another_run(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    view = shown(qtbot, spoiled_moons)
    for panel in view.canvas._panels:
        view.show_snapshot(spoiled_moons)
        qtbot.mouseMove(view.canvas, QPoint(0, 0))
        qtbot.mouseMove(view.canvas, panel.area.center().toPoint())
        assert view.hover.text
        view.start_run(spoiled_moons.info)
        empty = tuple(_first_columns(d, 0) for d in spoiled_moons.distributions)
        view.show_snapshot(replace(spoiled_moons, distributions=empty))
        assert view.hover.text == ""


def test_nothing_is_said_of_steps_to_come_nor_of_ratios_not_measured(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    first = tuple(_first_columns(d, 1) for d in spoiled_moons.distributions)
    view = shown(qtbot, replace(spoiled_moons, distributions=first))
    weights, _, ratios = (panel.area for panel in view.canvas._panels)
    assert "at step 0" in view._read(QPointF(weights.left(), weights.center().y()))
    assert view._read(weights.center()) == ""
    assert view._read(QPointF(ratios.left(), ratios.center().y())) == ""


def test_nothing_is_drawn_anew_without_a_new_histogram(
    qtbot: QtBot, spoiled_moons: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = shown(qtbot, spoiled_moons)
    drawn: list[int] = []
    monkeypatch.setattr(view.canvas, "show_views", lambda views, layer: drawn.append(layer))
    view.show_snapshot(spoiled_moons)
    assert drawn == []
    shorter = tuple(_first_columns(d, len(d.steps) - 1) for d in spoiled_moons.distributions)
    view.show_snapshot(replace(spoiled_moons, distributions=shorter))
    assert drawn == [0]


def _first_columns(view: DistributionView, count: int) -> DistributionView:
    def first(spread: Spread) -> Spread:
        return Spread(
            spread.values[:count], spread.numbers[:count], spread.zeros[:count], spread.lost[:count]
        )

    return DistributionView(
        steps=view.steps[:count],
        weights=first(view.weights),
        gradients=first(view.gradients),
        update_ratios=view.update_ratios[:count],
    )


def test_pointing_says_what_no_bin_has(qtbot: QtBot, spoiled_digits: Snapshot) -> None:
    view = shown(qtbot, spoiled_digits)
    gradients = view.canvas._panels[1].area
    place = gradients.center()
    assert "of all are exactly 0" in view._read(place), "the border of the pictures is always 0"


def test_what_is_not_a_number_or_far_out_is_said_and_marked(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    rng = np.random.default_rng(0)
    whole = rng.normal(0, 0.1, (20, 50))
    far, broken = whole.copy(), whole.copy()
    far[0, 0], broken[0, :10] = 1e6, np.nan
    for weights, words, colour in (
        (whole, "", None),
        (far, "lie beyond the axis", LIGHT.spoiled),
        (broken, "1\u00a0% are not a number or infinite", LIGHT.danger),
    ):
        columns = view_of([weights] * 3, [whole] * 3, [0, 5, 10])
        view = shown(qtbot, replace(spoiled_moons, distributions=(columns,)))
        area = view.canvas._panels[0].area
        assert words in view._read(QPointF(area.left() + 3, area.center().y()))
        image = view.canvas.grab().toImage()
        mark = image.pixelColor(int(area.left()) + 30, int(area.top()) - 2).name()
        assert mark == (colour or LIGHT.card)


def test_a_layer_that_is_lost_altogether_is_drawn_and_said(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    lost = np.full((4, 4), np.nan)
    columns = view_of([lost, lost], [lost, lost], [0, 10])
    view = shown(qtbot, replace(spoiled_moons, distributions=(columns,)))
    place = view.canvas._panels[0].area.topLeft() + QPointF(3, 3)
    assert "0\u00a0% of the weights" in view._read(place)
    assert "100\u00a0% are not a number or infinite" in view._read(place)


def test_the_next_run_with_the_same_steps_is_not_taken_for_this_one(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    rng = np.random.default_rng(0)
    weights = rng.uniform(-1, 1, (20, 50))
    first = view_of([weights] * 2, [weights] * 2, [0, 10])
    view = shown(qtbot, replace(spoiled_moons, distributions=(first,)))
    before = view.canvas.grab().toImage()
    second = view_of([np.sign(weights)] * 2, [weights] * 2, [0, 10])
    view.start_run(spoiled_moons.info)
    view.show_snapshot(replace(spoiled_moons, distributions=(second,)))
    assert view.canvas.grab().toImage() != before


def test_another_run_has_its_own_layers(
    qtbot: QtBot, spoiled_moons: Snapshot, snapshot_of: Callable[..., Snapshot]
) -> None:
    view = shown(qtbot, spoiled_moons)
    view.choose(len(spoiled_moons.layers) - 1)
    other = snapshot_of("mnist_5k", model="linear", steps=20)
    view.start_run(other.info)
    view.show_snapshot(other)
    assert view.layer == 0
    view.grab()


def test_the_theme_reaches_the_picture(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    view.apply_palette(DARK)
    image = view.canvas.grab().toImage()
    assert image.pixelColor(image.width() - 1, image.height() - 1).name() == DARK.card


def test_hundreds_of_frames_hold_on_to_nothing(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)

    def draw(frames: int) -> None:
        for _ in range(frames):
            view.canvas.show_views(spoiled_moons.distributions, 0)
            QApplication.processEvents()

    draw(50)
    gc.collect()  # what earlier tests left would be let go of meanwhile
    before = sys.getrefcount(None)
    draw(1000)
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 100


def test_a_narrow_panel_has_a_shorter_title_and_a_legend_where_it_has_room(qtbot: QtBot) -> None:
    view = DistributionsView()
    qtbot.addWidget(view)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    axes = AxesPainter(painter, LIGHT, view.canvas._titles)
    titles, legend = view.canvas._titles.ratios, view.canvas._titles.others
    em = QFontMetricsF(painter.font()).horizontalAdvance("m")

    def chosen(width: float) -> str:
        area = QRectF(0, 20, width, 100)
        return axes.title_of(Panel(titles, 0, area, QRectF(), legend))

    assert chosen(60 * em) == titles[0]
    widths = [len(chosen(width * em)) for width in range(60, 2, -1)]
    assert len(set(widths)) == len(titles)
    assert chosen(3 * em) == titles[-1]
    painter.end()


def test_the_last_panel_keeps_off_the_right_edge(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    view.grab()
    canvas = view.canvas
    last = canvas._panels[-1]
    free = canvas.width() - max(last.area.right(), last.beside.right())
    assert free >= 0.5 * canvas.fontMetrics().height()
