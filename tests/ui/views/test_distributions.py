"""Histograms over time: each place shows the histogram of its step, and says so."""

import gc
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from visualiser.core.training.snapshot import DistributionView, Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.distributions import DistributionsView
from visualiser.ui.views.distributions_axes import HEALTHY_DECADE, ratio_ticks
from visualiser.ui.views.distributions_bins import COLUMNS, of_now, over_time, visible_bins

BINS = 64


@st.composite
def histograms(draw: st.DrawFn) -> DistributionView:
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    columns = draw(st.integers(1, 80))
    low = draw(st.integers(0, BINS - 1))
    high = draw(st.integers(low + 1, BINS))
    counts = np.zeros((2, columns, BINS), dtype=np.float32)
    counts[:, :, low:high] = rng.integers(0, 50, size=(2, columns, high - low))
    return DistributionView(
        steps=np.cumsum(rng.integers(1, 30, size=columns)) - 1,
        weights=counts[0],
        weight_edges=0.1 * np.sinh(np.linspace(-4, 4, BINS + 1)),
        gradients=counts[1],
        gradient_edges=np.linspace(-9, 3, BINS + 1),
        update_ratios=rng.random(columns),
    )


@settings(max_examples=60)
@given(histograms(), st.sampled_from(["weights", "gradients"]))
def test_each_place_shows_the_latest_histogram_before_it(view: DistributionView, kind: str) -> None:
    bins = visible_bins(view, kind)  # type: ignore[arg-type]
    counts = getattr(view, kind)
    last_step = 1.3 * float(view.steps[-1]) + 10
    table = over_time(view.steps, counts, bins, last_step)
    assert table.shape == (bins.last - bins.first, COLUMNS)
    for column in (0, 50, 120, COLUMNS - 1):
        at = (column + 0.5) * last_step / COLUMNS
        if at > view.steps[-1]:
            assert np.isnan(table[:, column]).all()
        else:
            earlier = np.flatnonzero(view.steps <= at)
            row = earlier[-1] if len(earlier) else 0
            shown = np.minimum(table[::-1, column], 1)
            assert np.allclose(shown, of_now(counts[row], bins))


@settings(max_examples=60)
@given(histograms(), st.sampled_from(["weights", "gradients"]))
def test_no_count_is_outside_the_visible_bins(view: DistributionView, kind: str) -> None:
    bins = visible_bins(view, kind)  # type: ignore[arg-type]
    counts = getattr(view, kind)
    assert counts[:, : bins.first].sum() == 0 and counts[:, bins.last :].sum() == 0


@settings(max_examples=60)
@given(histograms(), st.sampled_from(["weights", "gradients"]), st.integers(1, 12))
def test_numbers_beside_the_axis_stand_where_their_values_are(
    view: DistributionView, kind: str, most: int
) -> None:
    bins = visible_bins(view, kind)  # type: ignore[arg-type]
    ticks = bins.ticks(most)
    places = [place for place, _ in ticks]
    assert places == sorted(places)
    assert all(-1e-6 <= place <= 1 + 1e-6 for place in places)
    for place, text in ticks:
        value = float(text.replace("−", "-"))
        if kind == "gradients" and value == 0:
            assert place <= 1 / 8  # the lowest bins
        else:
            assert bins.value(place) == pytest.approx(value, rel=0.02, abs=1e-3)


@given(histograms(), st.floats(0, 1))
def test_a_place_and_its_value_agree(view: DistributionView, place: float) -> None:
    bins = visible_bins(view, "weights")
    assert bins.place(bins.value(place)) == pytest.approx(place, abs=1e-6)


def test_many_gradients_of_zero_do_not_hide_the_others(spoiled_digits: Snapshot) -> None:
    view = spoiled_digits.distributions[0]
    bins = visible_bins(view, "gradients")
    assert bins.first == 0, "the border of the pictures has no gradient"
    assert of_now(view.gradients[-1], bins)[1:].max() == 1


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
    assert "gradients of size" in view._read(gradients.center())
    assert "of their size" in view._read(ratios.center())
    assert view._read(QPointF(-1, -1)) == ""


def test_the_update_ratio_is_read_as_it_was_measured(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    history = spoiled_moons.distributions[0]
    area = view.canvas._panels[2].area
    reading = view.canvas.reading_at(area.center())
    assert reading is not None
    column = history.steps.tolist().index(reading.step)
    assert reading.value == history.update_ratios[column]


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
                np.log10(float(text.replace("−", "-")))
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
    return replace(
        view,
        steps=view.steps[:count],
        weights=view.weights[:count],
        gradients=view.gradients[:count],
        update_ratios=view.update_ratios[:count],
    )


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
