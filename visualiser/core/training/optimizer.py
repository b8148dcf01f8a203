"""The optimisers that a model may be trained with."""

import torch
from torch import nn

from visualiser.core.experiment import OptimizerName

MOMENTUM = 0.9
"""Of the optimiser called “momentum”: SGD with momentum (Polyak 1964)."""


def build_optimizer(
    name: OptimizerName, model: nn.Module, learning_rate: float, weight_decay: float
) -> torch.optim.Optimizer:
    """The named optimiser over all parameters; fused where the device has it."""
    parameters = list(model.parameters())
    fused = all(parameter.device.type in ("cpu", "cuda") for parameter in parameters)
    if name in ("adam", "adamw"):
        kind = torch.optim.Adam if name == "adam" else torch.optim.AdamW
        return kind(parameters, lr=learning_rate, weight_decay=weight_decay, fused=fused)
    return torch.optim.SGD(
        parameters,
        lr=learning_rate,
        momentum=MOMENTUM if name == "momentum" else 0.0,
        weight_decay=weight_decay,
        fused=fused,
    )
