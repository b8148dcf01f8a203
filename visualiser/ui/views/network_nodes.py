"""Small pictures of what neurons do: responses over the plane, or the picture looked for."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from visualiser.core.questions.plane import PLANE
from visualiser.core.training.snapshot import Snapshot
from visualiser.ui.palette import Palette, diverging_map
from visualiser.ui.views.example_picture import example_image
from visualiser.ui.views.network_graph import PlacedColumn

_INPUT_GRID = 12


def node_pictures(
    columns: tuple[PlacedColumn, ...], snapshot: Snapshot, palette: Palette
) -> dict[tuple[int, int], QImage]:
    """By (column, node): for 2-D data all nodes; for pictures an example and the first layer."""
    pictures: dict[tuple[int, int], QImage] = {}
    if columns[0].column.block:
        example = np.asarray(snapshot.info.split.validation.features)[0]
        pictures[0, 0] = example_image(snapshot.info.dataset, example, palette)
    for place, column in enumerate(columns):
        for node, values in enumerate(_values(place, columns, snapshot)[: column.shown]):
            pictures[place, node] = diverging_picture(values, palette)
    return pictures


def _values(
    place: int, columns: tuple[PlacedColumn, ...], snapshot: Snapshot
) -> Sequence[NDArray[np.floating]]:
    """(G, H) arrays around zero, one a node, bottom row last; empty where there are none."""
    responses = snapshot.answer(PLANE)
    last = len(columns) - 1
    if responses is not None:
        if place == 0:
            ramp = np.linspace(-1, 1, _INPUT_GRID)
            x, y = np.meshgrid(ramp, ramp[::-1])
            return [x, y][: columns[0].column.count]
        if place == last:
            # Each answer against an even guess, so that the colour changes where the answer may.
            output = responses.output[::-2, ::2]
            return [output[..., k] - 1 / output.shape[2] for k in range(output.shape[2])]
        return [values[::-1] for values in responses.neurons[place - 1]]
    shape = snapshot.info.encoder.shape
    if place == 1 and columns[0].column.block and snapshot.layers:
        weight = snapshot.layers[0].weight
        return [neuron.reshape(shape).mean(axis=0) for neuron in weight]
    return []


def diverging_picture(values: NDArray[np.floating], palette: Palette) -> QImage:
    """(H, W) values, each picture on its own scale from −largest to +largest."""
    finite = np.nan_to_num(values, nan=0.0, posinf=0.0, neginf=0.0)
    largest = max(float(np.abs(finite).max(initial=0.0)), 1e-6)
    codes = np.round(127.5 * (1 + finite / largest)).astype(np.uint8)
    pixels = np.ascontiguousarray(diverging_map(palette)[codes])
    height, width = codes.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
