"""From layers as data to torch modules, with starting weights drawn by a seed."""

import torch
from torch import Tensor, nn

from visualiser.core.models.layers import (
    Activation,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    Layer,
    Layers,
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


def build_network(layers: Layers, seed: int) -> nn.Sequential:
    """One module for each layer, in order; PyTorch's default initialisation drawn by `seed`."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(*(_module(layer) for layer in layers))


def share_dropout_generator(network: nn.Sequential, generator: torch.Generator) -> None:
    """Let all dropout layers of `network` draw from `generator`."""
    for module in network:
        if isinstance(module, SeededDropout):
            module.generator = generator


def _module(layer: Layer) -> nn.Module:
    match layer:
        case Dense(inputs, outputs):
            return nn.Linear(inputs, outputs)
        case Convolution(input_shape, outputs, kernel):
            return nn.Conv2d(input_shape[0], outputs, kernel, padding="same")
        case Activation(_, function):
            return _ACTIVATIONS[function]()
        case Dropout(_, rate):
            return SeededDropout(rate)
        case MaxPool(_, size):
            return nn.MaxPool2d(size)
        case Flatten():
            return nn.Flatten()
