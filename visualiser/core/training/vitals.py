"""What a doctor would feel for at each evaluation of a run: pulse, not X-ray. No torch here."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualiser.core.data.dataset import read_only
from visualiser.core.models.layers import Activation, Layers

Column = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Vitals:
    """How the steps at T evaluations went; rows once written never change.

    Attributes:
        steps: (T,) of the evaluations.
        update_ratios: (T,) ‖change of the weights in one step‖ / ‖weights‖, the median of the
            matrices; NaN before the first step.
        gradients: (T,) Euclidean norm of the gradient of all weights in the last batch (without
            biases); NaN before the first step, infinite or NaN where it overflowed.
        silent: (T, R) for each layer of ReLUs the share of its units that answered zero to every
            training row looked at.
    """

    steps: NDArray[np.int64]
    update_ratios: Column
    gradients: Column
    silent: Column

    def __len__(self) -> int:
        return len(self.steps)


class VitalsLog:
    """Grows by doubling; views taken earlier keep the arrays they were taken from."""

    def __init__(self, relus: int) -> None:
        self._rows = 0
        self._table = np.full((256, 3 + relus), np.nan)

    def append(
        self, step: int, ratios: Sequence[float], gradient: float, silent: Sequence[float]
    ) -> None:
        """Add an evaluation; `ratios` of all matrices, `silent` of all layers of ReLUs."""
        if self._rows == len(self._table):
            self._table = np.concatenate([self._table, np.full_like(self._table, np.nan)])
        known = [ratio for ratio in ratios if not np.isnan(ratio)]
        middle = float(np.median(known)) if known else float("nan")
        self._table[self._rows] = [step, middle, gradient, *silent]
        self._rows += 1

    def view(self) -> Vitals:
        """The evaluations so far, without copying the figures."""
        table = self._table[: self._rows]
        return Vitals(
            read_only(table[:, 0].astype(np.int64)),
            read_only(table[:, 1]),
            read_only(table[:, 2]),
            read_only(table[:, 3:]),
        )


def relu_places(layers: Layers) -> tuple[int, ...]:
    """Where in a network its layers of ReLUs are."""
    return tuple(
        place
        for place, layer in enumerate(layers)
        if isinstance(layer, Activation) and layer.function == "relu"
    )


def relu_units(layers: Layers, place: int) -> tuple[str, int]:
    """What the ReLUs at a place belong to, and how many units they are: “layer 1”, 64.

    The channels of a convolution are its units.
    """
    weighted = [layer for layer in layers[:place] if layer.matrices]
    before = weighted[-1]
    number = sum(type(layer) is type(before) for layer in weighted)
    title = before.title or type(before).__name__
    return f"{title[:1].lower()}{title[1:]} {number}", before.matrices[0].outputs
