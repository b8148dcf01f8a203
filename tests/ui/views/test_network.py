from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import DARK
from visualiser.ui.views.network import NetworkView
from visualiser.ui.views.network_drawing import ColumnText, NetworkDrawing, edge_width
from visualiser.ui.views.network_graph import (
    MOST_SHOWN,
    columns_of,
    edges_between,
    place_columns,
)
from visualiser.ui.views.network_picture import NetworkPicture

# Tooltips ask to be raised, which a display in memory cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")


@pytest.fixture
def show(open_view: Callable[..., NetworkView]) -> Callable[[Snapshot], NetworkPicture]:
    views = []

    def shown(snapshot: Snapshot) -> NetworkPicture:
        views.append(open_view(NetworkView, snapshot))
        return views[-1].picture

    return shown


def point_at_edge(picture: NetworkPicture, layer: int, source: int, target: int) -> str:
    edges = picture.edges
    mine = (edges.layer == layer) & (edges.source == source) & (edges.target == target)
    (x1, y1, x2, y2) = edges.ends[mine][0]
    # Close to the start, away from where lines cross, but beyond the node.
    shares = np.linspace(0.05, 0.95, 200)
    for share in shares:
        x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
        if edges.nearest(x, y)[0] == int(np.flatnonzero(mine)[0]):
            return picture.read(QPointF(x, y))
    raise AssertionError("the edge is hidden by others")


@pytest.mark.parametrize("edge", [(0, 0, 3), (0, 1, 6), (1, 2, 5), (2, 7, 1)])
def test_pointing_at_an_edge_reads_its_weight(
    show: Callable[[Snapshot], NetworkPicture], spoiled_moons: Snapshot, edge: tuple[int, int, int]
) -> None:
    layer, source, target = edge
    text = point_at_edge(show(spoiled_moons), layer, source, target)
    weight = spoiled_moons.layers[layer].weight[target, source]
    twin = spoiled_moons.twin_layers[layer].weight[target, source]
    assert text.endswith(f": {weight:.2g} (clean twin {twin:.2g}).".replace("-", "−"))


def test_an_edge_names_what_it_joins(
    show: Callable[[Snapshot], NetworkPicture], spoiled_moons: Snapshot
) -> None:
    picture = show(spoiled_moons)
    assert point_at_edge(picture, 0, 1, 2).startswith("Weight from x2 to neuron 3 of layer 1: ")
    assert point_at_edge(picture, 2, 0, 1).startswith("Weight from neuron 1 of layer 2 to B: ")


def test_pointing_at_a_neuron_reads_its_bias(
    show: Callable[[Snapshot], NetworkPicture], spoiled_moons: Snapshot
) -> None:
    picture = show(spoiled_moons)
    column = picture.columns[2]
    text = picture.read(QPointF(column.x, column.ys[4]))
    assert text.startswith(
        f"neuron 5 of layer 2: bias {spoiled_moons.layers[1].bias[4]:.2g} (clean twin "
    )


def test_a_wide_layer_shows_its_first_neurons_and_counts_the_rest(
    show: Callable[[Snapshot], NetworkPicture], snapshot_of: Callable[..., Snapshot]
) -> None:
    picture = show(snapshot_of("mortgage_hmda", (), 20))
    for column in picture.columns:
        assert column.shown <= MOST_SHOWN
        assert (column.more_y is None) == (column.shown == column.column.count)
    inputs = picture.columns[0]
    assert picture.read(QPointF(inputs.x, inputs.ys[0])) == "Input: all payments / income."


def test_pixels_are_one_block_and_read_as_such(
    show: Callable[[Snapshot], NetworkPicture], spoiled_digits: Snapshot
) -> None:
    picture = show(spoiled_digits)
    block = picture.columns[0]
    assert block.shown == 1
    assert picture.read(QPointF(block.x, block.ys[0])).startswith("The picture: 784 pixels")
    assert 0 not in picture.edges.layer


def test_every_weight_between_nodes_drawn_has_one_line(
    show: Callable[[Snapshot], NetworkPicture], spoiled_moons: Snapshot
) -> None:
    edges = show(spoiled_moons).edges
    drawn = set(
        zip(edges.layer.tolist(), edges.source.tolist(), edges.target.tolist(), strict=True)
    )
    assert len(drawn) == len(edges.ends) == 2 * 8 + 8 * 8 + 8 * 2


def test_lines_are_one_to_ten_pixels_wide() -> None:
    assert edge_width(0) == 1
    assert edge_width(-2.5) == pytest.approx(5.5)
    assert edge_width(5) == edge_width(-80) == 10


def test_weights_that_are_no_numbers_are_drawn_and_read(
    show: Callable[[Snapshot], NetworkPicture], spoiled_moons: Snapshot
) -> None:
    lost = tuple(
        replace(layer, weight=np.full_like(layer.weight, np.nan)) for layer in spoiled_moons.layers
    )
    picture = show(replace(spoiled_moons, layers=lost, twin_differs=False))
    assert point_at_edge(picture, 0, 0, 0).endswith(": NaN.")
    picture.apply_palette(DARK)
    assert not picture.grab().isNull()


def test_before_the_first_snapshot_nothing_is_read(qtbot: QtBot, spoiled_moons: Snapshot) -> None:
    view = NetworkView()
    qtbot.addWidget(view)
    view.resize(300, 160)
    view.start_run(spoiled_moons.info)
    assert view.picture.read(QPointF(150, 80)) == ""
    assert not view.grab().isNull()


@pytest.mark.parametrize("size", [(270, 150), (330, 240), (780, 330)])
@pytest.mark.parametrize("data", ["mortgage_hmda", "mnist_5k"])
def test_how_many_are_left_out_is_written_below_the_nodes_and_whole(
    snapshot_of: Callable[..., Snapshot], data: str, size: tuple[int, int]
) -> None:
    line, (width, height) = 17.0, size
    area = QRectF(40, 1.4 * line, width - 80, height - 1.6 * line)
    for column in place_columns(columns_of(snapshot_of(data, (), 5, model="mlp").info), area, line):
        assert column.ys[0] >= area.top()
        if column.more_y is not None:
            assert column.more_y - line / 2 >= column.ys[-1] + column.radius
            assert column.more_y + line / 2 <= area.bottom() + 0.01


class Reader(QPainter):
    """Keeps the texts drawn."""

    def __init__(self, image: QImage) -> None:
        super().__init__(image)
        self.texts: list[object] = []

    def drawText(self, *arguments: object) -> None:
        self.texts.append(arguments[-1])


def test_words_take_their_shorter_form_where_columns_stand_close(
    qtbot: QtBot, spoiled_moons: Snapshot
) -> None:
    image = QImage(250, 300, QImage.Format.Format_RGB32)
    columns = place_columns(columns_of(spoiled_moons.info), QRectF(40, 24, 170, 270), 17)
    texts = tuple(
        ColumnText(("a title that is far too long", str(number)), (), ("",))
        for number in range(len(columns))
    )
    drawing = NetworkDrawing(columns, edges_between(columns), texts, spoiled_moons, DARK, 250)
    painter = Reader(image)
    drawing.paint(painter)
    painter.end()
    assert painter.texts == ["0", "1", "2", "3"]
