"""What happens inside the layers: weights now, and how weights and gradients spread over time."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from visualiser.core.data.dataset import FloatArray
from visualiser.core.models.layers import Layers, Matrix
from visualiser.core.training.distributions import Distribution
from visualiser.core.training.snapshot import DistributionView, LayerState
from visualiser.core.training.vitals import Vitals, VitalsLog, relu_places


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
        self._vitals = VitalsLog(len(relu_places(layers)))

    def _weights(self, network: nn.Sequential) -> list[Tensor]:
        return [network[i].get_parameter(matrix.weight) for i, matrix in self._places]

    def before_step(self) -> None:
        """Remember the weights, to tell how far the coming step moves them."""
        self._before = [weight.detach().clone() for weight in self._weights(self._network)]

    def record(self, step: int, silent: Sequence[float] = ()) -> None:
        """Add a column to the histograms, and the update-to-weight ratio where it is known.

        `silent` is as in Vitals.silent.
        """
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
        self._vitals.append(step, self._ratios, _norm_of_gradients(weights), silent)

    def vitals(self) -> Vitals:
        """Sizes of steps and gradients at all evaluations so far."""
        return self._vitals.view()

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


def _norm_of_gradients(weights: list[Tensor]) -> float:
    gradients = [weight.grad for weight in weights if weight.grad is not None]
    if not gradients:
        return float("nan")
    return float(torch.stack([gradient.detach().norm() for gradient in gradients]).norm())


def _bias(module: nn.Module, matrix: Matrix) -> FloatArray:
    if not matrix.bias:
        return np.zeros(0, dtype=np.float32)
    return _copy(module.get_parameter(matrix.bias))


def _copy(parameter: Tensor) -> FloatArray:
    return parameter.detach().float().cpu().numpy().copy()
