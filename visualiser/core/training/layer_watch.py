"""What happens inside the layers: weights now, and how weights and gradients spread over time."""

import numpy as np
import torch
from torch import Tensor, nn

from visualiser.core.data.dataset import FloatArray
from visualiser.core.models.layers import Layers, Matrix
from visualiser.core.training.distributions import Distribution
from visualiser.core.training.snapshot import DistributionView, LayerState


class LayerWatch:
    """Looks at the layers with weights of one network."""

    def __init__(self, layers: Layers, network: nn.Sequential) -> None:
        self._network = network
        self._places = [
            (index, matrix) for index, layer in enumerate(layers) for matrix in layer.matrices
        ]
        self._distributions = [Distribution(weight) for weight in self._weights(network)]
        self._ratios = [float("nan")] * len(self._places)
        self._before: list[Tensor] | None = None

    def _weights(self, network: nn.Sequential) -> list[Tensor]:
        return [network[i].get_parameter(matrix.weight) for i, matrix in self._places]

    def before_step(self) -> None:
        """Remember the weights, to tell how far the coming step moves them."""
        self._before = [weight.detach().clone() for weight in self._weights(self._network)]

    def record(self, step: int) -> None:
        """Add a column to the histograms, and the update-to-weight ratio where it is known."""
        weights = self._weights(self._network)
        if self._before is not None:
            pairs = zip(weights, self._before, strict=True)
            ratios = [
                (new.detach() - old).norm() / old.norm().clamp_min(1e-12) for new, old in pairs
            ]
            self._ratios = torch.stack(ratios).cpu().tolist()
            self._before = None
        for weight, distribution, ratio in zip(
            weights, self._distributions, self._ratios, strict=True
        ):
            distribution.record(step, weight, weight.grad, ratio)

    def states(self, network: nn.Sequential) -> tuple[LayerState, ...]:
        """Copies of the weights of a network of the same layers."""
        return tuple(
            LayerState(
                index=i,
                matrix=matrix,
                weight=_copy(network[i].get_parameter(matrix.weight)),
                bias=_bias(network[i], matrix),
                update_ratio=ratio,
            )
            for (i, matrix), ratio in zip(self._places, self._ratios, strict=True)
        )

    def views(self) -> tuple[DistributionView, ...]:
        """The histograms so far, one entry a matrix."""
        return tuple(distribution.view() for distribution in self._distributions)


def _bias(module: nn.Module, matrix: Matrix) -> FloatArray:
    if not matrix.bias:
        return np.zeros(0, dtype=np.float32)
    return _copy(module.get_parameter(matrix.bias))


def _copy(parameter: Tensor) -> FloatArray:
    return parameter.detach().float().cpu().numpy().copy()
