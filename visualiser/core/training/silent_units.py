"""Which ReLUs of a network answer nothing but zero, seen while an evaluation passes through."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from visualiser.core.models.layers import Dense, Layers
from visualiser.core.training.vitals import relu_places


class SilentUnits:
    """Watches one network through forward hooks, and only while it is asked to.

    A unit that is zero for all rows gets no gradient from any of them and cannot learn its way
    back: it has “died” (Maas et al. 2013; Lu et al. 2019, “Dying ReLU and Initialization”). The
    channels of a convolution are its units.
    """

    def __init__(self, layers: Layers) -> None:
        self._places = relu_places(layers)
        # After a Dense layer units come last, whatever stands before them; else they come second.
        self._last = {
            place: place > 0 and isinstance(layers[place - 1], Dense) for place in self._places
        }
        self._awake: dict[int, Tensor] = {}

    @contextmanager
    def watching(self, network: nn.Sequential) -> Iterator[None]:
        """Within it every forward pass counts; what was seen before is forgotten."""
        self._awake.clear()
        hooks = [
            network[place].register_forward_hook(partial(self._note, place))
            for place in self._places
        ]
        try:
            yield
        finally:
            for hook in hooks:
                hook.remove()

    def _note(self, place: int, module: nn.Module, inputs: Any, output: Tensor) -> None:
        units = output.ndim - 1 if self._last[place] else 1
        rows = [axis for axis in range(output.ndim) if axis != units]
        # What a ReLU answers is never below zero. Measured, a maximum takes thirty times as long.
        awake = output.sum(dim=rows) > 0
        before = self._awake.get(place)
        self._awake[place] = awake if before is None else awake | before.to(awake.device)

    def shares(self) -> tuple[float, ...]:
        """For each layer of ReLUs the share of its units that were silent; () without any."""
        if not self._places or len(self._awake) < len(self._places):
            return tuple(float("nan") for _ in self._places)
        awake = torch.stack([self._awake[place].float().mean() for place in self._places])
        return tuple((1 - awake).cpu().tolist())
