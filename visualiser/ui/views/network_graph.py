"""A network of dense layers as columns of nodes: what is drawn, and where."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

from visualiser.core.models.layers import Dense
from visualiser.core.training.snapshot import RunInfo

MOST_SHOWN = 16
"""More neurons than this in a column are counted, not drawn."""
_SMALLEST_PITCH = 13.0
_PICTURE_PITCH = 26.0
"""Pictures that are smaller than this cannot be read."""
_LARGEST_RADIUS = 21.0
_BLOCK_RADIUS = 42.0


@dataclass(frozen=True)
class Column:
    """The inputs, or the neurons of a layer.

    Attributes:
        count: how many there are.
        names: of the first ones, where they have names: inputs and outputs.
        layer: position of the dense layer among those with weights; None for the inputs.
        block: all of it is one box: the pixels of a picture.
        pictures: each node is a picture.
    """

    count: int
    names: tuple[str, ...]
    layer: int | None
    block: bool = False
    pictures: bool = False


@dataclass(frozen=True, eq=False)
class PlacedColumn:
    """A column with the places of the nodes that there is room for.

    Attributes:
        x: middle of the column.
        ys: (shown,) middles of the nodes.
        radius: of a node.
        more_y: middle of the line “… 48 more” below the nodes, or None.
    """

    column: Column
    x: float
    ys: NDArray[np.float64]
    radius: float
    more_y: float | None

    @property
    def shown(self) -> int:
        """Nodes drawn."""
        return len(self.ys)


def columns_of(info: RunInfo) -> tuple[Column, ...]:
    """Inputs, hidden layers and outputs of a network of dense layers."""
    dense = [layer for layer in info.layers if isinstance(layer, Dense)]
    dataset = info.dataset
    answers = dataset.class_names if dataset.predicts_classes else (dataset.target,)
    block = len(info.encoder.shape) > 1
    columns = [Column(dense[0].inputs, () if block else info.encoder.names, None, block)]
    for place, layer in enumerate(dense):
        last = place == len(dense) - 1
        names = answers if last else ()
        columns.append(Column(layer.outputs, names, place, pictures=block and place == 0))
    return tuple(columns)


def place_columns(
    columns: tuple[Column, ...], area: QRectF, line: float
) -> tuple[PlacedColumn, ...]:
    """Spread the columns over `area`, whose left and right ends are middles of nodes.

    `line` is the height of a line of text; named nodes are at least that far apart.
    """
    xs = np.linspace(area.left(), area.right(), len(columns))
    return tuple(
        _place(column, float(x), area, line) for column, x in zip(columns, xs, strict=True)
    )


def _place(column: Column, x: float, area: QRectF, line: float) -> PlacedColumn:
    if column.block:
        middle = np.array([area.center().y()])
        return PlacedColumn(column, x, middle, min(area.height() / 2, _BLOCK_RADIUS), None)
    pitch = _PICTURE_PITCH if column.pictures else _SMALLEST_PITCH
    pitch = max(pitch, 1.05 * line if column.names else 0.0)
    shown = min(column.count, MOST_SHOWN, max(int(area.height() / pitch), 1))
    below = line if shown < column.count else 0.0
    if below:
        shown = min(shown, max(int((area.height() - below) / pitch), 1))
    step = min((area.height() - below) / shown, 2.4 * _LARGEST_RADIUS)
    first = area.center().y() - below / 2 - step * (shown - 1) / 2
    ys: NDArray[np.float64] = first + step * np.arange(shown, dtype=np.float64)
    radius = min(0.42 * step, _LARGEST_RADIUS)
    more = float(ys[-1] + (step + below) / 2) if below else None
    return PlacedColumn(column, x, ys, radius, more)


@dataclass(frozen=True, eq=False)
class Edges:
    """The weights drawn, as lines.

    Attributes:
        ends: (E, 4) x and y of the start and of the end.
        layer, source, target: (E,) each: which weight a line is.
    """

    ends: NDArray[np.float64]
    layer: NDArray[np.int64]
    source: NDArray[np.int64]
    target: NDArray[np.int64]

    def nearest(self, x: float, y: float) -> tuple[int, float]:
        """The line nearest to a place and its distance; (−1, inf) without lines."""
        if not len(self.ends):
            return -1, float("inf")
        start, along = self.ends[:, :2], self.ends[:, 2:] - self.ends[:, :2]
        offset = np.array([x, y]) - start
        length = np.maximum((along**2).sum(axis=1), 1e-9)
        share = np.clip((offset * along).sum(axis=1) / length, 0, 1)
        distance = np.hypot(*(offset - share[:, None] * along).T)
        found = int(distance.argmin())
        return found, float(distance[found])


def edges_between(columns: tuple[PlacedColumn, ...]) -> Edges:
    """A line for every weight between two nodes drawn; none from a block."""
    ends, layer, source, target = [], [], [], []
    for left, right in pairwise(columns):
        if left.column.block:
            continue
        from_node, to_node = (
            part.ravel() for part in np.indices((left.shown, right.shown), dtype=np.int64)
        )
        start_x = np.full(len(from_node), left.x + left.radius)
        end_x = np.full(len(from_node), right.x - right.radius)
        ends.append(np.column_stack([start_x, left.ys[from_node], end_x, right.ys[to_node]]))
        layer.append(np.full(len(from_node), right.column.layer, dtype=np.int64))
        source.append(from_node)
        target.append(to_node)
    if not ends:
        none = np.empty(0, dtype=np.int64)
        return Edges(np.empty((0, 4)), none, none, none)
    return Edges(
        np.concatenate(ends), np.concatenate(layer), np.concatenate(source), np.concatenate(target)
    )
