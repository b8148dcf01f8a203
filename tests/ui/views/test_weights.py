"""Weights as colours: what a colour means, what a cell says, and whose weights are shown."""

import gc
import math
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from visualiser.core.data.encoding_spec import CodingEncoder
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK, LIGHT, NEGATIVE, POSITIVE, Palette
from visualiser.ui.views.weights import WeightsView
from visualiser.ui.views.weights_layers import layer_names, ratio_text, unrolled, update_note
from visualiser.ui.views.weights_map import (
    LARGEST,
    HeatPicture,
    SteppedLimit,
    blocks_of,
    diverging_colours,
    pooled,
)

SIDES = st.integers(1, 600)


def shown(qtbot: QtBot, snapshot: Snapshot) -> WeightsView:
    view = WeightsView()
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.start_run(snapshot.info)
    view.show()
    view.show_snapshot(snapshot)
    view.grab()
    return view


def place_of(view: WeightsView, layer: int, row: int, column: int) -> QPointF:
    """The middle of a cell of an unpooled map."""
    state = view._shown(view._snapshot)[layer]  # type: ignore[arg-type]
    rows, columns = unrolled(state).shape
    box = view.canvas._panels[layer].map_box
    return QPointF(
        box.left() + (column + 0.5) * box.width() / columns,
        box.top() + (row + 0.5) * box.height() / rows,
    )


@settings(max_examples=40)
@given(SIDES, SIDES, st.integers(0, 9))
def test_a_cell_of_a_large_layer_is_the_mean_of_its_block(
    rows: int, columns: int, seed: int
) -> None:
    values = np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32)
    down, across = blocks = blocks_of(values.shape)
    cells = pooled(values, blocks)
    assert cells.shape[0] <= LARGEST and cells.shape[1] <= LARGEST
    for r, c in {(0, 0), (cells.shape[0] - 1, cells.shape[1] - 1), (0, cells.shape[1] // 2)}:
        block = values[r * down : (r + 1) * down, c * across : (c + 1) * across]
        assert cells[r, c] == pytest.approx(float(block.mean()), abs=1e-5)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_end_at_the_limit_and_zero_is_quiet(palette: Palette) -> None:
    picture = HeatPicture()
    values = np.array([[-9.0, -2.0, 0.0, 2.0, 9.0]])
    picture.show(values, -2, 2, diverging_colours(palette))
    colours = [picture.image.pixelColor(x, 0).name() for x in range(5)]
    assert colours[:2] == [NEGATIVE, NEGATIVE]
    assert colours[3:] == [POSITIVE, POSITIVE]
    middle, quiet = QColor(colours[2]), QColor(palette.diverging_middle)
    assert abs(middle.lightness() - quiet.lightness()) <= 2
    assert picture.finite


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_has_a_look_of_its_own(bad: float) -> None:
    picture = HeatPicture()
    picture.show(np.array([[0.0, bad, 1.0]]), -1, 1, diverging_colours(LIGHT))
    assert not picture.finite
    assert picture.image.pixelColor(1, 0).name() == LIGHT.danger
    assert picture.image.pixelColor(2, 0).name() == POSITIVE


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=30))
def test_the_colour_limit_stays_near_the_weights_and_moves_in_steps(sizes: list[float]) -> None:
    limit = SteppedLimit()
    for size in sizes:
        before = limit.value
        value = limit.follow(np.array([size, -size]))
        assert 0.45 * 0.999 <= 3 * size / value <= 1.25 * 1.001
        if before and 0.45 * before < 3 * size < 1.25 * before:
            assert value == before


def test_weights_without_a_finite_one_keep_a_limit() -> None:
    assert SteppedLimit().follow(np.array([np.nan, np.inf])) > 0


def test_layers_are_named_with_their_shapes(snapshot_of: Callable[..., Snapshot]) -> None:
    digits = layer_names(snapshot_of("mnist_5k", model="cnn", steps=3).info)
    assert digits[0].title.startswith("Convolution 1 · 1 → ")
    assert digits[-1].title.startswith("Output · ") and digits[-1].title.endswith(" → 10")
    assert digits[-1].rows[7] == "“7”"
    houses = snapshot_of("sacramento", steps=3)
    names = layer_names(houses.info)
    assert names[0].columns == houses.info.encoder.names
    assert names[-1].rows == (houses.info.dataset.target,)


def test_vectors_are_named_after_their_words(snapshot_of: Callable[..., Snapshot]) -> None:
    info = snapshot_of("sms_spam", model="text_cnn", steps=2).info
    embedding, convolution, output = layer_names(info)
    assert isinstance(info.encoder, CodingEncoder)
    (words,) = info.encoder.vocabularies
    assert embedding.rows == tuple(f"“{word}”" for word in words)
    assert len(embedding.columns) == info.layers[0].width
    assert convolution.columns[1] == "number 1 of word 2"
    assert output.columns[0] == "filter 1, word convolution 1"


def test_gates_of_a_recurrent_network_are_named(snapshot_of: Callable[..., Snapshot]) -> None:
    info = snapshot_of("bike_daily", model="gru", steps=2).info
    come_in, state, output = layer_names(info)
    units = info.layers[0].units
    assert come_in.title.startswith("GRU 1 input · ")
    assert come_in.columns == info.encoder.names
    assert come_in.rows == state.rows
    assert come_in.rows[units] == "update gate, unit 1"
    assert state.columns[-1] == f"unit {units} of the state"
    assert output.rows == (info.dataset.target,)


def test_pointing_at_a_cell_reads_its_weight(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    snapshot = snapshot_of("sacramento", steps=3)
    view = shown(qtbot, snapshot)
    text = view._read(place_of(view, 0, 4, 1))
    weight = snapshot.layers[0].weight[4, 1]
    assert text == (
        f"layer 1, neuron 5 ← {snapshot.info.encoder.names[1]}: {weight:.2g}".replace("-", "−")
    )


def test_pointing_at_the_strip_reads_a_bias(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    strip = view.canvas._panels[1].bias_box
    rows = len(spoiled_moons.layers[1].bias)
    text = view._read(QPointF(strip.center().x(), strip.top() + 2.5 * strip.height() / rows))
    value = f"{spoiled_moons.layers[1].bias[2]:.2g}".replace("-", "−")
    assert text == f"layer 2, bias of neuron 3: {value}"


def test_a_pooled_cell_says_that_it_is_a_mean(qtbot: QtBot, spoiled_digits: Snapshot) -> None:
    view = shown(qtbot, spoiled_digits)
    box = view.canvas._panels[0].map_box
    text = view._read(QPointF(box.left() + 0.5, box.top() + 0.5))
    down, across = view.canvas.pooled_blocks(0)
    mean = spoiled_digits.layers[0].weight[:down, :across].mean()
    first, *single = text.split("\n")
    assert "pixel (row 1, column 1) … pixel (row 1, column 4): mean of 4 weights" in first
    assert first.endswith(f"{mean:.2g}".replace("-", "−"))
    row = spoiled_digits.layers[0].weight[0, :across]
    strongest = np.argsort(-np.abs(row))
    assert [line.partition(":")[0] for line in single] == [
        f"pixel (row 1, column {column + 1})" for column in strongest
    ]
    assert single[0].endswith(f"{row[strongest[0]]:.2g}".replace("-", "−"))


@pytest.mark.parametrize(("width", "height"), [(640, 230), (510, 145), (300, 500), (150, 150)])
def test_maps_keep_a_height_in_which_rows_can_be_told_apart(
    width: int, height: int, qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    view = shown(qtbot, spoiled_moons)
    view.canvas.setFixedSize(width, height)
    view.canvas.grab()
    for panel in view.canvas._panels:
        assert panel.map_box.height() >= 0.15 * height
        assert view.canvas.rect().contains(panel.box.toAlignedRect().adjusted(0, 0, -1, -1))


def test_nothing_is_said_beside_the_maps(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    assert view._read(QPointF(-5, -5)) == ""


def test_the_twin_is_offered_only_where_it_differs(
    qtbot: QtBot, spoiled_moons: Snapshot, snapshot_of: Callable[..., Snapshot]
) -> None:
    clean = shown(qtbot, snapshot_of("sacramento", steps=3))
    spoiled = shown(qtbot, spoiled_moons)
    assert [b.isHidden() for b in clean.findChildren(QToolButton)] == [True] * 3
    assert [b.isHidden() for b in spoiled.findChildren(QToolButton)] == [False] * 3


def test_the_difference_is_the_student_minus_its_twin(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    view = shown(qtbot, spoiled_moons)
    button = view.findChild(QToolButton, "difference")
    assert isinstance(button, QToolButton)
    button.click()
    assert view.whose == "difference"
    text = view._read(place_of(view, 0, 1, 0))
    own, twin = (
        layers[0].weight[1, 0] for layers in (spoiled_moons.layers, spoiled_moons.twin_layers)
    )
    assert text.endswith(f"{own - twin:.2g}".replace("-", "−"))


def test_a_clean_run_after_a_spoiled_one_shows_the_student_again(
    qtbot: QtBot, spoiled_moons: Snapshot, snapshot_of: Callable[..., Snapshot]
) -> None:
    view = shown(qtbot, spoiled_moons)
    view.choose("twin")
    clean = snapshot_of("sacramento", steps=3)
    view.start_run(clean.info)
    view.show_snapshot(clean)
    assert view.whose == "student"


@pytest.mark.parametrize(
    ("ratio", "word", "alarming"),
    [
        (0.001, "0.001", False),
        (0.2, "large", True),
        (2e-7, "tiny", False),
        (float("nan"), "", False),
    ],
)
def test_the_update_ratio_comes_with_a_hint(ratio: float, word: str, alarming: bool) -> None:
    text, worry = update_note(ratio)
    assert word in text and worry is alarming


def test_ratios_have_one_digit() -> None:
    assert [ratio_text(r) for r in (0.0234, 0.00071, 3.2e-6, 0)] == ["0.02", "0.0007", "3e−6", "0"]


def test_weights_that_are_no_numbers_are_said(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    state = spoiled_moons.layers[0]
    broken = replace(state, weight=np.full_like(state.weight, np.nan), update_ratio=0.1)
    view = shown(qtbot, replace(spoiled_moons, layers=(broken, *spoiled_moons.layers[1:])))
    note = view.canvas._layers[0].note
    assert note == "some weights are not a number"


def test_the_theme_reaches_the_picture(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)
    for palette in (DARK, LIGHT):
        view.apply_palette(palette)
        image = view.canvas.grab().toImage()
        assert image.pixelColor(image.width() - 1, image.height() - 1).name() == palette.card


def test_thousands_of_frames_hold_on_to_nothing(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = shown(qtbot, spoiled_moons)

    def draw(frames: int) -> None:
        for _ in range(frames):
            view.show_snapshot(spoiled_moons)
            QApplication.processEvents()

    draw(100)
    gc.collect()  # what earlier tests left would be let go of meanwhile
    before = sys.getrefcount(None)
    draw(2000)
    gc.collect()
    assert abs(sys.getrefcount(None) - before) < 200


@pytest.mark.parametrize("width", [780, 460, 400])
def test_buttons_of_the_twin_leave_the_explanation_whole(
    qtbot: QtBot, spoiled_digits: Snapshot, width: int
) -> None:
    view = WeightsView()
    qtbot.addWidget(view)
    view.resize(width, 330)
    view.start_run(spoiled_digits.info)
    view.show()
    view.show_snapshot(spoiled_digits)
    QApplication.processEvents()
    twin = view.findChild(QToolButton, "twin")
    assert twin is not None and twin.isVisible()
    assert view.words.width() >= view.words.sizeHint().width()
    assert not view.words.geometry().intersects(twin.parentWidget().geometry())
    tops = {button.mapTo(view, QPoint()).y() for button in view._choices.buttons()}
    assert len(tops) == 1, "they stay together"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("largest", [3e38, math.inf, math.nan])
def test_weights_as_large_as_numbers_go_are_drawn_without_a_warning(largest: float) -> None:
    values = np.array([[1e38, -1e38], [2e38, largest]], dtype=np.float32)
    limit = SteppedLimit().follow(values)
    assert 1e38 < limit < 2e39
    picture = HeatPicture()
    picture.show(values, -limit, limit, diverging_colours(LIGHT))
    shades = [picture.image.pixelColor(x, 0) for x in (0, 1)]
    assert shades[0].blue() > shades[0].red() and shades[1].red() > shades[1].blue()
    assert picture.finite == math.isfinite(largest)
    assert pooled(np.full((300, 600), largest, dtype=np.float32), (2, 3)).shape == (150, 200)
