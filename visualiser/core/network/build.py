"""From layers as data to a network, with starting weights drawn by a seed."""

import torch
from torch import nn

from visualiser.core.models.layers import Layers
from visualiser.core.network import (  # each registers its modules
    language_modules,  # noqa: F401
    purchase_modules,  # noqa: F401
    recurrent_modules,  # noqa: F401
    text_modules,  # noqa: F401
)
from visualiser.core.network.modules import SeededDropout, module_of


def build_network(layers: Layers, seed: int) -> nn.Sequential:
    """One module for each layer, in order; PyTorch's default initialisation drawn by `seed`."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        return nn.Sequential(*(module_of(layer) for layer in layers))


def share_dropout_generator(network: nn.Sequential, generator: torch.Generator) -> None:
    """Let all dropout layers of `network` draw from `generator`."""
    for module in network.modules():
        if isinstance(module, SeededDropout):
            module.generator = generator
