"""Pictures of the first layer: where they stand, what they say, and when there are none."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from visualiser.core.data.registry import load_dataset
from visualiser.core.experiment import DatasetConfig, ModelConfig
from visualiser.core.starting_point import starting_point
from visualiser.core.training.snapshot import Snapshot
from visualiser.core.training.trainer import Trainer
from visualiser.core.training.want import Want
from visualiser.ui.palette import DARK
from visualiser.ui.views.filters import SHOWN, FiltersView
from visualiser.ui.views.filters_canvas import best_grid
from visualiser.ui.views.offers.networks import FILTERS
from visualiser.ui.views.weights_layers import weight_text


def shown(qtbot: QtBot, snapshot: Snapshot) -> FiltersView:
    view = FiltersView()
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.start_run(snapshot.info)
    view.show()
    view.show_snapshot(snapshot)
    view.grab()
    return view


@given(
    st.integers(1, 64), st.floats(60, 2000), st.floats(60, 900), st.floats(1, 8), st.floats(0, 30)
)
def test_tiles_stay_in_the_room_and_apart(
    count: int, width: float, height: float, gap: float, caption: float
) -> None:
    grid = best_grid(count, width, height, gap, caption)
    corners = [grid.corner(tile) for tile in range(count)]
    if grid.side == 0:
        return  # no room at all
    assert max(c.x() for c in corners) + grid.side <= width + 1
    assert max(c.y() for c in corners) + grid.side + caption <= height + 1
    assert grid.across >= grid.side + min(gap, 1) - 1e-9
    rows = -(-count // grid.columns)
    assert rows * grid.columns >= count > (rows - 1) * grid.columns


def test_a_linear_model_shows_a_picture_of_each_class(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    snapshot = snapshot_of("mnist_5k", model="linear", steps=20)
    view = shown(qtbot, snapshot)
    assert view.canvas.tiles == 10
    assert view.canvas._captions == snapshot.info.dataset.class_names


def test_a_convolution_shows_its_kernels(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    snapshot = snapshot_of("mnist_5k", model="cnn", steps=3)
    view = shown(qtbot, snapshot)
    assert view.canvas.tiles == len(snapshot.layers[0].weight)
    assert "filter" in view.words.text()


def test_of_many_neurons_the_first_are_shown_and_that_is_said(qtbot: QtBot) -> None:
    experiment = starting_point(DatasetConfig(name="mnist_5k")).replace(
        model=ModelConfig(name="mlp", options={"hidden": [SHOWN + 6]})
    )
    trainer = Trainer(experiment, load_dataset(experiment.dataset, 0))
    view = shown(qtbot, trainer.snapshot(Want.WEIGHTS, "ready"))
    assert view.canvas.tiles == SHOWN
    assert view.words.text().startswith("The first 64 of 70.")


def test_pointing_reads_the_weight_of_a_pixel(qtbot: QtBot, spoiled_digits: Snapshot) -> None:
    view = shown(qtbot, spoiled_digits)
    corner, side = view.canvas._grid.corner(3), view.canvas._grid.side
    text = view._read(QPointF(corner.x() + 10.5 * side / 28, corner.y() + 5.5 * side / 28))
    value = spoiled_digits.layers[0].weight[3].reshape(28, 28)[5, 10]
    assert text == f"layer 1, neuron 4 ← row 6, column 11: {value:.2g}".replace("-", "−")
    assert view._read(QPointF(-3, 0)) == ""


@pytest.mark.parametrize("name", ["shapes", "sacramento", "sms_spam"])
def test_what_is_no_picture_is_refused_with_a_reason(
    name: str, qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    snapshot = snapshot_of(name, steps=1)
    assert FILTERS.refuses(snapshot.info)
    view = shown(qtbot, snapshot)
    assert view.canvas.tiles == 0


def test_pictures_are_offered_for_pictures(spoiled_digits: Snapshot) -> None:
    assert FILTERS.refuses(spoiled_digits.info) is None


def test_the_theme_reaches_the_picture(qtbot: QtBot, spoiled_digits: Snapshot) -> None:
    view = shown(qtbot, spoiled_digits)
    view.apply_palette(DARK)
    image = view.canvas.grab().toImage()
    assert image.pixelColor(image.width() - 1, image.height() - 1).name() == DARK.card


def test_pointing_into_a_linear_model_of_sound_reads_pitch_and_moment(
    qtbot: QtBot, snapshot_of: Callable[..., Snapshot]
) -> None:
    snapshot = snapshot_of("drums", (), 3, model="linear")
    view = shown(qtbot, snapshot)
    assert view.canvas.tiles == 5
    place = view.canvas._grid.corner(1) + QPointF(1, 1)
    text = view._read(place)
    value = float(snapshot.layers[0].weight[1, 0])
    name = snapshot.info.encoder.names[0]
    assert text == f"output, “snare” ← {name}: {weight_text(value)}"
