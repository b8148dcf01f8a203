"""Histograms over time: each place shows the histogram of its step, and says so."""

import gc
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from visualiser.core.training.distributions import Distribution
from visualiser.core.training.snapshot import DistributionView, Snapshot
from visualiser.core.training.spread import Spread
from visualiser.ui.palette import DARK, LIGHT
from visualiser.ui.views.distributions import DistributionsView
from visualiser.ui.views.distributions_axes import (
    HEALTHY_DECADE,
    AxesPainter,
    Panel,
    ratio_ticks,
    share_text,
)
from visualiser.ui.views.distributions_bins import (
    COLUMNS,
    Densities,
    Kind,
    Values,
    columns_of,
    over_time,
    stretches,
    visible_bins,
)

KINDS: tuple[Kind, Kind] = ("weights", "gradients")


def view_of(
    weights: Sequence[Values], gradients: Sequence[Values] = (), steps: Sequence[int] = ()
) -> DistributionView:
    """What a layer leaves that had these weights and gradients one after the other."""
    distribution = Distribution(torch.zeros(weights[0].shape))
    for number, weight in enumerate(weights):
        gradient = torch.from_numpy(gradients[number]).float() if gradients else None
        step = steps[number] if steps else number
        distribution.record(step, torch.from_numpy(weight).float(), gradient, 0.001)
    return distribution.view()


@st.composite
def runs(draw: st.DrawFn) -> tuple[DistributionView, list[Values], list[Values]]:
    """A layer over time, of any size of numbers, and what it was made of."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    columns = draw(st.integers(1, 30))
    scale = 10.0 ** draw(st.integers(-6, 9))
    grows = draw(st.sampled_from([0.9, 1.0, 1.1]))
    weights = [scale * grows**i * rng.standard_normal((8, 25)) for i in range(columns)]
    gradients = [1e-3 * weight * rng.integers(0, 2, weight.shape) for weight in weights]
    steps = (np.cumsum(rng.integers(1, 30, size=columns)) - 1).tolist()
    return view_of(weights, gradients, steps), weights, gradients


def densities_of(view: DistributionView, kind: Kind) -> Densities:
    densities = Densities(visible_bins(view, kind))
    densities.follow(view.steps, getattr(view, kind))
    return densities


@settings(max_examples=40)
@given(runs())
def test_densities_are_those_of_numpy(
    run: tuple[DistributionView, list[Values], list[Values]],
) -> None:
    view, weights, gradients = run
    shown = densities_of(view, "weights")
    edges = shown.bins.edges()
    for row, numbers in zip(shown.table, weights, strict=True):
        wanted, _ = np.histogram(numbers.astype(np.float32), edges, density=True)
        assert np.allclose(row, wanted)
    sizes = densities_of(view, "gradients")
    decades = np.log10(sizes.bins.edges())
    for row, numbers in zip(sizes.table, gradients, strict=True):
        logs = np.log10(np.abs(numbers[numbers != 0]).astype(np.float32))
        wanted, _ = np.histogram(logs, decades)
        assert np.allclose(row, wanted / len(logs) / sizes.bins.width)


@settings(max_examples=40)
@given(runs(), st.sampled_from(KINDS))
def test_all_that_is_near_is_within_the_axis_in_a_bounded_number_of_bins(
    run: tuple[DistributionView, list[Values], list[Values]], kind: Kind
) -> None:
    shown = densities_of(run[0], kind)
    assert shown.below.max() < 0.02 and shown.above.max() < 0.02
    assert 8 <= shown.bins.count <= 70
    assert np.allclose(shown.table.sum(axis=1) * shown.bins.width, 1 - shown.below - shown.above)


@settings(max_examples=40)
@given(runs(), st.integers(0, 29), st.sampled_from(KINDS))
def test_a_picture_that_grows_is_the_one_drawn_at_once(
    run: tuple[DistributionView, list[Values], list[Values]], first: int, kind: Kind
) -> None:
    view = run[0]
    whole = densities_of(view, kind)
    growing = Densities(whole.bins)
    for count in (min(first, len(view.steps)), len(view.steps)):
        growing.follow(view.steps[:count], getattr(view, kind))
    assert np.array_equal(growing.table, whole.table, equal_nan=True)
    assert np.array_equal(growing.above, whole.above, equal_nan=True)


def test_a_few_weights_far_out_leave_the_axis_as_it_is_and_are_counted() -> None:
    weights = np.random.default_rng(0).normal(0, 0.1, (40, 50))
    weights[0, :2] = 40, -70
    shown = densities_of(view_of([weights]), "weights")
    assert shown.bins.ends[1] < 2
    assert (shown.below[0], shown.above[0]) == pytest.approx((1 / 2000, 1 / 2000))


def test_a_run_that_explodes_is_seen_in_its_own_size() -> None:
    rng = np.random.default_rng(0)
    small, large = rng.normal(0, 0.05, (64, 64)), rng.normal(0, 500, (64, 64))
    shown = densities_of(view_of([small, large]), "weights")
    assert shown.above.max() == shown.below.max() == 0
    assert np.count_nonzero(shown.table[0]) <= 2 and np.count_nonzero(shown.table[1]) > 15


def test_a_layer_of_equal_weights_has_one_full_bin() -> None:
    for value in (0.0, 0.5, -3e7):
        shown = densities_of(view_of([np.full((4, 4), value)]), "weights")
        assert shown.table[0].max() * shown.bins.width == pytest.approx(1)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=80), st.floats(1.0, 3.0))
def test_each_place_shows_the_latest_column_before_it(apart: list[int], room: float) -> None:
    steps = np.cumsum(apart) - 1
    last_step = room * float(steps[-1]) + 10
    columns = columns_of(steps, last_step)
    for column in (0, 50, 120, COLUMNS - 1):
        at = (column + 0.5) * last_step / COLUMNS
        earlier = np.flatnonzero(steps <= at)
        if at > steps[-1]:
            assert columns[column] == -1
        else:
            assert columns[column] == (earlier[-1] if len(earlier) else 0)


def test_the_darkest_colour_is_the_peak_of_most_columns_and_the_future_is_empty() -> None:
    table = np.ones((20, 4))
    table[0, 2] = 50
    drawn = over_time(table, np.append(np.arange(20), -1))
    assert np.nanmax(drawn[:, 1:]) == 1 and drawn[1, 0] == 50
    assert np.isnan(drawn[:, -1]).all()


@given(st.lists(st.booleans(), max_size=30))
def test_stretches_cover_what_is_marked_and_nothing_else(flags: list[bool]) -> None:
    covered = np.zeros(len(flags), dtype=bool)
    for first, last in stretches(np.array(flags, dtype=bool)):
        covered[first:last] = True
    assert covered.tolist() == flags


@settings(max_examples=40)
@given(runs(), st.sampled_from(KINDS), st.integers(2, 12))
def test_numbers_beside_the_axis_stand_where_their_values_are(
    run: tuple[DistributionView, list[Values], list[Values]], kind: Kind, most: int
) -> None:
    bins = visible_bins(run[0], kind)
    ticks = bins.ticks(most)
    places = [place for place, _ in ticks]
    assert ticks and places == sorted(places) and len(ticks) <= 2 * most + 1
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    for place, text in ticks:
        value = float(text.replace("−", "-").replace(",", ""))
        assert place == pytest.approx(bins.place(value), abs=0.02)


@given(st.floats(0, 1))
def test_a_share_reads_as_a_percentage_that_is_neither_none_nor_all(share: float) -> None:
    text = share_text(share)
    assert (text == "0 %") == (share == 0) and (text == "100 %") == (share == 1)
    if text[0].isdigit():
        assert float(text.removesuffix(" %")) == pytest.approx(100 * share, abs=0.51)


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


@given(st.integers(-12, -4), st.integers(-2, 4), st.integers(1, 8))
def test_the_healthy_ratio_stands_in_words_on_its_axis(low: int, high: int, most: int) -> None:
    ticks = ratio_ticks((low, high), most, "healthy")
    places = [place for place, _ in ticks]
    assert {text: place for place, text in ticks}["healthy"] == pytest.approx(
        (HEALTHY_DECADE - low) / (high - low)
    )
    assert all(0 <= place <= 1 for place in places)
    assert len(ticks) <= max(most, 2) + 1
    assert np.allclose(np.diff(places), np.diff(places)[:1] if len(places) > 1 else 0)
    for place, text in ticks:
        if text != "healthy":
            assert low + place * (high - low) == pytest.approx(
                np.log10(float(text.replace(",", "").replace("−", "-")))
            )


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
        (broken, "1.0 % are not a number or infinite", LIGHT.danger),
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
    assert "0 % of the weights" in view._read(place)
    assert "100 % are not a number or infinite" in view._read(place)


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
