"""The torch module of each layer. A family of layers registers its own beside these."""

from functools import singledispatch

import torch
from torch import Tensor, nn

from visualiser.core.models.layers import (
    Activation,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    MaxPool,
)

_ACTIVATIONS: dict[str, type[nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "linear": nn.Identity,
}


class SeededDropout(nn.Module):
    """Dropout whose masks come from a generator of its own, so that runs repeat to the bit.

    torch's own dropout draws from the global generator, which a clean twin trained beside the
    student would advance as well.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.rate = rate
        self.generator: torch.Generator | None = None

    def forward(self, values: Tensor) -> Tensor:
        """(N, …) → (N, …); the identity in eval mode."""
        if not self.training:
            return values
        keep = 1 - self.rate
        mask = torch.empty_like(values).bernoulli_(keep, generator=self.generator)
        return values * mask.div_(keep)


@singledispatch
def module_of(layer: object) -> nn.Module:
    """A layer's module; a family of layers registers its own (`@module_of.register`)."""
    raise TypeError(f"no module for {type(layer).__name__}")


@module_of.register
def _dense(layer: Dense) -> nn.Module:
    return nn.Linear(layer.inputs, layer.outputs)


@module_of.register
def _convolution(layer: Convolution) -> nn.Module:
    return nn.Conv2d(layer.input_shape[0], layer.outputs, layer.kernel, padding="same")


@module_of.register
def _activation(layer: Activation) -> nn.Module:
    return _ACTIVATIONS[layer.function]()


@module_of.register
def _dropout(layer: Dropout) -> nn.Module:
    return SeededDropout(layer.rate)


@module_of.register
def _max_pool(layer: MaxPool) -> nn.Module:
    return nn.MaxPool2d(layer.size)


@module_of.register
def _flatten(layer: Flatten) -> nn.Module:
    return nn.Flatten()
